"""The bound: prices at which even the cheapest itineraries cost so much, by column generation.

For prices μ[r, t] ≥ 0 of all resources the Lagrangian value
    LB(μ) = Σ over lots of min(cost of the cheapest itinerary at μ, cost of not arriving) − Σ μ·cap
is below the objective of every plan, whatever μ is (see `pricing`). The master problem (see
`master`) proposes prices, pricing answers with itineraries that are better than those known, and
so on; knots are refined when the two values have nearly met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from amberway.mobility.master import Columns, Commodities, Master, Solution
from amberway.mobility.pricing import Itineraries, Pricing
from amberway.mobility.problem import Floats, Ints, Problem

KNOTS_H = (24.0, 12.0, 6.0, 0.0)  # at last every period
CLOSE = (6e-3, 3e-3, 5e-4, 1e-5)  # relative distance of master and bound at which a level ends
_SHIFTS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)  # later starts that are looked at
_NEAR = 1.0  # weighted periods that a later start may cost more and still be a column
_SMOOTH = 0.5  # share of the best prices in the point that is priced (in-out smoothing)
_PURGE = 0.25  # unused columns that are so many weighted periods too dear are forgotten,
_MANY = 5000  # if there are as many columns
_ROUNDS = 20  # of adding violated rows per iteration
_FEW = 300  # violated rows that can wait for the next iteration
_PENDING = 0.01  # share of violated rows with which the master still counts as solved
_ITERATIONS = 400  # of one level, at most


@dataclass(frozen=True)
class Step:
    """One iteration: the knots' spacing (periods), values, size of the master, work on it.

    With `pending` rows violated the master's value is too low.
    """

    spacing: int
    bound: float
    master: float
    columns: int
    rows: int
    work: float
    pending: int


@dataclass(frozen=True, eq=False)
class Bound:
    """A lower bound with the prices that prove it; `master` is what it was rising towards."""

    value: float
    prices: Floats
    master: float
    free_flow: float


def spacings(problem: Problem) -> tuple[int, ...]:
    """Spacings of the knots in periods, coarse to fine."""
    grid = problem.scenario.settings.grid_hours
    return tuple(dict.fromkeys(max(1, round(hours / grid)) for hours in KNOTS_H))


def column_generation(
    problem: Problem,
    knots: Sequence[int] | None = None,
    tolerance: float | None = None,
    known: Itineraries | None = None,
    progress: Callable[[Step], None] | None = None,
) -> Bound:
    """The best bound found with prices on knots of these spacings (periods), coarse to fine.

    `tolerance` is the relative distance from the master's value at which each level ends.
    """
    run = Run(problem)
    if known is not None:
        run.know(known)
    for number, spacing in enumerate(knots or spacings(problem)):
        close = CLOSE[min(number, len(CLOSE) - 1)] if tolerance is None else tolerance
        for step in run.level(spacing, close):
            if progress is not None:
                progress(step)
    return Bound(run.best, run.prices, run.master, run.free_flow)


class Run:
    """Columns, the best prices so far, and what they prove."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.pricing = Pricing(problem)
        self._lots = Commodities.of(problem)
        self._columns = Columns(problem, self._lots)
        self.prices: Floats = np.zeros(problem.resources.capacity.shape)
        self.pricing.price(self.prices)
        self.ideal = self.pricing.lot_values()
        self.free_flow = self.best = float(self.ideal.sum())
        self.master = np.inf
        # A weighted period: what the dearest period of delay costs a lot.
        steps = np.diff(problem.groups.costs[:, :-1], axis=1)
        self._period = steps.max(axis=1, initial=0.0)[self._lots.group]
        every = np.arange(len(self._lots.count))
        for shift in _SHIFTS:
            self._add(every, self._lots.ready + shift)

    def know(self, itineraries: Itineraries) -> None:
        """Take itineraries of lots (in the order of the problem) as columns."""
        self._columns.add(self._lots.of_lot, itineraries)

    def level(self, spacing: int, close: float) -> Iterator[Step]:
        """Column generation with one spacing of knots, until master and bound nearly meet."""
        master = Master(self.problem, self._lots, self._columns, spacing)
        master.activate(master.priced(self.prices))
        for _ in range(_ITERATIONS):
            tolerance = 1e-3 if close > 2e-3 else min(1e-4, close / 5)
            solution, pending, work = self._solve(master, tolerance)
            before, found = self.best, 0
            for share in (_SMOOTH, 0.0):
                prices = share * self.prices + (1 - share) * solution.prices
                self.pricing.price(prices)
                value = self.pricing.bound(prices)
                found += self._extend()
                if value > self.best:
                    self.best, self.prices = value, prices
            self.master = solution.value
            yield Step(
                spacing,
                self.best,
                solution.value,
                len(self._columns),
                master.rows,
                work,
                pending,
            )
            if pending <= _PENDING * master.rows:
                gap = solution.value - self.best
                if gap <= close * abs(solution.value) or (found == 0 and self.best == before):
                    return
            if len(self._columns) > _MANY:
                self._purge(solution)

    def _solve(self, master: Master, tolerance: float) -> tuple[Solution, int, float]:
        """Solve and add violated rows until few are left; how many were left, and all the work."""
        work = 0.0
        for _ in range(_ROUNDS):
            solution = master.solve(tolerance)
            work += solution.work
            excess = master.excess(solution.x)
            new = master.activate(excess > 1e-4 * (1 + np.abs(master.room)))
            if new <= min(_FEW, master.rows / 4):
                break
        return solution, new, work

    def _extend(self) -> int:
        """Add the cheapest itineraries at the prices just priced, from several starts."""
        problem = self.problem
        origin = problem.groups.origin[self._lots.group]
        ready = np.minimum(self._lots.ready, problem.horizon)
        values = self.pricing.values
        some = np.flatnonzero((origin >= 0) & (self._lots.ready <= problem.horizon))
        limit = values[origin[some], ready[some]] + _NEAR * self._period[some]
        commodity: list[Ints] = []
        start: list[Ints] = []
        for shift in _SHIFTS:
            then = np.minimum(ready + shift, problem.horizon)
            near = values[origin[some], then[some]] <= limit
            commodity.append(some[near])
            start.append(then[some][near])
        return self._add(np.concatenate(commodity), np.concatenate(start))

    def _add(self, commodity: Ints, start: Ints) -> int:
        found = self.pricing.itineraries(self._lots.group[commodity], start)
        return self._columns.add(commodity, found)

    def _purge(self, solution: Solution) -> None:
        """Forget unused columns that are too dear at the master's prices."""
        columns = self._columns
        sums = np.zeros((self.prices.shape[0], self.prices.shape[1] + 1))
        np.cumsum(solution.prices, axis=1, out=sums[:, 1:])
        column, resource, begin, end, amount = columns.uses
        paid = amount * (sums[resource, end] - sums[resource, begin])
        dear = columns.cost + np.bincount(column, weights=paid, minlength=len(columns))
        reduced = dear - solution.worth[columns.commodity]
        kept = reduced <= _PURGE * self._period[columns.commodity]
        kept[: len(solution.x)] |= solution.x > 1e-9
        kept[len(solution.x) :] = True
        if not kept.all():
            columns.keep(kept)
