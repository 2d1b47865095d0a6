"""Workbenches to ask: one that never plans, one with finished runs, one whose plans take long."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from workbenches import crowded, ended, opened


@pytest.fixture(scope="session")
def minimal(repository: Path) -> Path:
    """The folder of the smallest scenario."""
    return repository / "tests/data/minimal"


@pytest.fixture
def idle(minimal: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A workbench on the smallest scenario in which runs only wait."""
    with opened(tmp_path / "space", minimal, workers=0) as client:
        yield client


@pytest.fixture(scope="session")
def two_runs(minimal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two runs of the smallest scenario: `as-it-is`, in which two units do not
    close, and `deeper`, in which an action and a draft with more lift let them. Tests copy it.
    """
    folder = tmp_path_factory.mktemp("finished") / "space"
    with opened(folder, minimal) as client:
        draft = {"title": "Second ferry", "actions": ["1-deeper-port"]}
        assert client.post("/api/drafts", json=draft).status_code == 201
        transporters = {"name": "Transporters", "kind": "heavy-transporter", "count": 20,
                        "notice_days": 1, "payload_t": 70, "item_mass_t": 70}  # fmt: skip
        edits = [
            {"table": "lift", "row": "ferry", "cells": {"count": 2, "note": "bought"}},
            {"table": "lift", "row": "trucks", "cells": {"count": 20}},
            {"table": "lift", "row": "transporters", "cells": transporters},
        ]
        answer = client.put("/api/drafts/second-ferry/rows", json={"edits": edits})
        assert answer.status_code == 200, answer.text
        for asked in (
            {"time_limit": 1},
            {
                "name": "Deeper", "method": "one-pass", "actions": ["1-deeper-port"],
                "draft": "second-ferry",
            },
        ):  # fmt: skip
            run = client.post("/api/runs", json=asked).json()["id"]
            assert ended(client, run)["state"] == "done"
    return folder


@pytest.fixture
def finished(two_runs: Path, minimal: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A workbench with the two runs, in which further runs only wait."""
    shutil.copytree(two_runs, tmp_path / "space")
    with opened(tmp_path / "space", minimal, workers=0) as client:
        yield client


@pytest.fixture(scope="session")
def busy(minimal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario with so many units that planning it takes long enough to be interrupted."""
    return crowded(minimal, tmp_path_factory.mktemp("busy") / "busy")
