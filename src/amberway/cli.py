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
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from amberway.errors import AmberwayError, ScenarioError, UsageError

if TYPE_CHECKING:
    from amberway.mobility.progress import Progress as Standing
    from amberway.mobility.progress import Report
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
    method: MethodName = "certified",
    objective: ObjectiveName = "arrival",
    time_limit: TimeLimit = 120.0,
    gap: GapLimit = 0.0,
    seed: Seed = 0,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Plan the deployment, verify the plan and keep both in a run folder."""
    with _told(as_json):
        how = _How(method, objective, time_limit, gap, seed)
        result, verdict, seconds, folder = _planned(scenario, actions, how, out)
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
    with _told(as_json):
        from amberway.mobility.explain import account, critical_lot
        from amberway.mobility.explain import explain as sentences
        from amberway.mobility.explain_resource import explain_resource
        from amberway.mobility.folder import read

        stored = read(run)
        if ":" in unit:
            text = explain_resource(stored, unit)
            if as_json:
                _print_json({"resource": unit, "sentences": text})
            else:
                typer.echo("\n".join(text))
            return
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
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Assess the scenario by every action that is built: scorecard and report."""
    with _told(as_json):
        from amberway.report.html import write

        how = _How(method, objective, time_limit, gap, seed)
        result, verdict, seconds, folder = _planned(scenario, actions, how, out)
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


class _How(NamedTuple):
    """How to plan."""

    method: str
    objective: str
    time_limit: float
    gap: float
    seed: int


def _planned(
    scenario: str, actions: str, how: _How, out: Path | None
) -> tuple[MobilityResult, Verdict, float, Path]:
    """Load, plan with a progress bar, verify, save."""
    from time import perf_counter

    from amberway.mobility.folder import check_target, staged
    from amberway.mobility.methods import check_choices
    from amberway.mobility.methods import plan as run_method
    from amberway.mobility.verify import verify as check_run

    check_choices(**how._asdict())
    loaded = _load(scenario, actions)
    target = out or Path("runs") / f"{loaded.name}-{how.method}"
    check_target(target)
    start = perf_counter()
    with _progress(f"Planning {loaded.name}") as advance:
        result = run_method(loaded, progress=advance, **how._asdict())
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
def _progress(title: str) -> Iterator[Report | None]:
    """A progress bar with plan, bound and gap on standard error, if a person is looking at it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[values]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0, values="")

        def advance(now: Standing) -> None:
            values = ""
            if now.plan is not None and now.bound is not None and now.gap is not None:
                values = f"plan {now.plan:,.0f}  bound {now.bound:,.0f}  gap {now.gap:.2%}"
            bar.update(task, completed=now.done, values=values)

        yield advance


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
