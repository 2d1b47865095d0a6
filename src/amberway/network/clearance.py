"""When a force may cross a border: a release time per nation entered."""

from __future__ import annotations

import math

from amberway.scenario import Scenario
from amberway.scenario.settings import Phase
from amberway.units import HOURS_PER_DAY, periods

NEVER = 1 << 30


def release_days(scenario: Scenario, nation: str) -> float:
    """C+days from which a foreign force may enter `nation` (infinite: never).

    Clearance is asked for on C-day and again, under the new rules, whenever a legal phase begins:
    the earliest of (start of a phase + lead time in that phase).
    """
    row = scenario.nations[nation]
    lead = {
        Phase.PEACE: row.clearance_peace_days,
        Phase.CRISIS: row.clearance_crisis_days,
        Phase.ARTICLE5: row.clearance_article5_days,
    }
    return min(
        (
            start.from_day + days
            for start in scenario.settings.phases
            if (days := lead[start.phase]) is not None
        ),
        default=math.inf,
    )


def release_periods(scenario: Scenario) -> dict[str, int]:
    """First period in which a foreign force may enter, per nation (NEVER: not at all)."""
    grid = scenario.settings.grid_hours
    days = {nation: release_days(scenario, nation) for nation in scenario.nations}
    return {
        nation: NEVER if math.isinf(day) else periods(day * HOURS_PER_DAY, grid)
        for nation, day in days.items()
    }
