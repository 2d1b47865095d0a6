"""Where a move fits: the compiled kernels over the table of free capacity.

`free[r, t]` is what is left of resource r in period t; `uses` has rows (resource, offset, length,
amount). Cells after the last period are free: what begins there is not planned any more.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Free = NDArray[np.int32]
Uses = NDArray[np.int64]


@njit(cache=True)
def earliest(free: Free, uses: Uses, first: int, last: int) -> int:
    """First start in [first, last] at which all uses fit; -1 if there is none.

    After a conflict in period p of a use, the next start tried puts that use behind p. A use is
    tried until it fits before the others are looked at, so that one tight resource costs its own
    conflicts only.
    """
    horizon = free.shape[1]
    count = uses.shape[0]
    start, k, fits = first, 0, 0
    while start <= last:
        if fits == count:
            return start
        row, amount = uses[k, 0], uses[k, 3]
        begin = start + uses[k, 1]
        conflict = -1
        for p in range(min(begin + uses[k, 2], horizon) - 1, begin - 1, -1):
            if free[row, p] < amount:
                conflict = p
                break
        if conflict >= 0:
            start, fits = conflict + 1 - uses[k, 1], 0
        else:
            k, fits = (k + 1) % count, fits + 1
    return -1


@njit(cache=True)
def blockers(free: Free, uses: Uses, first: int, start: int) -> NDArray[np.int64]:
    """For each start in [first, start) the resource that forbids it (first in the move's order)."""
    horizon = free.shape[1]
    found = np.full(max(0, start - first), -1, dtype=np.int64)
    for s in range(first, start):
        for k in range(uses.shape[0]):
            begin = s + uses[k, 1]
            for p in range(begin, min(begin + uses[k, 2], horizon)):
                if free[uses[k, 0], p] < uses[k, 3]:
                    found[s - first] = uses[k, 0]
                    break
            if found[s - first] >= 0:
                break
    return found


@njit(cache=True)
def book(free: Free, uses: Uses, start: int, sign: int) -> None:
    """Take the uses of a move that starts at `start` (sign 1), or give them back (sign -1)."""
    horizon = free.shape[1]
    for k in range(uses.shape[0]):
        begin = start + uses[k, 1]
        for p in range(max(0, begin), min(begin + uses[k, 2], horizon)):
            free[uses[k, 0], p] -= sign * uses[k, 3]
