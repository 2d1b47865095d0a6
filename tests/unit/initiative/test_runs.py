"""Runs of variants: what is shared, what an edit runs again, what an interruption leaves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amberway.errors import UsageError
from amberway.initiative import package as package_module
from amberway.initiative import record, runs
from amberway.initiative.package import Package, package
from amberway.initiative.runs import How, Standing
from amberway.initiative.store import Store
from amberway.scenario import Scenario
from counting import Counter


def every(folder: Path, how: How, **more: Any) -> Package:
    """All subsets of the three actions."""
    return package(folder, (), every=True, how=how, **more)


def test_subsets_share_what_is_the_same(minimal: Path, how: How, counted: Counter) -> None:
    """Proves that eight subsets make four plans, and assess each action as often as its tables
    differ: the third action touches presence alone."""
    found = every(minimal, how)
    assert len(found.runs) == 8
    assert len(counted.plans) == len(set(counted.plans)) == 4
    assert (counted.of("mobility"), counted.of("presence")) == (4, 8)
    assert (counted.of("airdefence"), counted.of("command")) == (4, 4)
    assert len(set(counted.results)) == len(counted.results)


def test_second_call_runs_nothing(
    minimal: Path, how: How, counted: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the same call again plans nothing, assesses nothing, does not even load."""
    first = every(minimal, how).to_dict()
    counted.clear()
    monkeypatch.setattr(package_module, "load", None)
    assert every(minimal, how).to_dict() == first
    assert (counted.plans, counted.results) == ([], [])


def test_an_edit_runs_again_what_depends_on_it(minimal: Path, how: How, counted: Counter) -> None:
    """Proves that beds run presence again and no plan; a note nothing; a link everything."""
    before = every(minimal, how)
    counted.clear()
    beds = minimal / "actions" / "3-hosts" / "host_support.csv"
    beds.write_text(beds.read_text(encoding="utf-8").replace("900", "800"), encoding="utf-8")
    every(minimal, how)
    assert counted.plans == []
    assert {action for action, _ in counted.results} == {"presence"}
    assert len(counted.results) == 4  # the subsets with the action

    counted.clear()
    nations = minimal / "nations.csv"
    head, *rows = nations.read_text(encoding="utf-8").splitlines()
    noted = [f"{head},note", *(f"{row},remembered" for row in rows)]
    nations.write_text("\n".join(noted) + "\n", encoding="utf-8")
    every(minimal, how)
    assert (counted.plans, counted.results) == ([], [])

    counted.clear()
    toml = minimal / "scenario.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("marry_up_h = 6", "marry_up_h = 12"), encoding="utf-8")
    after = every(minimal, how)
    assert len(counted.plans) == 4
    assert {run.plan for run in after.runs.values()}.isdisjoint(
        run.plan for run in before.runs.values()
    )


def test_variants_with_one_network_share_the_free_routes(
    minimal: Path, how: How, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that eight subsets find days of free routes four times: one action deepens a port,
    another adds a ship, the third moves nothing."""
    found: list[int] = []

    def make(scenarios: Sequence[Scenario], store: Store) -> None:
        found.append(len(scenarios))
        record.make_reach(scenarios, store)

    monkeypatch.setattr(runs, "make_reach", make)
    monkeypatch.setattr(record, "reachable", None)  # not found once more by an assessment
    every(minimal, how)
    assert found == [2, 2, 2, 2]


def test_a_table_edited_meanwhile(minimal: Path, how: How) -> None:
    """Proves that an edit under the runs makes the comparison invalid, until it is undone."""
    ships = minimal / "actions" / "2-second-ship" / "lift.csv"
    text = ships.read_text(encoding="utf-8")

    def edit(now: Standing) -> None:
        if now.words == "1 of 4 plans":
            ships.write_text(text.replace("2", "3", 1), encoding="utf-8")

    assert not every(minimal, how, advance=edit).valid
    ships.write_text(text, encoding="utf-8")
    assert every(minimal, how).valid


def test_other_options_make_other_plans(minimal: Path, how: How, counted: Counter) -> None:
    """Proves that method, limit and seed are part of what a plan is found under."""
    every(minimal, how)
    counted.clear()
    every(minimal, replace(how, effort=replace(how.effort, seed=1)))
    assert len(counted.plans) == 4


def test_interrupted_runs_go_on(minimal: Path, how: How, counted: Counter) -> None:
    """Proves that Ctrl-C loses nothing that was finished, and that the result is the same."""
    whole = every(minimal, replace(how, store=Store(minimal / "other"))).to_dict()
    counted.clear()

    def stop(now: Standing) -> None:
        if now.words == "2 of 4 plans":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        every(minimal, how, advance=stop)
    assert len(counted.plans) == 2
    assert every(minimal, how).to_dict() == whole
    assert len(counted.plans) == len(set(counted.plans)) == 4


def test_a_plan_cut_short_is_not_kept(
    minimal: Path, how: How, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a plan which Ctrl-C ended is thrown away: it would not be the same again."""
    method = record.run_method

    def cut(*arguments: Any, **keywords: Any) -> Any:
        result = method(*arguments, **keywords)
        return replace(result, plan=replace(result.plan, complete=False))

    monkeypatch.setattr(record, "run_method", cut)
    with pytest.raises(KeyboardInterrupt):
        every(minimal, how)
    assert list((how.store.root / "plans").iterdir()) == []


def test_damaged_files_are_made_anew(minimal: Path, how: How, counted: Counter) -> None:
    """Proves that a torn record and a tampered plan are computed again, not believed."""
    first = every(minimal, how).to_dict()
    counted.clear()
    for path in (how.store.root / "records").glob("*.json"):
        path.write_text('{"torn', encoding="utf-8")
    broken = sorted((how.store.root / "plans").iterdir())[0]
    moves = broken / "moves.csv"
    moves.write_text(moves.read_text(encoding="utf-8") + "x\n", encoding="utf-8")
    assert every(minimal, how).to_dict() == first
    assert counted.plans == [broken.name]


def test_any_number_of_workers(minimal: Path, how: How) -> None:
    """Proves that two processes give the same bytes as one."""
    one = every(minimal, how)
    two = every(minimal, replace(how, store=Store(minimal / "other"), workers=2))
    assert json.dumps(one.to_dict()) == json.dumps(two.to_dict())
    for run in one.runs.values():
        first = how.store.plan_folder(run.plan)
        second = Store(minimal / "other").plan_folder(run.plan)
        for name in ("moves.csv", "result.json", "lots.csv"):
            assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_folder_that_is_no_cache(minimal: Path, how: How) -> None:
    """Proves that a folder with other things in it is not filled with runs."""
    with pytest.raises(UsageError, match="not a cache"):
        every(minimal, replace(how, store=Store(minimal)))


def test_progress_only_grows(minimal: Path, how: How) -> None:
    """Proves that the bar runs from nothing to the whole."""
    seen: list[Standing] = []
    every(minimal, how, advance=seen.append)
    shares = [one.done for one in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
