"""The bound: prices at which even the cheapest itineraries cost so much, by column generation.

For prices μ[r, t] ≥ 0 of all resources the Lagrangian value
    LB(μ) = Σ over lots of min(cost of the cheapest itinerary at μ, cost of not arriving) − Σ μ·cap
is below the objective of every plan, whatever μ is (see `pricing`). The master problem (see
`master`) proposes prices, pricing answers with itineraries that are better than those known, and
so on; knots are refined when the two values have nearly met.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from amberway.mobility.master import Columns, Commodities, Master, Solution
from amberway.mobility.pricing import Itineraries, Pricing
from amberway.mobility.problem import Floats, Ints, Problem

KNOTS_H = (24.0, 12.0, 6.0)
_SHIFTS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)
_NEAR = 1.0  # weighted periods that a later start may cost more and still be a column
_SMOOTH = 0.5  # share of the best prices in the point that is priced (in-out smoothing)
_PURGE = 1.0  # columns this many weighted periods too dear are forgotten
_ROUNDS = 2  # of adding violated rows per iteration
_FEW = 300  # violated rows that can wait for the next iteration

Report = Callable[[int, float, float, int, int], None]


@dataclass(frozen=True, eq=False)
class Bound:
    """A lower bound with the prices that prove it."""

    value: float
    prices: Floats
    master: float
    free_flow: float


def column_generation(
    problem: Problem,
    knots: Sequence[int] | None = None,
    tolerance: float = 5e-4,
    iterations: int = 40,
    known: Itineraries | None = None,
    progress: Report | None = None,
) -> Bound:
    """The best bound found with prices on knots of these spacings (periods), coarse to fine."""
    run = _Run(problem)
    if known is not None:
        run.columns.add(run.lots.of_lot, known)
    grid = problem.scenario.settings.grid_hours
    spacings = knots or tuple(dict.fromkeys(max(1, round(h / grid)) for h in KNOTS_H))
    for spacing in spacings:
        run.level(spacing, tolerance, iterations, progress)
    return Bound(run.best, run.prices, run.master, run.free_flow)


class _Run:
    """Columns, the best prices so far, and what they prove."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.pricing = Pricing(problem)
        self.lots = Commodities.of(problem)
        self.columns = Columns(problem, self.lots)
        self.prices: Floats = np.zeros(problem.resources.capacity.shape)
        self.pricing.price(self.prices)
        self.free_flow = self.best = self.pricing.bound(self.prices)
        self.master = np.inf
        every = np.arange(len(self.lots.count))
        for shift in _SHIFTS:
            self._add(every, self.lots.ready + shift)

    def level(
        self, spacing: int, tolerance: float, iterations: int, progress: Report | None
    ) -> None:
        """Column generation with one spacing of knots, until master and bound nearly meet."""
        master = Master(self.problem, self.lots, self.columns, spacing)
        master.activate(master.priced(self.prices))
        for _ in range(iterations):
            solution = self._solve(master, spacing)
            best_before = self.best
            found = 0
            for share in (_SMOOTH, 0.0):
                prices = share * self.prices + (1 - share) * solution.prices
                self.pricing.price(prices)
                value = self.pricing.bound(prices)
                found += self._extend()
                if value > self.best:
                    self.best, self.prices = value, prices
            self.master = solution.value
            if progress is not None:
                progress(spacing, self.best, solution.value, len(self.columns), master.rows)
            gap = (solution.value - self.best) / max(1e-9, abs(solution.value))
            if gap < tolerance or (found == 0 and self.best == best_before):
                break
            self._purge(solution)

    def _solve(self, master: Master, spacing: int) -> Solution:
        for _ in range(_ROUNDS):
            solution = master.solve(1e-3 if spacing > 4 else 1e-4)
            excess = master.excess(solution.x)
            new = master.activate(excess > 1e-4 * (1 + np.abs(master.room)))
            if new <= _FEW:
                break
        return solution

    def _extend(self) -> int:
        """Add the cheapest itineraries at the prices just priced, from several starts."""
        groups = self.problem.groups
        weight = np.diff(groups.costs[:, :2], axis=1)[self.lots.group, 0]
        values = self.pricing.values
        base = groups.origin[self.lots.group]
        ready = np.minimum(self.lots.ready, self.problem.horizon)
        at_ready = values[base, ready]
        commodity: list[Ints] = []
        start: list[Ints] = []
        for shift in _SHIFTS:
            then = np.minimum(ready + shift, self.problem.horizon)
            near = np.flatnonzero(values[base, then] <= at_ready + _NEAR * weight)
            commodity.append(near)
            start.append(then[near])
        return self._add(np.concatenate(commodity), np.concatenate(start))

    def _add(self, commodity: Ints, start: Ints) -> int:
        found = self.pricing.itineraries(self.lots.group[commodity], start)
        return self.columns.add(commodity, found)

    def _purge(self, solution: Solution) -> None:
        """Forget columns that are far too dear at the master's prices."""
        columns = self.columns
        sums = np.zeros((self.prices.shape[0], self.prices.shape[1] + 1))
        np.cumsum(solution.prices, axis=1, out=sums[:, 1:])
        column, resource, begin, end, amount = columns.uses
        paid = amount * (sums[resource, end] - sums[resource, begin])
        dear = columns.cost + np.bincount(column, weights=paid, minlength=len(columns))
        x = np.zeros(len(columns))
        x[: len(solution.x)] = solution.x
        weight = np.diff(self.problem.groups.costs[:, :2], axis=1)[self.lots.group, 0]
        reduced = dear - solution.worth[columns.commodity]
        fresh = np.arange(len(columns)) >= len(solution.x)
        kept = fresh | (x > 1e-9) | (reduced <= _PURGE * weight[columns.commodity])
        if kept.sum() < len(kept):
            columns.keep(kept)
