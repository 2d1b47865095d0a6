"""Force elements become lots: the parcels that one lift moves.

Equipment is cut by cargo class to what one train carries; the same parcel is one road serial, a
share of a ship, a number of sorties. Crews travel with their vehicles, the other persons form lots
of their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from amberway.mobility.parcels import parcels
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass, Equipment, Force
from amberway.units import HOURS_PER_DAY, periods

_CLASSES = (CargoClass.HEAVY, CargoClass.WHEELED, CargoClass.CONTAINERS)


@dataclass(frozen=True)
class Lot:
    """One integral parcel. `ready` and times elsewhere are periods; `items` are (type, count)."""

    id: str
    force: str
    nation: str
    cargo: CargoClass
    origin: str
    destination: str
    ready: int
    earliest_arrival: int
    weight: int
    persons: int
    items: tuple[tuple[Equipment, int], ...]

    @cached_property
    def vehicles(self) -> int:
        """Number of items."""
        return sum(count for _, count in self.items)

    @cached_property
    def mass_t(self) -> float:
        """Mass of the items, tonnes."""
        return sum(item.mass_t * count for item, count in self.items)

    @cached_property
    def lane_m(self) -> float:
        """Lane metres on a ro-ro deck."""
        return sum(item.lane_m * count for item, count in self.items)

    @cached_property
    def heaviest_t(self) -> float:
        """Mass of the heaviest item, tonnes."""
        return self.most("mass_t")

    def most(self, attribute: str, *, tracked: bool | None = None) -> float:
        """The largest value of an equipment attribute among the items (0 if none has one)."""
        values = (
            getattr(item, attribute)
            for item, _ in self.items
            if tracked is None or item.tracked is tracked
        )
        return max((float(value) for value in values if value is not None), default=0.0)


def holdings(scenario: Scenario, force: Force) -> list[tuple[Equipment, int]]:
    """Items that a force element brings, in the order of the table."""
    rows = (row for row in scenario.unit_equipment.values() if row.unit_type == force.unit_type)
    return [
        (scenario.equipment[row.equipment], count)
        for row in rows
        if (count := round(row.count * force.strength)) > 0
    ]


def lots_of(scenario: Scenario, force: Force) -> list[Lot]:
    """All lots of one force element; none if it is in place."""
    if force.in_place(scenario.settings.c_day):
        return []
    grid = scenario.settings.grid_hours
    common: dict[str, Any] = {
        "force": force.id,
        "nation": force.nation,
        "destination": force.destination,
        "ready": periods(force.ntm_days * HOURS_PER_DAY, grid),
        "earliest_arrival": periods((force.ead_day or 0) * HOURS_PER_DAY, grid),
        "weight": force.weight,
    }
    left = round(scenario.unit_types[force.unit_type].personnel * force.strength)
    stored_elsewhere = force.equipment_at is not None and force.equipment_at != force.home
    items = holdings(scenario, force)
    factors = scenario.settings.factors
    lots: list[Lot] = []
    for cargo in _CLASSES:
        of_class = [(item, count) for item, count in items if item.cargo_class is cargo]
        for number, parcel in enumerate(parcels(of_class, cargo, factors), start=1):
            crew = sum(item.crew * count for item, count in parcel)
            crew = 0 if stored_elsewhere else min(left, crew)
            left -= crew
            lots.append(
                Lot(
                    id=f"{force.id}.{cargo.value[0]}{number:03d}",
                    cargo=cargo,
                    origin=force.equipment_at or force.home,
                    persons=crew,
                    items=parcel,
                    **common,
                )
            )
    count = math.ceil(left / factors.person_lot)
    for number in range(count):
        share = left * (number + 1) // count - left * number // count
        lots.append(
            Lot(
                id=f"{force.id}.p{number + 1:03d}",
                cargo=CargoClass.PERSONS,
                origin=force.home,
                persons=share,
                items=(),
                **common,
            )
        )
    return lots
