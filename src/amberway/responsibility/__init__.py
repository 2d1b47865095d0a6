"""Action 1, responsibility: which nation brings what where by when, and what nobody brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from amberway.deployment import Deployment, Reach
from amberway.responsibility.announce import announcement
from amberway.responsibility.answer import answer
from amberway.responsibility.choices import pairs
from amberway.responsibility.days import free_days, plan_days
from amberway.responsibility.result import ResponsibilityResult, Shift
from amberway.responsibility.what_if import WhatIf, check_leads, what_if
from amberway.scenario import Scenario
from amberway.scenario.settings import Rule

__all__ = [
    "ResponsibilityResult",
    "WhatIf",
    "announcement",
    "assess",
    "check_leads",
    "pairs",
    "what_if",
]


def assess(
    scenario: Scenario,
    deployment: Deployment | None = None,
    *,
    reach: Reach | None = None,
    lead: Mapping[str, str] | None = None,
    without: Iterable[Rule | str] = (),
) -> ResponsibilityResult:
    """Who owns which requirement, what is missing, and which assignment would be best.

    `reach` has the days of `pairs(scenario, lead)` on free routes; without it only what stands in
    its area is there. `deployment` adds the same question by the days of a plan. `lead` (area →
    nation) forces leads, `without` names rules to leave out.
    """
    left_out = set(map(Rule, without))
    rules = tuple(r for r in scenario.settings.responsibility.rules if r not in left_out)
    asked = pairs(scenario, lead)
    free = free_days(scenario, asked, reach)
    first = answer(scenario, free, lead, rules, priced=deployment is None)
    if deployment is None:
        return ResponsibilityResult(scenario, first, None, ())
    real = plan_days(scenario, asked, reach, deployment)
    shifts = tuple(
        Shift(name, area, free[name, area], real[name, area])
        for name, area in asked
        if area == scenario.forces[name].area
        and not scenario.forces[name].in_place(scenario.settings.c_day)
    )
    return ResponsibilityResult(scenario, first, answer(scenario, real, lead, rules), shifts)
