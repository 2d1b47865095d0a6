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
from amberway.scenario.pins import Pin

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
    """Places worth a look between two ends; `ports` are pairs, most promising first.

    `via` is where a pin has the lot call.
    """

    out_heads: tuple[str, ...]
    in_heads: tuple[str, ...]
    yards: tuple[str, ...]
    ports: tuple[tuple[str, str], ...]
    out_fields: tuple[str, ...]
    in_fields: tuple[str, ...]
    via: str | None = None


class Candidates:
    """Picks the places of a journey, and remembers journeys."""

    def __init__(self, scenario: Scenario, router: Router, terminals: Terminals) -> None:
        self._factors = scenario.settings.factors
        self._router = router
        self._terminals = terminals
        self._journeys: dict[tuple[object, ...], Journey] = {}
        # The gentlest load that there is by road.
        self._gentle = Traits(Mode.ROAD)

    def journey(self, start: str, end: str, rail: Rail, pin: Pin | None = None) -> Journey:
        """The places worth a look for a load that goes by rail as `rail` says.

        Those that a pin names are among them, whatever their rank.
        """
        poe, pod, via = (None,) * 3 if pin is None else (pin.poe, pin.pod, pin.via)
        key = (start, end, rail, poe, pod, via)
        if key not in self._journeys:
            self._journeys[key] = self._journey(start, end, rail, poe, pod, via)
        return self._journeys[key]

    def _journey(
        self, start: str, end: str, rail: Rail, poe: str | None, pod: str | None, via: str | None
    ) -> Journey:
        gauges = {gauge for gauge, _ in rail}
        railheads = [p for p, served in self._terminals.gauges.items() if served & gauges]
        out_heads = self._nearest(start, railheads, RAILHEADS)
        in_heads = self._nearest(end, railheads, RAILHEADS)
        out = self._land_hours(start, out_heads, rail)
        onward = self._land_hours(end, in_heads, rail)
        yards = self._yards(out, onward)
        if via in self._terminals.gauges and via not in yards:
            yards += (via,)
        return Journey(
            out_heads,
            in_heads,
            yards,
            self._port_pairs(out, onward, poe, pod, via),
            self._fields(start, poe, via),
            self._fields(end, pod, via),
            via,
        )

    def _fields(self, place: str, port: str | None, via: str | None) -> tuple[str, ...]:
        """Airfields near a place, or that which a pin names; where it has the lot call as well."""
        airfields = self._terminals.places(Function.AIR)
        near = self._nearest(place, [p for p in airfields if port in (None, p)], AIRFIELDS)
        if via is None or via not in airfields or via in near:
            return near
        return (*near, via)

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
        self,
        out: dict[str, float],
        onward: dict[str, float],
        poe: str | None,
        pod: str | None,
        via: str | None,
    ) -> tuple[tuple[str, str], ...]:
        """Pairs of a port of embarkation and one of debarkation, quickest first.

        A pin names `poe` and `pod`; pairs with its `via` come before the others.
        """
        first, last = self._ranked(out, poe, via), self._ranked(onward, pod, via)
        pairs = []
        for p in first:
            sea = self._router.hours(Traits(Mode.SEA, speed_kmh=_SHIP_KMH), p, last)
            pairs += [(via not in (p, q), out[p] + h + onward[q], p, q) for q, h in sea.items()]
        return tuple((p, q) for _, _, p, q in sorted(pairs) if p != q)

    def _ranked(self, hours: dict[str, float], named: str | None, via: str | None) -> list[str]:
        """The seaports first reached, and `via`; the one that is named, if one is."""
        ports = [p for p in self._terminals.places(Function.SEA) if p in hours]
        if named is not None:
            return [p for p in ports if p == named]
        ranked = sorted(ports, key=lambda p: (hours[p], p))
        return [p for n, p in enumerate(ranked) if n < _PORTS_RANKED or p == via]
