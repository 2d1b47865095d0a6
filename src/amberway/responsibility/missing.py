"""Shortfalls of an assignment: needs without an owner, with too little, too late, by one nation."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.responsibility import words
from amberway.responsibility.dependency import dependencies
from amberway.responsibility.evaluate import Fulfilment, Judgement
from amberway.responsibility.problem import Problem
from amberway.scenario.settings import Rule
from amberway.shortfall import Shortfall

_SLACK = 1e-9


def kind(one: Fulfilment) -> str:
    """`met`, `no-owner` (nobody is assigned), `partly-owned` (too little is), `late`."""
    if one.met:
        return "met"
    if one.assigned <= _SLACK:
        return "no-owner"
    return "partly-owned" if one.assigned < one.need.enough - _SLACK else "late"


def shortfalls(problem: Problem, judgement: Judgement) -> tuple[Shortfall, ...]:
    """Needs not met, the heaviest first; dependencies on one nation; rules broken."""
    missing = [one for one in judgement.fulfilments if not one.met]
    missing.sort(key=lambda one: -one.need.points * (1 - one.share))
    return (
        *(_need(problem, judgement, one) for one in missing),
        *_dependencies(problem, judgement),
        *_rules(judgement),
    )


def _need(problem: Problem, judgement: Judgement, one: Fulfilment) -> Shortfall:
    need, scenario = one.need, problem.scenario
    amount = need.quantity - one.arrived
    text = f"{words.named(scenario, need)} needed; "
    state = kind(one)
    if state == "no-owner":
        text += "no nation is assigned."
    elif state == "partly-owned":
        text += (
            f"{words.quantity(one.assigned)} assigned, {words.quantity(one.arrived)} there in "
            f"time; {words.quantity(need.quantity - one.assigned)} without an owner."
        )
    else:
        text += (
            f"{words.quantity(one.assigned)} assigned, {words.quantity(one.arrived)} there in "
            f"time; the need {_when(problem, judgement, one)}."
        )
    return Shortfall(state, need.area, need.capability.value, round(amount, 6), text)


def _when(problem: Problem, judgement: Judgement, one: Fulfilment) -> str:
    """On which day the quantity is complete."""
    due = sorted(
        (supply.day, supply.quantity)
        for supply in judgement.supplies
        if supply.day is not None and problem.counts(supply, one.need)
    )
    total = 0.0
    for day, quantity in due:
        total += quantity
        if total >= one.need.enough - _SLACK:
            return f"is met on {words.day(day)}"
    return "is never met"


def _dependencies(problem: Problem, judgement: Judgement) -> Iterator[Shortfall]:
    """One for each need that is met, with every nation that it fails without."""
    scenario, found = problem.scenario, dependencies(problem, judgement)
    for need in dict.fromkeys(one.need for one in found):
        own = [one for one in found if one.need is need]
        parts = []
        for one in own:
            names = [scenario.forces[name].name for name in one.forces]
            short = words.counted(need.capability, one.missing)
            parts.append(
                f"{words.nation(scenario, one.nation)} ({short} short"
                + (f"; hangs on {words.listed(names, 3)})" if names else ")")
            )
        text = f"{words.named(scenario, need)} needed and met, but not without "
        text += parts[0] if len(parts) == 1 else "any one of " + "; ".join(parts)
        worst = max(one.missing for one in own)
        yield Shortfall(
            "single-dependency", need.area, need.capability.value, round(worst, 6), text + "."
        )


def _rules(judgement: Judgement) -> Iterator[Shortfall]:
    for one in judgement.violations:
        name = "no-lead" if one.rule is Rule.LEAD else f"rule-{one.rule.value}"
        yield Shortfall(name, one.where, one.rule.value, round(one.amount, 6), one.text)
