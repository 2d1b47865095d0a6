"""Does the certificate hold: prices, bound, free flow, gaps?

The bound is recomputed from the stored prices (`bound`). What cannot be recomputed from the run is
the one-pass plan that `baseline_objective` speaks of: only what follows from it is checked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.verify.bound import Relaxation
from amberway.mobility.verify.capacity import NO_LIMIT, Capacities
from amberway.mobility.verify.objective import (
    ARRIVAL,
    CLOSURE,
    OBJECTIVES,
    arrival_costs,
    closure_day,
    deadline_costs,
)
from amberway.mobility.verify.read import PRICES
from amberway.mobility.verify.rows import Lot, Plan, PriceRow
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import Load, World

Prices = dict[str, NDArray[np.float64]]

RELATIVE = 1e-7
_ROUNDED = 2e-6  # numbers other than the bound are written with six decimals
PROVED = 1e-6  # lots; above what rounding can make of 0


def check_certificate(
    world: World, plan: Plan, loads: Mapping[str, Load], objective: float, findings: Findings
) -> dict[str, Any]:
    """Note what is wrong with the certificate of a plan with this objective, if it claims one.

    The recomputed numbers, under the names of result.json; empty if it claims none.
    """
    result = plan.result
    name = result.get("objective_name", ARRIVAL)
    if name not in OBJECTIVES:
        said = f"objective_name is {name!r}, must be one of {', '.join(OBJECTIVES)}"
        findings.add("result", "result.json", said)
        return {}
    if result.get("bound") is None:
        return {}
    relaxation = Relaxation(world, plan.lots.values(), loads, findings)
    prices = _prices(world, plan.prices, relaxation.capacities, findings)
    if prices is None:
        return {}
    if name == CLOSURE:
        numbers = _closure(world, result, relaxation, prices, findings)
    else:

        def costs(lot: Lot) -> NDArray[np.float64]:
            return arrival_costs(world, lot, name)

        numbers = {
            "bound": relaxation.bound(prices, costs),
            "free_flow_objective": relaxation.bound({}, costs),
        }
    _compare(result, numbers, objective, findings)
    return numbers


def _closure(
    world: World,
    result: Mapping[str, Any],
    relaxation: Relaxation,
    prices: Prices,
    findings: Findings,
) -> dict[str, Any]:
    """The bound on the last closure: the prices prove that not all can arrive by `deadline`."""

    periods = np.arange(world.horizon + 2, dtype=np.float64)
    alone = relaxation.values({}, lambda _: periods)
    free_flow = closure_day(world, int(max(alone.values(), default=0)))
    last = result.get("deadline")
    if not isinstance(last, int) or isinstance(last, bool) or not -1 <= last <= world.horizon:
        said = f"deadline is {last!r}, must be a period from -1 to {world.horizon}"
        findings.add("bound", "result.json", said)
        return {"free_flow_objective": free_flow}
    late = deadline_costs(world, last)
    least = relaxation.bound(prices, lambda _: late) if last >= 0 else math.inf
    if least <= PROVED:
        said = f"the prices do not prove that a lot arrives after period {last} ({least:g} lots do)"
        findings.add("bound", PRICES, said)
    return {"bound": closure_day(world, last + 1), "free_flow_objective": free_flow}


def _prices(
    world: World,
    rows: tuple[PriceRow, ...] | None,
    capacities: Capacities,
    findings: Findings,
) -> Prices | None:
    """Prices by resource; None if there are none that a bound could rest on."""
    if rows is None:
        findings.add("prices", PRICES, "is missing, but result.json has a bound")
        return None
    found: Prices = {}
    for row in rows:
        fault = _fault(world, row, capacities, found)
        if fault:
            findings.add("prices", f"{PRICES}, row {row.line}", f"{row.resource}: {fault}")
            return None
        found[row.resource] = np.zeros(world.horizon)
        found[row.resource][row.first : row.first + len(row.prices)] = row.prices
    return found


def _fault(world: World, row: PriceRow, capacities: Capacities, found: Prices) -> str | None:
    if row.resource not in capacities:
        return "is not a finite resource of the tables"
    if capacities[row.resource].max(initial=0) >= NO_LIMIT:
        return "has no limit, so it cannot have a price"
    if row.resource in found:
        return "has prices in an earlier row"
    if row.first + len(row.prices) > world.horizon:
        last = row.first + len(row.prices) - 1
        return f"has a price in period {last}, the last one is {world.horizon - 1}"
    for period, price in enumerate(row.prices, start=row.first):
        if not math.isfinite(price) or price < 0:
            return f"the price in period {period} is {price:g}, must be a number from 0 up"
    return None


def _compare(
    result: Mapping[str, Any], numbers: Mapping[str, float], objective: float, findings: Findings
) -> None:
    """The figures of result.json against those recomputed, and what follows from them."""
    free_flow, bound = numbers["free_flow_objective"], numbers.get("bound")
    said = _number(result.get("free_flow_objective"))
    if said is None or not _near(said, free_flow):
        findings.add(
            "free-flow",
            "result.json",
            f"free_flow_objective is {result.get('free_flow_objective')}, must be {free_flow:.9g}",
        )
    if bound is not None:
        _compare_bound(result["bound"], bound, objective, findings)
    baseline = _number(result.get("baseline_objective"))
    if baseline is None:
        said_so = result.get("baseline_objective")
        findings.add("gap", "result.json", f"baseline_objective is {said_so!r}, not a number")
        return
    shares = {
        "improvement": (baseline - objective, baseline),
        "improvement_of_delay": (baseline - objective, baseline - free_flow),
    }
    if bound is not None:
        shares["certified_gap"] = (objective - bound, objective)
        shares["certified_gap_of_delay"] = (objective - bound, objective - free_flow)
    for name, (part, whole) in shares.items():
        if name not in result or not _divides(result[name], part, whole):
            right = f"{part / whole:.6g}" if whole > _ROUNDED else None
            findings.add(
                "gap", "result.json", f"{name} is {result.get(name, 'missing')}, must be {right}"
            )


def _compare_bound(claimed: object, bound: float, objective: float, findings: Findings) -> None:
    said = _number(claimed)
    if said is None or not math.isclose(said, bound, rel_tol=RELATIVE, abs_tol=1e-9):
        words = "is not" if said is None or said < bound else "is above"
        findings.add(
            "bound", "result.json", f"bound {claimed} {words} what the prices prove, {bound:.9g}"
        )
    if objective < bound and not _near(objective, bound):
        findings.add(
            "bound", "result.json", f"the plan's objective {objective:g} is below it, {bound:.9g}"
        )


def _divides(said: object, part: float, whole: float) -> bool:
    """Is it part / whole, or None where whole is 0? Both are as exact as they are written."""
    if whole <= _ROUNDED:
        return said is None
    share = _number(said)
    slack = _ROUNDED * (1 + 1 / whole)
    return share is not None and math.isclose(share, part / whole, rel_tol=RELATIVE, abs_tol=slack)


def _number(said: object) -> float | None:
    """A finite number, or None."""
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not math.isfinite(said):
        return None
    return float(said)


def _near(said: float, right: float) -> bool:
    return math.isclose(said, right, rel_tol=RELATIVE, abs_tol=_ROUNDED)
