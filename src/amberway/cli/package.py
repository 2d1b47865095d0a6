"""The verb that sets variants of a scenario side by side: compare."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amberway.cli.app import app
from amberway.cli.bar import bar
from amberway.cli.options import AsJson, GapLimit, MethodName, ScenarioName, Seed, TimeLimit, With
from amberway.cli.told import INTERRUPTED, NO, print_json, told
from amberway.errors import UsageError

if TYPE_CHECKING:
    from amberway.initiative.package import Package
    from amberway.initiative.runs import Advance, How, Standing


@app.command()
def compare(
    scenario: ScenarioName,
    actions: With = "",
    all_subsets: Annotated[
        bool,
        typer.Option(
            "--all-subsets",
            help="Run every subset of the actions (all that the scenario has, or those of --with): "
            "contributions, claims, tracker, roadmap.",
        ),
    ] = False,
    method: MethodName = "certified",
    time_limit: TimeLimit = 50.0,
    gap: GapLimit = 0.0,
    seed: Seed = 0,
    cache: Annotated[
        Path,
        typer.Option("--cache", help="Folder that keeps every run by the content of its tables."),
    ] = Path("runs/cache"),
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes; 0: one for each processor.")
    ] = 0,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="HTML report to write; a slide (SVG, PNG) goes beside it."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write the JSON object to as well.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare the scenario with actions laid over it: every metric, difference and reason."""
    with told(as_json):
        if not actions and not all_subsets:
            raise UsageError("name the actions to compare with (--with A,B), or --all-subsets.")
        _check_target(report, "--report")
        _check_target(out, "--out")
        from amberway.initiative.package import package
        from amberway.initiative.runs import How
        from amberway.initiative.store import Store
        from amberway.mobility.certified import Effort

        names = [name.strip() for name in actions.split(",") if name.strip()]
        how = How(method, Effort(time_limit=time_limit, gap=gap, seed=seed), Store(cache), workers)
        try:
            with _progress(f"Comparing {scenario}") as advance:
                found = package(scenario, names, every=all_subsets, how=how, advance=advance)
        except KeyboardInterrupt:
            typer.echo(
                f"amberway: interrupted; what was finished is kept in {cache}: the same command "
                "goes on from there.",
                err=True,
            )
            raise typer.Exit(INTERRUPTED) from None
        content = found.to_dict()
        written = [] if report is None else _write(found, how, report)
        if out is not None:
            _save(out, content)
        if as_json:
            print_json(content | {"report": written[0] if written else None})
        else:
            from amberway.initiative.board import lines

            typer.echo("\n".join(lines(found)))
            if written:
                typer.echo(f"\nReport: {written[0]}   Slide: {', '.join(map(str, written[1:]))}")
        if not found.valid:
            raise typer.Exit(NO)


def _check_target(path: Path | None, option: str) -> None:
    """Raise UsageError if a file cannot be written there: better now than after the runs."""
    if path is None:
        return
    above = path.absolute().parent
    if path.is_dir() or not above.is_dir() or not os.access(above, os.W_OK):
        raise UsageError(f"cannot write {path}; choose another place with {option}.")


def _write(found: Package, how: How, report: Path) -> list[Path]:
    """The report of the whole package, opened by what it buys; the slide beside it."""
    from amberway.initiative.record import assessed
    from amberway.report.figures.package_slide import write as write_slide
    from amberway.report.html import write
    from amberway.report.package import slide
    from amberway.scenario import load

    scenario = load(found.folder, found.actions)
    assessment, verdict = assessed(scenario, found.whole.plan, how.store)
    try:
        write(assessment, verdict, report, found)
        return [report, *write_slide(slide(found, scenario), report)]
    except OSError as error:
        raise UsageError(
            f"cannot write {report} ({error.strerror}); choose another place with --report."
        ) from error


def _save(out: Path, content: dict[str, object]) -> None:
    import json

    try:
        out.write_text(
            json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8"
        )
    except OSError as error:
        raise UsageError(f"cannot write {out} ({error.strerror}).") from error


@contextmanager
def _progress(title: str) -> Iterator[Advance | None]:
    with bar(title) as move:

        def advance(now: Standing) -> None:
            if move is not None:
                move(now.done, now.words)

        yield None if move is None else advance
