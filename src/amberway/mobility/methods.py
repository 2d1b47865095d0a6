"""The planning methods by name."""

from __future__ import annotations

from collections.abc import Callable

from amberway.errors import UsageError
from amberway.mobility import one_pass
from amberway.mobility.plan import Plan
from amberway.mobility.refusal import refuse_impossible_pins
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario

Method = Callable[[Scenario, one_pass.Progress | None], Plan]
METHODS: dict[str, Method] = {one_pass.METHOD: one_pass.solve}
DEFAULT = one_pass.METHOD


def plan(
    scenario: Scenario, method: str = DEFAULT, progress: one_pass.Progress | None = None
) -> MobilityResult:
    """Plan the deployment of a scenario.

    `progress(done, total)` is called after every lot. Raises UsageError for an unknown method,
    ScenarioError for pins that no plan can obey.
    """
    if method not in METHODS:
        raise UsageError(f"{method!r} is not a method; methods are: {', '.join(METHODS)}.")
    refuse_impossible_pins(scenario)
    return MobilityResult(METHODS[method](scenario, progress))
