"""The report's part on command: the tree is legible, the page says what was found."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import jinja2
import pytest

from amberway.command import assess, compare
from amberway.report import command, words
from amberway.report.figures import command_tree
from amberway.report.figures.command_tree import MOST_HEIGHT, WIDTH, forest, layout, pages
from amberway.scenario import Scenario, load
from amberway.scenario.posture import CommandPhase
from structures import HEADQUARTERS, RELATIONS, build, changed, delivered, headquarters, relation

POINTS = 0.25 / 25.4 * 72  # a drawing unit in print
DEFENCE = CommandPhase.DEFENCE


def large(count: int) -> Scenario:
    """A structure of `count` headquarters with long names, each of which leads up to four."""
    rows = [headquarters("top", "strategic")]
    relations = [relation("top", "h1", "opcom"), relation(f"h{count - 1}", "f1", "tacon")]
    echelons = ("joint", "component", "corps", "division", "brigade")
    for number in range(1, count):
        above = (number - 1) // 4
        depth = len([n for n in (1, 5, 21) if number >= n])
        name = f"Multinational Headquarters of the Long Name {number}"
        rows.append(headquarters(f"h{number}", echelons[depth], name=name, capacity=10))
        if number > 1:
            kind = ("opcon", "tacom", "tacon", "full")[number % 4]
            relations.append(relation(f"h{above}" if above else "top", f"h{number}", kind))
    return build(rows, relations)


def render(context: dict[str, object]) -> str:
    folder = Path(command.__file__).parent / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update(number=words.number, share=words.share, day=words.day)
    return environment.get_template("command.html.j2").render(command=context)


@pytest.mark.parametrize("count", [2, 20, 60, 150])
def test_tree_is_legible(count: int) -> None:
    """Proves that no two labels or symbols of the tree overlap or leave the sheet, that a sheet
    fits on a printed page with letters of 6.5 pt or more, and that 60 headquarters fit on one."""
    roots = forest(assess(large(count)), DEFENCE)
    sheets = pages(roots)
    assert command_tree.FONT * POINTS >= 6.5
    drawn: set[str] = set()
    for sheet in sheets:
        placed, pitch, height = layout(sheet)
        boxes = [one.box(pitch) for one in placed]
        assert not [(a, b) for a, b in combinations(boxes, 2) if a.meets(b)]
        assert height <= MOST_HEIGHT
        assert all(
            box.left >= 0 and box.top >= 0 and box.right <= WIDTH + 1 and box.bottom <= height
            for box in boxes
        )
        drawn |= {one.node.name for one in placed}
    assert len(drawn) == count
    assert len(sheets) == 1 or count > 60


@pytest.mark.parametrize("actions", [(), ("5-command",), ("asof-2026",)])
def test_trees_of_the_reference_scenario_fit_on_a_page(actions: tuple[str, ...]) -> None:
    """Proves that each phase of the three structures is one sheet without overlaps."""
    result = assess(load("baltic", actions))
    for phase in CommandPhase:
        (sheet,) = pages(forest(result, phase))
        placed, pitch, height = layout(sheet)
        boxes = [one.box(pitch) for one in placed]
        assert not [(a, b) for a, b in combinations(boxes, 2) if a.meets(b)]
        assert height <= MOST_HEIGHT


def test_tree_draws_the_relation_that_holds() -> None:
    """Proves that a superior who has tactical control in the defence is not drawn as one of full
    command that ended before."""
    rows = [
        *RELATIONS,
        relation("top", "home", "full", to_phase="peace"),
        relation("top", "home", "tacon", from_phase="defence"),
    ]
    (root,) = forest(assess(build(relations=rows)), DEFENCE)
    kinds = {node.name: node.relation for node in root.below}
    assert kinds == {"JOINT": "opcom", "HOME": "tacon"}


def test_page_says_what_was_found() -> None:
    """Proves that the section carries the findings, the loads, the trees and the comparison, and
    that text from the tables cannot become markup."""
    scenario = build(changed(HEADQUARTERS, "north", capacity=5000, name="North <b>&"))
    result = assess(scenario, delivered())
    page = render(command.context(result, compare([result, assess(build(), delivered())])))
    assert "<code>headquarters-capacity</code>" in page
    assert "Structures side by side" in page
    assert page.count("<svg") == len(CommandPhase) + 1
    assert "North <b>" not in page
    assert "North &lt;b&gt;&amp;" in page
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))


def test_page_of_little_is_a_page() -> None:
    """Proves that the section is made without headquarters, without a deployment, without sea and
    with a deployment that brings nobody."""
    assert "names no headquarters" in render(command.context(assess(build([], []))))
    assert "No deployment was given" in render(command.context(assess(build())))
    dry = build([row | {"areas": ""} for row in HEADQUARTERS])
    land = {"land": dry.areas["land"]}
    assert "no sea areas" in render(command.context(assess(replace(dry, areas=land))))
    nobody = replace(delivered(), movements=(), closure={})
    assert "Command" in render(command.context(assess(build(), nobody)))
