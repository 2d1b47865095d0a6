"""Checks of areas and their outlines."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.geometry import FILE, outlines
from amberway.scenario.read import suggestion
from amberway.scenario.scenario import Scenario


@named("area-outline", whole=True)
def area_outline(scenario: Scenario) -> Iterator[Problem]:
    """areas.geojson lacks an area of the table, or outlines one that is not in it."""
    drawn = outlines(scenario.geometry)
    for area in scenario.areas.values():
        if drawn and area.id not in drawn:
            mend = suggestion(area.id, drawn, "Draw it, or remove areas.geojson altogether.")
            what = f"has no outline in {FILE}"
            yield at_row(scenario, "area-outline", "areas", area, what, mend)
    for name in drawn:
        if name not in scenario.areas:
            what = "is outlined, but is not in areas.csv"
            mend = suggestion(name, scenario.areas, "Add it there, or remove the outline.")
            yield Problem("area-outline", FILE, what, mend, value=name)
