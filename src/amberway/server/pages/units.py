"""The force elements of a scenario, as symbols on the map and rows of a table."""

from __future__ import annotations

from pydantic import BaseModel

from amberway.mobility.evaluate import standing
from amberway.scenario import Scenario


class Unit(BaseModel):
    """A force element. `lat` and `lon` are where it stands on C-day: home, or in its area."""

    id: str
    name: str
    nation: str
    type: str
    role: str
    sidc: str
    parent: str | None
    home: str
    lat: float
    lon: float
    area: str
    destination: str
    standing: str
    persons: int
    brigade_equivalent: float
    notice_days: float
    priority: int
    source: str | None
    confidence: str
    note: str


def units(scenario: Scenario) -> list[Unit]:
    """Every force element, in the order of the table."""
    found = []
    for force in scenario.forces.values():
        kind = scenario.unit_types[force.unit_type]
        there = force.in_place(scenario.settings.c_day)
        place = scenario.places[force.destination if there else force.home]
        found.append(
            Unit(
                id=force.id,
                name=force.name,
                nation=force.nation,
                type=kind.name,
                role=kind.role.value,
                sidc=kind.sidc,
                parent=force.parent,
                home=force.home,
                lat=place.lat,
                lon=place.lon,
                area=force.area,
                destination=force.destination,
                standing=standing(scenario, force).value,
                persons=round(kind.personnel * force.strength),
                brigade_equivalent=round(kind.brigade_equivalent * force.strength, 3),
                notice_days=force.ntm_days,
                priority=force.priority,
                source=force.source,
                confidence=force.confidence.value,
                note=force.note,
            )
        )
    return found
