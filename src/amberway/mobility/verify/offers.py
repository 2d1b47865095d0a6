"""What each lot may choose from, timed by the verifier's own rules.

Which moves and sea ways there are comes from `asking`. How long each takes, what it holds and when
it crosses borders is worked out here; what the planner has otherwise is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.verify import takes
from amberway.mobility.verify.asking import (
    Asking,
    Offered,
    OfferedMove,
    OfferedVoyage,
    SeaWay,
    Times,
)
from amberway.mobility.verify.capacity import Capacities
from amberway.mobility.verify.means import MEANS
from amberway.mobility.verify.rows import Lot
from amberway.mobility.verify.takes import Take, Use
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.voyages import Voyage, voyage_of
from amberway.mobility.verify.ways import Way
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Function, Mode, Terminal
from amberway.scenario.lift import LiftKind

Ints = NDArray[np.int64]

_FUNCTIONS = {Mode.RAIL: Function.RAIL, Mode.AIR: Function.AIR, None: Function.RECEPTION}
_Pool = tuple[str, str]  # means, lift


@dataclass(frozen=True, eq=False)
class Choice:
    """The small network of a kind of lot: `nodes` places, numbered from 0.

    `origin` and `goal` are -1 if no way leads there. Columns of `land`: row (see `Offers.rows`),
    tail, head, duration, first and last start. Columns of `sea`: number of the voyage, tail, head,
    first start of loading that clearance allows, first and last period in which the lot is at
    the port.
    """

    nodes: int
    origin: int
    goal: int
    land: Ints
    sea: Ints


class Offers:
    """Choices of lots, with all moves (`rows` is what each holds) and voyages met so far."""

    def __init__(self, world: World, capacities: Capacities, findings: Findings) -> None:
        self._world = world
        self._capacities = capacities
        self._findings = findings
        self._asking = Asking(world)
        self.rows: list[tuple[Use, ...]] = []
        self.voyages: list[Voyage] = []
        self._ways: dict[tuple[object, ...], Way] = {}
        self._row: dict[tuple[OfferedMove, bool, int], tuple[int, Take | None]] = {}
        self._first: dict[tuple[int, str], int] = {}
        self._voyage: dict[OfferedVoyage, int] = {}
        self._way_calls: dict[tuple[SeaWay, str], tuple[list[tuple[int, int]], int]] = {}
        self._pools: dict[Offered, list[_Pool]] = {}
        self._known: dict[tuple[object, ...], Choice] = {}

    def of(self, lot: Lot, load: Load) -> Choice:
        """The choice of a lot, shared by lots that need as much of every lift."""
        offered = self._asking.of(lot, load)
        if offered not in self._pools:
            self._pools[offered] = sorted({(m.means, m.lift) for m in offered.moves if m.lift})
        needs = {pool: self._needed(lot, load, pool[1]) for pool in self._pools[offered]}
        nation = self._world.scenario.forces[lot.force].nation
        key = (offered, nation, lot.cargo == CargoClass.PERSONS, *needs.values())
        if key not in self._known:
            self._known[key] = self._choice(lot, nation, offered, needs)
        return self._known[key]

    def _needed(self, lot: Lot, load: Load, name: str) -> int:
        """Assets, or sorties, that a lot takes of a pool."""
        lift = self._world.scenario.lift[name]
        if lift.kind is LiftKind.AIRCRAFT:
            return takes.sorties_of(lot, load, lift)
        return 1 if lift.kind is LiftKind.TRAIN_SET else takes.road_assets(lot, load, lift)

    def _choice(
        self, lot: Lot, nation: str, offered: Offered, needs: Mapping[_Pool, int]
    ) -> Choice:
        """The network; the goal is a node of its own if lots are received at their destination."""
        node = {place: number for number, place in enumerate(offered.places)}
        origin = node.get(lot.origin, -1)
        received = offered.reception is not None and lot.destination in node
        goal = len(node) if received else node.get(lot.destination, -1)
        moves = [(move, node[move.start], node[move.end]) for move in offered.moves]
        if offered.reception is not None and received:
            moves.append((offered.reception, node[lot.destination], goal))
        persons = lot.cargo == CargoClass.PERSONS
        horizon = self._world.horizon
        land, sea = [], []
        for move, tail, head in moves:
            row, take = self._move(move, persons, needs.get((move.means, move.lift), 0))
            if take is not None:
                first, last = max(0, self._cleared(row, take, nation)), horizon
                if tail == origin:  # a pinned date binds the first leg
                    first, last = max(first, offered.first), min(last, offered.last)
                land.append((row, tail, head, take.duration, first, last))
        for way in offered.sea:
            tail, head = node[way.start], node[way.end]
            calls, longest = self._calls(way, nation)
            first, last = 0, horizon
            if tail == origin:
                # Boarding begins with the loading, up to that long before the ship departs.
                first, last = offered.first, min(last, offered.last) + longest
            sea += [(number, tail, head, cleared, first, last) for number, cleared in calls]
        return Choice(len(node) + received, origin, goal, _table(land, goal), _table(sea, goal))

    def _release(self, nation: str, crossings: Iterable[tuple[str, int]]) -> int:
        """First start after which every border crossed is open."""
        release = self._world.release
        return max((release[n] - offset for n, offset in crossings if n != nation), default=0)

    # --- moves --------------------------------------------------------------------------------

    def _move(self, move: OfferedMove, persons: bool, needed: int) -> tuple[int, Take | None]:
        """Number of a move's row, and what it takes (None: there can be no such move)."""
        key = (move, persons, needed)
        if key not in self._row:
            terminals = self._terminals(move)
            take = self._take(move, terminals, persons, needed)
            what = f"{move.means} {move.start} – {move.end} {move.lift}".rstrip()
            if take is None:
                self._findings.add("offer", what, "is offered, but cannot be")
            else:
                uses = self._finite(take.uses([t.id for t in terminals], move.lift))
                self._row[key] = len(self.rows), take
                self.rows.append(uses)
                crossings = tuple((n, take.depart + at) for n, at in take.way.crossings)
                self._compare(what, move.said, Times((take.duration,), uses, crossings))
            self._row.setdefault(key, (-1, None))
        return self._row[key]

    def _cleared(self, row: int, take: Take, nation: str) -> int:
        """First start of a move that clearance allows."""
        if (row, nation) not in self._first:
            first = self._release(nation, take.way.crossings) - take.depart
            self._first[row, nation] = first
        return self._first[row, nation]

    def _take(
        self, move: OfferedMove, terminals: Sequence[Terminal], persons: bool, needed: int
    ) -> Take | None:
        mode = MEANS[move.means].mode
        if len(terminals) < (2 if mode in (Mode.RAIL, Mode.AIR) else 1 if mode is None else 0):
            return None
        if mode is None:
            return takes.reception(self._world, terminals[0], persons)
        lift = self._world.scenario.lift.get(move.lift)
        # Lifts of one means keep one pace, but for aircraft.
        key = (move.means, move.lift if mode is Mode.AIR else "", move.start, move.end, move.steps)
        if key not in self._ways:
            ends = move.start, move.end
            self._ways[key] = takes.way_of(self._world, move.means, lift, move.steps, ends)
        way = self._ways[key]
        if way.faults:
            return None
        if mode is Mode.ROAD:
            return takes.by_road(self._world, way, lift, needed)
        if mode is Mode.RAIL:
            return takes.by_rail(self._world, way, (terminals[0], terminals[1]), persons)
        assert lift is not None  # nothing flies without
        return takes.by_air(self._world, way, (terminals[0], terminals[1]), lift, needed)

    def _terminals(self, move: OfferedMove) -> list[Terminal]:
        """Terminals at both ends: those among the planner's uses, or the first where none is."""
        mode = MEANS[move.means].mode
        if mode not in _FUNCTIONS:
            return []
        named = {use[0] for use in move.said.uses}
        found: list[Terminal] = []
        for place in (move.start,) if mode is None else (move.start, move.end):
            there = self._world.terminals(place, _FUNCTIONS[mode])
            found += [t for t in there if f"terminal:{t.id}" in named][:1] or there[:1]
        return found

    # --- voyages ------------------------------------------------------------------------------

    def _calls(self, way: SeaWay, nation: str) -> tuple[list[tuple[int, int]], int]:
        """Voyages of a sea way, each with the first loading that clearance allows; the longest
        loading.
        """
        if (way, nation) not in self._way_calls:
            numbers = [self._number(voyage) for voyage in way.voyages]
            own = [self.voyages[number] for number in numbers]
            cleared = [max(0, self._release(nation, voyage.crossings)) for voyage in own]
            longest = max(voyage.loading for voyage in own)
            self._way_calls[way, nation] = list(zip(numbers, cleared, strict=True)), longest
        return self._way_calls[way, nation]

    def _number(self, offered: OfferedVoyage) -> int:
        """Number of a voyage."""
        if offered not in self._voyage:
            scenario = self._world.scenario
            berths = scenario.terminals[offered.berths[0]], scenario.terminals[offered.berths[1]]
            ends = offered.start, offered.end
            ship = scenario.lift[offered.ship]
            own = voyage_of(self._world, ship, ends, berths, offered.steps)
            own = replace(own, uses=self._finite(own.uses))
            times = Times((own.loading, own.voyage, own.discharge), own.uses, own.crossings)
            self._compare(f"{ship.id} {own.start} – {own.end}", offered.said, times)
            self._voyage[offered] = len(self.voyages)
            self.voyages.append(own)
        return self._voyage[offered]

    # --- the planner's figures ------------------------------------------------------------------

    def _finite(self, uses: Iterable[Use]) -> tuple[Use, ...]:
        return tuple(sorted(use for use in uses if use[0] in self._capacities))

    def _compare(self, what: str, said: Times, right: Times) -> None:
        """Note what the planner reckons with otherwise."""
        for verb, one, other in (
            ("takes", said.periods, right.periods),
            ("holds", said.uses, right.uses),
            ("crosses", said.crossings, tuple(sorted(right.crossings))),
        ):
            if one != other:
                words = f"is offered as if it {verb} {one}, by the rules it {verb} {other}"
                self._findings.add("offer", what, words)


def _table(arcs: Sequence[tuple[int, ...]], goal: int) -> Ints:
    """Arcs as an array, without those that leave the goal."""
    table = np.array(arcs, dtype=np.int64).reshape(-1, 6)
    return np.asarray(table[table[:, 1] != goal])
