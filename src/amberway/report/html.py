"""Writes the report: one HTML file that needs nothing else."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from amberway.initiative.assessment import Assessment
from amberway.initiative.package import Package
from amberway.mobility.evaluate import Standing
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import RULES, Verdict
from amberway.report import headline, limits, provenance, quality, sailings, units, words

_TEMPLATES = Path(__file__).parent / "templates"
_VIOLATIONS_SHOWN = 12
_WAITING_SHOWN = 6


def write(
    assessment: Assessment | MobilityResult,
    verdict: Verdict | None,
    path: Path,
    package: Package | None = None,
) -> None:
    """Write the report to `path`; the same assessment and verdict give the same bytes.

    Of a plan alone it has the sections on mobility. `verdict` is the independent verifier's
    answer about the plan, None if it was not asked. With a `package`, of which this assessment is
    the whole, the report opens with what the package buys.
    """
    path.write_text(render(assessment, verdict, package), encoding="utf-8", newline="\n")


def render(
    assessment: Assessment | MobilityResult,
    verdict: Verdict | None,
    package: Package | None = None,
) -> str:
    """The report as a string of HTML."""
    posture = None if isinstance(assessment, MobilityResult) else assessment
    result = assessment if isinstance(assessment, MobilityResult) else assessment.mobility
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        number=words.number,
        decimal=words.decimal,
        percent=words.percent,
        share=words.share,
        at_most=words.at_most,
        day=words.day,
    )
    context = _context(result, verdict) | {"posture": posture is not None, "package": None}
    if package is not None:
        from amberway.report import package as opening

        context["package"] = opening.context(package, result.plan.scenario)
    if posture is not None:
        context |= _posture(posture)
    return environment.get_template("report.html.j2").render(context)


def _posture(assessment: Assessment) -> dict[str, Any]:
    from amberway.report import airdefence, command, presence, responsibility

    return {
        "responsibility": responsibility.context(assessment.responsibility, assessment.instead),
        "presence": presence.context(assessment.presence),
        "airdefence": airdefence.context(assessment.airdefence),
        "command": command.context(assessment.command, assessment.structures),
    }


def _context(result: MobilityResult, verdict: Verdict | None) -> dict[str, Any]:
    scenario = result.plan.scenario
    rows = result.closures
    missing, areas = units.undelivered(result), units.by_area(result)
    sidcs = sorted({row.sidc for row in missing} | {r.sidc for area in areas for r in area.rows})
    return {
        "scenario": scenario,
        "settings": scenario.settings,
        "phases": words.phases(scenario),
        "method": words.method(result.plan.method),
        "complete": result.plan.complete,
        "version": importlib.metadata.version("amberway"),
        "content_hash": scenario.content_hash(),
        "numbers": result.headline,
        "summary": headline.summary(result),
        "readings": headline.readings(rows),
        "totals": {s.value: headline.total(rows, s) for s in Standing},
        "verdict": verdict,
        "rules": RULES,
        "violations_shown": _VIOLATIONS_SHOWN,
        "figures": _figures(result) if rows else {},
        "quality": quality.of(result),
        "waits": _waits(result),
        "sailings": (voyages := sailings.table(result.plan)),
        "fill_bands": sailings.bands(voyages),
        "undelivered": missing,
        "areas": areas,
        "symbols": _symbols(sidcs),
        "explanations": units.explanations(result),
        "restricted": provenance.restricted(scenario),
        "trust": provenance.trust(scenario),
        "sources": provenance.cited(scenario),
        "factors": provenance.factors(scenario),
        "limits": limits.of(result.plan),
    }


def _figures(result: MobilityResult) -> dict[str, Markup | None]:
    # Matplotlib takes a second to import; nobody pays for it who writes no report.
    from amberway.report.figures import (
        closure_curve,
        delay,
        flow_map,
        gantt,
        prices,
        resource_use,
        thresholds,
        trains,
    )

    plan = result.plan
    return {
        "thresholds": thresholds.draw(headline.readings(result.closures)),
        "by_nation": closure_curve.by_nation(result),
        "by_area": closure_curve.by_area(result),
        "by_mode": closure_curve.by_mode(result),
        "theatre": flow_map.theatre(result),
        "areas": flow_map.areas(result),
        "atlantic": flow_map.atlantic(result),
        "delay": delay.draw(plan),
        "prices": prices.draw(plan),
        "resources": resource_use.draw(result),
        "sailings": gantt.draw(plan),
        "trains": trains.draw(plan),
    }


def _waits(result: MobilityResult) -> list[tuple[str, float]]:
    """What lots wait for that has no capacity to draw: clearance, ships not there."""
    found = [
        (words.resource(result.plan.scenario, use.name)[0], use.waiting_lot_days)
        for use in result.resources
        if use.mean_use is None and use.waiting_lot_days > 0
    ]
    return found[:_WAITING_SHOWN]


def _symbols(sidcs: list[str]) -> dict[str, tuple[str, Markup]]:
    """View box and content of each unit symbol, by its code."""
    from amberway.report.figures.symbols import symbol

    found = {}
    for sidc in sidcs:
        box, content = symbol(sidc)
        # milsymbol makes the markup from the code's twenty digits alone: no text of the scenario.
        found[sidc] = (" ".join(f"{v:g}" for v in box), Markup(content))
    return found
