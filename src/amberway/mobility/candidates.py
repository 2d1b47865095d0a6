"""Which railheads, yards, ports and airfields are worth a look for a journey.

Only a ranking: rough hours pick the few places that a lot's own network then holds with exact
times. What is not picked cannot be used, so the numbers kept are generous where corridors meet.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from amberway.network.march import march_hours
from amberway.network.routing import Router
from amberway.network.terminals import Terminals
from amberway.network.traits import Traits
from amberway.scenario import Scenario
from amberway.scenario.geography import Function, Mode

RAILHEADS = 3
AIRFIELDS = 3
YARDS = 4
PORTS = 4
_PORTS_RANKED = 16
_ACCESS_KMH = 40.0
_HANDLING_H = 12.0
_SHIP_KMH = 33.0  # 18 kn

Rail = tuple[tuple[int, Traits], ...]


@dataclass(frozen=True)
class Journey:
    """Places worth a look between two ends; `ports` are pairs, most promising first."""

    out_heads: tuple[str, ...]
    in_heads: tuple[str, ...]
    yards: tuple[str, ...]
    ports: tuple[tuple[str, str], ...]
    out_fields: tuple[str, ...]
    in_fields: tuple[str, ...]


class Candidates:
    """Picks the places of a journey, and remembers journeys."""

    def __init__(self, scenario: Scenario, router: Router, terminals: Terminals) -> None:
        self._factors = scenario.settings.factors
        self._router = router
        self._terminals = terminals
        self._journeys: dict[tuple[object, ...], Journey] = {}
        # The gentlest load that there is by road.
        self._gentle = Traits(Mode.ROAD)

    def journey(self, start: str, end: str, rail: Rail) -> Journey:
        """The places worth a look for a load that goes by rail as `rail` says."""
        key = (start, end, rail)
        if key not in self._journeys:
            self._journeys[key] = self._journey(start, end, rail)
        return self._journeys[key]

    def _journey(self, start: str, end: str, rail: Rail) -> Journey:
        gauges = {gauge for gauge, _ in rail}
        railheads = [p for p, served in self._terminals.gauges.items() if served & gauges]
        airfields = self._terminals.places(Function.AIR)
        out_heads = self._nearest(start, railheads, RAILHEADS)
        in_heads = self._nearest(end, railheads, RAILHEADS)
        out = self._land_hours(start, out_heads, rail)
        onward = self._land_hours(end, in_heads, rail)
        return Journey(
            out_heads,
            in_heads,
            self._yards(out, onward),
            self._port_pairs(out, onward),
            self._nearest(start, airfields, AIRFIELDS),
            self._nearest(end, airfields, AIRFIELDS),
        )

    def _nearest(self, place: str, candidates: Collection[str], most: int) -> tuple[str, ...]:
        """The candidates nearest by road, the place itself first if it is one of them."""
        hours = self._router.hours(self._gentle, place, candidates)
        limit = self._factors.access_km / _ACCESS_KMH
        near = (p for p, h in hours.items() if h <= limit)
        return tuple(sorted(near, key=lambda p: (hours[p], p))[:most])

    def _land_hours(self, place: str, heads: tuple[str, ...], rail: Rail) -> dict[str, float]:
        """Rough hours over land between a place and the ports and yards."""
        daily = self._factors.march_hours_per_day
        goals = self._terminals.hubs
        road = self._router.hours(self._gentle, place, [*goals, *heads])
        reach = {p: march_hours(h, daily) for p, h in road.items()}
        for gauge, traits in rail:
            for head in heads:
                if gauge in self._terminals.gauges[head]:
                    access = reach.get(head, math.inf) + _HANDLING_H
                    for p, h in self._router.hours(traits, head, goals).items():
                        reach[p] = min(reach.get(p, math.inf), access + h)
        return reach

    def _yards(self, out: dict[str, float], onward: dict[str, float]) -> tuple[str, ...]:
        """The transload yards least out of the way."""
        way = {y: out[y] + onward[y] for y in self._terminals.yards if y in out and y in onward}
        return tuple(sorted(way, key=lambda y: (way[y], y))[:YARDS])

    def _port_pairs(
        self, out: dict[str, float], onward: dict[str, float]
    ) -> tuple[tuple[str, str], ...]:
        """Pairs of a port of embarkation and one of debarkation, quickest first."""
        ports = self._terminals.places(Function.SEA)
        first = sorted((p for p in ports if p in out), key=lambda p: (out[p], p))
        last = sorted((q for q in ports if q in onward), key=lambda q: (onward[q], q))
        pairs = []
        for p in first[:_PORTS_RANKED]:
            sea = self._router.hours(Traits(Mode.SEA, speed_kmh=_SHIP_KMH), p, last[:_PORTS_RANKED])
            pairs += [(out[p] + h + onward[q], p, q) for q, h in sea.items() if q != p]
        return tuple((p, q) for _, p, q in sorted(pairs))
