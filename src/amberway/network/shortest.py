"""Dijkstra's algorithm, compiled."""

from __future__ import annotations

import heapq

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True)
def tree(
    first: NDArray[np.int64],
    head: NDArray[np.int64],
    hours: NDArray[np.float64],
    source: int,
    target: int,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Shortest ways from `source` over arcs sorted by tail.

    The arcs out of node n are `first[n]` to `first[n + 1]`, arc a leads to `head[a]` and takes
    `hours[a]` (not negative). Returns the hours to every node (infinite: out of reach) and the
    last arc of its way (-1: none). Stops when `target` is reached (-1: never). O(m log n).
    """
    count = len(first) - 1
    reach = np.full(count, np.inf)
    last = np.full(count, -1, dtype=np.int64)
    reach[source] = 0.0
    queue = [(0.0, source)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if node == target:
            break
        if so_far > reach[node]:
            continue
        for arc in range(first[node], first[node + 1]):
            there = so_far + hours[arc]
            if there < reach[head[arc]]:
                reach[head[arc]] = there
                last[head[arc]] = arc
                heapq.heappush(queue, (there, head[arc]))
    return reach, last
