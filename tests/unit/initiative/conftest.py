"""What the tests of the initiative share."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from amberway.initiative import record, runs
from amberway.initiative.runs import How
from amberway.initiative.store import Store
from amberway.mobility.certified import Effort
from counting import Counter


@pytest.fixture(scope="session")
def data(repository: Path) -> Path:
    """The folder of test inputs."""
    return repository / "tests/data"


@pytest.fixture
def minimal(data: Path, tmp_path: Path) -> Path:
    """The minimal scenario with a third action, that touches nothing which moves."""
    folder = Path(shutil.copytree(data / "minimal", tmp_path / "minimal"))
    action = folder / "actions" / "3-hosts"
    action.mkdir()
    (action / "action.toml").write_text(
        'title = "Build a camp"\nfirst_year = 2025\nconfidence = "assumed"\n', encoding="utf-8"
    )
    (action / "host_support.csv").write_text(
        "id,place,beds,family_homes,training_weeks\neast-beds,east-camp,900,0,20\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def how(tmp_path: Path) -> How:
    """Quick plans in this process, kept in a cache of the test's own."""
    return How("one-pass", Effort(time_limit=1.0), Store(tmp_path / "cache"), workers=1)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Counts every plan and every assessment that is really made."""
    counter = Counter()
    make_plan, make_records = record.make_plan, record.make_records

    def plan(*arguments: Any, **keywords: Any) -> bool:
        counter.plans.append(arguments[4])
        return make_plan(*arguments, **keywords)

    def assess(*arguments: Any, **keywords: Any) -> None:
        counter.results += list(arguments[2].items())
        make_records(*arguments, **keywords)

    monkeypatch.setattr(runs, "make_plan", plan)
    monkeypatch.setattr(runs, "make_records", assess)
    return counter
