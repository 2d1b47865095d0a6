"""The public statement: what it says, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amberway.responsibility import announcement
from amberway.scenario import Scenario, load
from amberway.scenario.row import Release
from areas import FORCES, PLEDGES, build, force, pledge

TWICE = pledge("canadian-south", "can", "south", "medium-brigade", force="canadian", from_day=9)
BACK = pledge("canadian-north", "can", "north", "medium-brigade", force="canadian")


def hidden(scenario: Scenario, table: str, name: str) -> Scenario:
    """The scenario with one row restricted."""
    rows = scenario.table(table)
    row = rows[name].model_copy(update={"release": Release.RESTRICTED})
    return replace(scenario, **{table: rows | {name: row}})  # type: ignore[arg-type]


def test_the_statement_in_full() -> None:
    """Proves the whole statement of the small question: leads, what stands, is pledged, is planned;
    an ally's forces only, and a unit that two areas may get says so."""
    assert announcement(build(pledges=[*PLEDGES, TWICE, BACK])) == (
        """# Areas of responsibility

A small scenario. State of 2024-03-13.

## North

Lead: CAN.

### In place

* CAN: Unit group *(assumed)*

### Pledged

* CAN: Unit canadian (medium brigade, 1 brigade), from C+0, unless it goes to South *(assumed)*

## South

Lead: DEU.

### Pledged

* DEU: Unit german (heavy brigade, 1 brigade), from C+0 *(assumed)*
* CAN: Unit canadian (medium brigade, 1 brigade), from C+9, unless it goes to North *(assumed)*

### Planned

* FRA: Unit french *(assumed)*
* FRA: Unit french-guns *(assumed)*

Allied forces only; each nation's forces on its own soil are left out. *Assumed*: no publication
says so, it is a planning assumption. Days are counted from C-day (C+n).
"""
    )


@pytest.mark.parametrize(
    ("table", "name", "gone"),
    [
        ("forces", "group", "Unit group"),
        ("pledges", "canadian-south", "C+9"),
        ("areas", "south", "South"),
        ("nations", "deu", "DEU"),
        ("unit_types", "guns", "french-guns"),
        ("places", "home", "Unit"),
    ],
)
def test_a_restricted_row_takes_along_what_rests_on_it(table: str, name: str, gone: str) -> None:
    """Proves that a restricted row is not said, nor what can only be said with it, and that the
    rest stays."""
    scenario = build(pledges=[*PLEDGES, TWICE, BACK])
    assert gone in announcement(scenario)
    text = announcement(hidden(scenario, table, name))
    assert gone not in text
    assert "# Areas of responsibility" in text


def test_nothing_public_says_so() -> None:
    """Proves that a scenario without a public row gets a statement that nothing is announced."""
    for form in ("markdown", "html"):
        assert "Nothing is announced." in announcement(build(forces=[], pledges=[]), form)  # type: ignore[arg-type]


def test_actions_are_named() -> None:
    """Proves that a statement with actions laid over says so, in both forms."""
    scenario = replace(build(), actions=("1-first", "2-second"))
    assert "State of 2024-03-13, with 1-first, 2-second laid over.\n" in announcement(scenario)
    assert "with 1-first, 2-second laid over.</p>" in announcement(scenario, "html")


def test_names_are_text_in_both_forms() -> None:
    """Proves that a name with markup stays a name, in Markdown and in HTML."""
    rows = [*FORCES[:-1], force("german", "deu", "south", name="<b>*Bold*</b> [x](y)")]
    scenario = build(forces=rows, pledges=[])
    assert r"\<b\>\*Bold\*\</b\> \[x\](y)" in announcement(scenario)
    assert "&lt;b&gt;*Bold*&lt;/b&gt; [x](y)" in announcement(scenario, "html")


def test_both_forms_say_the_same_of_the_reference_scenario() -> None:
    """Proves that the statement of the reference scenario names the lead of each state, cites its
    sources, and lists as much in HTML as in Markdown."""
    scenario = load("baltic")
    text, page = announcement(scenario), announcement(scenario, "html")
    for area, lead in (
        ("Estonia", "United Kingdom"), ("Latvia", "Canada"), ("Lithuania", "Germany"),
    ):  # fmt: skip
        assert f"## {area}\n\nLead: {lead}." in text
        assert f"<h2>{area}</h2>\n<p>Lead: <b>{lead}</b></p>" in page
    assert text.count("\n* ") == page.count("<li>") > 100
    assert "UK Ministry of Defence" in text
