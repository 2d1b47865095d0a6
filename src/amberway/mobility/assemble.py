"""From the arrays of the search to a plan: legs with their waits, sailings with their ballast."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from amberway.mobility import waits
from amberway.mobility.fit import Free, book
from amberway.mobility.lots import Lot
from amberway.mobility.packing import Net, State
from amberway.mobility.passages import Passage
from amberway.mobility.plan import Leg, Plan, Voyage
from amberway.mobility.problem import Problem, hulls
from amberway.network.moves import Means, Move, earliest_start
from amberway.units import HOURS_PER_DAY, periods


def assemble(
    problem: Problem, net: Net, state: State, method: str, unmoved: dict[str, str]
) -> Plan:
    """The plan that a state holds; `unmoved` says why lots without a way have none."""
    return _Assembly(problem, net, state).plan(method, unmoved)


class _Assembly:
    def __init__(self, problem: Problem, net: Net, state: State) -> None:
        self._problem = problem
        self._net = net
        self._state = state
        self._free = Free.of(problem.resources.capacity)
        self._releases = problem.ground.releases
        self._berthed: dict[int, int] = {}  # sailing → first period its ship could load
        self._names: dict[int, str] = {}

    def plan(self, method: str, unmoved: dict[str, str]) -> Plan:
        problem, state = self._problem, self._state
        voyages = self._voyages()
        placed = np.flatnonzero(state.arrival >= 0)
        for lot in placed:
            for j in range(state.legs[lot]):
                if state.sailing[lot, j] < 0:
                    move = problem.moves[self._net.row[state.arc[lot, j]]]
                    book(self._free, move.uses, int(state.start[lot, j]), 1)
        legs = {problem.lots[lot].id: self._legs(int(lot)) for lot in placed}
        return Plan(
            problem.scenario,
            method,
            problem.lots,
            legs,
            tuple(voyages),
            {lot.id: unmoved[lot.id] for lot in problem.lots if lot.id not in legs},
        )

    def _voyages(self) -> list[Voyage]:
        """Sailings with somebody aboard, in the order of departure; books what they hold."""
        problem, state = self._problem, self._state
        names = [(lift, name) for lift, of_class in hulls(problem.scenario) for name in of_class]
        grid = problem.scenario.settings.grid_hours
        found: list[tuple[int, int, Voyage]] = []
        for ship, (lift, name) in enumerate(names):
            place = lift.home or ""
            free = periods(lift.notice_days * HOURS_PER_DAY, grid)
            for k in state.stack[ship, : state.depth[ship]]:
                if state.aboard[k] == 0:
                    continue  # a sailing that nobody wanted in the end
                passage = problem.sea.passages[state.passage[k]]
                leg = problem.ground.passages.leg(passage, place)
                assert leg is not None
                load = int(state.load[k])
                begin = load - leg.ballast
                assert begin >= free
                book(self._free, leg.uses, begin, 1)
                self._berthed[int(k)] = free + leg.ballast
                place, free = passage.end, begin + leg.total
                depart = load + leg.loading
                voyage = Voyage(
                    "",
                    name,
                    passage.start,
                    passage.end,
                    begin,
                    load,
                    depart,
                    depart + leg.voyage,
                    free,
                    leg.links,
                    leg.ballast_links,
                    round(float(state.lane_m[k]), 3),
                    int(state.pax[k]),
                )
                found.append((load, int(k), voyage))
        found.sort(key=lambda one: (one[0], one[2].ship))
        self._names = {k: f"s{n:04d}" for n, (_, k, _) in enumerate(found, start=1)}
        return [Voyage(self._names[k], *list(vars(voyage).values())[1:]) for _, k, voyage in found]

    def _legs(self, number: int) -> tuple[Leg, ...]:
        """The legs of a lot; what it waits for is judged with its own bookings given back."""
        state, lot = self._state, self._problem.lots[number]
        options = self._problem.options[number]
        legs, at = [], max(lot.ready, options.first_start)
        for j in range(state.legs[number]):
            start, k = int(state.start[number, j]), int(state.sailing[number, j])
            if k < 0:
                move = self._problem.moves[self._net.row[state.arc[number, j]]]
                legs.append(self._leg(number, lot, move, at, start))
            else:
                legs.append(self._boarding(lot, k, at, start))
            at = legs[-1].end
        if legs and options.pin is not None and options.first_start > lot.ready:
            held = (f"pin:{options.pin.id}", options.first_start - lot.ready)
            legs[0] = replace(legs[0], waits=(held, *legs[0].waits))
        return tuple(legs)

    def _leg(self, number: int, lot: Lot, move: Move, at: int, start: int) -> Leg:
        arriving = move.end == lot.destination and (
            move.means is Means.RECEPTION or self._problem.options[number].reception is None
        )
        first = max(at, earliest_start(move, lot.nation, self._releases))
        if arriving:
            first = max(first, lot.earliest_arrival - move.duration)
        waited = waits.for_clearance(lot, move, self._releases, at, min(first, start))
        first = min(max(first, at), start)
        book(self._free, move.uses, start, -1)
        names = self._problem.resources.names
        # A start left late though nothing forbids an earlier one waits for what it uses first.
        otherwise = names[move.uses[0, 0]] if len(move.uses) else f"ead:{lot.force}"
        waited += waits.for_resources(self._free, names, move.uses, first, start, otherwise)
        book(self._free, move.uses, start, 1)
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
            tuple(waited),
            move.duration - move.haul,
        )

    def _boarding(self, lot: Lot, k: int, at: int, start: int) -> Leg:
        passage = self._problem.sea.passages[self._state.passage[k]]
        load = int(self._state.load[k])
        discharged = load + passage.least
        return Leg(
            Means.SHIP.value,
            passage.start,
            passage.end,
            start,
            discharged,
            passage.lift.id,
            1,
            self._names[k],
            tuple(step.name for step in passage.route.steps),
            tuple(self._waits_aboard(lot, passage, k, at, start)),
            discharged - start - passage.voyage,
        )

    def _waits_aboard(self, lot: Lot, passage: Passage, k: int, at: int, start: int) -> waits.Waits:
        """The ship until it can be there, clearance, a berth, then the others' cargo."""
        ship = f"ship:{passage.start}"
        found: dict[str, int] = {}

        def wait(name: str, until: int) -> None:
            nonlocal at
            if until > at:
                found[name] = found.get(name, 0) + until - at
                at = until

        wait(ship, min(start, self._berthed[k]))
        nation, cleared = max(
            (
                (entered, self._releases[entered] - offset)
                for entered, offset in passage.crossings
                if entered != lot.nation
            ),
            key=lambda one: one[1],
            default=("", 0),
        )
        wait(f"clearance:{nation}", min(start, cleared))
        load = int(self._state.load[k])
        book(self._free, passage.uses, load, -1)
        for name, count in waits.for_resources(
            self._free, self._problem.resources.names, passage.uses, at, start, ship
        ):
            found[name] = found.get(name, 0) + count
        book(self._free, passage.uses, load, 1)
        return list(found.items())
