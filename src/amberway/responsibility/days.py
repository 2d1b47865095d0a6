"""On which day a force element would be in an area: by free routes, or as the plan has it."""

from __future__ import annotations

from amberway.deployment import Deployment, Reach
from amberway.scenario import Scenario


def free_days(
    scenario: Scenario, pairs: tuple[tuple[str, str], ...], reach: Reach | None
) -> dict[tuple[str, str], float | None]:
    """Days with the network to itself. Without `reach`, only what stands in place is there."""
    c_day, found = scenario.settings.c_day, {}
    for name, area in pairs:
        force = scenario.forces[name]
        if (name, area) in (reach or {}):
            found[name, area] = reach[name, area] if reach else None
        else:
            stands = force.area == area and force.in_place(c_day)
            found[name, area] = force.ntm_days if stands else None
    return found


def plan_days(
    scenario: Scenario,
    pairs: tuple[tuple[str, str], ...],
    reach: Reach | None,
    deployment: Deployment,
) -> dict[tuple[str, str], float | None]:
    """Days in the plan: its closure in the area planned; elsewhere the free day plus its delay.

    The delay of a force element is what its closure in the plan lies behind its free day there.
    That is an estimate: another assignment would load the network otherwise. One that does not
    close in the plan is nowhere.
    """
    free, found = free_days(scenario, pairs, reach), {}
    for name, area in pairs:
        planned = scenario.forces[name].area
        closed = deployment.closure.get(name)
        if area == planned or closed is None:
            found[name, area] = closed
            continue
        there, here = free[name, area], free.get((name, planned))
        late = None if here is None else max(0.0, closed - here)
        found[name, area] = None if there is None or late is None else there + late
    return found
