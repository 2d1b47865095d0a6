"""Running workbenches for tests, and waiting for what they do."""

from __future__ import annotations

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
