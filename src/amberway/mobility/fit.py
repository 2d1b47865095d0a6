"""Where a move fits: the compiled kernels over the table of free capacity.

`uses` has rows (resource, offset, length, amount). Cells after the last period are free: what
begins there is not planned any more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Uses = NDArray[np.int64]


class Free(NamedTuple):
    """Free capacity.

    `left[r, t]` is what is left of resource r in period t, `full[r, t]` the last period up to t
    in which nothing is (-1: there is none), so that most uses are judged by a single look.
    """

    left: NDArray[np.int32]
    full: NDArray[np.int32]

    @classmethod
    def of(cls, capacity: NDArray[np.int32]) -> Free:
        """Nothing is booked yet."""
        periods = np.arange(capacity.shape[1], dtype=np.int32)
        full = np.where(capacity < 1, periods, np.int32(-1))
        return cls(capacity.copy(), np.maximum.accumulate(full, axis=1, dtype=np.int32))

    def duplicate(self) -> Free:
        """A copy to book in."""
        return Free(self.left.copy(), self.full.copy())


@njit(cache=True)
def earliest(free: Free, uses: Uses, first: int, last: int) -> int:
    """First start in [first, last] at which all uses fit; -1 if there is none.

    After a conflict in period p of a use, the next start tried puts that use behind p. A use is
    tried until it fits before the others are looked at, so that one tight resource costs its own
    conflicts only.
    """
    left, full = free.left, free.full
    horizon = left.shape[1]
    count = uses.shape[0]
    start, k, fits = first, 0, 0
    while start <= last:
        if fits == count:
            return start
        row, amount = uses[k, 0], uses[k, 3]
        begin = start + uses[k, 1]
        end = min(begin + uses[k, 2], horizon)
        conflict = -1
        if amount == 1 and end > begin:
            conflict = full[row, end - 1]
        else:
            for p in range(end - 1, begin - 1, -1):
                if left[row, p] < amount:
                    conflict = p
                    break
        if conflict >= begin:
            start, fits = conflict + 1 - uses[k, 1], 0
        else:
            fits += 1
            k = k + 1 if k + 1 < count else 0
    return -1


@njit(cache=True)
def blockers(free: Free, uses: Uses, first: int, start: int) -> NDArray[np.int64]:
    """For each start in [first, start) the resource that forbids it (first in the move's order)."""
    left = free.left
    horizon = left.shape[1]
    found = np.full(max(0, start - first), -1, dtype=np.int64)
    for s in range(first, start):
        for k in range(uses.shape[0]):
            begin = s + uses[k, 1]
            for p in range(begin, min(begin + uses[k, 2], horizon)):
                if left[uses[k, 0], p] < uses[k, 3]:
                    found[s - first] = uses[k, 0]
                    break
            if found[s - first] >= 0:
                break
    return found


@njit(cache=True)
def take(free: Free, row: int, begin: int, end: int, amount: int) -> None:
    """Take an amount of a resource in the periods [begin, end); a negative one is given back."""
    left, full = free.left, free.full
    horizon = left.shape[1]
    for p in range(max(0, begin), min(end, horizon)):
        before = left[row, p]
        left[row, p] = before - amount
        if (before < 1) != (before - amount < 1):
            was = full[row, p]
            now = p if was < p else (full[row, p - 1] if p > 0 else -1)
            q = p
            while q < horizon and full[row, q] == was:
                full[row, q] = now
                q += 1


@njit(cache=True)
def book(free: Free, uses: Uses, start: int, sign: int) -> None:
    """Take the uses of a move that starts at `start` (sign 1), or give them back (sign -1)."""
    for k in range(uses.shape[0]):
        begin = start + uses[k, 1]
        take(free, uses[k, 0], begin, begin + uses[k, 2], sign * uses[k, 3])
