"""What the tests of scenarios share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amberway.errors import Problem, ScenarioError
from amberway.scenario import load

# Overlay a table on the minimal scenario: file name → text or bytes.
Overlay = Callable[..., Path]
ProblemsOf = Callable[..., tuple[Problem, ...]]


@pytest.fixture(scope="session")
def data(repository: Path) -> Path:
    """The folder of test inputs."""
    return repository / "tests/data"


@pytest.fixture
def minimal(data: Path, tmp_path: Path) -> Path:
    """A copy of the minimal scenario that a test may change."""
    return Path(shutil.copytree(data / "minimal", tmp_path / "minimal"))


@pytest.fixture
def overlay(data: Path, tmp_path: Path) -> Overlay:
    """Make a scenario that lays the given files over the minimal one."""

    def make(files: dict[str, str | bytes] | None = None, settings: str = "") -> Path:
        folder = tmp_path / "overlay"
        folder.mkdir()
        base = data / "minimal"
        head = f'name = "overlay"\ntitle = "Overlay"\nextends = {str(base)!r}\n'
        for name, text in {"scenario.toml": head + settings, **(files or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return make


@pytest.fixture(scope="session")
def problems_of() -> ProblemsOf:
    """Everything that is wrong with a scenario under actions; nothing if it loads."""

    def problems(folder: Path | str, *actions: str) -> tuple[Problem, ...]:
        try:
            load(folder, actions)
        except ScenarioError as error:
            return error.problems
        return ()

    return problems
