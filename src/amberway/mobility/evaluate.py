"""What a plan achieves: closures, the Force Model's thresholds, use of every resource.

Nothing here asks how the plan was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from amberway.mobility import loads
from amberway.mobility.explain import main_cause
from amberway.mobility.lots import Lot, holdings
from amberway.mobility.objective import Closure as LastClosure
from amberway.mobility.objective import Costs, Lateness, PriorityArrival, marry_up
from amberway.mobility.plan import Plan
from amberway.network.moves import MODE_OF, Means
from amberway.network.resources import UNLIMITED
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass, Force
from amberway.units import HOURS_PER_DAY, period_to_days

THRESHOLDS = {"C+10": 10.0, "C+30": 30.0}
FORCE_MODEL = {"C+10": 100_000, "C+30": 300_000}


class Standing(StrEnum):
    """How a force element counts."""

    LOCAL = "local"
    IN_PLACE = "in place"
    REINFORCING = "reinforcing"


@dataclass(frozen=True)
class Closure:
    """When one force element closes, and why then. `day` is None if it does not."""

    force: str
    name: str
    nation: str
    area: str
    destination: str
    standing: Standing
    persons: int
    brigades: float
    available_day: float
    day: float | None
    lots: int
    lots_delivered: int
    mode: str
    cause: str


@dataclass(frozen=True)
class ResourceUse:
    """How tight a resource is. Uses are shares of capacity per day; None if it is not counted."""

    name: str
    kind: str
    mean_use: float | None
    peak_use: float | None
    waiting_lot_days: float


def standing(scenario: Scenario, force: Force) -> Standing:
    """Local: of the nation whose soil it defends; in place: an ally's that stands there."""
    if force.nation in scenario.areas[force.area].nations:
        return Standing.LOCAL
    if force.in_place(scenario.settings.c_day):
        return Standing.IN_PLACE
    return Standing.REINFORCING


def closures(plan: Plan) -> list[Closure]:
    """One row per force element, in the order of the table."""
    return [_closure(plan, force) for force in plan.scenario.forces.values()]


def _closure(plan: Plan, force: Force) -> Closure:
    scenario = plan.scenario
    settings = scenario.settings
    unit_type = scenario.unit_types[force.unit_type]
    lots = plan.by_force.get(force.id, ())
    arrivals = [plan.arrival(lot) for lot in lots]
    day: float | None
    if force.in_place(settings.c_day) or not lots:
        day = force.ntm_days
    elif None in arrivals:
        day = None
    else:
        last = max(a for a in arrivals if a is not None)
        last += marry_up(scenario)
        day = period_to_days(last, settings.grid_hours)
    return Closure(
        force.id,
        force.name,
        force.nation,
        force.area,
        force.destination,
        standing(scenario, force),
        round(unit_type.personnel * force.strength),
        unit_type.brigade_equivalent * force.strength,
        force.ntm_days,
        day,
        len(lots),
        sum(a is not None for a in arrivals),
        _main_mode(plan, lots),
        main_cause(plan, force),
    )


def _main_mode(plan: Plan, lots: tuple[Lot, ...]) -> str:
    """Mode that carries most of the unit's equipment mass over its longest leg."""
    mass: dict[str, float] = {}
    for lot in lots:
        legs = plan.legs.get(lot.id)
        if legs and lot.cargo is not CargoClass.PERSONS:
            mode = lot_mode(plan, lot)
            mass[mode] = mass.get(mode, 0.0) + lot.mass_t
    return max(sorted(mass), key=lambda m: mass[m], default="none")


def lot_mode(plan: Plan, lot: Lot) -> str:
    """Mode of the longest leg (in km) of a lot; none if it does not move."""
    links = plan.scenario.links
    longest = max(
        plan.legs.get(lot.id, ()),
        key=lambda leg: sum(links[name[:-1]].km for name in leg.links),
        default=None,
    )
    return "none" if longest is None or not longest.links else MODE_OF[Means(longest.means)]


def objective(plan: Plan) -> float:
    """What the plan is judged by (see `objective`): weighted days, or the day of last closure.

    A lot that is not there by the horizon counts as arriving at the horizon; for the last closure,
    one period after it.
    """
    settings = plan.scenario.settings
    if plan.objective == LastClosure.name:
        last = (
            max(
                settings.horizon + 1
                if (at := plan.arrival(lot)) is None
                else min(at, settings.horizon + 1)
                for lot in plan.lots
            )
            if plan.lots
            else 0
        )
        return period_to_days(last + marry_up(plan.scenario), settings.grid_hours)
    judge = PriorityArrival() if plan.objective == PriorityArrival.name else Lateness()
    costs: dict[tuple[str, int], Costs] = {}
    total = 0.0
    for lot in plan.lots:
        key = lot.force, lot.weight
        if key not in costs:
            costs[key] = judge.costs(plan.scenario, lot)
        arrival = plan.arrival(lot)
        total += costs[key][-1 if arrival is None else min(arrival, settings.horizon)]
    return float(total)


def persons_by(
    rows: list[Closure], day: float, *, arrived: bool, standing: Standing | None = None
) -> int:
    """Persons closed (arrived) or at notice (available) by a day."""
    return sum(
        row.persons
        for row in rows
        if (standing is None or row.standing is standing)
        and (when := row.day if arrived else row.available_day) is not None
        and when <= day
    )


def brigades_by(rows: list[Closure], day: float) -> float:
    """Brigade equivalents closed by a day."""
    return sum(row.brigades for row in rows if row.day is not None and row.day <= day)


def waiting(plan: Plan) -> dict[str, float]:
    """Lot-days waited, by resource."""
    total: dict[str, float] = {}
    grid = plan.scenario.settings.grid_hours
    for legs in plan.legs.values():
        for leg in legs:
            for resource, waited in leg.waits:
                total[resource] = total.get(resource, 0.0) + waited * grid / HOURS_PER_DAY
    return total


def resource_uses(plan: Plan) -> list[ResourceUse]:
    """Every resource that is used or waited for, the most waited for first."""
    waited = waiting(plan)
    per_day = max(1, round(HOURS_PER_DAY / plan.scenario.settings.grid_hours))
    found = []
    known = set()
    for name, capacity, used in zip(plan.use.names, plan.use.capacity, plan.use.used, strict=True):
        if not used.any() or int(capacity.max()) >= UNLIMITED:
            continue
        known.add(name)
        busy = np.flatnonzero(used)
        days = slice(0, (int(busy[-1]) // per_day + 1) * per_day)
        have = _daily(capacity[days], per_day)
        share = np.divide(
            _daily(used[days], per_day), have, where=have > 0, out=np.zeros(len(have))
        )
        found.append(
            ResourceUse(
                name,
                kind_of(plan.scenario, name),
                round(float(share[have > 0].mean()), 4),
                round(float(share.max()), 4),
                round(waited.get(name, 0.0), 3),
            )
        )
    found += [
        ResourceUse(name, name.partition(":")[0], None, None, round(days_waited, 3))
        for name, days_waited in waited.items()
        if name not in known and not name.startswith(("ead:", "pin:"))
    ]
    return sorted(found, key=lambda r: (-r.waiting_lot_days, -(r.mean_use or 0), r.name))


def _daily(series: NDArray[np.int32], per_day: int) -> NDArray[np.int64]:
    """Sums by day; the horizon may cut the last one short."""
    days = np.arange(0, len(series), per_day)
    return np.asarray(np.add.reduceat(series, days, dtype=np.int64))


def kind_of(scenario: Scenario, name: str) -> str:
    """A resource's kind in words: road, rail, rail terminal, berth, ship, train-set..."""
    kind, _, rest = name.partition(":")
    if kind == "link":
        return scenario.links[rest[:-1]].mode.value
    if kind == "terminal":
        return {"rail": "rail terminal", "sea": "berth", "air": "apron", "reception": "reception"}[
            scenario.terminals[rest].function.value
        ]
    return scenario.lift[rest].kind.value if kind == "lift" else kind


def sorties(plan: Plan) -> int:
    """Flights flown with load; a lot that flies in waves takes more of them than aircraft."""
    total = 0
    for lot in plan.lots:
        flown = [leg.lift for leg in plan.legs.get(lot.id, ()) if leg.means == Means.AIRCRAFT]
        if flown:
            needed = {lift.id: count for lift, count in loads.aircraft(plan.scenario, lot)}
            total += sum(needed[lift] for lift in flown if lift is not None)
    return total


def items_total(scenario: Scenario) -> int:
    """Pieces of equipment of all forces that have to be moved."""
    return sum(
        count
        for force in scenario.forces.values()
        if not force.in_place(scenario.settings.c_day)
        for _, count in holdings(scenario, force)
    )
