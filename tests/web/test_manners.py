"""What every page promises: keyboard, names, contrast, print, nothing from elsewhere, small."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from web_pages import Served, watched

pytestmark = pytest.mark.browser
VIEWS = ("map", "plan", "time", "command", "whatif", "compare", "tables")
LIMIT = 400 * 1024  # bytes of scripts and styles, compressed

PAPER = {"width": 1032, "height": 703}  # A4 landscape within margins of 12 mm, in CSS pixels
WHITE = "rgb(255, 255, 255)"
# What scrolls on a screen and would be cut on paper.
CUT = """[...document.querySelectorAll('main *')].filter(one => {
  const { overflowX, overflowY } = getComputedStyle(one);
  const cut = (how, whole, shown) => ['auto', 'scroll'].includes(how) && whole > shown + 1;
  return cut(overflowX, one.scrollWidth, one.clientWidth)
    || cut(overflowY, one.scrollHeight, one.clientHeight);
}).map(one => one.outerHTML.slice(0, 120))"""
COLOURS = """name => {
  const picture = document.querySelector(name);
  const sheet = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  sheet.drawImage(picture, 0, 0);
  const { data } = sheet.getImageData(0, 0, picture.width, picture.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
# Where the focus is: its name, whether it is marked, whether it comes after the stop before.
STOP = """() => {
  const now = document.activeElement;
  if (now === document.body) return null;
  const before = window.stop_before;
  window.stop_before = now;
  const { outlineStyle, outlineWidth } = getComputedStyle(now);
  return {
    name: (now.ariaLabel ?? now.textContent).trim().slice(0, 60),
    seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    after: !before || Boolean(before.compareDocumentPosition(now) & 4),
  };
}"""

NAMELESS, POOR = (
    (Path(__file__).parent / name).read_text(encoding="utf-8")
    for name in ("nameless.js", "contrast.js")
)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("size", "dark"), [("1280", False), ("1920", True)], ids=["small", "dark"])
def test_every_page_can_be_read(
    browser: Browser, served: Served, view: str, size: str, dark: bool
) -> None:
    """Proves of each page: controls are named, contrast is 4.5 to 1, nothing sticks out."""
    with watched(browser, served, size, dark) as page:
        page.goto(f"#/{view}?run=as-it-is")
        expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(NAMELESS) == []
        assert page.evaluate(POOR) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_checks_above_find_faults(page: Page) -> None:
    """Proves that a control without a name and grey on grey would have been seen."""
    page.goto("#/plan")
    page.get_by_role("form", name="New run").evaluate(
        "form => { form.append(document.createElement('button'));"
        " form.querySelector('span').style.color = '#ccc'; }"
    )
    assert len(page.evaluate(NAMELESS)) == 1
    assert len(page.evaluate(POOR)) == 1


def test_the_keyboard_reaches_and_works_the_map(page: Page) -> None:
    """Proves that the skip link, space, comma and full stop work, and that focus is seen."""
    page.goto("#/map?run=as-it-is&day=2")
    expect(page.get_by_text("C+2.0")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press(".")
    expect(page.get_by_text("C+2.3")).to_be_visible()
    page.keyboard.press(",")
    expect(page.get_by_text("C+2.0")).to_be_visible()
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("application", name="Map").focus()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(outline) != "none"


def test_the_command_tree_is_walked_by_arrows(page: Page) -> None:
    """Proves that arrow keys move through the tree and Enter explains what is under it."""
    page.goto("#/command?run=as-it-is")
    tree = page.get_by_role("tree")
    expect(tree).to_be_visible()
    items = tree.get_by_role("treeitem")
    items.first.focus()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Why")).to_be_visible()


def test_colours_are_kept(page: Page) -> None:
    """Proves that the reader's choice of dark survives loading the page again."""
    page.goto("#/plan")
    page.get_by_role("button", name="Dark colours").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_prints(browser: Browser, served: Served, view: str) -> None:
    """Proves of each page, dark on the screen: on A4 it is ink on white, whole in width, without
    navigation and clock, and the map is there as a picture."""
    # While the browser lays out the paper, the map may be without a size for a moment.
    with watched(browser, served, "1920", dark=True, fine="No map visible") as page:
        page.goto(f"#/{view}?run=as-it-is&day=2")
        page.wait_for_load_state("networkidle")
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator("html")).to_have_attribute("data-theme", "light")
        expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
        expect(page.get_by_label("Day after C-day")).to_be_hidden()
        assert page.evaluate(POOR) == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == WHITE
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(CUT) == []
        if view == "map":
            assert page.evaluate(COLOURS, ".ol-layers + canvas") > 20
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("view", VIEWS)
def test_tab_walks_in_order_and_is_seen(page: Page, view: str) -> None:
    """Proves of each page that Tab goes from the top on, in the order of reading, with a mark."""
    page.goto(f"#/{view}?run=as-it-is&day=2")
    page.wait_for_load_state("networkidle")
    stops = []
    for _ in range(45):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert [stop["name"] for stop in stops[:2]] == ["To the page", "Amberway, to the map"]
    assert len(stops) > 10
    assert [stop for stop in stops if not stop["seen"] or not stop["after"]] == []


def test_escape_leads_back_to_where_one_was(page: Page) -> None:
    """Proves that a panel opened by a key is read by key, and that Escape returns the focus."""
    page.goto("#/time?run=as-it-is&day=2")
    unit = page.get_by_role("region", name="Units over time").get_by_role("button").first
    unit.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Why")
    expect(panel).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Close (Escape)")).to_be_focused()
    page.keyboard.press(".")
    expect(page.get_by_text("C+2.3").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(unit).to_be_focused()


def test_a_panel_can_be_closed_before_its_symbol_is_there(page: Page) -> None:
    """Proves that what comes late for a panel that is closed asks nothing of it."""
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/app6-*.js", hold)
    page.goto("#/time?run=as-it-is&day=2")
    page.get_by_role("region", name="Units over time").get_by_role("button").first.click()
    panel = page.get_by_role("complementary", name="Why")
    expect(panel.get_by_role("heading").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    with page.expect_response("**/app6-*.js"):
        late[0].continue_()
    page.wait_for_load_state("networkidle")
    page.evaluate("address => import(address)", late[0].request.url)


def test_what_is_loaded_is_small_and_from_here(built: Path) -> None:
    """Proves the size of scripts and styles, and that no style or page names another address."""
    files = [file for file in built.rglob("*") if file.suffix in (".js", ".css")]
    assert files
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= LIMIT
    for file in [*built.rglob("*.css"), *built.rglob("*.html")]:
        found = re.findall(
            r"(?:url\(|src=|href=)[\"']?(?:https?:)?//[^\"')]+", file.read_text("utf-8")
        )
        assert not found, f"{file.name}: {found}"
