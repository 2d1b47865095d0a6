r"""The chain of command of every force element and headquarters: its strongest way to the top.

Let :math:`G` be the graph of the links that hold in a phase, each with the rank of its relation
(full 0, OPCOM 1, OPCON 2, TACOM 3, TACON 4). A chain is a path upwards; it is as weak as its
weakest link. The chain of a node :math:`v` is the path to SACEUR's headquarters with

.. math:: \operatorname{lexmin}\ (\max_{l \in P} rank(l),\ |P|,\ P)

the bottleneck shortest path (Pollack 1960, "The maximum capacity through a network", Operations
Research 8:733), ties broken by the number of links, then by the ids on the way. There are only
five ranks, so one breadth-first search from the top down for each, over the links of at least that
strength, finds all of them: O(5 (V + E)). A node from which no path leads to the top has an
incomplete chain: what is reached by climbing the strongest link at each step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amberway.command.problem import STRENGTH, Link, Problem
from amberway.scenario.posture import CommandDomain, CommandPhase, Relation


@dataclass(frozen=True)
class Chain:
    """A chain from the node commanded (first) to the highest it reaches (last).

    `strength` is the weakest relation on it, None if there is no link; `complete` says whether it
    ends at SACEUR's headquarters.
    """

    nodes: tuple[str, ...]
    strength: Relation | None
    complete: bool

    @property
    def end(self) -> str:
        """The highest that it reaches."""
        return self.nodes[-1]


Chains = Mapping[str, Chain]


def chains(
    problem: Problem, phase: CommandPhase, domain: CommandDomain = CommandDomain.LAND
) -> dict[str, Chain]:
    """The chain of every force element and headquarters in a phase, for one domain.

    Force elements are ground units: their chains are those of the land domain.
    """
    above = problem.superiors(phase, domain)
    nodes = [*problem.headquarters, *problem.persons]
    found: dict[str, Chain] = {}
    if problem.top is not None:
        for relation in Relation:
            steps = _steps(problem.top, above, STRENGTH[relation])
            for node in nodes:
                if node in steps and node not in found:
                    path = _descent(node, above, steps, STRENGTH[relation])
                    weakest = relation if len(path) > 1 else None
                    found[node] = Chain(path, weakest, complete=True)
    return {node: found.get(node) or _climb(node, above) for node in nodes}


def _steps(top: str, above: Mapping[str, list[Link]], weakest: int) -> dict[str, int]:
    """Links to the top from every node that has a way over links of at least this strength."""
    below: dict[str, list[str]] = {}
    for links in above.values():
        for link in links:
            if STRENGTH[link.relation] <= weakest:
                below.setdefault(link.superior, []).append(link.subordinate)
    steps, layer = {top: 0}, [top]
    while layer:
        following = []
        for node in layer:
            for lower in below.get(node, ()):
                if lower not in steps:
                    steps[lower] = steps[node] + 1
                    following.append(lower)
        layer = following
    return steps


def _descent(
    node: str, above: Mapping[str, list[Link]], steps: Mapping[str, int], weakest: int
) -> tuple[str, ...]:
    path = [node]
    while steps[path[-1]]:
        path.append(
            min(
                link.superior
                for link in above[path[-1]]
                if STRENGTH[link.relation] <= weakest
                and steps.get(link.superior) == steps[path[-1]] - 1
            )
        )
    return tuple(path)


def _climb(node: str, above: Mapping[str, list[Link]]) -> Chain:
    path, weakest = [node], -1
    while links := [link for link in above.get(path[-1], ()) if link.superior not in path]:
        link = min(links, key=lambda one: (STRENGTH[one.relation], one.superior))
        path.append(link.superior)
        weakest = max(weakest, STRENGTH[link.relation])
    strength = None if weakest < 0 else list(Relation)[weakest]
    return Chain(tuple(path), strength, complete=False)
