"""Voyages as the bound sees them: lane metres for sale, at the price of a share of a ship.

A lot that takes a share f of a ship pays f of everything that the ship holds: both berths, slots
of links, and the ship itself from the start of loading until it can be at its next port. Times are
periods; those of a voyage count from the start of loading.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from amberway.mobility.verify.capacity import Capacities
from amberway.mobility.verify.choice import port_call
from amberway.mobility.verify.fit import ship_faults
from amberway.mobility.verify.rows import Steps
from amberway.mobility.verify.takes import NOWHERE, Use, way_of
from amberway.mobility.verify.world import World
from amberway.scenario.geography import Mode, Terminal
from amberway.scenario.lift import Lift
from amberway.units import HOURS_PER_DAY, knots_to_kmh


@dataclass(frozen=True)
class Voyage:
    """A full ship's way between two berths; `uses` is without the ship itself."""

    ship: Lift
    start: str
    end: str
    berths: tuple[Terminal, Terminal]
    loading: int
    voyage: int
    discharge: int
    uses: tuple[Use, ...]
    crossings: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Periods until it is discharged."""
        return self.loading + self.voyage + self.discharge

    def lane_m(self, world: World) -> float:
        """Lane metres that can be used (0: it takes persons only)."""
        return (self.ship.lane_m or 0.0) * world.factors.stow_factor


def voyage_of(
    world: World,
    ship: Lift,
    ports: tuple[str, str],
    berths: tuple[Terminal, Terminal],
    steps: Steps,
) -> Voyage:
    """The voyage of a full ship, by the rules that `sailings` checks."""
    way = way_of(world, "ship", ship, steps, ports)
    hold = world.periods(world.factors.ship_hold_h)
    loading = max(port_call(world, berths[0], ship), hold)
    discharge = port_call(world, berths[1], ship)
    held = (
        (f"terminal:{berths[0].id}", 0, loading, 1),
        (f"terminal:{berths[1].id}", loading + way.haul, discharge, 1),
    )
    crossings = tuple((nation, loading + offset) for nation, offset in way.crossings)
    uses = (*held, *((link, loading + offset, 1, 1) for link, offset in way.slots))
    return Voyage(ship, *ports, berths, loading, way.haul, discharge, uses, crossings)


class Ballast:
    """Least periods that ships without cargo take between ports."""

    def __init__(self, world: World, capacities: Capacities) -> None:
        self._world = world
        self._links = [
            link
            for link in world.scenario.links.values()
            if link.mode is Mode.SEA
            and not (f"link:{link.id}>" in capacities and not capacities[f"link:{link.id}>"].any())
        ]
        self._ways: dict[str, dict[str, list[tuple[str, float]]]] = {}
        self._hours: dict[tuple[str, str], Mapping[str, float]] = {}

    def release(self, voyage: Voyage) -> int:
        """First period in which a ship of the class can begin to load: notice, and from home."""
        notice = self._world.periods(voyage.ship.notice_days * HOURS_PER_DAY)
        home = voyage.ship.home
        approach = None if home is None else self.periods(voyage.ship, home, voyage.start)
        return self._world.horizon if approach is None else notice + approach

    def back(self, ship: str, place: str, ports: set[str]) -> int:
        """Least periods to any port where the class loads: so long nobody else has the ship.

        After its last voyage nobody wants it. A pool that a disruption makes smaller is another
        matter: then somebody may want its place.
        """
        if ship in self._world.disrupted:
            return 0
        lift = self._world.scenario.lift[ship]
        ways = (self.periods(lift, place, port) for port in ports)
        return min((way for way in ways if way is not None), default=0)

    def periods(self, ship: Lift, start: str, end: str) -> int | None:
        """Least periods from one port to another; None if there is no way."""
        if (ship.id, start) not in self._hours:
            if ship.id not in self._ways:
                self._ways[ship.id] = self._open_to(ship)
            self._hours[ship.id, start] = quickest(self._ways[ship.id], start)
        hours = self._hours[ship.id, start].get(end)
        return None if hours is None else self._world.periods(hours)

    def _open_to(self, ship: Lift) -> dict[str, list[tuple[str, float]]]:
        """(place, hours) by place, over all links that are wide and deep enough."""
        speed = knots_to_kmh(ship.speed_kn) if ship.speed_kn else None
        ways: dict[str, list[tuple[str, float]]] = {}
        for link in self._links:
            if not any(ship_faults(ship, replace(NOWHERE, links=(link,)))):
                hours = link.km / (speed or link.speed_kmh or 1.0) + link.passage_h
                ways.setdefault(link.from_place, []).append((link.to_place, hours))
                if link.two_way:
                    ways.setdefault(link.to_place, []).append((link.from_place, hours))
        return ways


def quickest(ways: Mapping[str, list[tuple[str, float]]], start: str) -> dict[str, float]:
    """Least hours from `start` to every place that can be reached (Dijkstra)."""
    hours = {start: 0.0}
    queue = [(0.0, start)]
    while queue:
        at, place = heapq.heappop(queue)
        if at > hours[place]:
            continue
        for other, took in ways.get(place, ()):
            if at + took < hours.get(other, math.inf):
                hours[other] = at + took
                heapq.heappush(queue, (at + took, other))
    return hours
