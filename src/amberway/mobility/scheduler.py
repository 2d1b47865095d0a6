"""Placing lots one after the other on the capacity that is left.

Earliest arrival: Dijkstra's algorithm over places with moves whose start is delayed until all
their resources are free (waiting is allowed at places, so an earlier arrival is never worse),
directed to the destination by the lower bounds of the lot's options (A*).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace

from amberway.mobility import waits
from amberway.mobility.cut import Cut
from amberway.mobility.fit import Free, Uses, book, earliest
from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot
from amberway.mobility.options import Options, SeaWay
from amberway.mobility.plan import Leg
from amberway.mobility.shipping import Fleet, Sailing
from amberway.network.moves import Means, Move, earliest_start


@dataclass(frozen=True, eq=False)
class _Step:
    """One hop of an itinerary in the making."""

    start_place: str
    end_place: str
    ready: int
    move: Move | None
    way: SeaWay | None


class Scheduler:
    """Free capacity, ships and legs while lots are placed one after the other."""

    def __init__(self, ground: Ground) -> None:
        self._scenario = ground.scenario
        self._resources = ground.resources
        self._horizon = ground.scenario.settings.horizon
        self._free = Free.of(self._resources.capacity)
        self._releases = ground.releases
        self.options = ground.options
        self._cut = Cut(ground.scenario)
        self.fleet = Fleet(ground)
        self.legs: dict[str, tuple[Leg, ...]] = {}
        self.unmoved: dict[str, str] = {}
        self._undo: list[Callable[[], None]] = []

    def place(self, lot: Lot) -> None:
        """Give a lot its earliest itinerary, or the cause why it has none."""
        options = self.options.of(lot)
        steps = self._search(lot, options) if lot.origin in options.bound else None
        if steps is None:
            self.unmoved[lot.id] = self.cause(lot)
            return
        self._undo = []
        legs = self._legs(lot, options, steps)
        if legs is not None:
            self.legs[lot.id] = legs
            return
        for give_back in reversed(self._undo):
            give_back()
        self.unmoved[lot.id] = self.cause(lot)

    def cause(self, lot: Lot) -> str:
        """Why a lot that does not arrive does not."""
        options = self.options.of(lot)
        if lot.origin not in options.bound:
            return self._cut.why(lot)
        return self._too_late(lot, options)

    def why_not(self, lot: Lot) -> str | None:
        """Why a lot has no itinerary on what is free; None if it has one. Nothing is booked."""
        options = self.options.of(lot)
        found = lot.origin in options.bound and self._search(lot, options)
        return None if found else self.cause(lot)

    def _legs(self, lot: Lot, options: Options, steps: list[_Step]) -> tuple[Leg, ...] | None:
        """Book the steps one after the other; None if they no longer all fit in the horizon.

        A step may hold what a later one was to use (a pool, before it has come back): each is
        fitted again when its turn comes.
        """
        legs: list[Leg] = []
        at = max(lot.ready, options.first_start)
        for step in steps:
            leg = self._take(lot, options, step, at)
            if leg is None:
                return None
            legs.append(leg)
            at = leg.end
        if options.pin is not None and options.first_start > lot.ready:
            held = (f"pin:{options.pin.id}", options.first_start - lot.ready)
            legs[0] = replace(legs[0], waits=(held, *legs[0].waits))
        if options.reception is not None:
            leg = self._receive(lot, options.reception, at)
            if leg is None:
                return None
            legs.append(leg)
        return tuple(legs)

    def _too_late(self, lot: Lot, options: Options) -> str:
        """Why a lot that has a route does not arrive within the horizon."""
        end = f"until the horizon (C+{self._scenario.settings.horizon_days:g})"
        goal = self._scenario.places[lot.destination].name
        if lot.earliest_arrival > self._horizon:
            return "not wanted before its earliest arrival date, which is after the horizon"
        pin, ready = options.pin, max(lot.ready, options.first_start)
        if ready + options.bound[lot.origin] > self._horizon:
            late = "ready too late" if pin is None else f"too late under pin {pin.id!r}"
            return f"{late}: even unhindered it would not arrive {end}"
        never = {
            nation
            for moves in options.moves.values()
            for move in moves
            for nation, _ in move.crossings
            if nation != lot.nation and self._releases[nation] >= self._horizon
        }
        if never:
            return f"not cleared to enter {', '.join(sorted(never))} {end}"
        if pin is None:
            return f"every way to {goal} is taken {end}"
        if pin.depart_day is not None and not self._departs(lot, options):
            return f"no way to {goal} that departs on C+{pin.depart_day} (pin {pin.id!r}) is free"
        return f"no way to {goal} under pin {pin.id!r} is free {end}"

    def _departs(self, lot: Lot, options: Options) -> bool:
        """Is there a first move that still fits in its window?"""
        at = max(lot.ready, options.first_start)
        moves = (m for m in options.moves.get(lot.origin, ()) if m.end in options.bound)
        ways = (way for way in options.sea.get(lot.origin, ()) if way.end in options.bound)
        return any(self._start(lot, options, move, at) >= 0 for move in moves) or any(
            self._sailing(lot, options, way, at, self._horizon + 1) is not None for way in ways
        )

    def _search(self, lot: Lot, options: Options) -> list[_Step] | None:
        goal = lot.destination
        ready = max(lot.ready, options.first_start)
        reached = {lot.origin: ready}
        last: dict[str, _Step] = {}
        queue = [(ready + options.bound[lot.origin], lot.origin)]
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
                sailing = self._sailing(lot, options, way, at, before)
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
        """First start that fits in what is free; -1 if there is none."""
        first, last = self._floor(lot, options, move, at), self._horizon - move.duration
        if options.last_start is not None and move.start == lot.origin:
            last = min(last, options.last_start)
        return earliest(self._free, move.uses, first, last)

    def _sailing(
        self, lot: Lot, options: Options, way: SeaWay, at: int, before: int
    ) -> Sailing | None:
        """The planned or new sailing that discharges first, before period `before`."""
        if at + way.least >= before:
            return None
        arrives = way.end == lot.destination and options.reception is None
        due = lot.earliest_arrival if arrives else 0
        last = options.last_start if way.start == lot.origin else None
        joined = self.fleet.joinable(lot, way, at, due, last)
        if joined is not None and joined.discharged >= before:
            joined = None
        limit = before if joined is None else joined.discharged
        return self.fleet.propose(lot, way, at, due, self._free, limit, last) or joined

    def _take(self, lot: Lot, options: Options, step: _Step, at: int) -> Leg | None:
        if step.move is None:
            return self._embark(lot, options, step, at)
        move = step.move
        start = self._start(lot, options, move, at)
        if start < 0:
            return None
        first = self._floor(lot, options, move, at)
        found = waits.for_clearance(lot, move, self._releases, at, first)
        found += self._blocked(move.uses, first, start)
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
            tuple(found),
            move.duration - move.haul,
        )

    def _embark(self, lot: Lot, options: Options, step: _Step, at: int) -> Leg | None:
        assert step.way is not None
        sailing = self._sailing(lot, options, step.way, at, self._horizon + 1)
        if sailing is None:
            return None
        start = max(at, sailing.load_start)
        found = [(f"ship:{step.start_place}", start - at)] if start > at else []
        if not sailing.id:
            found = self._ship_waits(lot, sailing, at)
            self._undo.append(self.fleet.sail(sailing, self._free))
        self._undo.append(self.fleet.board(lot, sailing))
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
            tuple(found),
            sailing.discharged - start - voyage,
        )

    def _receive(self, lot: Lot, move: Move, at: int) -> Leg | None:
        first = max(at, lot.earliest_arrival - move.duration)
        start = earliest(self._free, move.uses, first, self._horizon - move.duration)
        if start < 0:
            return None
        found = self._blocked(move.uses, first, start)
        if first > at:
            found.insert(0, (f"ead:{lot.force}", first - at))
        self._book(move, start)
        return Leg(
            move.means.value,
            move.start,
            move.end,
            start,
            start + move.duration,
            waits=tuple(found),
            handling=move.duration,
        )

    def _ship_waits(self, lot: Lot, sailing: Sailing, at: int) -> waits.Waits:
        """What the first lot of a new sailing waits for: the ship, clearance, then a berth."""
        leg, ready = self.fleet.leg_of(sailing), sailing.ship.free_from
        aboard = max(at, ready + leg.ballast)
        cleared = max(at - leg.ballast, ready, self.fleet.cleared(lot, leg)[0])
        found = [(f"ship:{sailing.start}", aboard - at)] if aboard > at else []
        if cleared + leg.ballast > aboard:
            nation = self.fleet.cleared(lot, leg)[1]
            found.append((f"clearance:{nation}", cleared + leg.ballast - aboard))
        return found + self._blocked(leg.uses, cleared, sailing.ballast_start)

    def _book(self, move: Move, start: int) -> None:
        book(self._free, move.uses, start, 1)
        self._undo.append(lambda: book(self._free, move.uses, start, -1))

    def _blocked(self, uses: Uses, first: int, start: int) -> waits.Waits:
        """Periods waited in [first, start), by the resource that forbade to start."""
        return waits.for_resources(self._free, self._resources.names, uses, first, start)
