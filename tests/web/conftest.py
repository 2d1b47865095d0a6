"""The workbench in Chromium, on the smallest scenario with two finished runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from web_pages import FLAGS, Served, serving, watched


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, as CI has it."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def built(repository: Path) -> Path:
    """The folder of the built workbench."""
    folder = repository / "src/amberway/server/static"
    assert (folder / "index.html").is_file(), "the workbench is not built: make web"
    return folder


@pytest.fixture(scope="module")
def served(
    repository: Path, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A workbench with the runs `as-it-is` and `deeper` of the smallest scenario."""
    space = tmp_path_factory.mktemp("web") / "space"
    with serving(repository / "tests/data/minimal", space) as one:
        one.planned(name="As it is", method="one-pass")
        one.ask("api/drafts", {"title": "More lift", "actions": ["1-deeper-port"]})
        transporters = {"name": "Transporters", "kind": "heavy-transporter", "count": 20,
                        "notice_days": 1, "payload_t": 70, "item_mass_t": 70}  # fmt: skip
        for row, cells in (("trucks", {"count": 20}), ("transporters", transporters)):
            one.ask(f"api/drafts/more-lift/rows/lift/{row}", {"cells": cells}, "PUT")
        actions = ["1-deeper-port"]
        one.planned(name="Deeper", method="one-pass", actions=actions, draft="more-lift")
        yield one


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page at 1280 × 800 in light colours."""
    with watched(browser, served) as one:
        yield one
