"""Candidates to lead in an area, side by side: in place, added, what that relies on, what is left.

In place and added count manoeuvre brigade equivalents. What is planned for the area closes as in
the deployment. What is planned elsewhere is shown at the day on which it could close here if it
had the network to itself (`Reach`): an upper limit, since nothing queues.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from amberway.deployment import Deployment, Movement, Reach
from amberway.presence.pool import MANOEUVRE, tied
from amberway.presence.problem import Problem, candidates
from amberway.presence.solve import present
from amberway.scenario import Scenario
from amberway.scenario.force import Force

DAYS = (10, 30)


@dataclass(frozen=True)
class Contribution:
    """A force element that moves, the area it is planned for, and the day of its closure.

    For one planned elsewhere that is the day on which it could close here. None: never, or no
    deployment or reach is given.
    """

    force: str
    name: str
    area: str
    brigades: float
    day: float | None


@dataclass(frozen=True)
class Reliance:
    """What the moves of a candidate's units for the area rely on, in lots.

    `lots` are all that are planned, `delivered` those that arrive; the others count how many
    lots use a means at all, change from train to train on the way, and which foreign nations
    their moves begin or end in (the clearances that they at least need).
    """

    lots: int
    delivered: int
    by_means: dict[str, int]
    transload: int
    transit: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """One nation for one area; brigade equivalents. None where no deployment or reach is given."""

    area: str
    nation: str
    leads_now: bool
    in_place: float
    units: tuple[Contribution, ...]
    added: dict[int, float] | None
    elsewhere: tuple[Contribution, ...]
    could_add: dict[int, float] | None
    reliance: Reliance | None
    pool: float
    in_place_elsewhere: float
    bound: float
    outside: tuple[str, ...]
    framework_in: tuple[str, ...]

    @property
    def planned(self) -> float:
        """Brigade equivalents that move to the area."""
        return round(sum(unit.brigades for unit in self.units), 6)

    @property
    def left(self) -> float:
        """Pool that neither is in place anywhere nor planned for the area: what more it could send.

        What a commitment outside the scenario binds is not taken off.
        """
        sent = self.in_place + self.in_place_elsewhere + self.planned
        return round(max(0.0, self.pool - sent), 6)

    @property
    def by_day(self) -> dict[int, float] | None:
        """In place and added by C+10 and C+30, as planned."""
        if self.added is None:
            return None
        return {day: round(self.in_place + more, 6) for day, more in self.added.items()}


def pairs(scenario: Scenario) -> list[tuple[str, str]]:
    """(force element, area) whose `Reach` the comparison can use."""
    c_day = scenario.settings.c_day
    return [
        (force.id, area)
        for area, nations in candidates(scenario).items()
        for nation in nations
        for force in _manoeuvre(scenario, nation)
        if force.area != area and not force.in_place(c_day)
    ]


def compare(
    problem: Problem, deployment: Deployment | None, reach: Reach | None
) -> tuple[Candidate, ...]:
    """Every candidate that the settings name, by area; if they name none, the framework nations."""
    asked = candidates(problem.scenario) or {
        area: (leads,) for area, leads in problem.framework.items() if leads is not None
    }
    return tuple(
        _candidate(problem, area, nation, deployment, reach)
        for area, nations in asked.items()
        if area in problem.areas
        for nation in nations
    )


def _candidate(
    problem: Problem, area: str, nation: str, deployment: Deployment | None, reach: Reach | None
) -> Candidate:
    scenario = problem.scenario
    c_day = scenario.settings.c_day
    forces = _manoeuvre(scenario, nation)
    moving = [force for force in forces if not force.in_place(c_day)]
    units = tuple(
        _contribution(scenario, f, None if deployment is None else deployment.closure.get(f.id))
        for f in moving
        if f.area == area
    )
    away = tuple(
        _contribution(scenario, f, None if reach is None else reach.get((f.id, area)))
        for f in moving
        if f.area != area
    )
    outside = [one for one in scenario.settings.presence.commitments if one.nation == nation]
    return Candidate(
        area,
        nation,
        problem.framework[area] == nation,
        _in_place(problem, area, nation),
        units,
        None if deployment is None else _sums(units),
        away,
        None if reach is None else _sums(away),
        None if deployment is None else _reliance(scenario, area, nation, deployment),
        round(sum(_brigades(scenario, force) for force in forces), 6),
        round(sum(_in_place(problem, a, nation) for a in problem.areas if a != area), 6),
        _bound(problem, nation),
        tuple(f"{one.where}: {one.brigades:g}" for one in outside),
        tuple(a for a, leads in problem.framework.items() if leads == nation and a != area),
    )


def _manoeuvre(scenario: Scenario, nation: str) -> list[Force]:
    return [
        force
        for force in scenario.forces.values()
        if force.nation == nation
        and scenario.unit_types[force.unit_type].role.value in MANOEUVRE
        and _brigades(scenario, force) > 0
    ]


def _brigades(scenario: Scenario, force: Force) -> float:
    return scenario.unit_types[force.unit_type].brigade_equivalent * force.strength


def _in_place(problem: Problem, area: str, nation: str) -> float:
    """Manoeuvre brigade equivalents of a nation in an area on C-day, each post once."""
    c_day = problem.scenario.settings.c_day
    posts: dict[str, float] = {}
    for stay in problem.stays:
        mine = stay.nation == nation and stay.area == area and stay.role in MANOEUVRE
        if mine and stay.on(c_day):
            posts[stay.post] = max(posts.get(stay.post, 0.0), stay.brigades)
    return round(sum(posts.values(), 0.0), 6)


def _bound(problem: Problem, nation: str) -> float:
    """Brigade equivalents that presence on C-day binds in all areas, the dwell ratio included."""
    ratio = problem.scenario.settings.presence.dwell_ratio
    there = present(problem.stays, (problem.scenario.settings.c_day,))[:, 0]
    found = 0.0
    for stay, on in zip(problem.stays, there, strict=True):
        if on and stay.nation == nation and stay.role in MANOEUVRE and not problem.local(stay):
            amount = stay.brigades
            found += tied(amount, 0, ratio) if stay.rotating else tied(0, amount, ratio)
    return round(found, 6)


def _contribution(scenario: Scenario, force: Force, day: float | None) -> Contribution:
    brigades = round(_brigades(scenario, force), 6)
    return Contribution(force.id, force.name, force.area, brigades, day)


def _sums(units: Iterable[Contribution]) -> dict[int, float]:
    """Brigade equivalents closed by C+10 and C+30."""
    arrived = [(unit.day, unit.brigades) for unit in units if unit.day is not None]
    return {by: round(sum((amount for day, amount in arrived if day <= by), 0.0), 6) for by in DAYS}


def _reliance(scenario: Scenario, area: str, nation: str, deployment: Deployment) -> Reliance:
    """Every lot of the nation that is planned for the area, of units of any role."""
    moves = [
        move
        for move in deployment.movements
        if scenario.forces[move.force].nation == nation and scenario.forces[move.force].area == area
    ]
    means: Counter[str] = Counter()
    nations: set[str] = set()
    for move in moves:
        means.update({stage.means for stage in move.stages})
        for stage in move.stages:
            ends = (scenario.places[stage.start_place], scenario.places[stage.end_place])
            nations.update(end.nation for end in ends if end.nation is not None)
    return Reliance(
        len(moves),
        sum(move.arrival_day is not None for move in moves),
        {name: means[name] for name in sorted(means)},
        sum(_transloads(move) for move in moves),
        tuple(sorted(nations - {nation} - set(scenario.areas[area].nations))),
    )


def _transloads(move: Movement) -> bool:
    trains = [stage.means == "train" for stage in move.stages]
    return any(a and b for a, b in pairwise(trains))
