"""The numbers that every plan shows, counted again from lots and moves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from amberway.mobility.verify.moves import MEANS, sorties_of
from amberway.mobility.verify.read import Plan
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import Force
from amberway.units import HOURS_PER_DAY, period_to_days

DAYS = (10, 30)
# Numbers in result.json may be rounded to two decimals.
_ROUNDED = 0.0051


def closing_days(
    world: World, plan: Plan, arrivals: Mapping[str, int | None]
) -> dict[str, float | None]:
    """Closing day of each force element; None while any of its lots is not there.

    What is in place closes with its notice; the others when the last lot has married up.
    """
    by_force: dict[str, list[int | None]] = {}
    for lot in plan.lots.values():
        by_force.setdefault(lot.force, []).append(arrivals.get(lot.id))
    marry_up = world.periods(world.factors.marry_up_h)
    days: dict[str, float | None] = {}
    for force in world.scenario.forces.values():
        ready = world.periods(force.ntm_days * HOURS_PER_DAY)
        if force.in_place(world.scenario.settings.c_day):
            days[force.id] = period_to_days(ready, world.grid)
            continue
        arrived = by_force.get(force.id, [])
        there = [a for a in arrived if a is not None]
        days[force.id] = (
            None
            if len(there) < len(arrived)
            else period_to_days(max(there, default=ready) + marry_up, world.grid)
        )
    return days


def headline(
    world: World,
    plan: Plan,
    loads: Mapping[str, Load],
    arrivals: Mapping[str, int | None],
    closures: Mapping[str, float | None],
) -> dict[str, Any]:
    """Recomputed numbers under the names of result.json."""
    scenario = world.scenario
    forces = list(scenario.forces.values())

    def persons(force: Force) -> int:
        return round(scenario.unit_types[force.unit_type].personnel * force.strength)

    def brigades(force: Force) -> float:
        return scenario.unit_types[force.unit_type].brigade_equivalent * force.strength

    def closed(day: int) -> list[Force]:
        return [f for f in forces if (c := closures[f.id]) is not None and c <= day + 1e-9]

    horizon_days = period_to_days(world.horizon, world.grid)
    objective = sum(
        lot.weight
        * (horizon_days if (a := arrivals.get(lot.id)) is None else period_to_days(a, world.grid))
        for lot in plan.lots.values()
    )
    means = Counter(move.means for moves in plan.moves.values() for move in moves)
    sorties = sum(
        sorties_of(plan.lots[move.lot], loads[move.lot], scenario.lift[move.lift])
        for moves in plan.moves.values()
        for move in moves
        if move.means == "aircraft" and move.lot in loads and move.lift in scenario.lift
    )
    in_place = [f for f in forces if f.in_place(scenario.settings.c_day)]
    return {
        "force_elements": len(forces),
        "lots": len(plan.lots),
        "lots_delivered": sum(arrivals.get(lot) is not None for lot in plan.lots),
        "persons_total": sum(map(persons, forces)),
        "persons_in_place": sum(map(persons, in_place)),
        "persons_closed": {f"C+{d}": sum(map(persons, closed(d))) for d in DAYS},
        "persons_available": {
            f"C+{d}": sum(persons(f) for f in forces if f.ntm_days <= d) for d in DAYS
        },
        "brigades_closed": {f"C+{d}": sum(map(brigades, closed(d))) for d in DAYS},
        "brigades_total": sum(map(brigades, forces)),
        "last_closure_day": max((c for c in closures.values() if c is not None), default=None),
        "objective": objective,
        "moves_by_means": {name: means[name] for name in MEANS if means[name]},
        "trains": means["train"],
        "sailings": len(plan.sailings),
        "sorties": sorties,
    }


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
