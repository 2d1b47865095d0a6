r"""Persons under each headquarters, phase by phase and day by day as a deployment delivers them.

Lot :math:`l` has :math:`p_l` persons and three chains: at home (crisis), on the move (deployment)
and after arrival (defence). With its departure :math:`d_l` and arrival :math:`a_l`,

.. math:: L_h(t) = \sum_l p_l [h \in C_l(t)], \qquad
   C_l(t) = \text{crisis if } t < d_l,\ \text{deployment if } d_l \le t < a_l,\ \text{defence else}

A force element that stands in its area departs on C-day and arrives when it is ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amberway.command.problem import Problem
from amberway.command.solve import Chains
from amberway.deployment import Deployment
from amberway.scenario.posture import CommandPhase

PhaseChains = Mapping[CommandPhase, Chains]


@dataclass(frozen=True)
class Load:
    """Persons under a headquarters over time.

    `steps` are (day, persons from that day on), the first on C+0; `ratio` is the peak over the
    capacity, `over_day` the first day above it: None if there is no capacity or no such day.
    """

    headquarters: str
    capacity: int | None
    steps: tuple[tuple[float, int], ...]

    @property
    def peak(self) -> int:
        """Most persons on any day."""
        return max(persons for _, persons in self.steps)

    @property
    def peak_day(self) -> float:
        """First day of the peak, C+days."""
        return next(day for day, persons in self.steps if persons == self.peak)

    @property
    def ratio(self) -> float | None:
        """Peak over capacity."""
        return self.peak / self.capacity if self.capacity else None

    @property
    def over_day(self) -> float | None:
        """First day above capacity, C+days."""
        if self.capacity is None:
            return None
        return next((day for day, persons in self.steps if persons > self.capacity), None)

    def on(self, day: float) -> int:
        """Persons on a day."""
        return next((p for start, p in reversed(self.steps) if start <= day), 0)


def assigned(problem: Problem, chains: Chains) -> dict[str, dict[str, int]]:
    """Persons under each headquarters by nation, all of them there, in one phase."""
    found: dict[str, dict[str, int]] = {row: {} for row in problem.headquarters}
    for force, persons in problem.persons.items():
        nation = problem.scenario.forces[force].nation
        for node in chains[force].nodes:
            if node in found:
                found[node][nation] = found[node].get(nation, 0) + persons
    return found


def loads(
    problem: Problem, chains: PhaseChains, deployment: Deployment, *, abroad: bool = False
) -> tuple[Load, ...]:
    """The load of every headquarters that has anybody under it from C-day on.

    `abroad` counts only forces of nations on whose soil their area does not lie.
    """
    changes: dict[str, dict[float, int]] = {}

    def change(node_chain: Iterable[str], day: float, persons: int) -> None:
        for node in node_chain:
            if node in problem.headquarters:
                days = changes.setdefault(node, {})
                days[day] = days.get(day, 0) + persons

    for force, persons, start, end in spells(problem, deployment):
        if abroad and problem.local(force):
            continue
        home, way, there = (
            chains[phase][force].nodes
            for phase in (CommandPhase.CRISIS, CommandPhase.DEPLOYMENT, CommandPhase.DEFENCE)
        )
        change(home, 0.0, persons)
        if start is not None:
            change(home, start, -persons)
            change(way, start, persons)
        if end is not None:
            change(way, end, -persons)
            change(there, end, persons)
    found = []
    for node in problem.headquarters:
        total = 0
        steps: list[tuple[float, int]] = []
        for day, persons in sorted(changes.get(node, {}).items()):
            total += persons
            if not steps or steps[-1][1] != total:
                steps.append((day, total))
        if any(persons for _, persons in steps):
            if steps[0][0] > 0:
                steps.insert(0, (0.0, 0))
            found.append(Load(node, problem.headquarters[node].capacity, tuple(steps)))
    return tuple(found)


def spells(
    problem: Problem, deployment: Deployment
) -> Iterable[tuple[str, int, float | None, float | None]]:
    """(force, persons, departure, arrival) of every lot, and of every force element in place.

    Days are C+days; None: never.
    """
    moved = set()
    for movement in deployment.movements:
        if movement.force not in problem.persons:
            continue
        moved.add(movement.force)
        start = movement.stages[0].start_day if movement.stages else None
        end = movement.arrival_day if start is not None else None
        if movement.persons:
            yield movement.force, movement.persons, start, end
    for force, persons in problem.persons.items():
        if force not in moved:
            ready = deployment.closure.get(force)
            yield force, persons, None if ready is None else 0.0, ready
