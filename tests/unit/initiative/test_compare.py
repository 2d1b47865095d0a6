"""Variants side by side: differences, what the gaps leave open, reasons; the verb."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import amberway as aw
from amberway.cli import app
from amberway.errors import ScenarioError, UsageError
from amberway.initiative.audit import Audit, audit
from amberway.initiative.claims import statements
from amberway.initiative.compare import Change, compare, difference, tolerance
from amberway.initiative.contribution import contributions
from amberway.initiative.metric import Metric
from amberway.initiative.metrics import ACTIONS, BY_NAME, METRICS
from amberway.initiative.package import package
from amberway.initiative.runs import How
from amberway.initiative.scoreboard import SCOREBOARD
from amberway.initiative.shapley import subsets
from amberway.initiative.tracker import proposals
from amberway.initiative.variant import Variant
from amberway.scenario import load

Make = Callable[..., Variant]
BY_PLAN = BY_NAME["allied_closed_c10"]
PLAIN = BY_NAME["needs_without_owner"]


def made(value: float | None, *actions: str, gap: float | None = 0.02, plan: str = "") -> Variant:
    """A variant in which every metric has one value."""
    keys = {action: "+".join(actions) for action in ACTIONS}
    return Variant(
        actions, {one.name: value for one in METRICS}, gap, None, True, plan or "+".join(actions),
        keys, {action: [] for action in ACTIONS},
    )  # fmt: skip


@pytest.fixture
def clean(data: Path) -> Audit:
    """An audit of the first action of the small scenario."""
    base = load(data / "minimal")
    return audit(base, base.with_actions("1-deeper-port"))


@pytest.mark.parametrize(
    ("metric", "was", "now", "change"),
    [
        (PLAIN, 46.0, 45.0, Change.BETTER),  # fewer is better, and no plan is in it
        (PLAIN, 45.0, 46.0, Change.WORSE),
        (PLAIN, 46.0, 46.0, Change.SAME),
        (BY_PLAN, 1000.0, 1100.0, Change.BETTER),
        (BY_PLAN, 1000.0, 1040.0, Change.OPEN),  # 4 % of 1,040 is 41.6
        (BY_PLAN, 1000.0, 1042.0, Change.BETTER),  # ... and of 1,042 is 41.68
        (BY_PLAN, 1000.0, 900.0, Change.WORSE),
        (BY_PLAN, 1000.0, 1000.0, Change.OPEN),  # equal numbers of two uncertain plans
        (BY_PLAN, None, 900.0, Change.UNKNOWN),
    ],
)
def test_change(
    metric: Metric, was: float | None, now: float | None, change: Change, clean: Audit
) -> None:
    """Proves when a difference is one, with certified gaps of 2 % on both sides."""
    assert difference(metric, made(was), made(now, "1-deeper-port"), clean).change is change


def test_same_plan_is_certain() -> None:
    """Proves that values by one and the same plan differ for certain, and by none never."""
    one, two = made(1000.0, plan="p"), made(1001.0, "x", plan="p")
    assert tolerance(BY_PLAN, one, two) == 0
    assert tolerance(BY_PLAN, made(1000.0, gap=None), made(9.0, "x")) >= 1000


def test_reason_names_rows_that_count(clean: Audit) -> None:
    """Proves that a reason names the action and the tables that the metric is computed from."""
    base, other = made(1.0), made(2.0, "1-deeper-port")
    by_plan = difference(BY_PLAN, base, other, clean)
    assert by_plan.reason == "1-deeper-port: 1 row of terminals"
    plain = difference(PLAIN, base, other, clean)
    assert plain.reason == "no row that it is computed from has changed"
    shared = replace(other, keys=base.keys)
    found = difference(PLAIN, base, shared, clean)
    assert found.reason == "nothing that it is computed from has changed"


def test_contributions_add_up_and_say_what_is_open() -> None:
    """Proves that contributions sum to the change, and what the gaps could make up is marked."""
    actions = ("a", "b")
    worth = {(): 1000.0, ("a",): 1030.0, ("b",): 1500.0, ("a", "b"): 1530.0}
    runs = {
        subset: made(worth[tuple(sorted(subset))], *sorted(subset)) for subset in subsets(actions)
    }
    found = {one.metric: one for one in contributions(actions, runs)}
    one = found[BY_PLAN.name]
    assert {part.action: part.amount for part in one.parts} == {"a": 30.0, "b": 500.0}
    assert [part.action for part in one.parts if part.distinguishable] == ["b"]
    assert not one.strongest
    assert [part.action for part in found[PLAIN.name].parts if part.distinguishable] == ["a", "b"]
    runs[frozenset({"a"})] = made(None, "a")
    lacking = {one.metric: one for one in contributions(actions, runs)}[PLAIN.name]
    assert (lacking.parts, lacking.missing) == ((), ("a",))
    assert lacking.to_dict()["contributions"] is None


def test_python_face(minimal: Path, how: How) -> None:
    """Proves that the call of the documentation works, and gives a table."""
    base = aw.load(minimal)
    found = aw.compare(base, base.with_actions("1-deeper-port"), how=how)
    frame = found.to_frame()
    assert frame.height == len(METRICS)
    assert found.clean
    assert frame.filter(frame["metric"] == "closed_c30")["reason"][0].startswith("1-deeper-port")
    assert base.with_actions().actions == ()
    assert base.with_actions("1-deeper-port").with_actions("3-hosts").actions == (
        "1-deeper-port", "3-hosts",
    )  # fmt: skip


def test_actions_of_rows_in_memory(minimal: Path) -> None:
    """Proves that a scenario without a folder says so when it is asked for its actions."""
    base = replace(load(minimal), loaded=None)
    with pytest.raises(UsageError, match="not loaded from a folder"):
        base.with_actions("1-deeper-port")
    with pytest.raises(UsageError, match="not loaded from a folder"):
        audit(base, base)


def test_names_that_others_rely_on() -> None:
    """Proves that scoreboard, claims and tracker ask for metrics that there are."""
    asked = {name for names in SCOREBOARD.values() for name in names}
    asked |= {one.metric for one in proposals()}
    for claim in statements():
        for condition in claim.condition:
            asked |= {condition.metric, condition.than_metric or condition.metric}
    assert asked <= BY_NAME.keys()
    assert list(SCOREBOARD) == list(ACTIONS)


def run(*arguments: Any) -> Any:
    """The command line."""
    return CliRunner().invoke(app, ["compare", *map(str, arguments)])


def test_verb(minimal: Path, tmp_path: Path) -> None:
    """Proves that the verb answers in JSON with every part, and again without a run."""
    options = ("--method", "one-pass", "--cache", tmp_path / "c", "--workers", 1, "--json")
    result = run(minimal, "--all-subsets", *options)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert len(answer["subsets"]) == 8
    # By one-pass no plan is certified, so what hangs on another plan is never told apart.
    for one in answer["subsets"]:
        other = one["plan"] != answer["subsets"][0]["plan"]
        assert ("closed_c30" in one["not_distinguishable"]) is other
    assert {one["name"] for one in answer["metrics"]} == BY_NAME.keys()
    assert len(answer["shapley"]) == len(METRICS)
    for part in ("claims", "roadmap", "audit"):
        assert answer[part]
    assert answer["audit"]["clean"] is True
    assert answer["tracker"] == []  # no record among the actions
    for one in answer["shapley"]:
        if one["contributions"] is not None:
            total = sum(one["contributions"].values())
            assert total == pytest.approx(one["package"] - one["base"])
    again = run(minimal, "--all-subsets", *options)
    assert again.stdout == result.stdout


def test_verb_with_actions(minimal: Path, tmp_path: Path) -> None:
    """Proves that two variants give a scoreboard and no contributions."""
    options = ("--method", "one-pass", "--cache", tmp_path / "c", "--workers", 1)
    result = run(minimal, "--with", "3-hosts,1-deeper-port", *options)
    assert result.exit_code == 0, result.output
    assert "2 variants, 2 deployment plans, all verified" in result.stdout
    assert "Shapley" not in result.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "name the actions to compare with"),
        (("--with", "1-deeper-prot"), "Did you mean '1-deeper-port'?"),
        (("--with", "1-deeper-port", "--time-limit", "-1"), "the time limit must be"),
        (("--with", "1-deeper-port", "--method", "guess"), "is not a method"),
        (("--all-subsets", "--report", "nowhere/r.html"), "another place with --report"),
        (("--all-subsets", "--out", "."), "another place with --out"),
    ],
)
def test_bad_usage(options: tuple[str, ...], words: str, minimal: Path, tmp_path: Path) -> None:
    """Proves that wrong arguments are said in words, with exit code 2."""
    result = run(minimal, *options, "--cache", tmp_path / "c")
    assert result.exit_code == 2
    assert words in result.output
    assert not list((tmp_path / "c").glob("plans/*"))


def test_a_record_is_no_part_of_a_subset(minimal: Path, how: How) -> None:
    """Proves that a record among the actions to combine is refused before anything is run."""
    (minimal / "actions" / "asof-2026").mkdir()
    (minimal / "actions" / "asof-2026" / "action.toml").write_text(
        'title = "X"\nfirst_year = 2026\nc_day = 2026-07-01\nconfidence = "assumed"\n',
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match="no part of a subset"):
        package(minimal, ("asof-2026", "3-hosts"), every=True, how=how)


def test_too_many_actions(minimal: Path, how: How) -> None:
    """Proves that a thousand subsets are refused before anything is run."""
    for number in range(9):
        action = minimal / "actions" / f"x{number}"
        action.mkdir()
        (action / "action.toml").write_text(
            'title = "X"\nfirst_year = 2025\nconfidence = "assumed"\n', encoding="utf-8"
        )
    with pytest.raises(UsageError, match="name at most 8"):
        package(minimal, (), every=True, how=how)


def test_a_fault_in_an_action_is_a_fault_of_the_comparison(minimal: Path, how: How) -> None:
    """Proves that a broken row of one subset stops the comparison with its file and line."""
    file = minimal / "actions" / "2-second-ship" / "lift.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",ship,", ",raft,"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"2-second-ship/lift\.csv, row 2"):
        package(minimal, (), every=True, how=how)


def test_all_faults_of_an_action_are_told_at_once(minimal: Path, how: How) -> None:
    """Proves that a faulty action.toml does not hide the faulty table beside it."""
    action = minimal / "actions" / "2-second-ship"
    (action / "action.toml").write_text("title = 'x", encoding="utf-8")
    (action / "lift.csv").write_text("id,naem\nq,1\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as found:
        package(minimal, ("2-second-ship",), every=False, how=how)
    files = {problem.file for problem in found.value.problems}
    assert {f"actions/2-second-ship/{name}" for name in ("action.toml", "lift.csv")} <= files


def test_compare_needs_nothing_but_scenarios(minimal: Path, how: How) -> None:
    """Proves that an undeclared change of rows in memory is told, not hidden."""
    base = load(minimal)
    other = replace(base, pins={}, rotations={})
    found = compare(base, other, how=how)
    assert not found.clean
    assert found.to_dict()["audit"][0]["unexplained"]
