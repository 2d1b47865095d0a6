"""What a plan takes of every finite resource, from its legs and sailings alone.

Each leg is made anew as a move over the links that it names. A plan names places: where several
terminals of a place would do for the times of a leg, it is booked at the first that has room.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from amberway.mobility import loads
from amberway.mobility.lots import Lot
from amberway.mobility.plan import Leg, Plan, Use, Voyage
from amberway.network.moves import Means, Move, MoveMaker
from amberway.network.resources import Resources, build
from amberway.network.routing import Route, Step, step_hours
from amberway.network.terminals import Terminals
from amberway.network.traits import Traits
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Function, Mode, Terminal
from amberway.scenario.lift import Lift

Bookings = list[tuple[int, int, int, int]]
"""Resource, first period, periods, amount."""


def use_of(plan: Plan) -> Use:
    """The use of every resource; a leg that no move fits (`verify` says so) takes nothing."""
    table = build(plan.scenario)
    books = _Books(plan.scenario, table)
    for voyage in plan.sailings:
        books.enter(books.voyage(voyage))
    for lot in plan.lots:
        for leg in plan.legs.get(lot.id, ()):
            books.enter(books.leg(lot, leg))
    return Use(table.names, table.capacity, books.used())


class _Books:
    def __init__(self, scenario: Scenario, resources: Resources) -> None:
        self._scenario = scenario
        self._resources = resources
        self._maker = MoveMaker(scenario, resources)
        self._terminals = Terminals(scenario, resources)
        self._used = np.zeros_like(resources.capacity)
        self._open: list[list[Bookings]] = []
        self._routes: dict[tuple[Traits, tuple[str, ...]], Route] = {}

    def enter(self, choices: Iterator[Bookings]) -> None:
        """Book the only choice; of several, one is taken when all others are in the books."""
        found = list(choices)
        if len(found) == 1:
            self._book(found[0])
        elif found:
            self._open.append(found)

    def used(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
        """Amount by resource and period."""
        for found in sorted(self._open, key=lambda found: [b[1] for b in found[0]]):
            self._book(next(filter(self._fits, found), found[0]))
        self._open = []
        return self._used

    def _fits(self, bookings: Bookings) -> bool:
        have = self._resources.capacity
        return all(
            (
                self._used[row, first : first + length] + amount
                <= have[row, first : first + length]
            ).all()
            for row, first, length, amount in bookings
        )

    def _book(self, bookings: Bookings) -> None:
        for row, first, length, amount in bookings:
            self._used[row, max(0, first) : max(0, first + length)] += amount

    def leg(self, lot: Lot, leg: Leg) -> Iterator[Bookings]:
        """What the leg holds, by the terminals that it may be at; sailings hold for their lots."""
        means = Means(leg.means)
        lift = None if leg.lift is None else self._scenario.lift[leg.lift]
        persons = lot.cargo is CargoClass.PERSONS
        if means is Means.RECEPTION:
            halls = self._terminals.at(Function.RECEPTION, leg.start_place)[:1]
            made: Iterator[Move | None] = (self._maker.reception(hall, persons) for hall in halls)
        elif means is Means.TRAIN and lift is not None:
            traits = Traits(Mode.RAIL)
            route = self._route(traits, leg.links)
            made = (
                self._maker.rail(route, traits, pair, lift, persons)
                for pair in self._pairs(Function.RAIL, leg.start_place, leg.end_place)
                if all(lift.gauge_mm in terminal.gauges_mm for terminal in pair)
            )
        elif means is Means.AIRCRAFT and lift is not None:
            traits = Traits(Mode.AIR, speed_kmh=lift.speed_kmh)
            route = self._route(traits, leg.links)
            sorties = {pool.id: count for pool, count in loads.aircraft(self._scenario, lot)}
            made = (
                self._maker.air(route, traits, pair, lift, sorties[lift.id])
                for pair in self._pairs(Function.AIR, leg.start_place, leg.end_place)
                if lift.id in sorties and all(loads.can_land(lift, apron) for apron in pair)
            )
        elif means is Means.SHIP:
            return
        else:
            pace = self._scenario.settings.factors.track_march_kmh
            traits = Traits(Mode.ROAD, speed_kmh=pace if means is Means.TRACK_MARCH else None)
            route = self._route(traits, leg.links)
            ends = leg.start_place, leg.end_place
            made = iter([self._maker.road(means, route, traits, ends, lift, leg.assets)])
        for move in made:
            if move and move.duration == leg.end - leg.start:
                yield [(row, leg.start + at, n, k) for row, at, n, k in move.uses.tolist()]

    def voyage(self, voyage: Voyage) -> Iterator[Bookings]:
        """What a sailing holds, by the berths that it may be at."""
        lift = self._scenario.lift[voyage.ship.partition("#")[0]]
        index = self._resources.index
        traits = loads.ship_traits(lift)
        entered, _ = self._maker.voyage(self._route(traits, voyage.links), traits, voyage.depart)
        held = voyage.discharged - voyage.ballast_start
        ship = (index[f"lift:{lift.id}"], voyage.ballast_start, held, 1)
        for a, b in self._pairs(Function.SEA, voyage.start_place, voyage.end_place):
            if _lies(lift, a) and _lies(lift, b):
                loading = (voyage.load_start, voyage.depart - voyage.load_start, 1)
                discharge = (voyage.arrive, voyage.discharged - voyage.arrive, 1)
                berths = index[f"terminal:{a.id}"], index[f"terminal:{b.id}"]
                yield [ship, (berths[0], *loading), (berths[1], *discharge), *entered]

    def _pairs(self, function: Function, start: str, end: str) -> list[tuple[Terminal, Terminal]]:
        at = self._terminals.at
        return [(a, b) for a in at(function, start) for b in at(function, end)]

    def _route(self, traits: Traits, names: tuple[str, ...]) -> Route:
        key = (traits, names)
        if key not in self._routes:
            steps = tuple(Step(self._scenario.links[n[:-1]], n[-1], n) for n in names)
            hours = 0.0  # added up in the order of the way, as the router does
            for step in steps:
                hours += step_hours(step.link, traits)
            self._routes[key] = Route(steps, hours)
        return self._routes[key]


def _lies(ship: Lift, berth: Terminal) -> bool:
    """Draught, length and beam."""
    limits = (
        (ship.draught_m, berth.max_draught_m),
        (ship.length_m, berth.max_length_m),
        (ship.beam_m, berth.max_beam_m),
    )
    return all(value is None or limit is None or value <= limit for value, limit in limits)
