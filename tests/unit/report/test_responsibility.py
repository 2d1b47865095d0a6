"""The report's section on responsibility."""

from __future__ import annotations

import re

import jinja2
import pytest

from amberway.report import html, responsibility
from amberway.report.figures import brigades_by_nation, fulfilment
from amberway.responsibility import ResponsibilityResult, WhatIf, assess, what_if
from areas import NEEDS, REACH, build, closed, need
from small import unchecked

RULES = {
    "rules": ["lead", "coherence", "most-nations", "fewest-nations", "burden"],
    "fewest_nations": 9,
}


def render(result: ResponsibilityResult, instead: WhatIf | None = None) -> str:
    """The section alone."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(html._TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    context = responsibility.context(result, instead)
    return environment.get_template("responsibility.html.j2").render(responsibility=context)


@pytest.fixture(scope="module")
def result() -> ResponsibilityResult:
    """The small question by the days of a plan that is later than free routes."""
    scenario = build(RULES, needs=[*NEEDS, need("south", "light-brigade", 2, 10)])
    return assess(scenario, closed(scenario, german=40.0), reach=REACH)


def test_section_says_what_is_missing(result: ResponsibilityResult) -> None:
    """Proves that gaps, lateness, dependencies, what the plan loses against free routes, rules and
    the matrix stand on the page."""
    text = render(result)
    assert '<section id="responsibility">' in text
    assert "<li><b>North</b>: engineers (C+10)</li>" in text
    assert "is met on C+40" in text
    assert "but not without" in text
    assert "<td>South by C+10: 2 brigades of any kind</td>" in text
    assert "no longer met" in text
    assert "Rules that no assignment can keep" in text
    assert "<h4>South</h4>" in text
    assert '<td class="n">later</td>' in text  # the German brigade, after the last day
    assert text.count("<svg") == 2  # land, brigades; neither sea nor air


def test_section_says_what_another_lead_changes(result: ResponsibilityResult) -> None:
    """Proves that the answer to a what-if stands on the page as paragraphs and lists."""
    assert "another lead nation" not in render(result)
    scenario = build({"rules": ["lead"]})
    instead = what_if(scenario, {"north": "fra"}, reach=REACH)
    text = render(assess(scenario, reach=REACH), instead)
    assert "<p>Lead in North: CAN → FRA.</p>" in text
    assert "<li>Unit french (FRA): South → North</li>" in text
    assert text.count("<ul") == text.count("</ul>")


def test_same_result_gives_the_same_bytes(result: ResponsibilityResult) -> None:
    """Proves that pictures and tables do not depend on when they are drawn."""
    assert render(result) == render(result)


@pytest.mark.parametrize("tables", [{"forces": [], "pledges": []}, {"needs": []}])
def test_section_of_little_is_a_section(tables: dict[str, list[dict[str, object]]]) -> None:
    """Proves that the section is made without forces or requirements, and says what it lacks."""
    text = render(assess(build(RULES, **tables)))  # type: ignore[arg-type]
    assert "no requirements" in text or "Nobody is assigned" in text


def test_empty_scenario_is_a_sentence() -> None:
    """Proves that a scenario without areas has a section that says why it is empty."""
    text = render(assess(unchecked()))
    assert "has no areas" in text
    assert "<svg" not in text


@pytest.mark.parametrize("columns", [1, 5, 11, 40])
def test_heads_stay_below_the_legend(columns: int) -> None:
    """Proves that the names over the columns, however long, lie below the key."""
    heads = [f"Airspace over the waters east of the island {i}" for i in range(columns)]
    bars = [fulfilment.Bar(0, i, 0, 0.5, "late") for i in range(columns)]
    picture = fulfilment.draw("air", ["combat aircraft"], heads, ["C+2"], bars)
    assert picture is not None
    lines = [float(y) for _, y in _texts(picture, "Airspace")]
    key = [float(y) for _, y in _texts(picture, "comes late")]
    assert lines
    assert min(lines) > max(key) + 5
    assert fulfilment.draw("air", [], [], [], []) is None
    assert brigades_by_nation.draw([], []) is None


def _texts(picture: str, word: str) -> list[tuple[str, str]]:
    """Positions of the texts that hold a word."""
    moved = r"translate\(([\d.]+) ([\d.]+)\)"
    found = re.findall(
        rf'<text[^>]*?(?:{moved}|x="([\d.]+)" y="([\d.]+)")[^>]*>[^<]*{word}', picture
    )
    return [(a or c, b or d) for a, b, c, d in found]
