"""What a plan is judged by: the cost of a lot's arrival, and the objective of a plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.verify.rows import Lot
from amberway.mobility.verify.world import World
from amberway.units import period_to_days

Floats = NDArray[np.float64]

ARRIVAL, LATENESS, CLOSURE = "arrival", "lateness", "closure"
OBJECTIVES = (ARRIVAL, LATENESS, CLOSURE)


def arrival_costs(world: World, lot: Lot, name: str) -> Floats:
    """Weighted days that a lot costs if it arrives in period 0 … T, then if it does not (T + 2).

    Lateness counts from the required delivery date on; without one a lot is never late. A lot
    that does not arrive costs as much as one that arrives at the horizon.
    """
    periods = np.append(np.arange(world.horizon + 1), world.horizon)
    days = period_to_days(1, world.grid) * periods
    if name == LATENESS:
        force = world.scenario.forces.get(lot.force)
        due = None if force is None else force.rdd_day
        days = np.zeros(len(days)) if due is None else np.maximum(0.0, days - due)
    return np.asarray(lot.weight * days)


def deadline_costs(world: World, last: int) -> Floats:
    """1 for arriving after period `last` or not at all, else 0 (T + 2)."""
    late = np.ones(world.horizon + 2)
    late[: max(0, last + 1)] = 0.0
    return late


def closure_day(world: World, last: int) -> float:
    """Day on which all have married up when the last lot arrives in a period."""
    return period_to_days(last + world.periods(world.factors.marry_up_h), world.grid)


def objective(
    world: World, lots: Collection[Lot], arrivals: Mapping[str, int | None], name: str
) -> float:
    """The objective of a plan: weighted days, or the day of the last closure.

    Who is not there by the horizon counts as arriving at the horizon; for the last closure, one
    period after it.
    """
    late = world.horizon + 1
    arrived = {
        lot.id: late if (a := arrivals.get(lot.id)) is None else min(a, late) for lot in lots
    }
    if name == CLOSURE:
        return closure_day(world, max(arrived.values(), default=0))
    return sum(float(arrival_costs(world, lot, name)[arrived[lot.id]]) for lot in lots)
