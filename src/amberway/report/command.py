"""The report's part on command: words, tables and pictures of one assessment."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from amberway.command import CommandResult, Comparison
from amberway.report.words import day, decimal, nation, number, share
from amberway.scenario.geography import Domain
from amberway.scenario.posture import CommandDomain, CommandPhase

_PASSAGES = 15
_TOP_NATIONS = 3
_KINDS = {
    "no-headquarters": "No headquarters",
    "no-supreme": "No headquarters of SACEUR",
    "unbroken-chain": "No chain to SACEUR",
    "rival-command": "Two superiors of the same authority",
    "one-commander": "Not exactly one commander",
    "span-of-control": "Too many subordinates",
    "headquarters-capacity": "More persons than the headquarters can command",
    "dual-hat": "One commander for two busy headquarters",
    "lead-nation-share": "The lead nation does not bring most of the force",
    "transfers-of-authority": "Handed over too often",
    "sea-seam": "Seams at sea that only SACEUR settles",
}


def context(result: CommandResult, comparison: Comparison | None = None) -> dict[str, Any]:
    """What `command.html.j2` shows; `comparison` adds the table of several structures."""
    return {
        "numbers": result.headline,
        "phases": [phase.value for phase in CommandPhase],
        "trees": _trees(result),
        "load": _load(result),
        "joint": _joint(result),
        "loads": _loads(result),
        "waters": _waters(result),
        "passages": _passages(result),
        "findings": _findings(result),
        "comparison": _comparison(comparison),
        "limits": result.limits,
    }


def _trees(result: CommandResult) -> dict[str, list[Markup]]:
    from amberway.report.figures import command_tree

    return {phase.value: command_tree.draw(result, phase) for phase in CommandPhase}


def _load(result: CommandResult) -> Markup | None:
    from amberway.report.figures import command_load

    return command_load.draw(result)


def _joint(result: CommandResult) -> list[dict[str, Any]]:
    """The joint headquarters with forces under them, and who brings these."""
    scenario = result.problem.scenario
    found = []
    for one in result.headline["joint"]:
        by_nation = result.assigned[CommandPhase.DEFENCE][one["headquarters"]]
        most = sorted(by_nation, key=lambda name: (-by_nation[name], name))[:_TOP_NATIONS]
        total = one["persons_assigned"]
        found.append(
            one
            | {
                "lead": nation(scenario, one["lead_nation"]),
                "most": ", ".join(
                    f"{nation(scenario, name)} {share(by_nation[name] / total)}" for name in most
                ),
            }
        )
    return found


def _loads(result: CommandResult) -> list[dict[str, Any]]:
    rows = sorted(
        (load for load in result.loads if load.capacity is not None),
        key=lambda load: (-(load.ratio or 0), load.headquarters),
    )
    abroad = {load.headquarters: load.over_day for load in result.loads_from_abroad}
    return [
        {
            "name": result.problem.name(load.headquarters),
            "capacity": load.capacity,
            "on": [load.on(0), load.on(10), load.on(30)],
            "peak": load.peak,
            "peak_day": load.peak_day,
            "ratio": None if load.ratio is None else f"{load.ratio:.1f}",
            "over_day": load.over_day,
            "over_day_from_abroad": abroad.get(load.headquarters),
        }
        for load in rows
    ]


def _waters(result: CommandResult) -> list[dict[str, Any]]:
    """Who commands on and over each water, in peace and in the defence."""
    who = {(c.area, c.domain, c.phase): c.commanders for c in result.commands}
    found = []
    for area in result.problem.scenario.areas.values():
        if area.domain is Domain.SEA:
            cells = [
                {
                    "names": [result.problem.name(one) for one in commanders],
                    "one": len(commanders) == 1,
                }
                for phase in (CommandPhase.PEACE, CommandPhase.DEFENCE)
                for domain in (CommandDomain.SEA, CommandDomain.AIR)
                for commanders in [who[area.id, domain, phase]]
            ]
            found.append({"name": area.name, "cells": cells})
    return found


def _passages(result: CommandResult) -> list[dict[str, Any]]:
    """The largest units that are handed over, most handovers first."""
    scenario, persons = result.problem.scenario, result.problem.persons
    shown = sorted(
        (passage for passage in result.passages if passage.transfers),
        key=lambda one: (-len(one.transfers), -persons[one.force], one.force),
    )[:_PASSAGES]
    return [
        {
            "name": result.problem.name(passage.force),
            "nation": nation(scenario, scenario.forces[passage.force].nation),
            "home": _who(result, passage.commanders[0][1]),
            "steps": [
                {"to": _who(result, step.taker), "day": step.day, "phase": step.phase.value}
                for step in passage.transfers
            ],
            "hosts": ", ".join(
                f"{nation(scenario, host)} {day(when)}" for host, when in passage.hosts
            ),
        }
        for passage in shown
    ]


def _who(result: CommandResult, headquarters: str | None) -> str:
    return "nobody" if headquarters is None else result.problem.name(headquarters)


def _findings(result: CommandResult) -> list[dict[str, Any]]:
    """Shortfalls by check, in the checks' order."""
    groups: dict[str, list[str]] = {}
    for shortfall in result.shortfalls:
        groups.setdefault(shortfall.kind, []).append(shortfall.text)
    return [{"kind": kind, "title": _KINDS[kind], "texts": texts} for kind, texts in groups.items()]


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "structures": comparison.structures,
        "rows": [
            (label, [_shown(value, unit) for value in values])
            for _, label, unit, values in comparison.rows
        ],
    }


def _shown(value: Any, unit: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if unit == "share":
        return share(value)
    if unit == "day":
        return day(value)
    if unit == "mean":
        return f"{value:.2f}"
    text = number(value) if isinstance(value, int) else decimal(value)
    return f"{text} times" if unit == "times" else text
