"""Cutting a unit's equipment to parcels: at most what one train carries, one road serial.

Wheeled items and containers are mixed, so that every parcel of a unit is much like the others:
long and short vehicles together fill a train's wagons and a serial's places alike. Heavy items
are cut in the order of the unit's holdings, type by type, so that lighter tracked vehicles do not
share the limits of the tanks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from amberway.scenario.force import CargoClass, Equipment
from amberway.scenario.settings import Factors

_SPACING_M = 0.5
Items = tuple[tuple[Equipment, int], ...]


def wagons(item: Equipment, factors: Factors) -> float:
    """Flat wagons that one item takes; short and light items share one."""
    if item.length_m > factors.wagon_length_m:
        return math.ceil(item.length_m / factors.wagon_length_m)
    by_length = math.floor((factors.wagon_length_m + _SPACING_M) / (item.length_m + _SPACING_M))
    by_mass = math.floor(factors.wagon_heavy_t / item.mass_t)
    return 1.0 / max(1, min(by_length, by_mass))


def parcels(items: list[tuple[Equipment, int]], cargo: CargoClass, factors: Factors) -> list[Items]:
    """Cut items of one class to parcels that fit a train and a serial."""
    single = [item for item, count in items for _ in range(count)]
    if not single:
        return []
    if cargo is CargoClass.HEAVY:
        return _in_order(single, factors)
    return _mixed(single, factors)


@dataclass
class _Parcel:
    """Items of one parcel, with the wagons and tonnes that they take."""

    items: dict[str, tuple[Equipment, int]] = field(default_factory=dict)
    wagons: float = 0.0
    mass_t: float = 0.0
    vehicles: int = 0

    def add(self, item: Equipment, factors: Factors) -> None:
        self.items[item.id] = (item, self.items.get(item.id, (item, 0))[1] + 1)
        self.wagons += wagons(item, factors)
        self.mass_t += item.mass_t
        self.vehicles += 1

    def takes(self, item: Equipment, factors: Factors) -> bool:
        """Is there room for one more item? An empty parcel takes anything."""
        used = self.wagons + wagons(item, factors)
        gross = self.mass_t + item.mass_t + used * factors.wagon_tare_t
        return not self.items or (
            used <= factors.train_wagons + 1e-9
            and gross <= factors.train_gross_t
            and self.vehicles < factors.serial_vehicles
        )

    def frozen(self) -> Items:
        return tuple(self.items.values())


def _in_order(single: list[Equipment], factors: Factors) -> list[Items]:
    made = [_Parcel()]
    for item in single:
        if not made[-1].takes(item, factors):
            made.append(_Parcel())
        made[-1].add(item, factors)
    return [parcel.frozen() for parcel in made]


def _mixed(single: list[Equipment], factors: Factors) -> list[Items]:
    """Deal the items round to as few parcels as hold them all."""
    length = sum(wagons(item, factors) for item in single)
    gross = sum(item.mass_t for item in single) + length * factors.wagon_tare_t
    fewest = max(
        len(single) / factors.serial_vehicles,
        length / factors.train_wagons,
        gross / factors.train_gross_t,
    )
    for count in range(max(1, math.ceil(fewest - 1e-9)), len(single) + 1):
        made = [_Parcel() for _ in range(count)]
        if all(_deal(made[n % count], item, factors) for n, item in enumerate(single)):
            return [parcel.frozen() for parcel in made]
    return [((item, 1),) for item in single]


def _deal(parcel: _Parcel, item: Equipment, factors: Factors) -> bool:
    if not parcel.takes(item, factors):
        return False
    parcel.add(item, factors)
    return True
