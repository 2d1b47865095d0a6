"""Names of places as sentences need them."""

from __future__ import annotations

from amberway.scenario import Scenario
from amberway.scenario.geography import PlaceKind


def place(scenario: Scenario, name: str) -> str:
    """A place's name; an airport is told apart from its city: 'Riga (EVRA) airport'."""
    row = scenario.places[name]
    airport = row.kind is PlaceKind.AIRFIELD and "Air Base" not in row.name
    return f"{row.name} airport" if airport else row.name
