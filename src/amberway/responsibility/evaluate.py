"""Judges any assignment, however it was made: what is fulfilled by when, which rules it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amberway.errors import UsageError
from amberway.responsibility.capability import BRIGADES
from amberway.responsibility.problem import Need, Problem, Supply
from amberway.responsibility.rules import Violation, leads, violations

Assignment = Mapping[str, str | None]
"""Force element → area that it serves; None: none. What it does not name goes as planned."""

# A broken rule costs as much as everything that there is to win, per unit of its breach: rules
# come first, and an assignment that cannot keep them is still an answer.
PENALTY = 100.0
_SLACK = 1e-9


@dataclass(frozen=True)
class Fulfilment:
    """What a need gets: arrived by its day, and assigned to its area whenever it arrives."""

    need: Need
    arrived: float
    assigned: float

    @property
    def share(self) -> float:
        """Fulfilled share, from 0 to 1: what is beyond the need counts for nothing."""
        return min(1.0, self.arrived / self.need.quantity)

    @property
    def met(self) -> bool:
        """Is the need met by its day, within the tolerance of the settings?"""
        return self.arrived >= self.need.enough - _SLACK


@dataclass(frozen=True)
class Judgement:
    """An assignment with everything that it is worth.

    `score` is the fulfilment in points of 100; `value` takes off broken rules and moved force
    elements: it is what the assignment is chosen by. `leads` has the lead nation of each area,
    None where nobody may lead. `supplies` are those in effect.
    """

    assignment: dict[str, str | None]
    supplies: tuple[Supply, ...]
    fulfilments: tuple[Fulfilment, ...]
    violations: tuple[Violation, ...]
    leads: dict[str, str | None]
    moved: tuple[str, ...]
    score: float
    value: float


def planned(problem: Problem) -> dict[str, str | None]:
    """The assignment of forces.csv."""
    forces = problem.scenario.forces
    return {n: forces[n].area for choice in problem.choices for n in choice.members}


def judge(problem: Problem, assignment: Assignment) -> Judgement:
    """Fulfilment by requirement, broken rules and score of an assignment.

        score = Σ_r points_r · min(1, arrived_r / quantity_r)
        value = score - PENALTY · Σ breaches - move_cost · (moved + idle force elements)

    Raises UsageError if it sends a force element where the problem does not let it go.
    """
    full = planned(problem)
    for name, area in assignment.items():
        if name not in full or (area is not None and (name, area) not in problem.supplies):
            raise UsageError(
                f"{name!r} cannot be assigned to {area!r}: it stays where it is, or no pledge and "
                "no rule lets it go there. Pledge it in pledges.csv."
            )
    full |= assignment
    sent = [
        supply
        for name, area in full.items()
        if area is not None
        for supply in problem.supplies[name, area]
    ]
    supplies = (*problem.fixed, *sent)
    fulfilments = tuple(_fulfilment(problem, need, supplies) for need in problem.needs)
    broken = violations(problem, problem.fixed, sent)
    moved = tuple(name for name, area in full.items() if area != problem.stay[name])
    score = sum(one.need.points * one.share for one in fulfilments)
    idle = sum(area is None for area in full.values())
    cost = problem.scenario.settings.responsibility.move_cost * (len(moved) + idle)
    return Judgement(
        full,
        supplies,
        fulfilments,
        broken,
        leads(problem, supplies),
        moved,
        score,
        score - PENALTY * sum(one.amount for one in broken) - cost,
    )


def _fulfilment(problem: Problem, need: Need, supplies: Iterable[Supply]) -> Fulfilment:
    counted = [supply for supply in supplies if problem.counts(supply, need)]
    return Fulfilment(
        need,
        sum(supply.quantity for supply in counted if supply.there(need.day)),
        sum(supply.quantity for supply in counted),
    )


def brigades(supplies: Iterable[Supply], area: str, nation: str, day: float | None) -> float:
    """Brigade equivalents of a nation in an area by a day (None: whenever they arrive)."""
    return sum(
        supply.quantity
        for supply in supplies
        if supply.capability in BRIGADES
        and (supply.area, supply.nation) == (area, nation)
        and (day is None or supply.there(day))
    )
