"""Checks of nations and borders."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.graph import neighbours, tree, way
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.scenario import Scenario

# No force of the Alliance deploys through them.
EXCLUDED = frozenset({"rus", "blr"})


@named("excluded-nation")
def excluded_nation(scenario: Scenario) -> Iterator[Problem]:
    """A place lies in Russia or Belarus: no route may cross them."""
    for place in scenario.places.values():
        if place.nation in EXCLUDED:
            what, mend = "is a nation that no route may cross", "Remove the place."
            yield at_row(scenario, "excluded-nation", "places", place, what, mend, column="nation")


@named("closed-border", whole=True)
def closed_border(scenario: Scenario) -> Iterator[Problem]:
    """A force element's only way crosses a border that no phase of the scenario ever clears."""
    columns = [f"clearance_{start.phase}_days" for start in scenario.settings.phases]
    closed = {
        nation.id
        for nation in scenario.nations.values()
        if all(getattr(nation, column) is None for column in columns)
    }
    reported: set[str] = set()
    for force, nation_id in _stopped(scenario, closed):
        if nation_id not in reported:
            reported.add(nation_id)
            yield at_row(
                scenario,
                "closed-border",
                "nations",
                scenario.nations[nation_id],
                f"grants no clearance in any phase of the scenario, and {force!r} has no other way",
                f"Fill in {' or '.join(columns)}, or add a way round.",
            )


def _stopped(scenario: Scenario, closed: set[str]) -> Iterator[tuple[str, str]]:
    """(force element, nation) wherever the nation's closed border cuts the only way."""
    if not closed:
        return
    adjacent = neighbours((link.from_place, link.to_place) for link in scenario.links.values())
    places = {
        nation: {place.id for place in scenario.places.values() if place.nation == nation}
        for nation in closed
    }
    reached = functools.lru_cache(maxsize=None)(functools.partial(tree, adjacent))
    for force in scenario.forces.values():
        if force.in_place(scenario.settings.c_day):
            continue
        barred = frozenset().union(*(places[n] for n in closed if n != force.nation))
        for start in {force.home, force.equipment_at or force.home}:
            # Where it already stands it needs no leave to be.
            there = scenario.places[start].nation if start in scenario.places else None
            inside = places.get(there, set()) if there is not None else set()
            if force.destination in reached(start, barred - inside):
                continue
            before = reached(start)
            if force.destination not in before:
                continue  # no way at all: the plan says so, and why
            for node in way(before, force.destination):
                nation = scenario.places[node].nation if node in scenario.places else None
                if nation in closed and nation not in (force.nation, there):
                    yield force.id, nation
