"""When a border opens to a foreign force, by legal phase."""

from __future__ import annotations

from typing import Any

import pytest

from amberway.network.clearance import NEVER, release_days, release_periods
from small import nation, unchecked

PEACE = {"phase": "peace", "from_day": 0}
ARTICLE5 = {"phase": "article5", "from_day": 6}


@pytest.mark.parametrize(
    ("peace", "article5", "phases", "day"),
    [
        (5, 1, [PEACE, ARTICLE5], 5),  # asked for at once, granted before the new phase
        (30, 1, [PEACE, ARTICLE5], 7),  # asked for again when the new phase begins
        (None, 1, [PEACE, ARTICLE5], 7),
        (30, None, [PEACE, ARTICLE5], 30),
        (30, 1, [PEACE], 30),
        (None, None, [PEACE, ARTICLE5], float("inf")),
    ],
)
def test_the_earliest_phase_counts(
    peace: float | None, article5: float | None, phases: list[dict[str, Any]], day: float
) -> None:
    """Release is the earliest of (start of a phase + lead time in that phase)."""
    row = nation("pol") | {"clearance_peace_days": peace, "clearance_article5_days": article5}
    scenario = unchecked({"phases": phases, "grid_hours": 3}, nations=[row])
    assert release_days(scenario, "pol") == day
    expected = NEVER if day == float("inf") else day * 8
    assert release_periods(scenario) == {"pol": expected}
