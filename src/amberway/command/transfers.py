"""Transfers of authority: how often, when and from whom to whom a unit is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from amberway.command.load import PhaseChains
from amberway.command.problem import Problem
from amberway.command.solve import Chain
from amberway.deployment import Deployment, Movement
from amberway.scenario.posture import CommandPhase, Relation


@dataclass(frozen=True)
class Transfer:
    """One handover: `giver` and `taker` are the headquarters next above, None for nobody.

    `day` is C+days, None without a deployment or if it never comes to it.
    """

    day: float | None
    phase: CommandPhase
    giver: str | None
    taker: str | None
    relation: Relation | None


@dataclass(frozen=True)
class Passage:
    """A unit's way from home to its commander in the defence.

    `hosts` are the nations other than its own in which it is loaded, unloaded or received, in the
    order in which it first reaches them, with the day; nations that a train only passes through
    are not known from a deployment.
    """

    force: str
    commanders: tuple[tuple[CommandPhase, str | None], ...]
    transfers: tuple[Transfer, ...]
    hosts: tuple[tuple[str, float], ...]


def passages(
    problem: Problem, chains: PhaseChains, deployment: Deployment | None
) -> tuple[Passage, ...]:
    """The passage of every force element.

    Peace holds at home, crisis from C+0, deployment from its first lot's departure (in place:
    C+0), defence from its closure.
    """
    movements: dict[str, list[Movement]] = {}
    for movement in deployment.movements if deployment else ():
        movements.setdefault(movement.force, []).append(movement)
    found = []
    for force in problem.persons:
        moves = movements.get(force, [])
        starts = [m.stages[0].start_day for m in moves if m.stages]
        days: dict[CommandPhase, float | None] = {CommandPhase.CRISIS: 0.0}
        if deployment is not None:
            days[CommandPhase.DEPLOYMENT] = min(starts, default=None) if moves else 0.0
            days[CommandPhase.DEFENCE] = deployment.closure.get(force)
        else:
            days = {}
        commanders = tuple(
            (phase, commander(problem, chains[phase][force])) for phase in CommandPhase
        )
        transfers = tuple(
            Transfer(days.get(phase), phase, before, after, chains[phase][force].strength)
            for (_, before), (phase, after) in pairwise(commanders)
            if before != after
        )
        found.append(Passage(force, commanders, transfers, _hosts(problem, force, moves)))
    return tuple(found)


def commander(problem: Problem, chain: Chain) -> str | None:
    """The headquarters next above; None if there is none."""
    return next((node for node in chain.nodes[1:] if node in problem.headquarters), None)


def _hosts(
    problem: Problem, force: str, movements: list[Movement]
) -> tuple[tuple[str, float], ...]:
    own = problem.scenario.forces[force].nation
    first: dict[str, float] = {}
    for movement in movements:
        for stage in movement.stages:
            for name, day in (
                (stage.start_place, stage.start_day),
                (stage.end_place, stage.end_day),
            ):
                place = problem.scenario.places.get(name)
                if place is not None and place.nation not in (None, own):
                    nation = str(place.nation)
                    first[nation] = min(day, first.get(nation, day))
    return tuple(sorted(first.items(), key=lambda one: (one[1], one[0])))
