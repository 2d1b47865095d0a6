"""Each page of the workbench does what a planner asks of it, on the smallest scenario."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from web_pages import Served

pytestmark = pytest.mark.browser
RUN = "run=as-it-is"


def test_a_run_is_started_named_and_chosen(page: Page) -> None:
    """Proves that a plan is made, followed, renamed and chosen in the page."""
    page.goto("#/plan")
    form = page.get_by_role("form", name="New run")
    form.get_by_label("Name").fill("Made by clicking")
    form.get_by_label("Work to spend").fill("1")
    form.get_by_role("button", name="Start the run").click()
    card = page.get_by_role("article", name="Made by clicking")
    expect(card.get_by_text("done", exact=True)).to_be_visible(timeout=60_000)
    expect(card.get_by_text("from the best, at most")).to_be_visible()
    card.get_by_role("button", name="Rename").click()
    card.get_by_label("Name of the run").fill("Certified")
    card.get_by_role("button", name="Keep").click()
    card = page.get_by_role("article", name="Certified")
    card.get_by_role("button", name="Choose").click()
    expect(page.get_by_role("combobox", name="Run", exact=True)).to_have_value("made-by-clicking")
    expect(page.get_by_role("heading", name="The five actions in this run")).to_be_visible()


def test_a_wrong_option_is_told_beside_its_field(page: Page) -> None:
    """Proves that the server's refusal of an option stands at that option."""
    page.goto("#/plan")
    form = page.get_by_role("form", name="New run")
    form.get_by_label("Work to spend").evaluate("field => (field.max = '')")
    form.get_by_label("Work to spend").fill("99999999")
    form.get_by_role("button", name="Start the run").click()
    expect(form.get_by_role("alert")).to_be_visible()
    expect(form.get_by_label("Work to spend")).to_have_attribute("aria-invalid", "true")


def test_everything_follows_the_clock(page: Page) -> None:
    """Proves that scrubbing moves the day of the figures above the closure curve."""
    page.goto(f"#/time?{RUN}&day=0")
    ready = page.locator("dl.figures dd").first
    expect(page.get_by_text("ready, C+0.0")).to_be_visible()
    before = ready.inner_text()
    slider = page.get_by_label("Day after C-day")
    slider.focus()
    slider.press("End")
    expect(page.get_by_text("ready, C+0.0")).to_have_count(0)
    assert int(ready.inner_text().replace(",", "")) > int(before.replace(",", ""))
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_a_unit_is_explained(page: Page, served: Served) -> None:
    """Proves that a unit's chain of causes and sources in the page are those of the API."""
    force = served.ask("api/runs/as-it-is/units")[0]["force"]
    why = served.ask(f"api/runs/as-it-is/units/{force}")
    page.goto(f"#/map?{RUN}&unit={force}")
    panel = page.get_by_role("complementary", name="Why")
    for sentence in why["sentences"]:
        expect(panel.get_by_text(sentence)).to_be_visible()
    expect(panel.get_by_role("heading", name="Where it comes from")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_number_is_explained(page: Page) -> None:
    """Proves that a click on a number of a table tells its meaning and how sure it is."""
    page.goto("#/tables/lift")
    page.get_by_role("button", name="lane_m").first.click()
    panel = page.get_by_role("complementary", name="Why")
    expect(panel.get_by_role("heading", name="Where it comes from, how sure it is")).to_be_visible()


def test_a_draft_is_made_refused_mended_and_downloaded(
    page: Page, served: Served, tmp_path: Path
) -> None:
    """Proves that what if becomes an action folder, and that a wrong edit is told at its field."""
    link = served.ask("api/map")["links"][0]["id"]
    page.goto("#/whatif")
    page.get_by_label("Title").fill("A line is cut")
    page.get_by_role("button", name="Make it").click()
    form = page.get_by_role("form", name="Close a line")
    form.get_by_label("Line").fill("no-such-line")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_contain_text("no-such-line")
    expect(form.get_by_label("Line")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Line").fill(link)
    form.get_by_role("button").click()
    draft = page.get_by_role("region", name="Draft")
    expect(draft.get_by_text(f"disruptions / closed-{link}")).to_be_visible()
    with page.expect_download() as download:
        draft.get_by_role("link", name="Download the folder").click()
    path = tmp_path / "draft.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as folder:
        rows = list(
            csv.DictReader(io.TextIOWrapper(folder.open("actions/a-line-is-cut/disruptions.csv")))
        )
    assert [(row["resource"], float(row["from_day"])) for row in rows] == [(link, 3.0)]
    draft.get_by_role("button", name="Take back").click()
    expect(draft.get_by_text("No change yet")).to_be_visible()
    draft.get_by_role("link", name="Plan this draft").click()
    expect(page.get_by_label("Draft laid over")).to_have_value("a-line-is-cut")


def test_two_runs_are_compared(page: Page, served: Served) -> None:
    """Proves that the table of changed units is the API's."""
    units = served.ask("api/compare?a=as-it-is&b=deeper")["units"]
    assert units
    page.goto(f"#/compare?a=as-it-is&b=deeper&{RUN}")
    for unit in units:
        expect(page.get_by_role("button", name=unit["name"]).first).to_be_visible()
    expect(page.get_by_role("heading", name="Scoreboard of the five actions")).to_be_visible()


def test_tables_sort_filter_search_export_and_lead_to_the_map(page: Page, served: Served) -> None:
    """Proves that a table shows what is asked of it, exports just that, and a row is on the map."""
    rows = served.ask("api/tables/places")["rows"]
    page.goto("#/tables/places")
    expect(page.get_by_text(f"{len(rows)} of {len(rows)} rows")).to_be_visible()
    page.get_by_role("button", name="lat", exact=True).click()
    lats = sorted(row["lat"] for row in rows)
    first = page.locator("tr.line").first
    expect(first).to_contain_text(next(row["id"] for row in rows if row["lat"] == lats[0]))
    page.get_by_role("button", name="Filter columns").click()
    page.get_by_label("Filter lat").fill(f">{lats[len(lats) // 2]}")
    above = [row["id"] for row in rows if row["lat"] > lats[len(lats) // 2]]
    expect(page.get_by_text(f"{len(above)} of {len(rows)} rows")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()
    with Path(download.value.path()).open(newline="", encoding="utf-8") as file:
        assert {row["id"] for row in csv.DictReader(file)} == set(above)
    page.get_by_label("Search all columns").fill(above[0])
    page.locator("tr.line").first.get_by_role("button", name="on the map").click()
    expect(page.get_by_role("application", name="Map")).to_be_visible()
    expect(page.get_by_role("complementary", name="Why")).to_be_visible()
