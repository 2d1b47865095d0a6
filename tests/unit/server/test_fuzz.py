"""The whole API under requests that nobody would think of: it never fails, and answers as told."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from amberway.server.app import create, openapi
from amberway.server.workspace import Workspace

EXAMPLES = 15
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip
SCHEMA = schemathesis.openapi.from_dict(openapi())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
# Nothing can be wrong with a request that says nothing.
TRIED = [
    (label, mode)
    for label, found in OPERATIONS.items()
    for mode in (RIGHT, WRONG)
    if mode is RIGHT or list(found.iter_parameters()) or list(found.body)
]
# Names that are there, so that not every request ends at the first look.
KNOWN = {
    "run": "as-it-is", "draft": "second-ferry", "force": "west-battalion", "name": "lift",
    "resource": "lift:ferry", "table": "lift", "row": "ferry",
}  # fmt: skip


@pytest.fixture(scope="module")
def address(
    two_runs: Path, minimal: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A real server on a workspace with two runs, in which further runs only wait."""
    folder = tmp_path_factory.mktemp("fuzz") / "space"
    shutil.copytree(two_runs, folder)
    space = Workspace(folder, str(minimal))
    config = uvicorn.Config(create(space, workers=0), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    late = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < late
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(30)
    space.close()


@pytest.mark.parametrize(("label", "mode"), TRIED)
def test_no_request_makes_it_fail(address: str, label: str, mode: GenerationMode) -> None:
    """Proves that right and wrong requests alike get an answer of a status, type and form that the
    document names, and never a failure of the server."""
    operation = OPERATIONS[label]

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    def ask(case: Any, known: bool) -> None:
        if known and not label.startswith("DELETE"):
            names = case.path_parameters or {}
            case.path_parameters = {name: KNOWN.get(name, old) for name, old in names.items()}
        case.call_and_validate(base_url=address, checks=CHECKS, timeout=20)

    ask()
