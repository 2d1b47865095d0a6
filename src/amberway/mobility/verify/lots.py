"""Do the lots add up to the force, each no larger than one lift carries?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from amberway.mobility.verify.rows import Lot
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import CargoClass, Force
from amberway.units import HOURS_PER_DAY

_SLACK = 1e-6
ABOUT_LOTS = {"unknown-id", "holdings", "lot", "lot-size"}
"""Rules that lots break by themselves."""


def loads_of(world: World, lots: Mapping[str, Lot], findings: Findings) -> dict[str, Load]:
    """The load of every lot whose force element and items stand in the tables, by lot id.

    The others are noted as unknown ids; the later checks leave them out.
    """
    known: dict[tuple[tuple[str, int], ...], Load | None] = {}
    loads: dict[str, Load] = {}
    equipment = world.scenario.equipment
    for lot in lots.values():
        if lot.force not in world.scenario.forces:
            findings.add("unknown-id", lot.id, f"force element {lot.force!r} is not in the tables")
            continue
        if lot.items not in known:
            known[lot.items] = None
            if all(name in equipment for name, _ in lot.items):
                items = tuple((equipment[name], n) for name, n in lot.items)
                known[lot.items] = Load(items, world.factors)
        load = known[lot.items]
        if load is None:
            findings.add("unknown-id", lot.id, "carries equipment that is not in the tables")
        else:
            loads[lot.id] = load
    return loads


def check_lots(
    world: World, lots: Mapping[str, Lot], loads: Mapping[str, Load], findings: Findings
) -> None:
    """Every rule about lots as such: what they follow from, how large they are, their sum."""
    by_force: dict[str, list[Lot]] = {}
    for lot in lots.values():
        if lot.id in loads:
            by_force.setdefault(lot.force, []).append(lot)
            force = world.scenario.forces[lot.force]
            _follows(world, lot, force, loads[lot.id], findings)
            _size(world, lot, loads[lot.id], findings)
    for force in world.scenario.forces.values():
        _holdings(world, force, by_force.get(force.id, []), loads, findings)


def _follows(world: World, lot: Lot, force: Force, load: Load, findings: Findings) -> None:
    """Places, readiness, weight and class are those of the force element."""

    def differs(what: str, found: object, right: object) -> None:
        if found != right:
            findings.add("lot", lot.id, f"{what} is {found}, must be {right}")

    persons = lot.cargo == CargoClass.PERSONS
    differs("origin", lot.origin, force.home if persons else force.equipment_at or force.home)
    differs("destination", lot.destination, force.destination)
    differs("ready", lot.ready, world.periods(force.ntm_days * HOURS_PER_DAY))
    differs("weight", lot.weight, float(force.weight))
    if persons:
        differs("number of items", load.count, 0)
    elif load.classes != {lot.cargo}:
        classes = " ".join(sorted(load.classes)) or "nothing"
        findings.add("lot", lot.id, f"cargo is {lot.cargo}, but it holds {classes}")
    if any(n == 0 for _, n in lot.items):
        findings.add("lot", lot.id, "names an item of which it holds none")


def _size(world: World, lot: Lot, load: Load, findings: Findings) -> None:
    """At most one train-load, one serial, one lot of persons; a single item is always a lot."""
    factors = world.factors
    if lot.cargo == CargoClass.PERSONS:
        if not 1 <= lot.persons <= factors.person_lot:
            findings.add(
                "lot-size",
                lot.id,
                f"holds {lot.persons} persons, a lot of persons is 1 to {factors.person_lot}",
            )
        return
    if load.count <= 1:
        return
    for what, value, limit in (
        ("wagons", load.wagons, factors.train_wagons),
        ("t gross", load.gross_t, factors.train_gross_t),
        ("vehicles", load.count, factors.serial_vehicles),
    ):
        if value > limit + _SLACK:
            findings.add("lot-size", lot.id, f"takes {value:g} {what}, at most {limit:g}")


def _holdings(
    world: World, force: Force, lots: list[Lot], loads: Mapping[str, Load], findings: Findings
) -> None:
    """Items and persons of the lots add up to the force element's."""
    if force.in_place(world.scenario.settings.c_day):
        if lots:
            findings.add("holdings", force.id, f"is in place, but has {len(lots)} lots")
        return
    right: Counter[str] = Counter()
    for row in world.scenario.unit_equipment.values():
        if row.unit_type == force.unit_type:
            right[row.equipment] += round(row.count * force.strength)
    found: Counter[str] = Counter()
    for lot in lots:
        for name, n in lot.items:
            found[name] += n
    for name in sorted(right.keys() | found.keys()):
        if found[name] != right[name]:
            findings.add(
                "holdings",
                force.id,
                f"lots hold {found[name]} {name}, the force element has {right[name]}",
            )
    persons = round(world.scenario.unit_types[force.unit_type].personnel * force.strength)
    moved = sum(lot.persons for lot in lots)
    if moved != persons:
        findings.add(
            "holdings", force.id, f"lots hold {moved} persons, the force element has {persons}"
        )
    _crews(force, persons, lots, loads, findings)


def _crews(
    force: Force, persons: int, lots: list[Lot], loads: Mapping[str, Load], findings: Findings
) -> None:
    """Crews travel with their items; those of items stored elsewhere with the other persons."""
    apart = force.equipment_at is not None and force.equipment_at != force.home
    equipment = [lot for lot in lots if lot.cargo != CargoClass.PERSONS]
    for lot in equipment:
        most = 0 if apart else loads[lot.id].crew
        if lot.persons > most:
            findings.add("holdings", lot.id, f"carries {lot.persons} persons, its crews are {most}")
    right = 0 if apart else min(persons, sum(loads[lot.id].crew for lot in equipment))
    aboard = sum(lot.persons for lot in equipment)
    if aboard != right:
        findings.add(
            "holdings", force.id, f"{aboard} persons travel with equipment, the crews are {right}"
        )
