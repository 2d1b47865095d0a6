"""The whole planning problem as arrays: what bound and search work on.

Lots that have the same options, cost and size form a group with a small network of its own: its
nodes are places, its arcs the moves and sea passages between them. Arcs of all groups share rows:
a row is a move, or a deck: the passages of a port pair that take equally long, seen as lane
metres for sale. Times are periods.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.objective import Objective, PriorityArrival
from amberway.mobility.options import Options, SeaWay
from amberway.mobility.passages import Passage, own_loading
from amberway.network.moves import Move, earliest_start
from amberway.network.resources import Resources, usable
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.scenario.lift import Lift, LiftKind
from amberway.units import HOURS_PER_DAY, periods

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sparse:
    """Uses of many rows behind each other: row i has table[ptr[i]:ptr[i + 1]].

    Columns of the table: resource, offset, length, amount.
    """

    ptr: Ints
    table: Ints

    @classmethod
    def of(cls, tables: Iterable[Ints]) -> Sparse:
        """Join the tables."""
        parts = [table.reshape(-1, 4) for table in tables]
        ptr = np.concatenate(([0], np.cumsum([len(part) for part in parts]))).astype(np.int64)
        table = np.concatenate(parts) if parts else np.zeros((0, 4), dtype=np.int64)
        return cls(ptr, table.astype(np.int64))


@dataclass(frozen=True, eq=False)
class Decks:
    """Lane metres for sale, by port pair and length of the voyage.

    Members of deck d are `member[ptr[d]:ptr[d + 1]]` (passages); `share` is the share of the ship
    that one unit (lane metre or seat) takes there.
    """

    ptr: Ints
    member: Ints
    share: Floats


@dataclass(frozen=True, eq=False)
class Sea:
    """Passages: what they hold of a full ship from the start of loading, and their times.

    `release` is the first start of loading that notice and the way from the ship's home allow.
    `uses` holds the ship until it can be at its next port.
    """

    passages: tuple[Passage, ...]
    uses: Sparse
    loading: Ints
    voyage: Ints
    discharge: Ints
    release: Ints


@dataclass(frozen=True, eq=False)
class Groups:
    """Networks of the groups behind each other; node n of all has arcs ptr[n] … ptr[n + 1].

    Group g has the nodes base[g] … base[g + 1], roughly the nearest to the goal first. A lot takes
    an arc in period t from `first` to `last`, at a cost of `scale` x the row's cost in period
    t + `lead`, and is at `head` after `duration`. `way` is the sea way of a deck (-1: a move).
    `origin` is -1 for groups that have no way. `costs` are those of arrival, see `objective`.
    """

    base: Ints
    ptr: Ints
    row: Ints
    tail: Ints
    head: Ints
    lead: Ints
    duration: Ints
    first: Ints
    last: Ints
    scale: Floats
    way: Ints
    origin: Ints
    goal: Ints
    earliest: Ints
    costs: Floats


@dataclass(frozen=True, eq=False)
class Problem:
    """Everything that bound and search need to know of a scenario.

    `lots[i]` is of group `group[i]`, ready in `ready[i]`, and takes `size[i]` lane metres of a
    ship (seats, for persons). `sample[g]` is a lot of group g. `ways[w]` has the passages
    `calls[w]` to choose from.
    """

    ground: Ground
    objective: Objective
    lots: tuple[Lot, ...]
    options: tuple[Options, ...]
    sample: Ints
    group: Ints
    ready: Ints
    size: Floats
    moves: tuple[Move, ...]
    uses: Sparse
    sea: Sea
    decks: Decks
    ways: tuple[SeaWay, ...]
    calls: tuple[Ints, ...]
    groups: Groups

    @property
    def scenario(self) -> Scenario:
        """The tables."""
        return self.ground.scenario

    @property
    def resources(self) -> Resources:
        """Everything finite."""
        return self.ground.resources

    def judged_by(self, objective: Objective) -> Problem:
        """The same problem with another objective; groups must not differ in what it asks."""
        lots = [self.lots[i] for i in self.sample]
        costs = [objective.costs(self.scenario, lot) for lot in lots]
        groups = replace(self.groups, costs=np.array(costs).reshape(len(lots), self.horizon + 2))
        return replace(self, objective=objective, groups=groups)

    @property
    def horizon(self) -> int:
        """Number of periods."""
        return self.scenario.settings.horizon


def build(ground: Ground | Scenario, objective: Objective | None = None) -> Problem:
    """The problem of a scenario, by its network or from its tables alone."""
    if isinstance(ground, Scenario):
        ground = Ground.of(ground)
    return _Builder(ground, objective or PriorityArrival()).build()


class _Builder:
    """Numbers moves, passages, ways and decks as the groups meet them."""

    def __init__(self, ground: Ground, objective: Objective) -> None:
        self._ground = ground
        self._scenario = ground.scenario
        self._table = ground.resources
        self._passages = ground.passages
        self._releases = ground.releases
        self._objective = objective
        self._grid = ground.scenario.settings.grid_hours
        self._moves: dict[Move, int] = {}
        self._made: dict[Passage, int] = {}
        self._passage: list[Passage] = []
        self._ways: dict[SeaWay, int] = {}
        self._calls: list[Ints] = []
        self._decks: list[list[tuple[int, float]]] = []
        self._of_way: dict[tuple[SeaWay, bool], list[tuple[int, Passage]]] = {}
        self._arcs: list[tuple[float, ...]] = []

    def build(self) -> Problem:
        scenario = self._scenario
        lots = [lot for force in scenario.forces.values() for lot in lots_of(scenario, force)]
        lots.sort(key=lambda lot: lot.id)
        options = [self._ground.options.of(lot) for lot in lots]
        found: dict[tuple[object, ...], int] = {}
        first: list[int] = []
        group = []
        for number, (lot, offered) in enumerate(zip(lots, options, strict=True)):
            key = (id(offered), lot.weight, lot.earliest_arrival, _size(lot), self._due(lot))
            if key not in found:
                found[key] = len(first)
                first.append(number)
            group.append(found[key])
        groups = self._groups([lots[i] for i in first], [options[i] for i in first])
        return Problem(
            self._ground,
            self._objective,
            tuple(lots),
            tuple(options),
            np.array(first, dtype=np.int64),
            np.array(group, dtype=np.int64),
            np.array([lot.ready for lot in lots], dtype=np.int64),
            np.array([_size(lot) for lot in lots], dtype=np.float64),
            tuple(self._moves),
            Sparse.of(move.uses for move in self._moves),
            self._sea(),
            self._all_decks(),
            tuple(self._ways),
            tuple(self._calls),
            groups,
        )

    def _due(self, lot: Lot) -> float | None:
        return self._scenario.forces[lot.force].rdd_day

    def _groups(self, lots: list[Lot], options: list[Options]) -> Groups:
        base, origins, goals = [0], [], []
        for lot, offered in zip(lots, options, strict=True):
            order = sorted(offered.bound, key=lambda place: (offered.bound[place], place))
            received = offered.reception is not None and lot.destination in offered.bound
            # With a reception the goal is a node of its own, before all places.
            node = {place: base[-1] + received + n for n, place in enumerate(order)}
            goal = base[-1] if received else node.get(lot.destination, -1)
            self._add_arcs(lot, offered, node, goal)
            base.append(base[-1] + received + len(node))
            origins.append(node.get(lot.origin, -1))
            goals.append(goal)
        arcs = np.array(self._arcs, dtype=np.float64).reshape(-1, 9)
        arcs = arcs[np.argsort(arcs[:, 1], kind="stable")].T
        whole = arcs.astype(np.int64)
        decks = whole[0] < 0
        whole[0, decks] = len(self._moves) - 1 - whole[0, decks]
        costs = [self._objective.costs(self._scenario, lot) for lot in lots]
        row, tail, head, lead, duration, first, last, _, way = whole
        return Groups(
            np.array(base, dtype=np.int64),
            np.searchsorted(tail, np.arange(base[-1] + 1)).astype(np.int64),
            row,
            tail,
            head,
            lead,
            duration,
            first,
            last,
            arcs[7].copy(),
            way,
            np.array(origins, dtype=np.int64),
            np.array(goals, dtype=np.int64),
            np.array([lot.earliest_arrival for lot in lots], dtype=np.int64),
            np.array(costs).reshape(len(lots), self._scenario.settings.horizon + 2),
        )

    def _add_arcs(self, lot: Lot, options: Options, node: dict[str, int], goal: int) -> None:
        never = self._scenario.settings.horizon
        for place, moves in options.moves.items():
            for move in moves if place in node else ():
                if move.end in node:
                    first = earliest_start(move, lot.nation, self._releases)
                    if move.end == lot.destination and options.reception is None:
                        first = max(first, lot.earliest_arrival - move.duration)
                    last = never
                    if place == lot.origin:
                        first, last = self._window(options, first)
                    row = self._moves.setdefault(move, len(self._moves))
                    self._arc(row, node[place], node[move.end], 0, move.duration, first, last)
        for place, ways in options.sea.items():
            for way in ways if place in node else ():
                if way.end in node:
                    self._add_decks(lot, options, way, node)
        if options.reception is not None and lot.destination in node:
            move = options.reception
            row = self._moves.setdefault(move, len(self._moves))
            first = max(0, lot.earliest_arrival - move.duration)
            self._arc(row, node[lot.destination], goal, 0, move.duration, first, never)

    def _add_decks(self, lot: Lot, options: Options, way: SeaWay, node: dict[str, int]) -> None:
        number = self._way(way)
        for deck, passage in self._way_decks(way, lot.cargo is CargoClass.PERSONS):
            own = own_loading(lot, passage.berths[0], self._grid)
            after = own + passage.voyage + passage.discharge
            first = max(0, self._cleared(lot, passage) - own)
            if way.end == lot.destination and options.reception is None:
                first = max(first, lot.earliest_arrival - after)
            last = self._scenario.settings.horizon
            if way.start == lot.origin:
                first, last = self._window(options, first)
                # Boarding begins with the loading of the ship, up to that long before.
                last += int(max(self._made_loading(way)))
            self._arc(
                -1 - deck, node[way.start], node[way.end], own, after, first, last,
                _size(lot), number,
            )  # fmt: skip

    def _made_loading(self, way: SeaWay) -> Iterable[int]:
        return (
            self._passages.of(lift, way.start, way.end, pair).loading for lift, pair in way.calls
        )

    def _window(self, options: Options, first: int) -> tuple[int, int]:
        """Periods in which a lot's first move may start, for a pinned date's sake."""
        last = self._scenario.settings.horizon
        return max(first, options.first_start), last if options.last_start is None else min(
            last, options.last_start
        )

    def _arc(
        self,
        row: int,
        tail: int,
        head: int,
        lead: int,
        duration: int,
        first: int,
        last: int,
        scale: float = 1.0,
        way: int = -1,
    ) -> None:
        self._arcs.append((row, tail, head, lead, duration, first, last, scale, way))

    def _cleared(self, lot: Lot, passage: Passage) -> int:
        """First departure of the voyage that clearance allows the lot."""
        return max(
            (
                self._releases[nation] - offset + passage.loading
                for nation, offset in passage.crossings
                if nation != lot.nation
            ),
            default=0,
        )

    def _way(self, way: SeaWay) -> int:
        if way not in self._ways:
            self._ways[way] = len(self._ways)
            made = [self._passages.of(lift, way.start, way.end, pair) for lift, pair in way.calls]
            made.sort(key=lambda passage: passage.least)
            for passage in made:
                if passage not in self._made:
                    self._made[passage] = len(self._made)
                    self._passage.append(passage)
            numbers = [self._made[passage] for passage in made]
            self._calls.append(np.array(numbers, dtype=np.int64))
        return self._ways[way]

    def _way_decks(self, way: SeaWay, persons: bool) -> list[tuple[int, Passage]]:
        """Decks of a sea way with one of the passages of each: all of a deck are alike in time."""
        key = way, persons
        if key not in self._of_way:
            stow = self._scenario.settings.factors.stow_factor
            decks: dict[tuple[object, ...], tuple[int, Passage]] = {}
            for call in self._calls[self._ways[way]]:
                passage = self._passage[call]
                entered = tuple((n, at - passage.loading) for n, at in passage.crossings)
                alike = passage.voyage, passage.discharge, passage.berths, entered
                if alike not in decks:
                    decks[alike] = len(self._decks), passage
                    self._decks.append([])
                lift = passage.lift
                if persons:  # a ship's seats are not counted where its lane metres are
                    share = 0.0 if lift.lane_m else 1.0 / (lift.pax or 1)
                else:
                    share = 1.0 / ((lift.lane_m or 1.0) * stow)
                self._decks[decks[alike][0]].append((int(call), share))
            self._of_way[key] = list(decks.values())
        return self._of_way[key]

    def _all_decks(self) -> Decks:
        members = [member for deck in self._decks for member in deck]
        ptr = np.concatenate(([0], np.cumsum([len(deck) for deck in self._decks])))
        return Decks(
            ptr.astype(np.int64),
            np.array([call for call, _ in members], dtype=np.int64),
            np.array([share for _, share in members], dtype=np.float64),
        )

    def _sea(self) -> Sea:
        made = self._passage
        ports: dict[str, set[str]] = {}
        for passage in made:
            ports.setdefault(passage.lift.id, set()).add(passage.start)
        back: dict[tuple[str, str], int] = {}
        for passage in made:
            key = passage.lift.id, passage.end
            if key not in back:
                back[key] = self._back(passage.lift, passage.end, ports[passage.lift.id])
        uses = []
        for passage in made:
            row = self._table.index[f"lift:{passage.lift.id}"]
            held = passage.least + back[passage.lift.id, passage.end]
            ship = np.array([(row, 0, held, 1)], dtype=np.int64)
            uses.append(np.vstack([ship, passage.uses]))

        def times(values: Iterable[int]) -> Ints:
            return np.array(list(values), dtype=np.int64)

        return Sea(
            tuple(made),
            Sparse.of(uses),
            times(p.loading for p in made),
            times(p.voyage for p in made),
            times(p.discharge for p in made),
            times(self._release(p) for p in made),
        )

    def _back(self, lift: Lift, place: str, ports: set[str]) -> int:
        """Least periods until a ship can be at any port where it loads.

        Each ship is away that long after every voyage but its last, after which nobody wants it.
        With a disruption of the pool that is not so: somebody may want its place.
        """
        if any(row.resource == lift.id for row in self._scenario.disruptions.values()):
            return 0
        ways = (self._passages.ballast(lift, place, port) for port in ports)
        return min((way for way in ways if way is not None), default=0)

    def _release(self, passage: Passage) -> int:
        """First period in which a ship of the class can begin to load."""
        home = passage.lift.home
        approach = (
            None if home is None else self._passages.ballast(passage.lift, home, passage.start)
        )
        if approach is None:
            return self._scenario.settings.horizon
        return approach + periods(passage.lift.notice_days * HOURS_PER_DAY, self._grid)


def _size(lot: Lot) -> float:
    """Seats of persons, lane metres of everything else."""
    return float(lot.persons) if lot.cargo is CargoClass.PERSONS else round(lot.lane_m, 6)


def hulls(scenario: Scenario) -> list[tuple[Lift, list[str]]]:
    """Classes of ships with the names of their hulls, in the order of the table."""
    found = []
    for lift in scenario.lift.values():
        if lift.kind is LiftKind.SHIP and lift.home is not None:
            count = usable(lift)
            names = [lift.id] if lift.count == 1 else [f"{lift.id}#{k + 1}" for k in range(count)]
            found.append((lift, names[:count]))
    return found
