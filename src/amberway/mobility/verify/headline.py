"""The numbers that every plan shows, counted again from lots and moves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from amberway.mobility.verify.means import MEANS
from amberway.mobility.verify.objective import ARRIVAL, objective
from amberway.mobility.verify.rows import Plan
from amberway.mobility.verify.takes import sorties_of
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import Force
from amberway.scenario.geography import Mode
from amberway.units import period_to_days

DAYS = (10, 30)
_SLACK = 1e-9
# Numbers in result.json are rounded to three decimals or more.
_ROUNDED = 0.00051


def closing_days(
    world: World, plan: Plan, arrivals: Mapping[str, int | None]
) -> dict[str, float | None]:
    """Closing day of each force element; None while any of its lots is not there.

    What is in place, or has nothing to move, closes with its notice; the others when the last lot
    has married up.
    """
    by_force: dict[str, list[int | None]] = {}
    for lot in plan.lots.values():
        by_force.setdefault(lot.force, []).append(arrivals.get(lot.id))
    marry_up = world.periods(world.factors.marry_up_h)
    days: dict[str, float | None] = {}
    for force in world.scenario.forces.values():
        arrived = by_force.get(force.id, [])
        there = [a for a in arrived if a is not None]
        if force.in_place(world.scenario.settings.c_day) or not _holds(world, force):
            days[force.id] = force.ntm_days
        elif not arrived or len(there) < len(arrived):
            days[force.id] = None
        else:
            days[force.id] = period_to_days(max(there) + marry_up, world.grid)
    return days


def headline(
    world: World,
    plan: Plan,
    loads: Mapping[str, Load],
    arrivals: Mapping[str, int | None],
    closures: Mapping[str, float | None],
) -> dict[str, Any]:
    """Recomputed numbers under the names of result.json."""
    judged_by = str(plan.result.get("objective_name", ARRIVAL))
    return {
        **_forces(world, closures),
        "lots": len(plan.lots),
        "lots_delivered": sum(arrivals.get(lot) is not None for lot in plan.lots),
        "objective": objective(world, plan.lots.values(), arrivals, judged_by),
        **_traffic(world, plan, loads),
    }


def _forces(world: World, closures: Mapping[str, float | None]) -> dict[str, Any]:
    """Persons and brigades, by standing and by day.

    Local forces are those of a nation whose soil their area covers; in place are allies who
    stand there already; the others reinforce.
    """
    scenario = world.scenario
    c_day = scenario.settings.c_day
    forces = list(scenario.forces.values())
    local = [f for f in forces if f.nation in scenario.areas[f.area].nations]
    foreign = [f for f in forces if f not in local]
    in_place = [f for f in foreign if f.in_place(c_day)]
    reinforcing = [f for f in foreign if f not in in_place]

    def persons(some: Iterable[Force]) -> int:
        return sum(round(scenario.unit_types[f.unit_type].personnel * f.strength) for f in some)

    def brigades(some: Iterable[Force]) -> float:
        return sum(scenario.unit_types[f.unit_type].brigade_equivalent * f.strength for f in some)

    def closed(some: Iterable[Force], day: int) -> list[Force]:
        return [f for f in some if (c := closures[f.id]) is not None and c <= day + _SLACK]

    def available(some: Iterable[Force], day: int) -> list[Force]:
        return [f for f in some if f.ntm_days <= day + _SLACK]

    moved = [closures[f.id] for f in foreign if not f.in_place(c_day) and _holds(world, f)]
    items = (
        round(row.count * f.strength)
        for f in forces
        if not f.in_place(c_day)
        for row in scenario.unit_equipment.values()
        if row.unit_type == f.unit_type
    )
    return {
        "force_elements": len(forces),
        "units_not_closed": sum(day is None for day in closures.values()),
        "items_total": sum(items),
        "persons_total": persons(forces),
        "persons_in_place": persons(in_place),
        "persons_local": persons(local),
        "persons_closed": {f"C+{d}": persons(closed(forces, d)) for d in DAYS},
        "persons_available": {f"C+{d}": persons(available(forces, d)) for d in DAYS},
        "reinforcing": {
            "persons_total": persons(reinforcing),
            "persons_closed": {f"C+{d}": persons(closed(reinforcing, d)) for d in DAYS},
            "persons_available": {f"C+{d}": persons(available(reinforcing, d)) for d in DAYS},
        },
        "brigades_total": brigades(forces),
        "brigades_closed": {f"C+{d}": brigades(closed(forces, d)) for d in DAYS},
        "last_closure_day": max((day for day in moved if day is not None), default=None),
    }


def _holds(world: World, force: Force) -> bool:
    """Has the force element anything to move?"""
    scenario = world.scenario
    return round(scenario.unit_types[force.unit_type].personnel * force.strength) > 0 or any(
        round(row.count * force.strength) > 0
        for row in scenario.unit_equipment.values()
        if row.unit_type == force.unit_type
    )


def _traffic(world: World, plan: Plan, loads: Mapping[str, Load]) -> dict[str, Any]:
    """Moves by means, and how full the ships are."""
    moves = [move for moves in plan.moves.values() for move in moves]
    means = Counter(move.means for move in moves)
    lift = world.scenario.lift
    fill = []
    for sailing in plan.sailings.values():
        ship = lift.get(sailing.ship.partition("#")[0])
        if ship is not None and ship.lane_m is not None:
            fill.append(sailing.lane_m / (ship.lane_m * world.factors.stow_factor))
    return {
        "moves_by_means": {name: means[name] for name in MEANS if means[name]},
        "trains": means["train"],
        "serials": sum(means[name] for name, what in MEANS.items() if what.mode is Mode.ROAD),
        "sorties": sum(
            sorties_of(plan.lots[move.lot], loads[move.lot], lift[move.lift])
            for move in moves
            if move.means == "aircraft" and move.lot in loads and move.lift in lift
        ),
        "sailings": len(plan.sailings),
        "ship_fill_mean": sum(fill) / len(fill) if fill else None,
    }


def compare_closures(
    result: Mapping[str, Any],
    closures: Mapping[str, float | None],
    findings: Findings,
) -> None:
    """Each force element stands once in result.json, with its closing day."""
    rows = result.get("closures")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        findings.add("result", "result.json", "closures must be a list of rows")
        return
    if sorted(str(row.get("force")) for row in rows) != sorted(closures):
        findings.add("result", "result.json", "closures do not name each force element once")
    for row in rows:
        force = row.get("force")
        if force in closures and not _same(row.get("day", "missing"), closures[force]):
            said = f"{force} closes on C+{row.get('day')}, the plan says {closures[force]}"
            findings.add("result", "result.json", said)


def compare(
    result: Mapping[str, Any], right: Mapping[str, Any], findings: Findings, path: str = ""
) -> None:
    """Note every recomputed number that result.json lacks or has otherwise."""
    for name, value in right.items():
        where = f"{path}{name}"
        if name not in result:
            findings.add("result", "result.json", f"{where} is missing, it is {value}")
        elif isinstance(value, Mapping):
            said = result[name]
            if isinstance(said, Mapping):
                for extra in said.keys() - value.keys():
                    if said[extra] != 0:
                        findings.add(
                            "result",
                            "result.json",
                            f"{where}.{extra} is {said[extra]}, the plan has none",
                        )
                compare(said, value, findings, f"{where}.")
            else:
                findings.add("result", "result.json", f"{where} must be a group of numbers")
        elif not _same(result[name], value):
            findings.add(
                "result", "result.json", f"{where} is {result[name]}, the plan has {value}"
            )


def _same(said: object, right: object) -> bool:
    if isinstance(said, bool) or not isinstance(said, (int, float)):
        return said == right
    if not isinstance(right, (int, float)):
        return False
    if isinstance(right, int):
        return said == right
    return math.isclose(said, right, rel_tol=1e-9, abs_tol=_ROUNDED)
