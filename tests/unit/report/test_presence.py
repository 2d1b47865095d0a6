"""The report's section on presence."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import jinja2
import pytest

from amberway.presence import PresenceResult, assess
from amberway.report import html, presence, words
from amberway.scenario import load
from small import unchecked


def render(result: PresenceResult) -> str:
    """The section alone, with the filters of the page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(html._TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(number=words.number, decimal=words.decimal, percent=words.percent)
    template = environment.get_template("presence.html.j2")
    return template.render(presence=presence.context(result))


@pytest.fixture(scope="module")
def late() -> PresenceResult:
    """The reference scenario with the relief at Pabradė three weeks late."""
    scenario = load("baltic")
    turn = scenario.rotations["us-ltu-3-67-armor-2"]
    begins = turn.from_date + dt.timedelta(days=21)
    moved = turn.model_copy(update={"from_date": begins})
    return assess(replace(scenario, rotations=scenario.rotations | {turn.id: moved}))


def test_section_says_gap_goal_and_candidates(late: PresenceResult) -> None:
    """Proves that a gap stands in words, table and picture, and that both candidates are named."""
    text = render(late)
    assert '<section id="presence">' in text
    assert "stands empty for 21 days from 2024-05-28" in text
    assert "from 2024-05-28</td>" in text
    assert "gap: nobody" in text
    assert "goal 2: lead nation" in text
    assert "9e brigade d&#39;infanterie de marine" in text
    assert text.count("<svg") == 2  # no deployment given: no bars of candidates


def test_same_result_gives_the_same_bytes(late: PresenceResult) -> None:
    """Proves that pictures and tables do not depend on when they are drawn."""
    assert render(late) == render(late)


def test_empty_scenario_is_a_sentence() -> None:
    """Proves that a scenario without areas has a section that says why it is empty."""
    text = render(assess(unchecked()))
    assert "nothing can be in place" in text
    assert "<svg" not in text
