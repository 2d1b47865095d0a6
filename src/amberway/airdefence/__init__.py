"""Action 3, air and missile defence: what is covered when, and where more does most."""

from __future__ import annotations

from amberway.airdefence import moments
from amberway.airdefence.fighters import missions, missions_by_year
from amberway.airdefence.problem import build
from amberway.airdefence.result import AirDefenceResult
from amberway.airdefence.siting import next_sites
from amberway.airdefence.solve import LAST_DAY, at_day, solve, steps, weeks, years
from amberway.deployment import Deployment
from amberway.scenario import Scenario

__all__ = ["AirDefenceResult", "assess"]


def assess(
    scenario: Scenario, deployment: Deployment | None = None, *, year: int | None = None
) -> AirDefenceResult:
    """Air and missile defence on C-day, in the 30 days after it, and in a year (that of C-day).

    `deployment` says when the batteries that have to move close; without one they do not count.
    """
    problem = build(scenario)
    c_day = scenario.settings.c_day
    closure = moments.closures(problem, deployment)
    standing = solve(problem, moments.in_place(problem, c_day))
    hours = steps(problem, closure)
    return AirDefenceResult(
        problem,
        deployment is not None,
        closure,
        standing,
        hours,
        weeks(problem, c_day.year if year is None else year),
        years(problem),
        next_sites(problem, standing.active),
        next_sites(problem, at_day(hours, LAST_DAY).active),
        missions(problem, c_day),
        missions_by_year(problem),
    )
