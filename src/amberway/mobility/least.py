"""Least periods between the nodes of a small network (Dijkstra's algorithm)."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import TypeVar

Node = TypeVar("Node", str, tuple[str, int])
Arcs = dict[Node, dict[Node, int]]


def add(arcs: Arcs[Node], start: Node, end: Node, duration: int) -> None:
    """Join two nodes; of several arcs between them the shortest counts."""
    out = arcs.setdefault(start, {})
    out[end] = min(duration, out.get(end, duration))


def least(
    arcs: Mapping[Node, Mapping[Node, int]], source: Node
) -> tuple[dict[Node, int], dict[Node, Node]]:
    """Periods from the source to every node that it reaches, and the node before each."""
    spent, before = {source: 0}, {source: source}
    queue = [(0, source)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if so_far > spent[node]:
            continue
        for after, duration in arcs.get(node, {}).items():
            if after not in spent or so_far + duration < spent[after]:
                spent[after], before[after] = so_far + duration, node
                heapq.heappush(queue, (so_far + duration, after))
    return spent, before
