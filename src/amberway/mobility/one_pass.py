"""The field's baseline: one-pass list scheduling.

Lots are taken once, in the order of priority, readiness and name. Each gets the itinerary with
the earliest arrival that the lots before it have left free, and keeps it. This is what the
established planning tools do; it says nothing about how far from the best the plan is.

Earliest arrival: Dijkstra's algorithm over places with moves whose start is delayed until all
their resources are free (waiting is allowed at places, so an earlier arrival is never worse),
directed to the destination by the lower bounds of the lot's options (A*).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from amberway.mobility.cut import Cut
from amberway.mobility.fit import Free, blockers, book, earliest
from amberway.mobility.interrupt import ctrl_c
from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.options import OptionMaker, Options, SeaWay
from amberway.mobility.plan import Leg, Plan, Use, Voyage
from amberway.mobility.shipping import Fleet, Sailing
from amberway.network import resources
from amberway.network.clearance import release_periods
from amberway.network.moves import Means, Move, MoveMaker, earliest_start
from amberway.network.routing import Router
from amberway.scenario import Scenario

METHOD = "one-pass"
Progress = Callable[[int, int], None]
INTERRUPTED = "planning was interrupted before this lot's turn"


def order(lots: list[Lot]) -> list[Lot]:
    """Priority first, then readiness, then name."""
    return sorted(lots, key=lambda lot: (-lot.weight, lot.ready, lot.force, lot.id))


def solve(scenario: Scenario, progress: Progress | None = None) -> Plan:
    """Plan every lot once.

    `progress(done, total)` is called after every lot. Ctrl-C ends the planning after the lot in
    hand: what is planned so far is kept in a plan that says that it is not complete.
    """
    lots = [lot for force in scenario.forces.values() for lot in lots_of(scenario, force)]
    scheduler = _Scheduler(scenario)
    with ctrl_c() as interrupt:
        for done, lot in enumerate(order(lots), start=1):
            scheduler.place(lot)
            if progress is not None:
                progress(done, len(lots))
            if interrupt.asked:
                break
    complete = len(scheduler.legs) + len(scheduler.unmoved) == len(lots)
    for lot in lots:
        if lot.id not in scheduler.legs:
            scheduler.unmoved.setdefault(lot.id, INTERRUPTED)
    lots.sort(key=lambda lot: lot.id)
    return Plan(
        scenario,
        METHOD,
        tuple(lots),
        {lot.id: scheduler.legs[lot.id] for lot in lots if lot.id in scheduler.legs},
        tuple(_voyage(sailing) for sailing in scheduler.fleet.sailings),
        {lot.id: scheduler.unmoved[lot.id] for lot in lots if lot.id in scheduler.unmoved},
        scheduler.use(),
        complete,
    )


@dataclass(frozen=True, eq=False)
class _Step:
    """One hop of an itinerary in the making."""

    start_place: str
    end_place: str
    ready: int
    move: Move | None
    way: SeaWay | None


class _Scheduler:
    """Free capacity, ships and legs while lots are placed one after the other."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._resources = resources.build(scenario)
        self._horizon = scenario.settings.horizon
        self._free: Free = self._resources.capacity.copy()
        self._releases = release_periods(scenario)
        self._router = Router(scenario, self._resources)
        maker = MoveMaker(scenario, self._resources)
        self._options = OptionMaker(scenario, self._resources, self._router, maker)
        self._cut = Cut(scenario)
        self.fleet = Fleet(scenario, self._resources, self._router, maker)
        self.legs: dict[str, tuple[Leg, ...]] = {}
        self.unmoved: dict[str, str] = {}
        self._undo: list[Callable[[], None]] = []

    def place(self, lot: Lot) -> None:
        """Give a lot its earliest itinerary, or the cause why it has none."""
        options = self._options.of(lot)
        if lot.origin not in options.bound:
            self.unmoved[lot.id] = self._cut.why(lot)
            return
        steps = self._search(lot, options)
        if steps is None:
            self.unmoved[lot.id] = self._too_late(lot, options)
            return
        self._undo = []
        legs = self._legs(lot, options, steps)
        if legs is not None:
            self.legs[lot.id] = legs
            return
        for give_back in reversed(self._undo):
            give_back()
        self.unmoved[lot.id] = self._too_late(lot, options)

    def _legs(self, lot: Lot, options: Options, steps: list[_Step]) -> tuple[Leg, ...] | None:
        """Book the steps one after the other; None if they no longer all fit in the horizon.

        A step may hold what a later one was to use (a pool, before it has come back): each is
        fitted again when its turn comes.
        """
        legs: list[Leg] = []
        at = lot.ready
        for step in steps:
            leg = self._take(lot, options, step, at)
            if leg is None:
                return None
            legs.append(leg)
            at = leg.end
        if options.reception is not None:
            leg = self._receive(lot, options.reception, at)
            if leg is None:
                return None
            legs.append(leg)
        return tuple(legs)

    def use(self) -> Use:
        """What has been booked so far."""
        capacity = self._resources.capacity
        return Use(self._resources.names, capacity, capacity - self._free)

    def _too_late(self, lot: Lot, options: Options) -> str:
        """Why a lot that has a route does not arrive within the horizon."""
        end = f"until the horizon (C+{self._scenario.settings.horizon_days:g})"
        if lot.ready + options.bound[lot.origin] > self._horizon:
            return f"ready too late: even unhindered it would not arrive {end}"
        never = {
            nation
            for moves in options.moves.values()
            for move in moves
            for nation, _ in move.crossings
            if nation != lot.nation and self._releases[nation] >= self._horizon
        }
        if never:
            return f"not cleared to enter {', '.join(sorted(never))} {end}"
        return f"every way to {lot.destination} is taken {end}"

    def _search(self, lot: Lot, options: Options) -> list[_Step] | None:
        goal = lot.destination
        reached = {lot.origin: lot.ready}
        last: dict[str, _Step] = {}
        queue = [(lot.ready + options.bound[lot.origin], lot.origin)]
        done: set[str] = set()
        while queue:
            _, place = heapq.heappop(queue)
            if place == goal:
                break
            if place in done:
                continue
            done.add(place)
            at = reached[place]
            best = reached.get(goal, self._horizon + 1)
            for move in options.moves.get(place, ()):
                bound = options.bound.get(move.end)
                if bound is None or at + move.duration + bound >= best:
                    continue
                if at + move.duration >= reached.get(move.end, self._horizon + 1):
                    continue
                start = self._start(lot, options, move, at)
                if start >= 0:
                    step = _Step(place, move.end, at, move, None)
                    self._reach(reached, last, queue, options, start + move.duration, step)
                    best = reached.get(goal, self._horizon + 1)
            for way in options.sea.get(place, ()):
                before = reached.get(way.end, self._horizon + 1)
                before = min(before, best - options.bound.get(way.end, self._horizon))
                sailing = self._sailing(lot, way, at, before)
                if sailing is not None:
                    step = _Step(place, way.end, at, None, way)
                    self._reach(reached, last, queue, options, sailing.discharged, step)
                    best = reached.get(goal, self._horizon + 1)
        if goal not in reached:
            return None
        steps = []
        place = goal
        while place != lot.origin:
            steps.append(last[place])
            place = last[place].start_place
        return steps[::-1]

    def _reach(
        self,
        reached: dict[str, int],
        last: dict[str, _Step],
        queue: list[tuple[int, str]],
        options: Options,
        arrival: int,
        step: _Step,
    ) -> None:
        place = step.end_place
        if place not in options.bound or arrival > self._horizon:
            return
        if arrival < reached.get(place, self._horizon + 1):
            reached[place] = arrival
            last[place] = step
            heapq.heappush(queue, (arrival + options.bound[place], place))

    def _floor(self, lot: Lot, options: Options, move: Move, at: int) -> int:
        """First start that clearance and the earliest arrival date allow."""
        first = max(at, earliest_start(move, lot.nation, self._releases))
        if move.end == lot.destination and options.reception is None:
            first = max(first, lot.earliest_arrival - move.duration)
        return first

    def _start(self, lot: Lot, options: Options, move: Move, at: int) -> int:
        first = self._floor(lot, options, move, at)
        return earliest(self._free, move.uses, first, self._horizon - move.duration)

    def _sailing(self, lot: Lot, way: SeaWay, at: int, before: int) -> Sailing | None:
        """The planned or new sailing that discharges first, before period `before`."""
        if at + way.least >= before:
            return None
        joined = self.fleet.joinable(lot, way.start, way.end, at, self._releases)
        if joined is not None and joined.discharged >= before:
            joined = None
        limit = before if joined is None else joined.discharged
        new = self.fleet.propose(lot, way, at, self._releases, self._free, limit)
        return new or joined

    def _take(self, lot: Lot, options: Options, step: _Step, at: int) -> Leg | None:
        if step.move is None:
            return self._embark(lot, step, at)
        move = step.move
        first = self._floor(lot, options, move, at)
        start = earliest(self._free, move.uses, first, self._horizon - move.duration)
        if start < 0:
            return None
        waits = self._clearance_wait(lot, move, at, first)
        waits += self._blocked(move, first, start)
        self._book(move, start)
        return Leg(
            move.means.value,
            move.start,
            move.end,
            start,
            start + move.duration,
            move.lift,
            move.assets,
            None,
            move.links,
            tuple(waits),
            move.duration - move.haul,
        )

    def _embark(self, lot: Lot, step: _Step, at: int) -> Leg | None:
        assert step.way is not None
        sailing = self._sailing(lot, step.way, at, self._horizon + 1)
        if sailing is None:
            return None
        if not sailing.id:
            self._undo.append(self.fleet.sail(sailing, self._free))
        self._undo.append(self.fleet.board(lot, sailing))
        start = max(at, sailing.load_start)
        waits = [(f"ship:{step.start_place}", start - at)] if start > at else []
        voyage = sailing.arrive - sailing.depart
        return Leg(
            Means.SHIP.value,
            step.start_place,
            step.end_place,
            start,
            sailing.discharged,
            sailing.ship.lift.id,
            1,
            sailing.id,
            sailing.links,
            tuple(waits),
            sailing.discharged - start - voyage,
        )

    def _receive(self, lot: Lot, move: Move, at: int) -> Leg | None:
        first = max(at, lot.earliest_arrival - move.duration)
        start = earliest(self._free, move.uses, first, self._horizon - move.duration)
        if start < 0:
            return None
        waits = self._blocked(move, first, start)
        if first > at:
            waits.insert(0, (f"ead:{lot.force}", first - at))
        self._book(move, start)
        return Leg(
            move.means.value,
            move.start,
            move.end,
            start,
            start + move.duration,
            waits=tuple(waits),
            handling=move.duration,
        )

    def _book(self, move: Move, start: int) -> None:
        book(self._free, move.uses, start, 1)
        self._undo.append(lambda: book(self._free, move.uses, start, -1))

    def _clearance_wait(self, lot: Lot, move: Move, at: int, first: int) -> list[tuple[str, int]]:
        if first <= at:
            return []
        need = {
            nation: self._releases[nation] - offset
            for nation, offset in move.crossings
            if nation != lot.nation
        }
        latest = max(need, key=lambda nation: need[nation], default=None)
        if latest is None or need[latest] < first:
            return [(f"ead:{lot.force}", first - at)]
        return [(f"clearance:{latest}", first - at)]

    def _blocked(self, move: Move, first: int, start: int) -> list[tuple[str, int]]:
        """Periods waited in [first, start), by the resource that forbade to start."""
        count: dict[str, int] = {}
        for row in blockers(self._free, move.uses, first, start):
            name = self._resources.names[row]
            count[name] = count.get(name, 0) + 1
        return list(count.items())


def _voyage(sailing: Sailing) -> Voyage:
    return Voyage(
        sailing.id,
        sailing.ship.id,
        sailing.start,
        sailing.end,
        sailing.ballast_start,
        sailing.load_start,
        sailing.depart,
        sailing.arrive,
        sailing.discharged,
        sailing.links,
        sailing.ballast_links,
        round(sailing.lane_m, 3),
        sailing.pax,
    )
