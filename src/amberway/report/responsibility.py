"""The report's section on responsibility: matrix, gaps, dependencies, rules, free against plan."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from amberway.report.words import day, decimal, nation
from amberway.responsibility import ResponsibilityResult, WhatIf
from amberway.responsibility import words as say
from amberway.responsibility.capability import BRIGADES, LIGHT
from amberway.responsibility.matrix import Cell
from amberway.responsibility.missing import kind
from amberway.responsibility.rules import MEANING
from amberway.scenario import Scenario
from amberway.scenario.geography import Domain
from amberway.scenario.posture import Capability

_SHORT = {
    Capability.HEAVY_BRIGADE: "heavy brigades",
    Capability.MEDIUM_BRIGADE: "medium brigades",
    Capability.LIGHT_BRIGADE: "light brigades",
    Capability.LONG_RANGE_FIRES: "long-range fires",
    Capability.SHORT_RANGE_AIR_DEFENCE: "AD, short range",
    Capability.MEDIUM_RANGE_AIR_DEFENCE: "AD, medium range",
    Capability.LONG_RANGE_AIR_DEFENCE: "AD, long range",
    Capability.MARITIME: "warships",
    Capability.AIR: "combat aircraft",
}
_NEEDED = {
    Capability.MEDIUM_BRIGADE: "medium or heavy",
    Capability.LIGHT_BRIGADE: "brigades of any kind",
}
_DELAYED = 12


def context(result: ResponsibilityResult, instead: WhatIf | None = None) -> dict[str, Any]:
    """What `responsibility.html.j2` shows; `instead` adds what changes with other lead nations."""
    if result.empty is not None:
        return {"empty": result.empty}
    return {
        "empty": None,
        "numbers": result.headline,
        "days": [say.day(one) for one in result.main.problem.days],
        "figures": _figures(result),
        "leads": _leads(result),
        "unowned": _unowned(result),
        "matrix": _matrix(result),
        "dependencies": [s.text for s in result.shortfalls if s.kind == "single-dependency"],
        "late": [s.text for s in result.shortfalls if s.kind in ("late", "partly-owned")],
        "lost": _lost(result),
        "delayed": _delayed(result),
        "moves": _moves(result),
        "rules": _rules(result),
        "broken": [one.text for one in result.main.planned.violations],
        "still_broken": [one.text for one in result.main.best.violations],
        "with_plan": result.plan is not None,
        "instead": instead.lines() if instead else [],
    }


def _figures(result: ResponsibilityResult) -> dict[str, Markup | None]:
    from amberway.report.figures import brigades_by_nation

    return {
        "land": _grid(result, Domain.LAND, across=False),
        "sea": _grid(result, Domain.SEA, across=True),
        "air": _grid(result, Domain.AIR, across=True),
        "brigades": brigades_by_nation.draw(
            _panels(result), [say.day(one) for one in result.main.problem.days]
        ),
    }


def _grid(result: ResponsibilityResult, domain: Domain, *, across: bool) -> Markup | None:
    """Fulfilment of the areas of one domain: areas down and capabilities across, or `across`."""
    from amberway.report.figures import fulfilment

    scenario, days = result.scenario, result.main.problem.days
    found = [
        one
        for one in result.main.planned.fulfilments
        if scenario.areas[one.need.area].domain is domain
    ]
    areas = [area for area in scenario.areas if any(one.need.area == area for one in found)]
    kinds = [c for c in Capability if any(one.need.capability is c for one in found)]
    bars = []
    for one in found:
        cell = areas.index(one.need.area), kinds.index(one.need.capability)
        row, column = reversed(cell) if across else cell
        bars.append(fulfilment.Bar(row, column, days.index(one.need.day), one.share, kind(one)))
    names = [scenario.areas[area].name for area in areas]
    labels = [_NEEDED.get(c, label(c)) for c in kinds]
    rows, columns = (labels, names) if across else (names, labels)
    return fulfilment.draw(domain.value, rows, columns, [say.day(one) for one in days], bars)


def _panels(result: ResponsibilityResult) -> list[Any]:
    """Brigades by nation of every area that needs brigades."""
    from amberway.report.figures.brigades_by_nation import Panel

    scenario, problem = result.scenario, result.main.problem
    found = []
    for area in problem.candidates:
        local = [0.0] * len(problem.days)
        others: dict[str, tuple[float, ...]] = {}
        for cell in result.matrix:
            if cell.area != area or cell.capability not in BRIGADES:
                continue
            if cell.nation in scenario.areas[area].nations:
                local = [a + b for a, b in zip(local, cell.by_day, strict=True)]
            else:
                name = nation(scenario, cell.nation)
                held = others.get(name, (0.0,) * len(problem.days))
                others[name] = tuple(a + b for a, b in zip(held, cell.by_day, strict=True))
        need = {
            one.day: one.quantity
            for one in problem.needs
            if one.area == area and one.capability is LIGHT
        }
        found.append(
            Panel(
                scenario.areas[area].name,
                tuple(local),
                others,
                tuple(need.get(one) for one in problem.days),
            )
        )
    return found


def _leads(result: ResponsibilityResult) -> list[dict[str, str]]:
    scenario, main = result.scenario, result.main
    return [
        {
            "area": scenario.areas[area].name,
            "planned": say.nation(scenario, lead),
            "best": say.nation(scenario, main.best.leads[area]),
        }
        for area, lead in main.planned.leads.items()
    ]


def _unowned(result: ResponsibilityResult) -> list[tuple[str, str]]:
    """(area, capabilities with the days by which nobody brings them)."""
    days: dict[str, dict[str, list[str]]] = {}
    for one in result.main.planned.fulfilments:
        if kind(one) == "no-owner":
            kinds = days.setdefault(result.scenario.areas[one.need.area].name, {})
            kinds.setdefault(label(one.need.capability), []).append(say.day(one.need.day))
    return [
        (area, "; ".join(f"{what} ({', '.join(by)})" for what, by in kinds.items()))
        for area, kinds in days.items()
    ]


def _matrix(result: ResponsibilityResult) -> list[dict[str, Any]]:
    """A table a land area, nations down, capabilities across; one of waters, one of airspaces."""
    scenario = result.scenario
    tables = []
    for area in scenario.areas.values():
        cells = [cell for cell in result.matrix if cell.area == area.id]
        if area.domain is Domain.LAND and cells:
            there = {cell.capability for cell in cells}
            columns = [label(capability) for capability in Capability if capability in there]
            found = {(cell.nation, label(cell.capability)): _by_day(cell) for cell in cells}
            tables.append(_table(scenario, area.name, columns, found))
    for domain, title in ((Domain.SEA, "At sea: warships"), (Domain.AIR, "Combat aircraft")):
        areas = {area.id: area.name for area in scenario.areas.values() if area.domain is domain}
        cells = [cell for cell in result.matrix if cell.area in areas]
        if cells:
            found = {(cell.nation, areas[cell.area]): _by_day(cell) for cell in cells}
            columns = [name for name in areas.values() if any(c == name for _, c in found)]
            tables.append(_table(scenario, title, columns, found))
    return tables


def _table(
    scenario: Scenario, title: str, columns: list[str], cells: dict[tuple[str, str], str]
) -> dict[str, Any]:
    nations = sorted({who for who, _ in cells}, key=lambda who: nation(scenario, who))
    rows = [(nation(scenario, who), [cells.get((who, c), "") for c in columns]) for who in nations]
    return {"title": title, "columns": columns, "rows": rows}


def _by_day(cell: Cell) -> str:
    """'0.25 · 1 · 1'; one number if it is the same by every day."""
    texts = [say.quantity(held) if held else "–" for held in cell.by_day]
    if not any(cell.by_day):
        return "later" if cell.assigned else ""
    return texts[0] if len(set(texts)) == 1 else " · ".join(texts)


def _lost(result: ResponsibilityResult) -> list[dict[str, Any]]:
    """Requirements that have less on their day in the plan than on free routes."""
    return [
        {
            "need": say.named(result.scenario, one.need),
            "free": say.quantity(free.arrived),
            "plan": say.quantity(one.arrived),
            "fails": free.met and not one.met,
        }
        for free, one in zip(
            result.free.planned.fulfilments, result.main.planned.fulfilments, strict=True
        )
        if one.arrived < free.arrived - 1e-9
    ]


def _delayed(result: ResponsibilityResult) -> list[dict[str, str]]:
    """The force elements that lose most days to the network's load."""
    scenario = result.scenario
    late = [(one.delay, one) for one in result.shifts if one.delay]
    late.sort(key=lambda pair: (-pair[0], pair[1].force))
    return [
        {
            "name": scenario.forces[one.force].name,
            "nation": nation(scenario, scenario.forces[one.force].nation),
            "area": scenario.areas[one.area].name,
            "free": day(one.free),
            "plan": day(one.plan),
            "delay": decimal(delay),
        }
        for delay, one in late[:_DELAYED]
    ]


def _moves(result: ResponsibilityResult) -> list[dict[str, str]]:
    scenario, best = result.scenario, result.main.best
    return [
        {
            "name": scenario.forces[name].name,
            "nation": nation(scenario, scenario.forces[name].nation),
            "planned": scenario.areas[scenario.forces[name].area].name,
            "best": say.area(scenario, best.assignment[name]),
        }
        for name in best.moved
    ]


def _rules(result: ResponsibilityResult) -> list[dict[str, Any]]:
    needs = {one.id: one for one in result.main.problem.needs}
    return [
        {
            "name": price.rule.value,
            "meaning": MEANING[price.rule],
            "binds": price.binds,
            "cost": f"{price.cost:.2f}",
            "moved": len(price.moved),
            "fails": [say.named(result.scenario, needs[name]) for name in price.fails],
            "breach": say.quantity(price.breach) if price.breach > 1e-9 else "",
        }
        for price in result.main.prices
    ]


def label(capability: Capability) -> str:
    """A capability where room is short."""
    return _SHORT.get(capability, capability.value.replace("-", " "))
