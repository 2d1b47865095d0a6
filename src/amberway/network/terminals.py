"""Terminals by what they handle and where; those that never open are left out."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from amberway.network.resources import Resources
from amberway.scenario import Scenario
from amberway.scenario.geography import Function, Terminal


class Terminals:
    """Look-up of the terminals of a scenario."""

    def __init__(self, scenario: Scenario, resources: Resources) -> None:
        self._found: dict[Function, dict[str, list[Terminal]]] = {f: {} for f in Function}
        for terminal in scenario.terminals.values():
            if resources.capacity[resources.index[f"terminal:{terminal.id}"]].any():
                by_place = self._found[terminal.function]
                by_place.setdefault(terminal.place, []).append(terminal)

    def at(self, function: Function, place: str) -> list[Terminal]:
        """Terminals of a function at a place."""
        return self._found[function].get(place, [])

    def places(self, function: Function) -> Collection[str]:
        """Places that have a terminal of a function."""
        return self._found[function]

    @cached_property
    def gauges(self) -> dict[str, frozenset[int]]:
        """Track gauges that the rail terminals of a place serve, by place."""
        return {
            place: frozenset(g for t in found for g in t.gauges_mm)
            for place, found in self._found[Function.RAIL].items()
        }

    @cached_property
    def yards(self) -> tuple[str, ...]:
        """Places where one rail terminal serves more than one gauge."""
        by_place = self._found[Function.RAIL]
        return tuple(p for p, ts in by_place.items() if any(len(t.gauges_mm) > 1 for t in ts))

    @cached_property
    def hubs(self) -> tuple[str, ...]:
        """Seaports and transload yards."""
        return tuple(dict.fromkeys([*self._found[Function.SEA], *self.yards]))
