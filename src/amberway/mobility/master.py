"""The master problem: the best mix of the itineraries found so far, and its prices.

Prices of a resource are piecewise linear in time: hat functions φ_k with knots every s periods.
In the master this replaces the row of every period by one row per knot,
Σ_t φ_k(t)·(use(t) − capacity(t)) ≤ 0: a relaxation, so its value stays a valid guide, and exact
for s = 1. Rows are added when they are violated (Dantzig–Wolfe decomposition with lazy rows).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import highspy
import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from amberway.mobility.pricing import LEGS, Itineraries
from amberway.mobility.problem import Floats, Ints, Problem

_PRICED = 1e-3  # weighted days below which the price of a knot is noise of the interior point


@dataclass(frozen=True, eq=False)
class Commodities:
    """Lots of one group that are ready together: `of_lot[i]` is the commodity of lot i."""

    group: Ints
    ready: Ints
    count: Ints
    of_lot: Ints

    @classmethod
    def of(cls, problem: Problem) -> Commodities:
        """The commodities of a problem."""
        pairs = np.stack([problem.group, np.minimum(problem.ready, problem.horizon + 1)], axis=1)
        found, of_lot, count = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
        return cls(found[:, 0], found[:, 1], count, of_lot.reshape(-1))


@dataclass(frozen=True, eq=False)
class Solution:
    """`x[c]` lots take column c; prices[r, t]; `worth`: the dual of each commodity.

    `work` is what the solver did: iterations × nonzeros × √columns, as its time was found to grow.
    """

    value: float
    x: Floats
    prices: Floats
    worth: Floats
    work: float


Arrays = TypeVar("Arrays", bound=tuple[NDArray[Any], ...])


def _joined(some: Arrays, more: Arrays) -> Arrays:
    """The arrays of both, one behind the other."""
    pairs = zip(some, more, strict=True)
    return cast("Arrays", tuple(np.concatenate(pair) for pair in pairs))


class Columns:
    """All itineraries known, with what each takes of which resource."""

    def __init__(self, problem: Problem, commodities: Commodities) -> None:
        self._problem = problem
        self._commodities = commodities
        self._known: set[bytes] = set()
        self.commodity: Ints = np.zeros(0, dtype=np.int64)
        self.cost: Floats = np.zeros(0)
        self.arrival: Ints = np.zeros(0, dtype=np.int64)
        self.legs: tuple[Ints, Ints] = (
            np.zeros((0, LEGS), dtype=np.int64),
            np.zeros((0, LEGS), dtype=np.int64),
        )
        none = np.zeros(0, dtype=np.int64)
        self.uses: tuple[Ints, Ints, Ints, Ints, Floats] = (none, none, none, none, np.zeros(0))

    def __len__(self) -> int:
        return len(self.commodity)

    def add(self, commodity: Ints, found: Itineraries) -> int:
        """Add itineraries that are new; `commodity` has one entry per question asked."""
        of = commodity[found.asked]
        new = []
        for i in range(len(of)):
            key = of[i].tobytes() + found.choice[i].tobytes() + found.starts[i].tobytes()
            if key not in self._known:
                self._known.add(key)
                new.append(i)
        if not new:
            return 0
        pick = np.array(new)
        groups = self._problem.groups
        legs = found.choice[pick], found.starts[pick]
        uses = _uses(
            self._problem.uses.ptr, self._problem.uses.table, self._problem.sea.uses.ptr,
            self._problem.sea.uses.table, *legs, found.share[pick], self._problem.horizon,
            len(self),
        )  # fmt: skip
        self.uses = _joined(self.uses, uses)
        cost = groups.costs[self._commodities.group[of[pick]], found.arrival[pick]]
        self.commodity = np.concatenate((self.commodity, of[pick]))
        self.arrival = np.concatenate((self.arrival, found.arrival[pick]))
        self.cost = np.concatenate((self.cost, cost))
        self.legs = _joined(self.legs, legs)
        return len(pick)

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Forget the other columns; they may be found again."""
        number = np.cumsum(kept) - 1
        column = self.uses[0]
        stays = kept[column]
        _, resource, begin, end, amount = self.uses
        kept_uses = resource[stays], begin[stays], end[stays]
        self.uses = number[column[stays]], *kept_uses, amount[stays]
        self.commodity, self.cost = self.commodity[kept], self.cost[kept]
        self.arrival = self.arrival[kept]
        choice, starts = (part[kept] for part in self.legs)
        self.legs = choice, starts
        self._known = {
            f.tobytes() + c.tobytes() + s.tobytes()
            for f, c, s in zip(self.commodity, choice, starts, strict=True)
        }

    def use(self, x: Floats) -> Floats:
        """What `x` of each column takes of each resource in each period."""
        shape = self._problem.resources.capacity.shape
        change = np.zeros((shape[0], shape[1] + 1))
        column, resource, begin, end, amount = self.uses
        np.add.at(change, (resource, begin), amount * x[column])
        np.subtract.at(change, (resource, end), amount * x[column])
        return np.cumsum(change, axis=1)[:, :-1]


class _Quiet(highspy.Highs):
    """HiGHS that leaves standard output alone."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802  (as HiGHS calls it)
        """None are used, and enabling them prints a banner."""


class Master:
    """The linear program over the columns, at one spacing of knots."""

    def __init__(
        self, problem: Problem, commodities: Commodities, columns: Columns, spacing: int
    ) -> None:
        self._problem = problem
        self._commodities = commodities
        self._columns = columns
        T = problem.horizon
        self._spacing = spacing
        knots = (T - 2) // spacing + 2 if T > 1 else 1
        before = np.arange(T) // spacing
        part = (np.arange(T) % spacing) / spacing
        after = np.minimum(before + 1, knots - 1)
        at = np.concatenate((before, after)), np.concatenate((1 - part, part))
        periods = np.tile(np.arange(T), 2)
        self.hats = sparse.csr_matrix((at[1], (periods, at[0])), shape=(T, knots))
        self.room = np.asarray(problem.resources.capacity @ self.hats)
        self._row = np.full((problem.resources.capacity.shape[0], knots), -1, dtype=np.int64)
        self.rows = 0

    def activate(self, rows: NDArray[np.bool_]) -> int:
        """Make the rows [r, k] part of the program; returns how many were not before."""
        new = rows & (self._row < 0)
        count = int(new.sum())
        self._row[new] = self.rows + np.arange(count)
        self.rows += count
        return count

    def priced(self, prices: Floats) -> NDArray[np.bool_]:
        """Rows whose knots have a price."""
        return np.asarray(prices @ self.hats > _PRICED)

    def excess(self, x: Floats) -> Floats:
        """What the columns take beyond capacity, per row [r, k]."""
        return np.asarray(self._columns.use(x) @ self.hats - self.room)

    def tight(self, use: Floats, share: float) -> NDArray[np.bool_]:
        """Rows of which at least this share is used."""
        used = use @ self.hats
        return np.asarray((used >= share * self.room) & (used > 0))

    def solve(self, tolerance: float, *, vertex: bool = False) -> Solution:
        """Solve by interior point; with `vertex` cross over to a basic solution."""
        lots, columns = self._commodities, self._columns
        n, m = len(columns), len(lots.count)
        column, resource, begin, end, amount = columns.uses
        which, at, value = _entries(column, resource, begin, end, amount, self._row, self._spacing)
        scale = np.zeros(self.rows)
        active = self._row >= 0
        scale[self._row[active]] = 1.0 / (1.0 + np.abs(self.room[active]))
        room = np.zeros(self.rows)
        room[self._row[active]] = self.room[active]
        stay = np.arange(m)
        matrix = sparse.csc_matrix(
            (
                np.concatenate((np.ones(n + m), value * scale[at])),
                (
                    np.concatenate((columns.commodity, stay, m + at)),
                    np.concatenate((np.arange(n), n + stay, which)),
                ),
            ),
            shape=(m + self.rows, n + m),
        )
        matrix.sum_duplicates()
        costs = self._problem.groups.costs[lots.group, -1]
        count = lots.count.astype(np.float64)
        lower = np.concatenate((count, np.full(self.rows, -np.inf)))
        upper = np.concatenate((count, room * scale))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = n + m, m + self.rows
        program.col_cost_ = np.concatenate((columns.cost, costs))
        program.col_lower_, program.col_upper_ = np.zeros(n + m), np.full(n + m, np.inf)
        program.row_lower_, program.row_upper_ = lower, upper
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = matrix.indptr
        program.a_matrix_.index_ = matrix.indices
        program.a_matrix_.value_ = matrix.data
        solver = _Quiet()
        for name, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("solver", "ipx"),
            ("run_crossover", "on" if vertex else "off"),
            ("ipm_optimality_tolerance", tolerance),
            ("presolve", "on"),
        ):
            solver.setOptionValue(name, setting)
        solver.passModel(program)
        solver.run()
        answer = solver.getSolution()
        x = np.maximum(0.0, np.array(answer.col_value))
        dual = np.array(answer.row_dual)
        price = np.maximum(0.0, -dual[m:]) * scale
        knots = np.zeros(self._row.shape)
        knots[active] = price[self._row[active]]
        return Solution(
            float(program.col_cost_ @ x),
            x[:n],
            np.asarray(self.hats @ knots.T).T,
            dual[:m],
            solver.getInfo().ipm_iteration_count * matrix.nnz * math.sqrt(n),
        )


@njit(cache=True)
def _uses(
    move_ptr: Ints,
    move_table: Ints,
    sea_ptr: Ints,
    sea_table: Ints,
    choice: Ints,
    starts: Ints,
    share: Floats,
    T: int,
    first: int,
) -> tuple[Ints, Ints, Ints, Ints, Floats]:
    """(column, resource, begin, end, amount) of every use; columns are numbered from `first`."""
    moves = len(move_ptr) - 1
    total = 0
    for q in range(choice.shape[0]):
        for k in range(choice.shape[1]):
            i = choice[q, k]
            if i >= moves:
                total += sea_ptr[i - moves + 1] - sea_ptr[i - moves]
            elif i >= 0:
                total += move_ptr[i + 1] - move_ptr[i]
    column = np.empty(total, dtype=np.int64)
    resource = np.empty(total, dtype=np.int64)
    begin = np.empty(total, dtype=np.int64)
    end = np.empty(total, dtype=np.int64)
    amount = np.empty(total)
    n = 0
    for q in range(choice.shape[0]):
        for k in range(choice.shape[1]):
            i = choice[q, k]
            if i < 0 or share[q, k] == 0.0:
                continue
            ptr, table = (sea_ptr, sea_table) if i >= moves else (move_ptr, move_table)
            j = i - moves if i >= moves else i
            for u in range(ptr[j], ptr[j + 1]):
                a = starts[q, k] + table[u, 1]
                if a >= T:
                    continue
                column[n], resource[n] = first + q, table[u, 0]
                begin[n], end[n] = a, min(T, a + table[u, 2])
                amount[n] = table[u, 3] * share[q, k]
                n += 1
    return column[:n], resource[:n], begin[:n], end[:n], amount[:n]


@njit(cache=True)
def _area(k: int, t: int, spacing: int) -> float:
    """Σ of hat k over all periods before t."""
    rise = t - 1 - (k - 1) * spacing
    if rise <= 0:
        return 0.0
    if rise <= spacing:
        return rise * (rise + 1) / (2 * spacing)
    left = max(0, (k + 1) * spacing - t)
    return spacing - left * (left + 1) / (2 * spacing)


@njit(cache=True)
def _entries(
    column: Ints,
    resource: Ints,
    begin: Ints,
    end: Ints,
    amount: Floats,
    row: Ints,
    spacing: int,
) -> tuple[Ints, Ints, Floats]:
    """Matrix entries (column, row, value) of the uses in the active rows."""
    size = 0
    for u in range(len(column)):
        for k in range(begin[u] // spacing, (end[u] - 1) // spacing + 2):
            if k < row.shape[1] and row[resource[u], k] >= 0:
                size += 1
    which = np.empty(size, dtype=np.int64)
    at = np.empty(size, dtype=np.int64)
    value = np.empty(size)
    n = 0
    for u in range(len(column)):
        for k in range(begin[u] // spacing, (end[u] - 1) // spacing + 2):
            if k < row.shape[1] and row[resource[u], k] >= 0:
                which[n], at[n] = column[u], row[resource[u], k]
                held = _area(k, end[u], spacing) - _area(k, begin[u], spacing)
                value[n] = amount[u] * held
                n += 1
    return which, at, value
