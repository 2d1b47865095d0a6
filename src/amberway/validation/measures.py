"""What is read off a plan to be compared with a published number.

A measure takes a plan and the arguments named in expected.toml. `force` narrows it to one force
element, `cargo` to a class of lots, `means` to legs of one means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import fmean

from amberway.mobility import evaluate, loads
from amberway.mobility.bound import column_generation
from amberway.mobility.deadline import free_flow, refute
from amberway.mobility.lots import Lot
from amberway.mobility.objective import Deadline
from amberway.mobility.plan import Leg, Plan
from amberway.mobility.problem import build
from amberway.network import resources
from amberway.network.march import march_hours
from amberway.network.routing import Router
from amberway.network.traits import Traits
from amberway.scenario.geography import Function, Mode
from amberway.scenario.lift import LiftKind
from amberway.units import HOURS_PER_DAY, period_to_days

_KG_PER_SHORT_TON = 907.18474


def _lots(plan: Plan, force: str | None, cargo: str | None) -> list[Lot]:
    return [
        lot for lot in plan.lots if force in (None, lot.force) and cargo in (None, lot.cargo.value)
    ]


def _legs(
    plan: Plan, means: str, force: str | None = None, cargo: str | None = None
) -> Iterator[tuple[Lot, Leg]]:
    for lot in _lots(plan, force, cargo):
        for leg in plan.legs[lot.id]:
            if leg.means == means:
                yield lot, leg


def _days(plan: Plan, period: float) -> float:
    return period_to_days(period, plan.scenario.settings.grid_hours)


def _arrivals(plan: Plan, force: str | None, cargo: str | None) -> list[int]:
    ends = [plan.arrival(lot) for lot in _lots(plan, force, cargo)]
    return [end for end in ends if end is not None]


def sailings(plan: Plan) -> float:
    """Voyages with cargo."""
    return len(plan.sailings)


def sailings_a_ship(plan: Plan) -> float:
    """Most voyages of one ship."""
    ships = [sailing.ship for sailing in plan.sailings]
    return max(ships.count(ship) for ship in ships)


def trains(plan: Plan, force: str | None = None) -> float:
    """Trains with equipment."""
    return sum(lot.vehicles > 0 for lot, _ in _legs(plan, "train", force))


def items_a_train(plan: Plan, force: str | None = None) -> float:
    """Mean number of items on a train with equipment."""
    return fmean(lot.vehicles for lot, _ in _legs(plan, "train", force) if lot.vehicles)


def leg_days(plan: Plan, means: str, force: str | None = None) -> float:
    """Mean days of the legs of one means, loading and unloading included."""
    return fmean(_days(plan, leg.end - leg.start) for _, leg in _legs(plan, means, force))


def haul_days(plan: Plan, means: str, force: str | None = None) -> float:
    """Mean days of the legs of one means, from departure to arrival."""
    return fmean(
        _days(plan, leg.end - leg.start - leg.handling) for _, leg in _legs(plan, means, force)
    )


def night_halts(plan: Plan, force: str) -> float:
    """Night halts of a road march."""
    links, daily = plan.scenario.links, plan.scenario.settings.factors.march_hours_per_day
    halts = []
    for _, leg in _legs(plan, "march", force):
        driving = sum(links[n[:-1]].km / (links[n[:-1]].speed_kmh or 1) for n in leg.links)
        halts.append((march_hours(driving, daily) - driving) / (HOURS_PER_DAY - daily))
    return max(halts)


def route_km(plan: Plan, means: str, force: str | None = None) -> float:
    """Mean length of the legs of one means (km)."""
    links = plan.scenario.links
    return fmean(sum(links[n[:-1]].km for n in leg.links) for _, leg in _legs(plan, means, force))


def arrival_window_days(plan: Plan, force: str | None = None, cargo: str | None = None) -> float:
    """Days from the first arrival to the last."""
    ends = _arrivals(plan, force, cargo)
    return _days(plan, max(ends) - min(ends))


def last_arrival_day(plan: Plan, force: str | None = None, cargo: str | None = None) -> float:
    """Days until the last lot has arrived and the period in which it arrives has passed."""
    return _days(plan, max(_arrivals(plan, force, cargo)) + 1)


def last_closure_day(plan: Plan) -> float:
    """Day on which the last force element closes, marry-up included."""
    days = [row.day for row in evaluate.closures(plan)]
    return max(float("inf") if day is None else day for day in days)


def pass_time_h(plan: Plan, force: str) -> float:
    """Hours from the start of a force element's first serial to the end of its last's."""
    starts = [leg.start for _, leg in _legs(plan, "march", force)]
    return _days(plan, max(starts) - min(starts) + 1) * HOURS_PER_DAY


def persons_a_day(plan: Plan, force: str) -> float:
    """Persons that arrive a day, over the periods from the first arrival to the last."""
    ends = _arrivals(plan, force, None)
    persons = sum(lot.persons for lot in _lots(plan, force, None))
    return persons / _days(plan, max(ends) - min(ends) + 1)


def short_tons_a_day(plan: Plan, force: str) -> float:
    """Short tons that arrive a day, over the whole days after the first train."""
    per_day = round(HOURS_PER_DAY / plan.scenario.settings.grid_hours)
    ends = _arrivals(plan, force, None)
    first, days = min(ends), (max(ends) - min(ends)) // per_day
    mass = sum(
        lot.mass_t
        for lot in _lots(plan, force, None)
        if first < (plan.arrival(lot) or 0) <= first + days * per_day
    )
    return mass * 1000 / _KG_PER_SHORT_TON / days


def fastest_way_h(plan: Plan, start: str, end: str) -> float:
    """Hours under way between two places: by air, or by ship and then by road.

    No link has a limit or is closed; airfields that a road joins to the start are at no distance.
    """
    no_limit = {"capacity_per_day": None, "opens": None, "closes": None}
    links = {n: link.model_copy(update=no_limit) for n, link in plan.scenario.links.items()}
    scenario = replace(plan.scenario, links=links)
    router = Router(scenario, resources.build(scenario))
    road = Traits(Mode.ROAD)
    places = {function: _places(plan, function) for function in (Function.AIR, Function.SEA)}
    found = [math.inf]
    for lift in scenario.lift.values():
        if lift.kind is LiftKind.AIRCRAFT:
            traits = Traits(Mode.AIR, speed_kmh=lift.speed_kmh)
            gates = router.hours(road, start, places[Function.AIR])
            found += [router.hours_between(traits, gate, end) for gate in gates]
        elif lift.kind is LiftKind.SHIP:
            ports = router.hours(loads.ship_traits(lift), start, places[Function.SEA])
            found += [at_sea + router.hours_between(road, p, end) for p, at_sea in ports.items()]
    return min(found)


def _places(plan: Plan, function: Function) -> list[str]:
    return [t.place for t in plan.scenario.terminals.values() if t.function is function]


def delivered_t(plan: Plan) -> float:
    """Tonnes of equipment that arrive within the horizon."""
    return sum(lot.mass_t for lot in plan.lots if lot.id in plan.legs)


def deliverable_t(plan: Plan) -> float:
    """Tonnes that the bound leaves possible within the horizon; lots have to be of one mass."""
    (mass,) = {lot.mass_t for lot in plan.lots}
    problem = build(plan.scenario, Deadline(plan.scenario.settings.horizon))
    left = column_generation(problem, knots=(1,), tolerance=1e-6).value
    return mass * (len(plan.lots) - left)


def proved_last_arrival_day(plan: Plan, force: str) -> float:
    """Days before which the last lot of a force element, alone, can never have arrived.

    As in `last_arrival_day` the period in which it arrives has to have passed.
    """
    scenario = replace(plan.scenario, forces={force: plan.scenario.forces[force]})
    problem = build(scenario)
    latest = max(_arrivals(plan, force, None))
    refuted = refute(problem, free_flow(problem), latest, lambda _: False)
    return _days(plan, refuted.deadline + 2)


MEASURES: dict[str, Callable[..., float]] = {
    "sailings": sailings,
    "sailings a ship": sailings_a_ship,
    "trains": trains,
    "items a train": items_a_train,
    "leg days": leg_days,
    "haul days": haul_days,
    "night halts": night_halts,
    "route km": route_km,
    "arrival window": arrival_window_days,
    "last arrival": last_arrival_day,
    "last closure": last_closure_day,
    "pass time": pass_time_h,
    "persons a day": persons_a_day,
    "short tons a day": short_tons_a_day,
    "fastest way": fastest_way_h,
    "tonnes delivered": delivered_t,
    "tonnes deliverable": deliverable_t,
    "proved last arrival": proved_last_arrival_day,
}
