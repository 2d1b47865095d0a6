"""What a planner sees when something goes wrong, and when another is at work too."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from web_pages import Served, serving, watched
from workbenches import crowded, worker_of

pytestmark = pytest.mark.browser


def start(page: Page, name: str) -> Locator:
    """Starts a long run in the page; its card, once plan and bound are there."""
    page.goto("#/plan")
    form = page.get_by_role("form", name="New run")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Work to spend").fill("300")
    form.get_by_role("button", name="Start the run").click()
    card = page.get_by_role("article", name=name)
    expect(card.get_by_text("gap")).to_be_visible(timeout=60_000)
    return card


@pytest.mark.slow
def test_two_browsers_a_killed_worker_a_killed_server(
    browser: Browser, repository: Path, built: Path, tmp_path: Path
) -> None:
    """Proves that a second browser works on while the first plans, that both see how it ends, that
    a killed worker and a killed server are told in the page, and that it recovers by itself."""
    scenario, space = crowded(repository / "tests/data/minimal", tmp_path / "busy"), tmp_path / "s"
    with serving(scenario, space) as served:
        port = urlsplit(served.url).port or 0
        with (
            watched(browser, served, fine="net::") as one,
            watched(browser, served) as two,
        ):
            two.goto("")
            expect(two.get_by_text("No run chosen")).to_be_visible()
            card = start(one, "Long")
            two.goto("#/whatif")
            two.get_by_label("Title").fill("Meanwhile")
            two.get_by_role("button", name="Make it").click()
            expect(two.get_by_role("heading", name="Meanwhile")).to_be_visible()
            two.wait_for_url("**#/whatif/meanwhile*")
            two.goto("#/plan")
            two.reload()
            other = two.get_by_role("article", name="Long")
            expect(other.get_by_text("gap")).to_be_visible()
            card.get_by_role("button", name="Stop, keep the best plan").click()
            for seen in (card, other):
                expect(seen.get_by_text("stopped, best plan kept")).to_be_visible(timeout=60_000)
            two.goto("#/compare?run=long")
            expect(two.get_by_text("Two finished runs are needed")).to_be_visible()

            card = start(one, "Doomed")
            os.kill(worker_of(space / "runs/doomed"), signal.SIGKILL)
            expect(card.get_by_text("failed", exact=True)).to_be_visible()
            expect(card.get_by_role("alert")).to_contain_text("SIGKILL")
            expect(two.get_by_text("Two finished runs are needed")).to_be_visible()

            card = start(one, "Last")
            served.end(killed=True)
            expect(one.get_by_role("alert").get_by_text("does not answer")).to_be_visible()
            again = Served(str(scenario), space, port)
            try:
                expect(card.get_by_text("lost: the server went down")).to_be_visible()
                expect(one.get_by_role("alert").get_by_text("does not answer")).to_have_count(0)
            finally:
                again.end()


def test_strange_names_and_huge_numbers(page: Page) -> None:
    """Proves that a title is shown as it was typed, and that what cannot be used is told beside
    its field and leaves the draft as it was."""
    page.goto("#/whatif")
    for name in ("🌊", "Øst <b>bridge</b> & ../“Gdańsk”"):
        page.get_by_label("Title").fill(name)
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    form = page.get_by_role("form", name="Add ships of a kind")
    form.get_by_label("Ship or pool").fill("ferry")
    for number in ("1e300", "-1", "1.5"):
        form.get_by_label("How many").fill(number)
        form.get_by_role("button").click()
        expect(form.get_by_role("alert")).to_be_visible()
        expect(form.get_by_label("How many")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("No change yet")).to_be_visible()
