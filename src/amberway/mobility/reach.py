"""How soon a force element could close in each area if it had the network to itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from amberway.deployment import Reach
from amberway.mobility.objective import PriorityArrival, marry_up
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import build
from amberway.scenario import Scenario
from amberway.scenario.force import Force
from amberway.units import period_to_days

Pairs = Iterable[tuple[str, str]]


def reach(scenario: Scenario, pairs: Pairs) -> Reach:
    """Day on which each (force element, area) could close: fastest ways, unlimited capacity.

    A unit that has its place in the area closes there, any other where most persons of the area
    assemble. What stands in the area already is ready after its notice. Legal lead times, gauge,
    bridges, draught and ballast count; queues do not. None: there is no way, or nobody assembles
    in the area.
    """
    return reaches([(scenario, pairs)])[0]


def reaches(asked: Sequence[tuple[Scenario, Pairs]]) -> list[Reach]:
    """`reach` of scenarios that differ in forces and pins only: what they share is done once."""
    movers: dict[Force, str] = {}
    known: list[dict[tuple[str, str], float | None]] = []
    sent: list[dict[tuple[str, str], Force]] = []
    for scenario, pairs in asked:
        days: dict[tuple[str, str], float | None] = {}
        moving: dict[tuple[str, str], Force] = {}
        seats = _seats(scenario)
        for name, area in pairs:
            force = scenario.forces[name]
            days[name, area] = None  # in the order asked
            if force.area == area and force.in_place(scenario.settings.c_day):
                days[name, area] = force.ntm_days
            elif force.area == area or area in seats:
                goal = force.destination if force.area == area else seats[area]
                moving[name, area] = one = _sent(scenario, force, area, goal)
                movers.setdefault(one, f"{one.id}#{len(movers)}")
        known.append(days)
        sent.append(moving)
    if movers:
        forces = {alias: one.model_copy(update={"id": alias}) for one, alias in movers.items()}
        arrivals = _arrivals(replace(asked[0][0], forces=forces, pins={}))
        for found, moved in zip(known, sent, strict=True):
            for pair, one in moved.items():
                found[pair] = arrivals.get(movers[one], one.ntm_days)
    return list(known)


def _seats(scenario: Scenario) -> dict[str, str]:
    """Where most persons of each area assemble."""
    persons: dict[str, Counter[str]] = {}
    for force in scenario.forces.values():
        held = scenario.unit_types[force.unit_type].personnel * force.strength
        persons.setdefault(force.area, Counter())[force.destination] += round(held)
    return {area: max(sorted(count), key=count.__getitem__) for area, count in persons.items()}


def _sent(scenario: Scenario, force: Force, area: str, goal: str) -> Force:
    """The force element as if it were to go to `goal`; one that stands elsewhere sets out there."""
    changed: dict[str, object] = {
        "id": f"{force.id}@{area}", "area": area, "destination": goal,
        "in_place_since": None, "ead_day": None, "parent": None,
    }  # fmt: skip
    if force.in_place(scenario.settings.c_day):
        changed |= {"home": force.destination, "equipment_at": None}
    return force.model_copy(update=changed)


def _arrivals(scenario: Scenario) -> dict[str, float | None]:
    """Day on which the last lot of each force element that has lots arrives, married up."""
    problem = build(scenario, PriorityArrival())
    pricing = Pricing(problem)
    pricing.price(np.zeros(problem.resources.capacity.shape))
    cost, moves = pricing.lot_values(), np.isfinite(pricing.reached())
    latest: dict[str, float | None] = {}
    grid = scenario.settings.grid_hours
    late = period_to_days(marry_up(scenario), grid)
    for i, lot in enumerate(problem.lots):
        before = latest.get(lot.force, 0.0)
        # Weight x days is what arrival costs.
        arrives = cost[i] / lot.weight + late if moves[i] else None
        latest[lot.force] = None if before is None or arrives is None else max(before, arrives)
    return {force: None if day is None else round(float(day), 6) for force, day in latest.items()}
