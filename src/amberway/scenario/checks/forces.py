"""Checks of unit types and force elements."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.scenario import Scenario


@named("empty-unit-type", whole=True)
def empty_unit_type(scenario: Scenario) -> Iterator[Problem]:
    """A unit type has neither persons nor equipment."""
    holding = {row.unit_type for row in scenario.unit_equipment.values()}
    for unit_type in scenario.unit_types.values():
        if unit_type.personnel == 0 and unit_type.id not in holding:
            what = "has neither persons nor equipment"
            mend = "Fill in personnel, add its rows to unit_equipment, or remove it."
            yield at_row(scenario, "empty-unit-type", "unit_types", unit_type, what, mend)


@named("repeated-holding")
def repeated_holding(scenario: Scenario) -> Iterator[Problem]:
    """A unit type lists the same equipment twice, which would count it double."""
    first: dict[tuple[str, str], str] = {}
    for row in scenario.unit_equipment.values():
        known = first.setdefault((row.unit_type, row.equipment), row.id)
        if known != row.id:
            what = f"is listed for {row.unit_type!r} already, in row {known!r}"
            mend = "Add the counts up in one row."
            yield at_row(
                scenario,
                "repeated-holding",
                "unit_equipment",
                row,
                what,
                mend,
                column="equipment",
            )


@named("force-at-sea")
def force_at_sea(scenario: Scenario) -> Iterator[Problem]:
    """A force element is at home, stores its equipment or closes at a place in no nation."""
    for force in scenario.forces.values():
        for column in ("home", "equipment_at", "destination"):
            place = scenario.places.get(getattr(force, column) or "")
            if place is not None and place.nation is None:
                what, mend = "lies in no nation", "Name a place on land, or fill in its nation."
                yield at_row(scenario, "force-at-sea", "forces", force, what, mend, column=column)


@named("wrong-area")
def wrong_area(scenario: Scenario) -> Iterator[Problem]:
    """A force element closes in a nation on whose soil the area that it serves does not lie."""
    for force in scenario.forces.values():
        area = scenario.areas.get(force.area)
        place = scenario.places.get(force.destination)
        if area is None or place is None or place.nation is None or not area.nations:
            continue
        if place.nation not in area.nations:
            yield at_row(
                scenario,
                "wrong-area",
                "forces",
                force,
                f"lies in {place.nation}, but area {area.id!r} lies in {' '.join(area.nations)}",
                "Name an assembly area inside it, another area, or add the nation to the area.",
                column="destination",
            )
