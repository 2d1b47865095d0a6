"""Verbs about all five actions: assess, announce."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from amberway.cli.app import app
from amberway.cli.options import (
    AsJson,
    GapLimit,
    MethodName,
    ObjectiveName,
    Out,
    ScenarioName,
    Seed,
    TimeLimit,
    With,
)
from amberway.cli.planned import How, exit_for, load, planned, stored
from amberway.cli.told import print_json, told
from amberway.errors import ScenarioError, UsageError

if TYPE_CHECKING:
    from amberway.scenario import Scenario
    from amberway.scenario.settings import Rule


@app.command()
def assess(
    scenario: ScenarioName,
    actions: With = "",
    method: MethodName = "certified",
    objective: ObjectiveName = "arrival",
    time_limit: TimeLimit = 120.0,
    gap: GapLimit = 0.0,
    seed: Seed = 0,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", help="HTML report to write (default: report.html in the run folder)."
        ),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option("--run", help="A stored run of this scenario to assess; plans nothing."),
    ] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            "--lead", metavar="AREA=NATION", help="Also: what changes if this nation led there."
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without-rule",
            metavar="RULE",
            help="Leave out a rule of responsibility: lead, coherence, most-nations, "
            "fewest-nations or burden.",
        ),
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Assess the scenario by all five actions: scorecard and report."""
    with told(as_json):
        leads = dict(_lead(text) for text in lead or ())
        rules = [_rule(name) for name in without or ()]
        if leads:  # a wrong name is said before the plan is made
            from amberway.responsibility import check_leads

            check_leads(load(scenario, actions), leads)
        how = How(method, objective, time_limit, gap, seed)
        if run is None:
            result, verdict, seconds, folder = planned(scenario, actions, how, out)
        else:
            result, verdict, seconds, folder = stored(scenario, actions, run)
        from amberway.command import side_by_side
        from amberway.initiative.assessment import assess as assess_all
        from amberway.initiative.assessment import reachable
        from amberway.mobility.deploy import deployment
        from amberway.report.html import write
        from amberway.responsibility import what_if

        loaded = result.plan.scenario
        reach = reachable(loaded, leads)
        plan = deployment(result.plan)
        assessment = assess_all(loaded, result, known=reach, without=rules)
        instead = what_if(loaded, leads, plan, reach=reach, without=rules) if leads else None
        others = side_by_side(assessment.command, _structures(scenario))
        assessment = replace(assessment, instead=instead, structures=others)
        scorecard = assessment.scorecard()
        scorecard["mobility"]["valid"] = verdict.valid
        card = {"scenario": loaded.name, "actions": scorecard}
        page = report or folder / "report.html"
        try:
            (folder / "scorecard.json").write_text(
                json.dumps(card, indent=1, ensure_ascii=False, default=str) + "\n",
                encoding="utf-8",
            )
            write(assessment, verdict, page)
        except OSError as error:
            raise UsageError(
                f"cannot write {page} ({error.strerror}); choose another place with --report."
            ) from error
        if as_json:
            scorecard["mobility"]["solve_seconds"] = seconds
            print_json(card | {"report": str(page), "run": str(folder)})
        else:
            from amberway.initiative.scorecard import lines

            text = lines(assessment, verdict.valid)
            if instead is not None:
                text += ["", *instead.lines()]
            typer.echo("\n".join(text))
            typer.echo(f"\nReport: {page}   Run: {folder}")
        exit_for(result, verdict)


def _lead(text: str) -> tuple[str, str]:
    area, equals, nation = text.partition("=")
    if not (area and equals and nation):
        raise UsageError(f"--lead {text!r} is not AREA=NATION, as in latvia=fra.")
    return area, nation


def _rule(name: str) -> Rule:
    from amberway.scenario.settings import Rule

    try:
        return Rule(name)
    except ValueError:
        raise UsageError(
            f"--without-rule {name!r} is no rule; there are {', '.join(Rule)}."
        ) from None


def _structures(scenario: str) -> Iterator[Scenario]:
    """The scenario without actions and with each of them alone, as far as they can be loaded."""
    from amberway.scenario.load import actions_of

    names = [""]
    with suppress(ScenarioError):  # an action that is at fault says so when it is asked for
        names += actions_of(scenario)
    for name in names:
        with suppress(ScenarioError):
            yield load(scenario, name)


@app.command()
def announce(
    scenario: ScenarioName,
    actions: With = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write: .html, else Markdown (default: print it)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the public statement of who goes where. Restricted rows cannot reach it."""
    with told(as_json):
        from amberway.responsibility import announcement

        loaded = load(scenario, actions)
        form: Literal["html", "markdown"] = (
            "html" if out is not None and out.suffix in (".html", ".htm") else "markdown"
        )
        text = announcement(loaded, form)
        if out is not None:
            try:
                out.write_text(text, encoding="utf-8")
            except OSError as error:
                raise UsageError(f"cannot write {out} ({error.strerror}).") from error
        if as_json:
            print_json({"scenario": loaded.name, "form": form, "text": text, "file": out})
        elif out is None:
            typer.echo(text, nl=False)
        else:
            typer.echo(f"{out} holds the statement.")
