"""The assessment of responsibility as lines for the terminal."""

from __future__ import annotations

from amberway.responsibility import words
from amberway.responsibility.answer import Price
from amberway.responsibility.evaluate import Judgement
from amberway.responsibility.missing import kind
from amberway.responsibility.result import ResponsibilityResult
from amberway.responsibility.rules import MEANING

_SHOWN = 3
_LISTED = 8


def lines(result: ResponsibilityResult) -> list[str]:
    """Requirements met by day, what has no owner, who leads, what the best assignment gains."""
    if result.empty is not None:
        return [result.empty]
    numbers, main = result.headline, result.main
    text = [
        f"{numbers['requirements']} requirements by area, capability and day",
        f"{'requirements met':36}" + "".join(f"{words.day(day):>10}" for day in main.problem.days),
        _row("as planned, on free routes", numbers["met_by_day_free"], numbers),
    ]
    if result.plan is not None:
        text.append(_row("as planned, days of the plan", numbers["met_by_day"], numbers))
    text.append(_row("best assignment, same days", numbers["met_by_day_best"], numbers))
    text += [
        f"Not met as planned: {numbers['no_owner']} have no owner, {numbers['partly_owned']} are "
        f"owned in part, {numbers['late']} come late; {numbers['single_dependencies']} that are "
        "met hang on one nation",
        f"Score of 100: {numbers['score_planned']:.1f} as planned"
        + (
            f" ({numbers['score_planned_free']:.1f} on free routes)"
            if result.plan is not None
            else ""
        )
        + f", {numbers['score_best']:.1f} with the best assignment "
        f"({len(main.best.moved)} force elements elsewhere)",
        "Lead nations: " + _leads(result, main.planned),
    ]
    if numbers["no_owner"]:
        text.append(f"No owner: {words.listed(_unowned(result), _LISTED)}")
    heaviest = [s for s in result.shortfalls if s.kind in ("partly-owned", "late")]
    text.append("What costs most of the score:")
    text += [f"  {one.text}" for one in heaviest[:_SHOWN]]
    for price in main.prices:
        if price.binds:
            text.append(_rule(price))
    if main.prices and not numbers["rules_binding"]:
        text.append("No rule binds: the best assignment would be the same without any one of them.")
    text += [f"Broken as planned: {one.text}" for one in main.planned.violations[:_SHOWN]]
    text += [f"Cannot be kept: {one.text}" for one in main.best.violations[:_SHOWN]]
    return text


def _row(label: str, met: dict[str, int], numbers: dict[str, dict[str, int]]) -> str:
    needed = numbers["needed_by_day"]
    return f"{label:36}" + "".join(f"{f'{n} of {needed[d]}':>10}" for d, n in met.items())


def _rule(price: Price) -> str:
    moved, fails = len(price.moved), len(price.fails)
    text = f"Rule {price.rule.value} ({MEANING[price.rule]}) binds: "
    if price.breach:
        text += (
            f"no assignment can keep it, and it stays broken by {words.quantity(price.breach)}; "
        )
    text += (
        f"it costs {price.cost:.2f} points, moves counted; without it {moved} force "
        f"element{'' if moved == 1 else 's'} would serve elsewhere"
    )
    if fails:
        text += f" and {fails} requirement{'' if fails == 1 else 's'} more would be met"
    return f"{text}."


def _unowned(result: ResponsibilityResult) -> list[str]:
    """'Estonia engineers (C+2, C+10)' for each area and capability that nobody is assigned."""
    days: dict[tuple[str, str], list[str]] = {}
    for one in result.main.planned.fulfilments:
        if kind(one) == "no-owner":
            key = words.area(result.scenario, one.need.area), one.need.capability.value
            days.setdefault(key, []).append(words.day(one.need.day))
    return [f"{area} {what} ({', '.join(by)})" for (area, what), by in days.items()]


def _leads(result: ResponsibilityResult, judgement: Judgement) -> str:
    return ", ".join(
        f"{words.area(result.scenario, area)} {words.nation(result.scenario, nation)}"
        for area, nation in judgement.leads.items()
    )
