"""Running workbenches for tests, and waiting for what they do."""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from amberway.server.app import create
from amberway.server.workspace import Workspace

URL = "http://127.0.0.1:8000"


@contextmanager
def opened(folder: Path, scenario: Path, **options: Any) -> Iterator[TestClient]:
    """A running workbench of a workspace."""
    space = Workspace(folder, str(scenario))
    try:
        with TestClient(create(space, **options), base_url=URL) as client:
            yield client
    finally:
        space.close()


def crowded(minimal: Path, folder: Path) -> Path:
    """The smallest scenario with so many units that planning can be interrupted."""
    shutil.copytree(minimal, folder)
    (folder / "pins.csv").unlink()
    with (folder / "forces.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows += [rows[0] | {"id": f"more-{i}", "name": f"More {i}"} for i in range(60)]
    with (folder / "forces.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def worker_of(folder: Path) -> int:
    """The process that plans the run of a folder."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"amberway.server.worker" in words and str(folder).encode() in words:
            return int(entry.parent.name)
    raise AssertionError(f"nobody plans {folder}")


def ended(client: TestClient, run: str) -> dict[str, Any]:
    """The run, once it has ended."""
    return until(client, run, lambda now: now["progress"]["stage"] == "ended")


def until(
    client: TestClient, run: str, holds: Callable[[dict[str, Any]], bool], seconds: float = 90
) -> dict[str, Any]:
    """The run, once something holds of it."""
    late = time.monotonic() + seconds
    while time.monotonic() < late:
        now: dict[str, Any] = client.get(f"/api/runs/{run}").json()
        if holds(now):
            return now
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s: {now}")
