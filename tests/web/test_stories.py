"""A planner's walk through the reference scenario in the browser, with pictures to be looked at.

One long test, so that the scenario is planned once: `tests/web/screenshots/` holds what was seen.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from web_pages import Served, keep, serving, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_planner_walks_through_the_reference_scenario(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    """Proves that map, time, plan, why, what if, compare and tables work on `baltic`."""
    with serving("baltic", tmp_path / "space") as served:
        with watched(browser, served) as page:
            first_look(page, served)
            plan(page)
            what_if(page)
        served.planned(name="With mobility", method="one-pass", actions=["4-mobility"])
        for size, dark in (("1280", False), ("1920", True)):
            with watched(browser, served, size, dark) as page:
                look(page, served, f"{size}-{'dark' if dark else 'light'}")


def first_look(page: Page, served: Served) -> None:
    """Without any run: the map, and the way to a plan."""
    page.goto("")
    expect(page.get_by_text(served.ask("api/scenario")["title"])).to_be_visible()
    expect(page.get_by_text("No run chosen")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("performance.getEntriesByName('amberway-first-map').length") == 1
    keep(page, "first-look")


def plan(page: Page) -> None:
    """A certified plan is started, its gap is seen to shrink, it is stopped and kept."""
    page.goto("#/plan")
    form = page.get_by_role("form", name="New run")
    form.get_by_label("Name").fill("Status quo 2024")
    form.get_by_label("Work to spend").fill("30")
    form.get_by_role("button", name="Start the run").click()
    card = page.get_by_role("article", name="Status quo 2024")
    expect(card.get_by_text("gap")).to_be_visible(timeout=240_000)
    keep(page, "plan-running")
    expect(card.get_by_text("checked by the independent verifier")).to_be_visible(timeout=400_000)
    expect(card.get_by_text("done", exact=True)).to_be_visible(timeout=400_000)
    expect(card.get_by_role("img", name="Plan and bound over time")).to_be_visible()
    keep(page, "plan-done")


def what_if(page: Page) -> None:
    """A railway is closed from day 3, and a wrong name told beside its field."""
    page.goto("#/whatif")
    page.get_by_label("Title").fill("Rail Baltica is cut")
    page.get_by_role("button", name="Make it").click()
    form = page.get_by_role("form", name="Close a line")
    form.get_by_label("Line").fill("suwalki")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_be_visible()
    keep(page, "what-if-wrong")
    line = page.evaluate(
        "fetch('api/map').then(a => a.json()).then(m => m.links.find(l => l.mode === 'rail').id)"
    )
    form.get_by_label("Line").fill(line)
    form.get_by_role("button").click()
    expect(page.get_by_text(f"disruptions / closed-{line}"[:60])).to_be_visible()
    move = page.get_by_role("form", name="Move a battery")
    move.get_by_label("System").fill("no-such-battery")
    keep(page, "what-if")


def look(page: Page, served: Served, name: str) -> None:
    """Every page with its run, one picture each."""
    late = max(
        served.ask("api/runs/status-quo-2024/units"), key=lambda unit: unit["waiting_hours"]
    )["force"]
    tight = served.ask("api/runs/status-quo-2024/resources")[0]["name"]
    run = "run=status-quo-2024"
    page.goto(f"#/map?{run}&day=12")
    expect(page.get_by_text("C+12.0")).to_be_visible()
    page.wait_for_load_state("networkidle")
    keep(page, f"map-{name}")
    for layer in ("Air defence cover", "Who commands where", "Headquarters"):
        page.get_by_role("checkbox", name=layer).check()
    page.wait_for_timeout(500)
    keep(page, f"layers-{name}")
    page.goto(f"#/map?{run}&day=20&unit={late}")
    panel = page.get_by_role("complementary", name="Why")
    expect(panel.get_by_role("heading", name="Why on that day")).to_be_visible()
    keep(page, f"why-unit-{name}")
    page.goto(f"#/time?{run}&day=12")
    expect(page.get_by_role("img", name="Closure by total")).to_be_visible()
    keep(page, f"time-{name}")
    page.get_by_role("region", name="Use of resources").get_by_role("button", name=tight).click()
    expect(panel.get_by_role("heading", name="What it does to the plan")).to_be_visible()
    page.get_by_role("region", name="Units over time").scroll_into_view_if_needed()
    keep(page, f"why-resource-{name}")
    page.keyboard.press("Escape")
    keep(page, f"gantt-{name}")
    page.goto(f"#/command?{run}&day=12")
    expect(page.get_by_role("tree")).to_be_visible()
    keep(page, f"command-{name}")
    page.goto(f"#/compare?a=status-quo-2024&b=with-mobility&{run}")
    expect(page.get_by_role("heading", name="Scoreboard of the five actions")).to_be_visible()
    keep(page, f"compare-{name}")
    page.get_by_role("heading", name="Where it changes").scroll_into_view_if_needed()
    keep(page, f"compare-map-{name}")
    page.goto(f"#/tables/links?{run}")
    rows = len(served.ask("api/tables/links")["rows"])
    expect(page.get_by_text(f"{rows:,} of {rows:,} rows")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # paper has every row
    expect(page.locator("tr.line")).to_have_count(rows)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.get_by_label("Search all columns").fill("suwalki")
    expect(page.locator("tr.line").first).to_be_visible()
    keep(page, f"tables-{name}")
    page.goto(f"#/plan?{run}")
    expect(page.get_by_role("heading", name="The five actions in this run")).to_be_visible()
    page.get_by_role("heading", name="The five actions in this run").scroll_into_view_if_needed()
    keep(page, f"scores-{name}")
