"""What one more unit of a resource is worth, day by day, at the prices of a certificate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.objective import Closure, Lateness, PriorityArrival
from amberway.mobility.plan import Plan
from amberway.network.resources import stand_minutes
from amberway.scenario import Scenario
from amberway.scenario.geography import Function
from amberway.units import HOURS_PER_DAY, rate_series

Floats = NDArray[np.float64]

UNIT = {
    PriorityArrival.name: "weighted days",
    Lateness.name: "weighted days late",
    Closure.name: "days",
}
"""What the objective counts; for the last closure prices have no such unit, only proportions."""


def one_more(scenario: Scenario, name: str, capacity: NDArray[np.int32]) -> Floats:
    """What one more unit (path a day, berth, ship …) adds to `capacity[t]` of a resource."""
    kind, _, rest = name.partition(":")
    if kind == "link":
        series = rate_series(np.ones(len(capacity)), scenario.settings.grid_hours)
        return np.asarray(series, dtype=np.float64)
    used = np.asarray(capacity > 0, dtype=np.float64)
    if kind == "terminal" and scenario.terminals[rest].function is Function.AIR:
        terminal = scenario.terminals[rest]
        minutes = np.floor(stand_minutes(terminal, scenario) / max(1, terminal.slots))
        return np.asarray(used * minutes)
    return used


def by_day(plan: Plan, name: str) -> Floats | None:
    """Worth of one more unit of a resource on each day, in the unit of `UNIT`.

    The days add up to the price of the resource. None if it has no price: there is no
    certificate, it is not counted by period (clearance), or more of it helps nothing.
    """
    if plan.certificate is None or name not in plan.use.names:
        return None
    row = plan.use.names.index(name)
    prices = plan.certificate.prices[row]
    if not prices.any():
        return None
    worth = prices * one_more(plan.scenario, name, plan.use.capacity[row])
    days = np.arange(0, len(worth), _per_day(plan))
    return np.asarray(np.add.reduceat(worth, days))


def most_worth(plan: Plan, name: str, first: int, last: int) -> float:
    """Worth of one more unit on the dearest day of the periods [first, last), in `UNIT`."""
    worth = None if plan.objective == Closure.name else by_day(plan, name)
    per_day = _per_day(plan)
    if worth is None or last <= first:
        return 0.0
    return float(worth[first // per_day : -(-last // per_day)].max(initial=0.0))


def _per_day(plan: Plan) -> int:
    return max(1, round(HOURS_PER_DAY / plan.scenario.settings.grid_hours))
