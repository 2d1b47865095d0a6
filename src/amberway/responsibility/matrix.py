"""The responsibility matrix: nation × area × capability, quantity arrived by each day."""

from __future__ import annotations

from dataclasses import dataclass

from amberway.responsibility.evaluate import Judgement
from amberway.responsibility.problem import Problem
from amberway.scenario.posture import Capability


@dataclass(frozen=True)
class Cell:
    """What one nation has in one area of one capability: by each day, and in all."""

    area: str
    capability: Capability
    nation: str
    by_day: tuple[float, ...]
    assigned: float


def matrix(problem: Problem, judgement: Judgement) -> tuple[Cell, ...]:
    """One cell for each area, capability and nation with anything; in the order of the tables.

    Each supply counts once, as what it is: a heavy brigade here is no light one.
    """
    scenario, days = problem.scenario, problem.days
    found: dict[tuple[str, Capability, str], list[float]] = {}
    for supply in judgement.supplies:
        key = supply.area, supply.capability, supply.nation
        held = found.setdefault(key, [0.0] * (len(days) + 1))
        for i, day in enumerate(days):
            held[i] += supply.quantity * supply.there(day)
        held[-1] += supply.quantity
    areas, capabilities = list(scenario.areas), list(Capability)
    order = sorted(found, key=lambda k: (areas.index(k[0]), capabilities.index(k[1]), k[2]))
    return tuple(
        Cell(*key, tuple(round(v, 6) for v in found[key][:-1]), round(found[key][-1], 6))
        for key in order
    )
