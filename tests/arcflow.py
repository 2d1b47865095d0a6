"""The relaxation behind the bound, as one time-expanded arc-flow model (linopy, HiGHS).

Lots may be split, and a sailing is a share of a ship: see docs/methods. For every kind of lot k,
place i and period t there is a node; flow runs along moves and voyages, or waits. With x the flow
on an arc that starts in period s, and `held` what all arcs hold of a resource,

    min Σ cost·x     s.t.  what leaves a node = what enters it + what is ready there
                           held[r, t] = held[r, t − 1] + what starts to hold − what ends to hold
                           held ≤ capacity,   x ≥ 0

Links are entered in one period, so that what holds them needs no memory. Nodes from which, or to
which, there is no way within the horizon are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import linopy
import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from amberway.mobility.lots import Lot
from amberway.mobility.options import Options, SeaWay
from amberway.mobility.passages import Passage
from amberway.network.moves import Move, earliest_start
from amberway.scenario import Scenario
from amberway.units import HOURS_PER_DAY
from offers import is_persons, read

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Costs = Callable[[Lot], Floats]
"""Cost of arriving in period 0 … T, then of not arriving: float64[T + 2]."""

linopy.options["semantics"] = "v1"  # what the sparse models of linopy need


@dataclass(frozen=True)
class Sizes:
    """How large the program is."""

    columns: int
    rows: int
    nonzeros: int


@dataclass(frozen=True)
class Arc:
    """A move or a share of a voyage that may start in the periods `starts`.

    The lot leaves `tail` `lead` periods after the start and is at `head` after `duration`. `uses`
    are rows (resource, offset, length, amount), of which `share` is taken.
    """

    tail: str
    head: str
    lead: int
    duration: int
    starts: Ints
    uses: Ints
    share: float


@dataclass
class _Entries:
    """Matrix entries (row, column, value) in the making."""

    row: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)

    def add(self, row: Ints, column: Ints, value: float) -> None:
        self.row.append(row)
        self.column.append(column)
        self.value.append(np.full(len(row), value))

    def arrays(self) -> tuple[Ints, Ints, Floats]:
        none = np.zeros(0, dtype=np.int64)
        return (
            np.concatenate([none, *self.row]),
            np.concatenate([none, *self.column]),
            np.concatenate([none.astype(np.float64), *self.value]),
        )


class ArcFlow:
    """The model of a scenario; `costs` are weighted days of arrival unless given."""

    def __init__(self, scenario: Scenario, costs: Costs | None = None) -> None:
        self.offers = read(scenario)
        self._costs = costs or self._weighted_days
        self._capacity = self.offers.ground.resources.capacity
        self._closed: dict[tuple[int, int], Ints] = {}
        self._starts: dict[Move | Passage, Ints] = {}
        self._columns: list[Floats] = []
        self.count = 0
        self._nodes: list[Ints] = []
        self._supply: list[tuple[int, int]] = []
        self._balance, self._enter, self._hold = _Entries(), _Entries(), _Entries()
        self._rows = 0
        self._back = self._ways_back()
        groups: dict[tuple[object, ...], list[int]] = {}
        for number, (lot, options) in enumerate(
            zip(self.offers.lots, self.offers.options, strict=True)
        ):
            size = lot.persons if is_persons(lot) else round(lot.lane_m, 6)
            cost = self._costs(lot).tobytes()
            key = (id(options), size, is_persons(lot), lot.earliest_arrival, cost)
            groups.setdefault(key, []).append(number)
        for members in groups.values():
            self._add(members)

    # --- the arcs of a lot ------------------------------------------------------------------

    def arcs(self, lot: Lot, options: Options) -> Iterator[Arc]:
        """Every arc that the lot may take; a reception leads from the destination to ''."""
        due = lot.earliest_arrival if options.reception is None else 0
        for moves in options.moves.values():
            for move in moves:
                first = earliest_start(move, lot.nation, self.offers.ground.releases)
                if move.end == lot.destination:
                    first = max(first, due - move.duration)
                last = self._last(options) if move.start == lot.origin else self.offers.horizon
                yield self._move(move, move.start, move.end, first, last)
        for ways in options.sea.values():
            for way in ways:
                yield from self._voyages(lot, options, way, due)
        if options.reception is not None:
            move = options.reception
            first = lot.earliest_arrival - move.duration
            yield self._move(move, lot.destination, "", first, self.offers.horizon)

    def _last(self, options: Options) -> int:
        return self.offers.horizon if options.last_start is None else options.last_start

    def _move(self, move: Move, tail: str, head: str, first: int, last: int) -> Arc:
        if move not in self._starts:
            self._starts[move] = self._open(move.uses, move.duration, whole=True)
        starts = self._starts[move]
        starts = starts[(starts >= first) & (starts <= last)]
        return Arc(tail, head, 0, move.duration, starts, move.uses, 1.0)

    def _voyages(self, lot: Lot, options: Options, way: SeaWay, due: int) -> Iterator[Arc]:
        factors = self.offers.ground.scenario.settings.factors
        for passage in self.offers.voyages(way):
            begin = self.offers.first_loading(passage)
            if begin is None:
                continue
            lift = passage.lift
            first = max(begin, self.offers.cleared_loading(lot, passage))
            if way.end == lot.destination:
                first = max(first, due - passage.least)
            last = self._last(options) if way.start == lot.origin else self.offers.horizon
            ship = self.offers.ground.resources.index[f"lift:{lift.id}"]
            held = passage.least + self._back[lift.id, way.end]
            uses = np.vstack([[(ship, 0, held, 1)], passage.uses]).astype(np.int64)
            if passage not in self._starts:
                self._starts[passage] = self._open(uses, passage.least, whole=False)
            starts = self._starts[passage]
            if not is_persons(lot):
                share = lot.lane_m / ((lift.lane_m or 0.0) * factors.stow_factor)
            else:
                share = 0.0 if lift.lane_m else lot.persons / (lift.pax or 0)
            yield Arc(
                way.start,
                way.end,
                passage.loading - self.offers.own_loading(lot, passage),
                passage.least,
                starts[(starts >= first) & (starts <= last)],
                uses,
                share,
            )

    def _open(self, uses: Ints, duration: int, *, whole: bool) -> Ints:
        """Starts at which the uses (or, for shares, some of them) fit with nothing else there."""
        T = self.offers.horizon
        starts = np.arange(max(0, T - duration + 1))
        fits = np.ones(len(starts), dtype=np.bool_)
        for resource, offset, length, amount in uses:
            key = int(resource), int(amount) if whole else 1
            if key not in self._closed:
                closed = self._capacity[key[0]] < key[1]
                self._closed[key] = np.concatenate(([0], np.cumsum(closed)))
            before = self._closed[key]
            begin = np.minimum(starts + offset, T)
            fits &= before[np.minimum(begin + length, T)] == before[begin]
        return starts[fits]

    def _ways_back(self) -> dict[tuple[str, str], int]:
        """Periods from a port of debarkation to the nearest port where the class embarks lots.

        Zero where nobody wants the ship again, or where a disruption may free its place.
        """
        found = {
            passage
            for options in self.offers.options
            for ways in options.sea.values()
            for way in ways
            for passage in self.offers.voyages(way)
        }
        disrupted = {row.resource for row in self.offers.ground.scenario.disruptions.values()}
        back = {}
        for lift, end in {(passage.lift.id, passage.end) for passage in found}:
            ship = self.offers.ground.scenario.lift[lift]
            ports = {passage.start for passage in found if passage.lift.id == lift}
            ways = [self.offers.ground.passages.ballast(ship, end, port) for port in ports]
            least = min((way for way in ways if way is not None), default=0)
            back[lift, end] = 0 if lift in disrupted else least
        return back

    def _weighted_days(self, lot: Lot) -> Floats:
        T = self.offers.horizon
        arrival = np.append(np.arange(T + 1), T)
        grid = self.offers.ground.scenario.settings.grid_hours
        return lot.weight * arrival * grid / HOURS_PER_DAY

    # --- the program ------------------------------------------------------------------------

    def _add(self, members: list[int]) -> None:
        """Nodes, columns and entries of lots that are alike but for when they are ready."""
        T = self.offers.horizon
        lot, options = self.offers.lots[members[0]], self.offers.options[members[0]]
        costs = self._costs(lot)
        ready: dict[int, int] = {}
        for member in members:
            at = max(self.offers.lots[member].ready, options.first_start)
            ready[at] = ready.get(at, 0) + 1
        goal = lot.destination if options.reception is None else ""
        possible = options.reception is not None or lot.destination in options.bound
        arcs = list(self.arcs(lot, options)) if possible else []
        first, last = _window(arcs, lot.origin, min(ready), goal if possible else None, T)
        states = [place for place in first if place in last and first[place] <= last[place]]
        base = {}
        for place in states:
            base[place] = self._rows - first[place]
            self._rows += last[place] - first[place] + 1
        for arc in arcs:
            if arc.tail in base and arc.head in base:
                leave, arrive = arc.starts + arc.lead, arc.starts + arc.duration
                kept = (leave >= first[arc.tail]) & (arrive <= last[arc.head])
                self._flow(arc, arc.starts[kept], base)
        for place in states:
            times = np.arange(first[place], last[place])
            column = self._new(np.zeros(len(times)))
            self._balance.add(base[place] + times, column, 1.0)
            self._balance.add(base[place] + times + 1, column, -1.0)
        if goal in base:
            times = np.arange(max(first[goal], lot.earliest_arrival), last[goal] + 1)
            self._balance.add(base[goal] + times, self._new(costs[times]), 1.0)
        for at, count in ready.items():
            column = self._new(costs[-1:])
            if lot.origin in base and at <= last[lot.origin]:
                node = base[lot.origin] + at
            else:  # nothing to choose: a node of its own
                node = self._rows
                self._rows += 1
            self._balance.add(np.array([node]), column, 1.0)
            self._supply.append((node, count))

    def _flow(self, arc: Arc, starts: Ints, base: dict[str, int]) -> None:
        column = self._new(np.zeros(len(starts)))
        self._balance.add(base[arc.tail] + starts + arc.lead, column, 1.0)
        self._balance.add(base[arc.head] + starts + arc.duration, column, -1.0)
        if not arc.share:
            return
        T = self.offers.horizon
        for resource, offset, length, amount in arc.uses:
            begin, end = starts + offset, starts + offset + length
            if resource in self._remembered:
                for at, sign in ((begin, 1), (end, -1)):
                    within = at < T
                    row = resource * T + at[within]
                    self._hold.add(row, column[within], sign * amount * arc.share)
            else:
                within = begin < T
                row = resource * T + begin[within]
                self._enter.add(row, column[within], amount * arc.share)

    @cached_property
    def _remembered(self) -> set[int]:
        """Resources held for longer than the period in which a move takes them."""
        index = self.offers.ground.resources.index
        return {number for name, number in index.items() if not name.startswith("link:")}

    def _new(self, costs: Floats) -> Ints:
        self._columns.append(costs)
        self.count += len(costs)
        return np.arange(self.count - len(costs), self.count)

    @cached_property
    def model(self) -> linopy.Model:
        """The model, ready to be solved."""
        T = self.offers.horizon
        model = linopy.Model(sparse=True)
        flow = _variables(model, "flow", np.full(self.count, np.inf))
        supply = np.zeros(self._rows)
        np.add.at(supply, [node for node, _ in self._supply], [n for _, n in self._supply])
        row, column, value = self._balance.arrays()
        balance = _sum(flow, row, column, value)
        model.add_constraints(balance == _series(supply, "row"), name="balance")

        row, column, value = self._enter.arrays()
        if len(row):
            cells, row = np.unique(row, return_inverse=True)
            room = self._capacity.reshape(-1)[cells].astype(np.float64)
            entered = _sum(flow, row, column, value)
            model.add_constraints(entered <= _series(room, "row"), name="enter")

        row, column, value = self._hold.arrays()
        if len(row):
            rows = np.unique(row // T)
            position = np.full(len(self._capacity), -1)
            position[rows] = np.arange(len(rows))
            row = position[row // T] * T + row % T
            held = _variables(model, "held", self._capacity[rows].reshape(-1).astype(np.float64))
            cell = np.arange(len(rows) * T)
            later = cell[cell % T > 0]
            own = np.concatenate((cell, later)), np.concatenate((cell, later - 1))
            sign = np.concatenate((np.ones(len(cell)), -np.ones(len(later))))
            stock = _sum(held, *own, sign) - _sum(flow, row, column, value, len(cell))
            model.add_constraints(stock == _series(np.zeros(len(cell)), "row"), name="hold")
        costs = np.concatenate([np.zeros(0), *self._columns])
        model.add_objective((_series(costs, "flow_id") * flow).sum())
        return model

    def sizes(self) -> Sizes:
        """Columns, rows and nonzeros of the program."""
        matrix = self.model.matrices.A
        return Sizes(matrix.shape[1], matrix.shape[0], matrix.nnz)

    def solve(self, **options: object) -> float | None:
        """The value, in the unit of the costs; None if HiGHS stopped before it was found."""
        if not self.count:
            return 0.0
        chosen = {"solver": "ipx", "run_crossover": "off", **options}  # the fastest tried
        status, _ = self.model.solve(
            "highs", io_api="direct", progress=False, output_flag=False, **chosen
        )
        return float(self.model.objective.value) if status == "ok" else None


def value(scenario: Scenario, costs: Costs | None = None) -> float:
    """The value of the relaxation."""
    found = ArcFlow(scenario, costs).solve()
    assert found is not None
    return found


def _window(
    arcs: list[Arc], origin: str, ready: int, goal: str | None, T: int
) -> tuple[dict[str, int], dict[str, int]]:
    """First period in which each place can be reached, last in which it leads to the goal."""
    first, last = {origin: ready}, {} if goal is None else {goal: T}
    changed = True
    while changed:
        changed = False
        for arc in arcs:
            leave, arrive = arc.starts + arc.lead, arc.starts + arc.duration
            if arc.tail in first:
                at = np.searchsorted(leave, first[arc.tail])
                if at < len(leave) and arrive[at] < first.get(arc.head, T + 1):
                    first[arc.head] = int(arrive[at])
                    changed = True
            if arc.head in last:
                at = np.searchsorted(arrive, last[arc.head], side="right") - 1
                if at >= 0 and leave[at] > last.get(arc.tail, -1):
                    last[arc.tail] = int(leave[at])
                    changed = True
    return first, last


def _variables(model: linopy.Model, name: str, upper: Floats) -> linopy.Variable:
    index = pd.RangeIndex(len(upper), name=f"{name}_id")
    return model.add_variables(lower=0.0, upper=upper, coords=[index], name=name)


def _series(values: NDArray[np.generic], dimension: str) -> xr.DataArray:
    return xr.DataArray(values, dims=dimension, coords={dimension: np.arange(len(values))})


def _sum(
    of: linopy.Variable, row: Ints, column: Ints, value: Floats, rows: int | None = None
) -> linopy.LinearExpression:
    """Σ value·variable[column] by row; rows without entries are there if `rows` says so."""
    if rows is not None:  # a zero in every row
        row = np.concatenate((row, np.arange(rows)))
        column = np.concatenate((column, np.zeros(rows, dtype=np.int64)))
        value = np.concatenate((value, np.zeros(rows)))
    (dimension,) = of.dims
    picked = of.isel({dimension: _series(column, "entry")})
    return (_series(value, "entry") * picked).groupby(_series(row, "entry").rename("row")).sum()
