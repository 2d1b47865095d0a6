"""The public statement of who goes where, in Markdown or HTML.

It is made from released rows alone (`release.py`) and row by row: it has no total, no share, no
assignment worked out over all rows and no arrival day of a plan, since a restricted row could be
found from any of these by subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import jinja2

from amberway.responsibility import words
from amberway.responsibility.choices import is_local
from amberway.responsibility.release import released
from amberway.scenario import Scenario
from amberway.scenario.force import Force
from amberway.scenario.posture import Pledge
from amberway.scenario.row import Confidence, Row

_TEMPLATES = Path(__file__).parent / "templates"
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


@dataclass(frozen=True)
class Item:
    """One thing that a nation has or sends; `assumed` if no publication says so."""

    nation: str
    what: str
    source: str
    assumed: bool


@dataclass(frozen=True)
class AreaStatement:
    """What is announced for one area: leads, and items in place, pledged and planned."""

    name: str
    leads: tuple[str, ...]
    in_place: tuple[Item, ...]
    pledged: tuple[Item, ...]
    planned: tuple[Item, ...]


def announcement(scenario: Scenario, form: Literal["markdown", "html"] = "markdown") -> str:
    """The statement; the same released rows give the same bytes, whatever else there is.

    It says which actions are laid over: with them it is a proposal, not a state of affairs.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=form == "html",
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = _plain
    name = {"markdown": "announcement.md.j2", "html": "announcement.html.j2"}[form]
    return environment.get_template(name).render(
        title=scenario.settings.title,
        date=scenario.settings.c_day,
        actions=scenario.actions,
        areas=statements(scenario),
    )


def statements(scenario: Scenario) -> tuple[AreaStatement, ...]:
    """One statement for each released area of which there is something to say."""
    pledges = [row for row in scenario.pledges.values() if released(scenario, "pledges", row)]
    forces = [row for row in scenario.forces.values() if released(scenario, "forces", row)]
    forces = [row for row in forces if not is_local(scenario, row.nation, row.area)]
    named = {row.force for row in pledges}
    found = []
    for area in scenario.areas.values():
        if not released(scenario, "areas", area):
            continue
        here = [row for row in pledges if row.area == area.id]
        stand = [row for row in forces if row.area == area.id]
        c_day = scenario.settings.c_day
        standing = [row for row in stand if row.in_place(c_day)]
        statement = AreaStatement(
            area.name,
            tuple(dict.fromkeys(scenario.nations[row.nation].name for row in here if row.leads)),
            tuple(_force(scenario, row) for row in standing),
            tuple(_pledged(scenario, here, pledges, {row.id for row in standing})),
            tuple(
                _force(scenario, row)
                for row in stand
                if not row.in_place(c_day) and row.id not in named
            ),
        )
        if statement.leads or statement.in_place or statement.pledged or statement.planned:
            found.append(statement)
    return tuple(found)


def _force(scenario: Scenario, row: Force) -> Item:
    return _item(scenario, row.nation, row.name, row)


def _pledged(
    scenario: Scenario, rows: list[Pledge], pledges: list[Pledge], standing: set[str]
) -> Iterator[Item]:
    """What pledges add to what stands there already; a force element goes to one area only."""
    for row in rows:
        if row.force in standing:
            continue
        size = words.counted(row.capability, row.quantity)
        what = f"{row.capability.value.replace('-', ' ')}, {size}"
        if row.force is not None:
            what = f"{scenario.forces[row.force].name} ({what})"
        what += f", from {words.day(row.from_day)}"
        others = [
            scenario.areas[one.area].name
            for one in pledges
            if row.force is not None and one.force == row.force and one.area != row.area
        ]
        if others:
            what += f", unless it goes to {' or '.join(dict.fromkeys(others))}"
        yield _item(scenario, row.nation, what, row)


def _item(scenario: Scenario, nation: str, what: str, row: Row) -> Item:
    source = scenario.sources.get(row.source or "")
    shown = source is not None and released(scenario, "sources", source)
    cited = f"{source.publisher}: {source.title}" if source is not None and shown else ""
    return Item(scenario.nations[nation].name, what, cited, row.confidence is Confidence.ASSUMED)


def _plain(text: str) -> str:
    """Text in Markdown with nothing read as markup."""
    return _MARKUP.sub(r"\\\1", text)
