"""The report's section on air and missile defence."""

from __future__ import annotations

import datetime as dt
import re

import jinja2
import pytest

from amberway.airdefence import AirDefenceResult, assess
from amberway.report import airdefence, html, words
from sky import asset, battery, closing, fighter, sky, system


def render(result: AirDefenceResult) -> str:
    """The section alone, with the filters of the page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(html._TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(number=words.number, decimal=words.decimal, percent=words.percent)
    template = environment.get_template("airdefence.html.j2")
    return template.render(airdefence=airdefence.context(result))


@pytest.fixture(scope="module")
def text() -> str:
    """A short-range system in place, a long-range one that comes and one that leaves in May."""
    scenario = sky(
        {"near": 5.0, "far": 90.0, "point": 200.0},
        [
            system("short", "hub", 7),
            system("coming", "hub", 120, force="coming"),
            system("guest", "far", 40, to_date=dt.date(2024, 5, 6)),
        ],
        [asset("hub", 6), asset("near", 3), asset("far", 1)],
        [battery("coming")],
        [fighter("police", "hub"), fighter("defend", "far", mission="defence")],
        border_points=["point"],
    )
    return render(assess(scenario, closing(coming=12.5)))


def test_section_has_three_pictures_with_titles(text: str) -> None:
    """Maps, hours and weeks are there; each says what it shows, to who cannot see it as well."""
    labels = re.findall(r'<svg[^>]*aria-label="([^"]+)"', text)
    assert labels == [
        "Maps of coverage by layer and altitude",
        "Coverage from C-day to C+30 by layer and altitude",
        "Coverage and aircraft in each week of the year",
    ]
    assert "short, 100 m: 90 % in place, 90 % at C+30" in text
    assert "long, 1,000 m: 0 % in place, 100 % at C+30" in text
    assert "100 km</text>" in text


def test_what_comes_is_told_from_what_stands_without_colour(text: str) -> None:
    """A dashed outline, and a ring with a dot, say that a system or cover comes later."""
    assert "stroke-dasharray" in text
    assert text.count('r="1.1"') >= 2


def test_missions_stand_side_by_side(text: str) -> None:
    """One table has both missions as columns, and policing no part in ground-based systems."""
    table = text[text.index("the two missions side by side") :]
    assert re.search(r"Air policing</th>\s*<th[^>]*>Air and missile defence", table)
    assert re.search(r"ground-based systems in place</th><td[^>]*>no part of it</td>", table)
    assert "of 6 asked" in table


def test_fall_is_told_in_words(text: str) -> None:
    """The week in which the guest has left stands in the text, with its name."""
    assert "In the week from 2024-05-06 the medium layer covers 10% less" in text
    assert "gone is guest at far" in text


def test_empty_tables_give_a_section_without_pictures() -> None:
    """Without systems and assets the section says what to fill in."""
    text = render(assess(sky({})))
    assert "fill in defended_assets" in text
    assert "<svg" not in text
