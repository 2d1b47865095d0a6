"""Verbs about the tables of a scenario: new, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amberway.cli.app import app
from amberway.cli.options import AsJson, ScenarioName, With
from amberway.cli.planned import load
from amberway.cli.told import print_json, told


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")],
    base: Annotated[str, typer.Option("--from", help="Packaged scenario to copy.")] = "baltic",
) -> None:
    """Copy a packaged scenario into a new folder, to edit."""
    with told():
        from amberway.scenario import new as copy

        made = copy(folder, base)
        typer.echo(f"{made} is a copy of {base}. Edit its tables, then: amberway check {made}")


@app.command()
def check(scenario: ScenarioName, actions: With = "", as_json: AsJson = False) -> None:
    """Say everything that is wrong with a scenario, or what it holds."""
    with told(as_json):
        from amberway.scenario.tables import TABLES

        loaded = load(scenario, actions)
        counts = {name: len(rows) for name in TABLES if (rows := loaded.table(name))}
        shares = loaded.assumed_shares()
        if as_json:
            print_json(
                {
                    "scenario": loaded.name,
                    "valid": True,
                    "problems": [],
                    "rows": counts,
                    "assumed_share": {k: round(v, 4) for k, v in shares.items()},
                    "content_hash": loaded.content_hash(),
                }
            )
            return
        typer.echo(f"{loaded.settings.title}: nothing wrong.")
        for name, count in counts.items():
            share = f"{shares[name]:6.0%} assumed" if name in shares else ""
            typer.echo(f"  {name:<18}{count:>6} {'row ' if count == 1 else 'rows'} {share}")
