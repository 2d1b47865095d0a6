"""Sailings with their fill: ship, ports, days, lane metres."""

from __future__ import annotations

from dataclasses import dataclass

from amberway.mobility.plan import Plan
from amberway.report.words import short_place
from amberway.units import period_to_days


@dataclass(frozen=True)
class Sailing:
    """A line of the table. `fill` is of usable lane metres, of seats if a ship has no lanes."""

    id: str
    ship: str
    start: str
    end: str
    loads: float
    discharged: float
    lane_m: float
    room: float
    pax: int
    fill: float | None


def table(plan: Plan) -> list[Sailing]:
    """All sailings, in the order in which they begin to load."""
    scenario = plan.scenario
    stow, grid = scenario.settings.factors.stow_factor, scenario.settings.grid_hours
    rows = []
    for v in sorted(plan.sailings, key=lambda v: (v.load_start, v.id)):
        name, _, number_of = v.ship.partition("#")
        lift = scenario.lift[name]
        room = (lift.lane_m or 0.0) * stow
        if room:
            fill: float | None = v.lane_m / room
        else:
            fill = v.pax / lift.pax if lift.pax else None
        rows.append(
            Sailing(
                v.id,
                f"{lift.name} {number_of}".strip(),
                short_place(scenario, v.start_place),
                short_place(scenario, v.end_place),
                period_to_days(v.load_start, grid),
                period_to_days(v.discharged, grid),
                v.lane_m,
                room,
                v.pax,
                fill,
            )
        )
    return rows


def bands(rows: list[Sailing]) -> list[tuple[str, int]]:
    """How many sailings are how full."""
    fills = [row.fill for row in rows if row.fill is not None]
    edges = ((0.9, 9.0, "at least 90 % full"), (0.5, 0.9, "half to 90 % full"))
    counts = [(words, sum(low <= f < high for f in fills)) for low, high, words in edges]
    return [*counts, ("less than half full", sum(f < 0.5 for f in fills))]
