"""Judges any chains of command against the tables, without the method that found them."""

from __future__ import annotations

from itertools import pairwise

from amberway.command.problem import STRENGTH, Problem
from amberway.command.solve import Chains
from amberway.scenario.posture import CommandDomain, CommandPhase


def faults(
    problem: Problem,
    chains: Chains,
    phase: CommandPhase,
    domain: CommandDomain = CommandDomain.LAND,
) -> list[str]:
    """What is wrong with chains: a missing one, a link that no table has, a wrong strength or end.

    Empty if they are sound. That a chain is the strongest possible is not judged here.
    """
    ranks: dict[tuple[str, str], int] = {}
    for link in problem.links:
        if link.holds(phase, domain):
            pair, rank = (link.subordinate, link.superior), STRENGTH[link.relation]
            ranks[pair] = min(rank, ranks.get(pair, rank))
    found = [f"{force} has no chain" for force in problem.persons if force not in chains]
    for node, chain in chains.items():
        if not chain.nodes or chain.nodes[0] != node:
            found.append(f"{node}: its chain does not begin with it")
            continue
        if len(set(chain.nodes)) < len(chain.nodes):
            found.append(f"{node}: its chain goes in a circle")
        missing = [pair for pair in pairwise(chain.nodes) if pair not in ranks]
        found += [f"{node}: {high} does not command {low} in {phase}" for low, high in missing]
        if chain.complete != (problem.top is not None and chain.nodes[-1] == problem.top):
            found.append(f"{node}: its chain ends at {chain.nodes[-1]}")
        if not missing and len(chain.nodes) > 1:
            weakest = max(ranks[pair] for pair in pairwise(chain.nodes))
            if chain.strength is None or STRENGTH[chain.strength] < weakest:
                found.append(f"{node}: its chain is weaker than {chain.strength}")
    return found
