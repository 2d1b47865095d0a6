"""Action 2, presence: who is in place on which day of the year, and what that takes."""

from __future__ import annotations

from amberway.deployment import Deployment, Reach
from amberway.presence.calendar import calendar
from amberway.presence.candidates import compare, pairs
from amberway.presence.goal import goals, housing
from amberway.presence.host import hosts, places
from amberway.presence.pool import draws
from amberway.presence.problem import build
from amberway.presence.result import PresenceResult
from amberway.presence.solve import solve
from amberway.scenario import Scenario

__all__ = ["PresenceResult", "assess", "pairs"]


def assess(
    scenario: Scenario,
    deployment: Deployment | None = None,
    *,
    year: int | None = None,
    reach: Reach | None = None,
) -> PresenceResult:
    """Presence in a year (that of C-day unless another is named).

    `deployment` says what candidates to lead add by C+10 and C+30; `reach` for the pairs that
    `pairs(scenario)` lists says what they could add of forces planned for elsewhere.
    """
    problem = build(scenario, year)
    in_year = solve(problem)
    missing, by_place, by_host = goals(problem, in_year), places(problem), hosts(problem)
    return PresenceResult(
        problem,
        in_year,
        solve(problem, (scenario.settings.c_day,)),
        calendar(problem),
        draws(problem),
        by_place,
        by_host,
        missing,
        housing(problem, missing, by_place, by_host),
        compare(problem, deployment, reach),
    )
