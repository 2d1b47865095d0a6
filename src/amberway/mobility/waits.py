"""What a lot waits for between its readiness and a departure: periods by resource."""

from __future__ import annotations

from amberway.mobility.fit import Free, Uses, blockers
from amberway.mobility.lots import Lot
from amberway.network.moves import Move

Waits = list[tuple[str, int]]


def for_clearance(lot: Lot, move: Move, releases: dict[str, int], at: int, first: int) -> Waits:
    """Periods in [at, first): the nation whose clearance comes last, or the wanted date."""
    if first <= at:
        return []
    need = {
        nation: releases[nation] - offset
        for nation, offset in move.crossings
        if nation != lot.nation
    }
    latest = max(need, key=lambda nation: need[nation], default=None)
    if latest is None or need[latest] < first:
        return [(f"ead:{lot.force}", first - at)]
    return [(f"clearance:{latest}", first - at)]


def for_resources(
    free: Free, names: tuple[str, ...], uses: Uses, first: int, start: int, otherwise: str = ""
) -> Waits:
    """Periods in [first, start), by the resource that forbade to start in each.

    A period in which nothing forbade it counts for `otherwise`.
    """
    count: dict[str, int] = {}
    for row in blockers(free, uses, first, start):
        name = names[row] if row >= 0 else otherwise
        count[name] = count.get(name, 0) + 1
    return list(count.items())
