"""The opening page and its slide, from real runs of a small scenario."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib import image

from amberway.initiative.package import Package, package
from amberway.initiative.record import assessed
from amberway.initiative.runs import How
from amberway.initiative.store import Store
from amberway.mobility.certified import Effort
from amberway.report.figures import contribution_bars, package_slide
from amberway.report.figures.contribution_bars import Row
from amberway.report.html import render
from amberway.report.package import contribution_rows, fails, slide, summary, sure
from amberway.scenario import Scenario, load

ACTION = 'title = "Fighters for <defence>"\nfirst_year = 2025\nconfidence = "assumed"\n'
FIGHTERS = (
    "id,name,nation,base,aircraft_type,aircraft,availability,sortie_rate,on_station_h,alert_min,"
    "speed_kmh,mission\nf,Squadron,wst,west-camp,F,40,0.75,2,1.5,15,1100,defence\n"
)
RECORD = 'title = "As of 2026"\nfirst_year = 2026\nc_day = 2026-07-01\nconfidence = "assumed"\n'

Ran = tuple[Package, How, Scenario]


@pytest.fixture(scope="module")
def ran(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Every subset of three actions and a record, run once."""
    folder = tmp_path_factory.mktemp("package") / "minimal"
    shutil.copytree(repository / "tests/data/minimal", folder)
    for name, text in (("3-air", ACTION), ("asof-2026", RECORD)):
        (folder / "actions" / name).mkdir()
        (folder / "actions" / name / "action.toml").write_text(text, encoding="utf-8")
    (folder / "actions" / "3-air" / "fighters.csv").write_text(FIGHTERS, encoding="utf-8")
    how = How("one-pass", Effort(time_limit=1.0), Store(folder.parent / "cache"), workers=1)
    found = package(folder, (), every=True, how=how)
    return found, how, load(folder, found.actions)


def page(ran: Ran, changed: Package | None = None) -> str:
    """The report as a string."""
    found, how, scenario = ran
    assessment, verdict = assessed(scenario, found.whole.plan, how.store)
    return render(assessment, verdict, changed or found)


def test_the_page_opens_with_the_package(ran: Ran) -> None:
    """Proves that every part of the package is on the page, before the plan's own part."""
    html = page(ran)
    parts = [f'id="{name}"' for name in ("package", "roadmap", "claims", "tracker", "audit")]
    places = [html.index(part) for part in (*parts, 'id="headline"')]
    assert places == sorted(places)
    assert "Fighters for &lt;defence&gt;" in html
    assert "Fighters for <defence>" not in html
    assert "<b>Clean.</b>" in html
    assert "actions/2-second-ship/lift.csv, 2" in html


def test_the_same_bytes(ran: Ran) -> None:
    """Proves that the page is the same each time."""
    assert page(ran) == page(ran)


def test_what_is_not_clean_is_said_at_once(ran: Ran) -> None:
    """Proves that an unexplained difference stands on the page and on the slide."""
    found, _, scenario = ran
    (audit, *others) = found.side.audits
    orphan = replace(audit.changes[0], action=None, file=None, line=None)
    tampered = replace(audit, changes=(orphan, *audit.changes[1:]))
    broken = replace(found, side=replace(found.side, audits=(tampered, *others)))
    assert "Do not use this comparison" in page(ran, broken)
    assert any("DO NOT USE" in line for line in sure(broken, scenario))


def test_contributions_of_the_page(ran: Ran) -> None:
    """Proves that the bars are those of the metrics that changed, and add up to the change."""
    rows = contribution_rows(ran[0])
    assert rows
    assert any(row.name.startswith("Patrols for defence kept up") for row in rows)
    for row in rows:
        assert abs(sum(row.shares)) == pytest.approx(1.0)


def test_slide(ran: Ran, tmp_path: Path) -> None:
    """Proves that the slide is 16:9, as SVG with its text and as PNG, the same bytes each time."""
    made = slide(ran[0], ran[2])
    svg, png = package_slide.write(made, tmp_path / "report.html")
    assert (svg.name, png.name) == ("report-slide.svg", "report-slide.png")
    height, width, _ = image.imread(png).shape
    assert width / height == pytest.approx(16 / 9, rel=0.01)
    text = svg.read_text(encoding="utf-8")
    for words in ("What the package buys", "What each action adds", "What still fails", "How sure"):
        assert words in text
    first = svg.read_bytes(), png.read_bytes()
    package_slide.write(made, tmp_path / "report.html")
    assert (svg.read_bytes(), png.read_bytes()) == first


def test_bars_of_nothing() -> None:
    """Proves that there is no figure without contributions."""
    assert contribution_bars.cells(("a",), ()) == {}


def test_bars_say_their_shares() -> None:
    """Proves that what is better is stacked right of 0 and harm left of it, in words as well."""
    row = Row("x", (0.75, -0.25, 0.5), (True, True, False))
    assert list(row.pieces()) == [(0, 0.0, 0.75), (1, -0.25, 0.25), (2, 0.75, 0.5)]
    assert contribution_bars.span((row,)) == (-0.25, 1.25)
    (cell,) = contribution_bars.cells(("a", "<b>", "c"), (row,)).values()
    assert 'aria-label="a 75 %, &lt;b&gt; -25 %, c 50 %"' in cell
    assert cell.count("<rect") == 3


def test_two_variants_only(ran: Ran) -> None:
    """Proves that the page of two variants leaves out what only subsets can tell."""
    found, how, scenario = ran
    pair = package(Path(found.folder), found.actions, every=False, how=how)
    html = page((pair, how, scenario))
    assert 'id="package"' in html
    assert 'id="roadmap"' in html  # shares and cost, but not the scoreboard by year
    for part in ('id="claims"', 'id="tracker"', "Shapley", "Scoreboard by year"):
        assert part not in html
    assert "Scoreboard by year" in page(ran)
    made = slide(pair, scenario)
    assert (made.rows, made.roadmap.years) == ([], pair.roadmap.years)
    (svg, _) = package_slide.write(made, how.store.root.parent / "pair.html")
    text = svg.read_text(encoding="utf-8")
    assert "When, and at what cost" in text
    assert "difference" in text


def test_what_still_fails_comes_from_the_numbers(ran: Ran) -> None:
    """Proves that an action names what its numbers lack before and after, and else its first
    shortfall."""
    found = ran[0]
    base = {**found.base.values, "overloaded_headquarters": 3.0, "unbroken_chains_crisis": None}
    whole = {**base, "overloaded_headquarters": 2.0}
    none = dict.fromkeys(whole, None)
    runs = dict(found.runs)
    runs[frozenset()] = replace(found.base, values=base)
    runs[frozenset(found.actions)] = replace(found.whole, values=whole)
    words = "2 headquarters have more under them than they can command (3 before)."
    assert dict(fails(replace(found, runs=runs)))["5 Command"] == words
    runs[frozenset(found.actions)] = replace(found.whole, values=none)
    said = dict(fails(replace(found, runs=runs)))
    for rows, text in zip(found.whole.shortfalls.values(), said.values(), strict=True):
        assert text == (rows[0]["text"] if rows else "nothing that the rules look for.")


def test_summary(ran: Ran) -> None:
    """Proves that the sentence at the top counts the scoreboard, and names cost and year."""
    text = summary(ran[0])
    assert text.startswith("Of 15 numbers ")
    assert "Wholly in force at the end of" in text
