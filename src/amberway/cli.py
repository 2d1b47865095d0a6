"""The command line: one verb per task.

Standard output carries the answer (with `--json` one object and nothing else); progress and
errors go to standard error. Exit codes: 0 fine, 1 the answer is no, 2 bad input or usage.
Heavy modules are imported inside the verb that needs them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amberway.errors import AmberwayError, ScenarioError, UsageError

if TYPE_CHECKING:
    from amberway.mobility.result import MobilityResult
    from amberway.mobility.verify import Verdict
    from amberway.scenario import Scenario

NO, BAD_INPUT, INTERRUPTED = 1, 2, 130
_SHOWN = 50

app = typer.Typer(
    name="amberway",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Plans, tests and explains how a force gets to the Baltic states, in the open.",
)

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
MethodName = Annotated[str, typer.Option("--method", help="Planning method.")]


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")],
    base: Annotated[str, typer.Option("--from", help="Packaged scenario to copy.")] = "baltic",
) -> None:
    """Copy a packaged scenario into a new folder, to edit."""
    with _told():
        from amberway.scenario import new as copy

        made = copy(folder, base)
        typer.echo(f"{made} is a copy of {base}. Edit its tables, then: amberway check {made}")


@app.command()
def check(scenario: ScenarioName, actions: With = "", as_json: AsJson = False) -> None:
    """Say everything that is wrong with a scenario, or what it holds."""
    with _told(as_json):
        from amberway.scenario.tables import TABLES

        loaded = _load(scenario, actions)
        counts = {name: len(rows) for name in TABLES if (rows := loaded.table(name))}
        shares = loaded.assumed_shares()
        if as_json:
            _print_json(
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


@app.command()
def plan(
    scenario: ScenarioName,
    actions: With = "",
    method: MethodName = "one-pass",
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Plan the deployment, verify the plan and keep both in a run folder."""
    with _told(as_json):
        result, verdict, seconds, folder = _planned(scenario, actions, method, out)
        numbers = result.headline | {
            "valid": verdict.valid,
            "solve_seconds": seconds,
            "run": str(folder),
        }
        if as_json:
            _print_json(numbers)
        else:
            from amberway.mobility.summary import lines

            typer.echo("\n".join(lines(result, verdict.valid)))
            typer.echo(
                f"\n{folder} holds the plan. Why a unit closes when it does: "
                f"amberway explain {folder} UNIT"
            )
        _exit_for(result, verdict)


@app.command()
def verify(run: RunFolder, as_json: AsJson = False) -> None:
    """Check every lot, resource and number of a plan with a program of its own."""
    with _told(as_json):
        from amberway.mobility.verify import verify as check_run

        verdict = check_run(run)
        if as_json:
            _print_json(verdict.to_dict())
        else:
            from amberway.mobility.summary import verdict_lines

            typer.echo("\n".join(verdict_lines(verdict)))
        if not verdict.valid:
            raise typer.Exit(NO)


@app.command()
def explain(
    run: RunFolder,
    unit: Annotated[str, typer.Argument(help="Id of a force element, as in forces.csv.")],
    as_json: AsJson = False,
) -> None:
    """Say why a unit closes when it does."""
    with _told(as_json):
        from amberway.mobility.explain import account, critical_lot
        from amberway.mobility.explain import explain as sentences
        from amberway.mobility.folder import read

        stored = read(run)
        text = sentences(stored, unit)
        if as_json:
            lot = critical_lot(stored, unit)
            shares = account(stored, lot) if lot else []
            grid = stored.scenario.settings.grid_hours
            _print_json(
                {
                    "force": unit,
                    "critical_lot": lot and lot.id,
                    "sentences": text,
                    "hours": {s.what: s.periods * grid for s in shares},
                }
            )
        else:
            typer.echo("\n".join(text))


@app.command()
def assess(
    scenario: ScenarioName,
    actions: With = "",
    method: MethodName = "one-pass",
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", help="HTML report to write (default: report.html in the run folder)."
        ),
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Assess the scenario by every action that is built: scorecard and report."""
    with _told(as_json):
        from amberway.report.html import write

        result, verdict, seconds, folder = _planned(scenario, actions, method, out)
        mobility = result.headline | {"valid": verdict.valid}
        scorecard = {"scenario": result.plan.scenario.name, "actions": {"mobility": mobility}}
        page = report or folder / "report.html"
        try:
            (folder / "scorecard.json").write_text(
                json.dumps(scorecard, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
            )
            write(result, verdict, page)
        except OSError as error:
            raise UsageError(
                f"cannot write {page} ({error.strerror}); choose another place with --report."
            ) from error
        if as_json:
            mobility["solve_seconds"] = seconds
            _print_json(scorecard | {"report": str(page), "run": str(folder)})
        else:
            from amberway.mobility.summary import lines

            typer.echo("\n".join(lines(result, verdict.valid)))
            typer.echo(f"\nReport: {page}   Run: {folder}")
        _exit_for(result, verdict)


def main() -> None:
    """Entry point of the `amberway` program."""
    app(prog_name="amberway")


def _load(scenario: str, actions: str) -> Scenario:
    from amberway.scenario import load

    return load(scenario, [name.strip() for name in actions.split(",") if name.strip()])


def _planned(
    scenario: str, actions: str, method: str, out: Path | None
) -> tuple[MobilityResult, Verdict, float, Path]:
    """Load, plan with a progress bar, verify, save."""
    from time import perf_counter

    from amberway.mobility.folder import check_target, staged
    from amberway.mobility.methods import METHODS
    from amberway.mobility.methods import plan as run_method
    from amberway.mobility.verify import verify as check_run

    if method not in METHODS:
        raise UsageError(f"{method!r} is not a method; methods are: {', '.join(METHODS)}.")
    loaded = _load(scenario, actions)
    target = out or Path("runs") / f"{loaded.name}-{method}"
    check_target(target)
    start = perf_counter()
    with _progress(f"Planning {loaded.name}") as advance:
        result = run_method(loaded, method, advance)
    seconds = round(perf_counter() - start, 3)
    with staged(result, target) as beside:
        verdict = check_run(beside)
    return result, verdict, seconds, target


def _exit_for(result: MobilityResult, verdict: Verdict) -> None:
    if not verdict.valid:
        raise typer.Exit(NO)
    if not result.plan.complete:
        raise typer.Exit(INTERRUPTED)


@contextmanager
def _progress(title: str) -> Iterator[Any]:
    """A progress bar on standard error, if a person is looking at it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("lots"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _told(as_json: bool = False) -> Iterator[None]:
    """Say expected errors in words, with exit code 2 and no traceback."""
    try:
        yield
    except ScenarioError as error:
        if as_json:
            _print_json({"valid": False, "problems": [vars(p) for p in error.problems]})
        for problem in error.problems[:_SHOWN]:
            typer.echo(str(problem), err=True)
        count = len(error.problems)
        more = f" ({count - _SHOWN} more not shown; --json has all)" if count > _SHOWN else ""
        typer.echo(f"{count} problem{'s' if count > 1 else ''}{more}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except AmberwayError as error:
        if as_json:
            _print_json({"valid": False, "error": str(error)})
        typer.echo(f"amberway: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except BrokenPipeError:
        raise  # whoever read the output has seen enough: typer ends quietly
    except OSError as error:
        where = f"{str(error.filename)[:200]}: " if error.filename else ""
        if as_json:
            _print_json({"valid": False, "error": f"{where}{error.strerror}"})
        typer.echo(f"amberway: {where}{error.strerror}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except KeyboardInterrupt:
        typer.echo("amberway: interrupted; nothing was written.", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _print_json(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content, indent=1, ensure_ascii=False, default=str))
