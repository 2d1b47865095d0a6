"""The report as a whole: complete, self-contained, the same bytes each time, safe to open."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import small
from amberway.mobility import one_pass
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import Verdict, Violation
from amberway.report import html
from amberway.scenario import Scenario
from amberway.scenario.row import Release

Build = Callable[..., Scenario]

HOSTILE = """ <script>alert(1)</script> "'& </svg> {{ 7*7 }} $x_1$ \\frac"""
VOID = {"meta", "col", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Collects tags, ids and references; fails on tags that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.references: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in VOID:
            self._open.append(tag)
        self._note(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._note(attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def _note(self, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name.endswith("href") or name in ("src", "srcset", "data", "action", "poster"):
                self.references.append(value or "")
            self.references.extend(re.findall(r"url\(([^)]*)\)", value or ""))


@pytest.fixture(scope="module")
def text(result: MobilityResult) -> str:
    return html.render(result, None)


@pytest.fixture(scope="module")
def certified_text(certified: MobilityResult) -> str:
    return html.render(certified, None)


def test_every_section_is_there(text: str) -> None:
    page = Page(text)
    for name in ("headline verdict thresholds closure maps quality resources lift units "
                 "explanations sources limits assumed factors references map-theatre-frame "
                 "map-areas-frame closure-nation-axes_1 closure-area-axes_1 closure-mode-axes_1 "
                 "resources-axes_1 sailings-axes_1 trains-axes_1").split():  # fmt: skip
        assert page.ids[name] == 1, name


def test_ids_are_unique_and_references_lead_somewhere(text: str, certified_text: str) -> None:
    for page in (Page(text), Page(certified_text)):
        assert [name for name, count in page.ids.items() if count > 1] == []
        inner = {r.strip("\"'") for r in page.references}
        assert all(r.startswith("#") and r[1:] in page.ids for r in inner)


def test_certificate_is_shown_and_its_absence_told(text: str, certified_text: str) -> None:
    with_it, without = Page(certified_text), Page(text)
    for name in ("delay-axes_1", "prices-axes_1"):
        assert (with_it.ids[name], without.ids[name]) == (1, 0)
    assert "amberway verify RUN" in certified_text
    assert "It is proved that" in certified_text
    assert "It is proved" not in text
    assert text.count("No bound was computed for this plan") == 2  # first page and section


def test_nothing_is_fetched(text: str) -> None:
    page = Page(text)
    assert page.tags["script"] == page.tags["link"] == page.tags["img"] == page.tags["iframe"] == 0
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    assert "@import" not in style.group(1)
    assert "url(" not in style.group(1)
    # An address may stand in the page as text only: that of a source.
    addresses = set(re.findall(r"https?://[^\s<\"']*", text))
    assert addresses <= {"https://example.org/page"}


def test_same_plan_same_bytes(tmp_path: Path, make: Build, result: MobilityResult) -> None:
    again = MobilityResult(one_pass.solve(make()))
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    html.write(result, None, first)
    html.write(again, None, second)
    assert first.read_bytes() == second.read_bytes()


def test_hostile_names_stay_text(make: Build) -> None:
    text = html.render(MobilityResult(one_pass.solve(make(HOSTILE))), None)
    page = Page(text)
    assert page.tags["script"] == 0
    assert "&lt;script&gt;" in text
    assert "{{ 7*7 }}" in text
    assert "$x_1$" in text


def test_no_force_says_so(make: Build) -> None:
    text = html.render(MobilityResult(one_pass.solve(make(forces=[]))), None)
    page = Page(text)
    assert page.ids["empty"] == 1
    assert "holds no force" in text
    assert page.ids["sources"] == 1


def test_scenario_without_rows() -> None:
    text = html.render(MobilityResult(one_pass.solve(small.unchecked())), None)
    assert Page(text).ids["empty"] == 1


def test_nothing_moves(make: Build) -> None:
    forces = [{"id": "f", "name": "F", "ntm_days": 1, "in_place_since": "2017-01-01"}]
    text = html.render(MobilityResult(one_pass.solve(make(forces=forces))), None)
    Page(text)
    for words in ("No force has to be moved", "No ship sails", "No train runs",
                  "No unit has to be moved"):  # fmt: skip
        assert words in text


def test_undelivered_units_come_first_with_their_cause(make: Build) -> None:
    scenario: Scenario = make()
    links = {k: v for k, v in scenario.links.items() if k in ("apa", "afa")}
    text = html.render(MobilityResult(one_pass.solve(replace(scenario, links=links))), None)
    assert "Not closed within 60 days" in text
    assert text.index("Not closed within") < text.index('tr class="group"')
    assert "do not close within the 60 days planned: First, Second." in text


def test_restricted_rows_are_told(make: Build, text: str) -> None:
    assert Page(text).ids["restricted"] == 0
    scenario = make(forces=[])
    row = scenario.places["a"].model_copy(update={"release": Release.RESTRICTED})
    changed = replace(scenario, places=scenario.places | {"a": row})
    text = html.render(MobilityResult(one_pass.solve(changed)), None)
    assert Page(text).ids["restricted"] == 1


def test_verdict_is_told(result: MobilityResult) -> None:
    good = Verdict((), {"lots": 12}, {}, {})
    assert "<b>Verified.</b>" in html.render(result, good)
    broken = Violation("chain", "lot <1>", 3, 0.4, "starts elsewhere")
    text = html.render(result, Verdict((broken,) * 20, {"lots": 12}, {}, {}))
    assert "do not use this plan" in text
    assert "20\nbreaches" in text
    assert text.count("lot &lt;1&gt;") == 12


def test_importing_the_report_does_not_import_matplotlib() -> None:
    code = "import sys, amberway.report.html; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
