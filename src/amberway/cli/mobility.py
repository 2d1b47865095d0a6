"""Verbs about a deployment plan: plan, verify, explain."""

from __future__ import annotations

from typing import Annotated

import typer

from amberway.cli.app import app
from amberway.cli.options import (
    AsJson,
    GapLimit,
    MethodName,
    ObjectiveName,
    Out,
    RunFolder,
    ScenarioName,
    Seed,
    TimeLimit,
    With,
)
from amberway.cli.planned import How, exit_for, planned
from amberway.cli.told import NO, print_json, told


@app.command()
def plan(
    scenario: ScenarioName,
    actions: With = "",
    method: MethodName = "certified",
    objective: ObjectiveName = "arrival",
    time_limit: TimeLimit = 120.0,
    gap: GapLimit = 0.0,
    seed: Seed = 0,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Plan the deployment, verify the plan and keep both in a run folder."""
    with told(as_json):
        how = How(method, objective, time_limit, gap, seed)
        result, verdict, seconds, folder = planned(scenario, actions, how, out)
        numbers = result.headline | {
            "valid": verdict.valid,
            "solve_seconds": seconds,
            "run": str(folder),
        }
        if as_json:
            print_json(numbers)
        else:
            from amberway.mobility.summary import lines

            typer.echo("\n".join(lines(result, verdict.valid)))
            typer.echo(
                f"\n{folder} holds the plan. Why a unit closes when it does: "
                f"amberway explain {folder} UNIT"
            )
        exit_for(result, verdict)


@app.command()
def verify(run: RunFolder, as_json: AsJson = False) -> None:
    """Check every lot, resource and number of a plan with a program of its own."""
    with told(as_json):
        from amberway.mobility.verify import verify as check_run

        verdict = check_run(run)
        if as_json:
            print_json(verdict.to_dict())
        else:
            from amberway.mobility.summary import verdict_lines

            typer.echo("\n".join(verdict_lines(verdict)))
        if not verdict.valid:
            raise typer.Exit(NO)


@app.command()
def explain(
    run: RunFolder,
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT|RESOURCE",
            help="Id of a force element, as in forces.csv, or a resource (link:ID, terminal:ID, "
            "lift:ID, ship:PLACE, clearance:NATION).",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Say why a unit closes when it does, or what a resource is worth and to whom."""
    with told(as_json):
        from amberway.mobility.explain import account, critical_lot
        from amberway.mobility.explain import explain as sentences
        from amberway.mobility.explain_resource import explain_resource
        from amberway.mobility.folder import read

        stored = read(run)
        if ":" in unit:
            text = explain_resource(stored, unit)
            if as_json:
                print_json({"resource": unit, "sentences": text})
            else:
                typer.echo("\n".join(text))
            return
        text = sentences(stored, unit)
        if as_json:
            lot = critical_lot(stored, unit)
            shares = account(stored, lot) if lot else []
            grid = stored.scenario.settings.grid_hours
            print_json(
                {
                    "force": unit,
                    "critical_lot": lot and lot.id,
                    "sentences": text,
                    "hours": {s.what: s.periods * grid for s in shares},
                }
            )
        else:
            typer.echo("\n".join(text))
