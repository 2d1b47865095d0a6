"""Plain graph questions that checks ask; routing proper belongs to the movement network."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

Neighbours = Mapping[str, Iterable[str]]


def neighbours(edges: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Adjacent nodes of every node, edges taken in both directions."""
    found: dict[str, set[str]] = {}
    for a, b in edges:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found


def components(edges: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Node sets of the connected components, in order of their first node's name."""
    adjacent = neighbours(edges)
    found: list[set[str]] = []
    left = set(adjacent)
    for node in sorted(adjacent):
        if node in left:
            nodes = set(tree(adjacent, node))
            left -= nodes
            found.append(nodes)
    return found


def tree(adjacent: Neighbours, start: str, without: frozenset[str] = frozenset()) -> dict[str, str]:
    """Breadth-first tree over the nodes outside `without`: node → node before it.

    The start precedes itself. Every node reached is a key.
    """
    before = {start: start}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for after in adjacent.get(node, ()):
            if after not in before and after not in without:
                before[after] = node
                queue.append(after)
    return before


def way(before: Mapping[str, str], end: str) -> list[str]:
    """Nodes from the start of a tree to one of its nodes."""
    nodes = [end]
    while before[nodes[-1]] != nodes[-1]:
        nodes.append(before[nodes[-1]])
    return nodes[::-1]
