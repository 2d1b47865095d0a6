"""Arguments and options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A packaged scenario (baltic, baltic-nfm) or the folder of one."
    ),
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder written by plan.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
With = Annotated[
    str,
    typer.Option(
        "--with", metavar="ACTIONS", help="Actions to lay over the scenario, separated by commas."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Run folder to write (default: runs/<scenario>-<method>)."),
]
MethodName = Annotated[
    str, typer.Option("--method", help="certified (with a proved bound) or one-pass.")
]
ObjectiveName = Annotated[
    str,
    typer.Option(
        "--objective",
        help="arrival (weighted days), lateness (after required dates) or closure (the last one).",
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help="Work to spend, in seconds of the reference machine: counted, so that the same "
        "limit gives the same plan everywhere.",
    ),
]
GapLimit = Annotated[
    float,
    typer.Option("--gap", help="Certified gap of the objective to stop at (0.02 is 2 %)."),
]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the search.")]
