"""What the goal would take: brigades missing in each area, and whether hosts could house them.

With m the brigade equivalents missing on the year's worst day, the host needs m · brigade_persons
beds and m · training_weeks of training area beside what is needed already. Both are compared with
what is free in the host nation: beds on the last day of a year less those needed on its worst day,
and brigade-weeks over the year. Areas that share a host each see all of what is free.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from amberway.presence.host import HostYear, PlaceYear
from amberway.presence.problem import Group, Problem, candidates
from amberway.presence.solve import Presence


@dataclass(frozen=True)
class Goal:
    """Brigade equivalents missing in an area with candidates, on the worst day of the year."""

    area: str
    lead: float
    us: float

    @property
    def missing(self) -> float:
        """Both together."""
        return round(self.lead + self.us, 6)


@dataclass(frozen=True)
class GoalYear:
    """Beds and brigade-weeks that the missing brigades need, and that are free, in one year."""

    area: str
    year: int
    beds: int
    beds_free: int
    training: float
    training_free: float

    @property
    def beds_short(self) -> int:
        """Beds to build."""
        return max(0, self.beds - self.beds_free)

    @property
    def training_short(self) -> float:
        """Brigade-weeks to find."""
        return round(max(0.0, self.training - self.training_free), 6)


def goals(problem: Problem, presence: Presence) -> tuple[Goal, ...]:
    """What is missing in each area that has candidates, on the worst day for either goal."""
    factors = problem.scenario.settings.presence
    found = []
    for area in candidates(problem.scenario):
        if area in problem.areas:
            groups = presence.brigades[area]
            lead = factors.goal_lead_brigades - float(
                (groups[Group.FRAMEWORK] + groups[Group.OTHERS]).min()
            )
            us = factors.goal_us_brigades - float(groups[Group.US].min())
            found.append(Goal(area, round(max(0.0, lead), 6), round(max(0.0, us), 6)))
    return tuple(found)


def housing(
    problem: Problem,
    missing: tuple[Goal, ...],
    places: tuple[PlaceYear, ...],
    hosts: tuple[HostYear, ...],
) -> tuple[GoalYear, ...]:
    """What housing and training the missing brigades would take of each area's hosts.

    One row an area and year, from the year asked about on.
    """
    scenario = problem.scenario
    factors = scenario.settings.presence
    found = []
    for goal in missing:
        nations = scenario.areas[goal.area].nations
        for year in (y for y in dict.fromkeys(row.year for row in hosts) if y >= problem.year):
            last = dt.date(year, 12, 31)
            beds = sum(
                row.beds
                for row in scenario.host_support.values()
                if scenario.places[row.place].nation in nations
                and (row.in_place_by is None or row.in_place_by <= last)
            )
            taken = sum(
                row.beds_needed
                for row in places
                if row.year == year and scenario.places[row.place].nation in nations
            )
            free = sum(
                row.training - row.training_allied - row.training_local
                for row in hosts
                if row.year == year and row.nation in nations
            )
            found.append(
                GoalYear(
                    goal.area,
                    year,
                    round(goal.missing * factors.brigade_persons),
                    max(0, beds - taken),
                    round(goal.missing * factors.training_weeks, 6),
                    round(max(0.0, free), 6),
                )
            )
    return tuple(found)
