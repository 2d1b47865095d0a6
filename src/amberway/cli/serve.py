"""The verb that opens the workbench: serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amberway.cli.app import app
from amberway.cli.options import AsJson, ScenarioName
from amberway.cli.told import print_json, told

if TYPE_CHECKING:
    from amberway.server.serve import Where


@app.command()
def serve(
    scenario: ScenarioName,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any that is free.")
    ] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Address; any but loopback asks for a token.")
    ] = "127.0.0.1",
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", help="Folder of runs and drafts (default: workbench-<scenario>)."
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            envvar="AMBERWAY_TOKEN",
            show_envvar=True,
            help="Secret that every browser has to show.",
        ),
    ] = None,
    opened: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the workbench in the browser.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Open the workbench: map, plans, what if, in the browser on this machine."""
    with told(as_json):
        from amberway.server.serve import serve as run

        def ready(where: Where) -> None:
            if as_json:
                print_json(
                    {
                        "url": where.url,
                        "scenario": where.scenario,
                        "workspace": str(where.workspace),
                    }
                )
                return
            typer.echo(f"Workbench of {where.scenario}: {where.url}")
            typer.echo(f"Runs and drafts are kept in {where.workspace}. Ctrl-C ends it.")

        run(
            scenario,
            host=host,
            port=port,
            workspace=workspace,
            token=token,
            opened=opened and not as_json,
            ready=ready,
        )  # fmt: skip
