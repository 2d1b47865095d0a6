"""Load, plan with a progress bar, verify, save: what `plan` and `assess` begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from amberway.cli.bar import bar
from amberway.cli.told import INTERRUPTED, NO
from amberway.errors import UsageError

if TYPE_CHECKING:
    from amberway.mobility.progress import Progress as Standing
    from amberway.mobility.progress import Report
    from amberway.mobility.result import MobilityResult
    from amberway.mobility.verify import Verdict
    from amberway.scenario import Scenario


def load(scenario: str, actions: str) -> Scenario:
    """The scenario with the actions named (separated by commas) laid over."""
    from amberway.scenario import load as load_folder

    return load_folder(scenario, [name.strip() for name in actions.split(",") if name.strip()])


class How(NamedTuple):
    """How to plan."""

    method: str
    objective: str
    time_limit: float
    gap: float
    seed: int


def planned(
    scenario: str, actions: str, how: How, out: Path | None
) -> tuple[MobilityResult, Verdict, float, Path]:
    """Load, plan with a progress bar, verify, save."""
    from time import perf_counter

    from amberway.mobility.folder import check_target, staged
    from amberway.mobility.methods import check_choices
    from amberway.mobility.methods import plan as run_method
    from amberway.mobility.verify import verify as check_run

    check_choices(**how._asdict())
    loaded = load(scenario, actions)
    target = out or Path("runs") / f"{loaded.name}-{how.method}"
    check_target(target)
    start = perf_counter()
    with progress(f"Planning {loaded.name}") as advance:
        result = run_method(loaded, progress=advance, **how._asdict())
    seconds = round(perf_counter() - start, 3)
    with staged(result, target) as beside:
        verdict = check_run(beside)
    return result, verdict, seconds, target


def stored(scenario: str, actions: str, run: Path) -> tuple[MobilityResult, Verdict, float, Path]:
    """A run made earlier for the same tables, verified again."""
    from dataclasses import replace

    from amberway.mobility.folder import read
    from amberway.mobility.result import MobilityResult
    from amberway.mobility.verify import verify as check_run

    loaded, plan = load(scenario, actions), read(run)
    if plan.scenario.content_hash() != loaded.content_hash():
        raise UsageError(
            f"{run} was planned for other tables than {loaded.name} has now: plan anew, or name "
            "the scenario and actions of the run."
        )
    return MobilityResult(replace(plan, scenario=loaded)), check_run(run), 0.0, run


def exit_for(result: MobilityResult, verdict: Verdict) -> None:
    if not verdict.valid:
        raise typer.Exit(NO)
    if not result.plan.complete:
        raise typer.Exit(INTERRUPTED)


@contextmanager
def progress(title: str) -> Iterator[Report | None]:
    """A progress bar with plan, bound and gap."""
    with bar(title) as move:

        def advance(now: Standing) -> None:
            values = ""
            if now.plan is not None and now.bound is not None and now.gap is not None:
                values = f"plan {now.plan:,.0f}  bound {now.bound:,.0f}  gap {now.gap:.2%}"
            if move is not None:
                move(now.done, values)

        yield None if move is None else advance
