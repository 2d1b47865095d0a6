"""The bound on the last closure: the latest deadline that provably cannot be met.

Let arriving by period D cost a lot nothing and arriving later 1. If the Lagrangian bound of that
problem is above 0 for some prices, not all lots can arrive by D, whatever the plan (the dual of
the quickest-flow problem, Ford and Fulkerson 1962). The largest such D is found by bisection; a
deadline for which the master's value is 0 cannot be refuted by prices with these knots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from amberway.mobility.bound import Run, Step, spacings
from amberway.mobility.objective import Deadline, PriorityArrival
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import Floats, Problem

PROVED = 1e-6  # lots; what a refuted deadline is at least broken by
_CLOSE = 1e-3


@dataclass(frozen=True, eq=False)
class Refuted:
    """Not all lots can arrive by period `deadline` (-1: nothing refuted); `prices` prove it."""

    deadline: int
    prices: Floats


def free_flow(problem: Problem) -> int:
    """Period in which the last lot arrives if each is alone; horizon + 1 if one never does."""
    alone = Pricing(problem.judged_by(PriorityArrival()))
    none = np.zeros(problem.resources.capacity.shape)
    alone.price(none)
    day = np.diff(alone.problem.groups.costs[:, :2], axis=1)[problem.group, 0]
    day[day == 0] = 1.0  # a horizon of no period at all
    periods = np.rint(alone.lot_values() / day).astype(np.int64)
    late = ~np.isfinite(alone.reached())
    return int(np.where(late, problem.horizon + 1, periods).max(initial=0))


def refute(problem: Problem, known: int, latest: int, enough: Callable[[Step], bool]) -> Refuted:
    """The latest deadline before `latest` that can be refuted; those before `known` are.

    `enough(step)` is asked after every step whether the work is to end.
    """
    best = Refuted(known - 1, np.zeros(problem.resources.capacity.shape))
    low, high = known - 1, latest  # refuted; met by a plan
    while high - low > 1:
        middle = (low + high) // 2
        prices, stopped = _test(problem.judged_by(Deadline(middle)), enough)
        if prices is not None:
            best, low = Refuted(middle, prices), middle
        elif stopped:
            break
        else:
            high = middle
    return best


def _test(problem: Problem, enough: Callable[[Step], bool]) -> tuple[Floats | None, bool]:
    """Prices that refute the deadline, if there are any; and whether the work was to end."""
    run = Run(problem)
    if run.best > PROVED:
        return run.prices, False
    for spacing in spacings(problem):
        for step in run.level(spacing, _CLOSE):
            if run.best > PROVED:
                return run.prices, False
            if enough(step):
                return None, True
            if step.master <= PROVED and not step.pending:
                break
    return None, False
