"""Pins: of a lot's moves and sea ways, those that leave it no way but one that obeys its pin.

What may never be used is left out. What has to happen at least once (a haul by the main mode, the
call at a place) cuts the network in layers: nothing of it has happened yet, the haul has, the call
has, both have. A lot's state is its place alone, so each place is given one layer, that in which
the quickest way over it passes there. A move stays if it leads from the layer of its start to the
layer of its end. Every way that is left obeys the pin; what is lost besides are ways that use one
place both before and after what has to happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amberway.mobility.least import Arcs, add, least
from amberway.network.moves import MODE_OF
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Mode
from amberway.scenario.pins import Pin

if TYPE_CHECKING:
    from amberway.mobility.lots import Lot
    from amberway.mobility.options import Moves, SeaWay

MAY = {
    None: frozenset(Mode),
    Mode.ROAD: frozenset({Mode.ROAD}),
    Mode.RAIL: frozenset({Mode.ROAD, Mode.RAIL}),
    Mode.SEA: frozenset({Mode.ROAD, Mode.RAIL, Mode.SEA}),
    Mode.AIR: frozenset({Mode.ROAD, Mode.RAIL, Mode.AIR}),
}
"""Modes that a lot may use, by the mode that it is pinned to."""

_LEAVES_PORTS = frozenset({Mode.SEA, Mode.AIR})
_HAULED, _CALLED = 1, 2


class Pins:
    """Which pin binds which lot."""

    def __init__(self, scenario: Scenario) -> None:
        self._rows: dict[tuple[str, CargoClass | None], Pin] = {
            (pin.force, pin.cargo): pin for pin in scenario.pins.values()
        }

    def of(self, lot: Lot) -> Pin | None:
        """The pin of a lot; None if it has none, or nowhere to go."""
        if lot.origin == lot.destination:
            return None
        return self._rows.get((lot.force, lot.cargo)) or self._rows.get((lot.force, None))


def obeying(
    pin: Pin, start: str, end: str, moves: Moves, sea: dict[str, list[SeaWay]]
) -> tuple[Moves, dict[str, list[SeaWay]]]:
    """Moves and sea ways by place of departure, without those that the pin forbids.

    Every way from `start` to `end` over what is left obeys the pin; nothing is left if none does.
    """
    rule = _Rule(pin, start, end)
    layer = _layers(rule, start, end, moves, sea)

    def stays(mode: str, a: str, b: str) -> bool:
        return (
            rule.allows(mode, a, b)
            and a in layer
            and layer.get(b) == layer[a] | rule.met_by(mode, b)
        )

    return (
        {a: [m for m in out if stays(MODE_OF[m.means], a, m.end)] for a, out in moves.items()},
        {a: [way for way in out if stays(Mode.SEA, a, way.end)] for a, out in sea.items()},
    )


class _Rule:
    """What a pin forbids, and what it wants to happen at least once (bits of `wanted`)."""

    def __init__(self, pin: Pin, start: str, end: str) -> None:
        self._may = MAY[pin.mode]
        self._poe, self._pod = pin.poe, pin.pod
        self._hauls: frozenset[str] = frozenset()
        if pin.mode not in (None, Mode.ROAD):
            self._hauls = frozenset({pin.mode})
        elif pin.poe or pin.pod:
            self._hauls = _LEAVES_PORTS
        self._via = None if pin.via in (start, end) else pin.via
        self.wanted = (_HAULED if self._hauls else 0) | (_CALLED if self._via else 0)

    def allows(self, mode: str, start: str, end: str) -> bool:
        """May the lot go from one place to another by this mode?"""
        if mode not in self._may:
            return False
        return mode not in _LEAVES_PORTS or (
            self._poe in (None, start) and self._pod in (None, end)
        )

    def met_by(self, mode: str, end: str) -> int:
        """What has happened when the lot has gone somewhere by this mode."""
        return (_HAULED if mode in self._hauls else 0) | (_CALLED if end == self._via else 0)


def _layers(
    rule: _Rule, start: str, end: str, moves: Moves, sea: dict[str, list[SeaWay]]
) -> dict[str, int]:
    """What has happened when the lot is at a place, by place; empty if no way obeys."""
    onward: Arcs[tuple[str, int]] = {}
    back: Arcs[tuple[str, int]] = {}
    for mode, a, b, duration in _arcs(moves, sea):
        if rule.allows(mode, a, b):
            for met in range(rule.wanted + 1):
                before, after = (a, met), (b, met | rule.met_by(mode, b))
                add(onward, before, after, duration)
                add(back, after, before, duration)
    goal = (end, rule.wanted)
    reached, last = least(onward, (start, 0))
    left, _ = least(back, goal)
    if goal not in reached:
        return {}
    layer: dict[str, int] = {}
    node = goal
    while node != last[node]:
        layer.setdefault(*node)
        node = last[node]
    layer[start] = 0
    for _, place, met in sorted((reached[n] + left[n], *n) for n in reached.keys() & left.keys()):
        layer.setdefault(place, met)
    return layer


def _arcs(moves: Moves, sea: dict[str, list[SeaWay]]) -> Iterator[tuple[str, str, str, int]]:
    """Mode, both ends and duration of everything that a lot may use."""
    for a, out in moves.items():
        for move in out:
            yield MODE_OF[move.means], a, move.end, move.duration
    for a, ways in sea.items():
        for way in ways:
            yield Mode.SEA, a, way.end, way.least
