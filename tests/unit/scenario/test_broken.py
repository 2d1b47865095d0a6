"""Each named check and fault has a broken input that sets it off, and a line on the format page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from amberway.errors import Problem
from amberway.scenario import CHECKS
from amberway.scenario.faults import FAULTS

NAMES = sorted(CHECKS.keys() | FAULTS.keys())
# Broken inputs that show their fault only under an action.
ACTIONS = {"no-action": ["1-deeper-prot"], "action": ["1-wish"]}


@pytest.mark.parametrize("name", NAMES)
def test_broken_input_sets_off_its_check(
    name: str, data: Path, problems_of: Callable[..., tuple[Problem, ...]]
) -> None:
    """Proves that the check finds its broken input, says where and how, and that nothing else is
    reported beside it."""
    folder = data / "broken" / name
    problems = problems_of(folder, *ACTIONS.get(name, ()))
    assert {problem.check for problem in problems} == {name}
    for problem in problems:
        assert problem.what
        assert re.search(r"[.?]$", problem.mend), problem
        if problem.file.endswith(".csv") and name not in ("empty-file", "unknown-table"):
            assert problem.row is not None or name == "encoding"


def test_every_broken_input_belongs_to_a_check(data: Path) -> None:
    """Proves that no check lacks a broken input and no broken input a check."""
    assert sorted(path.name for path in (data / "broken").iterdir()) == NAMES


def test_checks_and_faults_have_different_names() -> None:
    """Proves that a name at the end of a message means one thing."""
    assert not CHECKS.keys() & FAULTS.keys()


@pytest.mark.parametrize("name", NAMES)
def test_format_page_lists_the_check(name: str, repository: Path) -> None:
    """Proves that a user who meets the name in a message finds it on the reference page."""
    page = (repository / "docs/format.md").read_text(encoding="utf-8")
    assert page.partition("## What is checked")[2].count(f"| `{name}` |") == 1
