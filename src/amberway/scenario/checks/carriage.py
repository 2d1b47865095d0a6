"""Check that everything that has to move can be carried by something.

Only the vehicle itself is asked here. Whether gauge, bridges, draught or clearance leave it a way
is a question of the movement network, and "no way" is an answer there, not a fault of input.
"""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.geodesy import great_circles_km
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.force import CargoClass, Equipment, Force
from amberway.scenario.lift import Lift, LiftKind
from amberway.scenario.scenario import Scenario

CARRIERS = {
    CargoClass.HEAVY: {
        LiftKind.TRAIN_SET, LiftKind.HEAVY_TRANSPORTER, LiftKind.SHIP, LiftKind.AIRCRAFT,
    },
    CargoClass.CONTAINERS: {
        LiftKind.TRAIN_SET, LiftKind.TRUCK, LiftKind.SHIP, LiftKind.AIRCRAFT,
    },
}  # fmt: skip


@named("no-carrier", whole=True)
def no_carrier(scenario: Scenario) -> Iterator[Problem]:
    """A force element has to move persons or items that no lift can carry."""
    reported: set[str] = set()
    for force in scenario.forces.values():
        if force.in_place(scenario.settings.c_day):
            continue
        if force.home != force.destination:
            yield from _persons(scenario, force)
        if (force.equipment_at or force.home) == force.destination:
            continue
        for row in scenario.unit_equipment.values():
            item = scenario.equipment.get(row.equipment)
            if row.unit_type != force.unit_type or item is None or row.id in reported:
                continue
            if not _marches(scenario, force, item) and not _carried(scenario, force, item):
                reported.add(row.id)
                yield at_row(
                    scenario,
                    "no-carrier",
                    "unit_equipment",
                    row,
                    f"({item.mass_t:g} t, {item.length_m:g} × {item.width_m:g} × "
                    f"{item.height_m:g} m) fits no lift that {force.id!r} may use",
                    "Add lift that carries it, or raise the limits of what is there.",
                    column="equipment",
                )


def _persons(scenario: Scenario, force: Force) -> Iterator[Problem]:
    unit_type = scenario.unit_types.get(force.unit_type)
    crews = sum(
        row.count * scenario.equipment[row.equipment].crew
        for row in scenario.unit_equipment.values()
        if row.unit_type == force.unit_type and row.equipment in scenario.equipment
    )
    if unit_type is None or unit_type.personnel <= crews:
        return
    if not any(lift.pax and _may_use(lift, force) for lift in scenario.lift.values()):
        yield at_row(
            scenario,
            "no-carrier",
            "forces",
            force,
            "has persons to move, but no lift with pax may be used",
            "Add coaches, a passenger train, a ferry or aircraft.",
        )


def _marches(scenario: Scenario, force: Force, item: Equipment) -> bool:
    """May it go by itself all the way? Heavy items do so over a short distance only."""
    if item.cargo_class is not CargoClass.HEAVY:
        return item.cargo_class is CargoClass.WHEELED
    ends = [scenario.places.get(i) for i in (force.equipment_at or force.home, force.destination)]
    known = [place for place in ends if place is not None]
    if len(known) < 2:
        return True  # a dangling reference, reported as such
    (distance_km,) = great_circles_km([(known[0], known[1])])
    return distance_km <= scenario.settings.factors.track_march_km


def _carried(scenario: Scenario, force: Force, item: Equipment) -> bool:
    return any(
        lift.kind in CARRIERS[item.cargo_class] and _may_use(lift, force) and _holds(lift, item)
        for lift in scenario.lift.values()
    )


def _may_use(lift: Lift, force: Force) -> bool:
    usable = int(lift.count * lift.availability + 1e-9)
    return usable > 0 and (not lift.users or force.nation in lift.users)


def _holds(lift: Lift, item: Equipment) -> bool:
    """Does one item fit on or into one asset? A blank limit is no limit known."""
    hold = {
        LiftKind.SHIP: lift.lane_m,
        LiftKind.TRAIN_SET: lift.wagons,
        LiftKind.AIRCRAFT: lift.payload_t,
    }
    if lift.kind in hold and hold[lift.kind] is None:
        return False
    limits = (
        (item.mass_t, lift.payload_t),
        (item.mass_t, lift.item_mass_t),
        (item.mass_t, lift.ramp_limit_t),
        (item.length_m, lift.item_length_m),
        (item.width_m, lift.item_width_m),
        (item.height_m, lift.item_height_m),
    )
    return all(limit is None or size <= limit for size, limit in limits)
