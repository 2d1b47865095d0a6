"""The planning methods by name."""

from __future__ import annotations

from collections.abc import Callable

from amberway.errors import UsageError
from amberway.mobility import certified, one_pass
from amberway.mobility.certified import Effort
from amberway.mobility.objective import OBJECTIVES
from amberway.mobility.plan import Plan
from amberway.mobility.progress import Report
from amberway.mobility.refusal import refuse_impossible_pins
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario

Method = Callable[[Scenario, Effort, Report | None], Plan]
METHODS: dict[str, Method] = {
    certified.METHOD: certified.solve,
    one_pass.METHOD: lambda scenario, effort, report: one_pass.solve(
        scenario, report, objective=effort.objective
    ),
}
DEFAULT = certified.METHOD


def plan(
    scenario: Scenario,
    method: str = DEFAULT,
    progress: Report | None = None,
    *,
    objective: str = OBJECTIVES[0],
    time_limit: float = certified.TIME_LIMIT,
    gap: float = 0.0,
    seed: int = 0,
) -> MobilityResult:
    """Plan the deployment of a scenario.

    `time_limit` is in seconds of the machine that benchmarks/README.md describes (work is counted,
    so that the same call gives the same plan anywhere), `gap` the certified gap of the objective
    at which planning ends early. `progress` is told how far it is. Raises UsageError as
    `check_choices` does, ScenarioError for pins that no plan can obey.
    """
    check_choices(method, objective, time_limit, gap, seed)
    refuse_impossible_pins(scenario)
    effort = Effort(objective, time_limit, gap, seed)
    return MobilityResult(METHODS[method](scenario, effort, progress))


def check_choices(method: str, objective: str, time_limit: float, gap: float, seed: int) -> None:
    """Raise UsageError if there is no such method or objective, or a limit is none."""
    if method not in METHODS:
        raise UsageError(f"{method!r} is not a method; methods are: {', '.join(METHODS)}.")
    if objective not in OBJECTIVES:
        known = ", ".join(OBJECTIVES)
        raise UsageError(f"{objective!r} is not an objective; objectives are: {known}.")
    if not 0 <= time_limit <= certified.LONGEST:
        raise UsageError(
            f"the time limit must be between 0 and {certified.LONGEST:g} seconds, "
            f"not {time_limit:g}."
        )
    if not 0 <= gap < 1:
        raise UsageError(f"the gap must be from 0 to below 1 (0.02 is 2 %), not {gap:g}.")
    if not 0 <= seed < 2**32:
        raise UsageError(f"the seed must be between 0 and {2**32 - 1}, not {seed}.")
