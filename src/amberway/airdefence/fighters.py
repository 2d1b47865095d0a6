"""Fighters: patrols that can be sustained, and minutes from the order to a point on the border."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from amberway.airdefence import moments
from amberway.airdefence.problem import Problem, distances_km
from amberway.scenario.air import Fighter, Mission
from amberway.units import HOURS_PER_DAY

_MINUTES_PER_HOUR = 60.0


@dataclass(frozen=True)
class Scramble:
    """The detachment that is first at a point, and when, in minutes after the order."""

    point: str
    detachment: str
    minutes: float
    km: float


@dataclass(frozen=True)
class MissionRow:
    """One mission on a day: what flies for it, what it sustains, when it is at the border.

    `patrols` are continuous patrols; `scrambles` has the first detachment at each border point and
    is empty if nobody flies for the mission.
    """

    mission: Mission
    detachments: tuple[Fighter, ...]
    patrols: float
    scrambles: tuple[Scramble, ...]

    @property
    def aircraft(self) -> int:
        """Aircraft at their bases."""
        return sum(row.aircraft for row in self.detachments)

    @property
    def ready(self) -> float:
        """Aircraft ready to fly."""
        return sum(row.aircraft * row.availability for row in self.detachments)

    @property
    def sorties(self) -> float:
        """Sorties a day."""
        return sum(row.aircraft * row.availability * row.sortie_rate for row in self.detachments)


def on(row: Fighter, day: dt.date) -> bool:
    """Is a detachment at its base on a day?"""
    begun = row.from_date is None or row.from_date <= day
    return begun and (row.to_date is None or day < row.to_date)


def patrols(row: Fighter) -> float:
    """Continuous patrols (of one aircraft) that a detachment sustains.

    aircraft x availability x sorties a day x hours on station / 24: the hours on station that it
    flies in a day, over the hours of the day. Crews, fuel, tankers and weather are in the sortie
    rate and the time on station as far as the table has them there.
    """
    flown = row.aircraft * row.availability * row.sortie_rate * row.on_station_h
    return flown / HOURS_PER_DAY


def scramble_minutes(row: Fighter, km: float) -> float:
    """Minutes from the order to a point `km` away: alert time and straight flight at speed."""
    return row.alert_min + km / row.speed_kmh * _MINUTES_PER_HOUR


def missions(problem: Problem, day: dt.date) -> tuple[MissionRow, ...]:
    """The policing mission as it flies, and the defence mission that has its aircraft too."""
    rows = [row for row in problem.scenario.fighters.values() if on(row, day) and row.aircraft]
    policing = [row for row in rows if row.mission is Mission.POLICING]
    return (
        _mission(problem, Mission.POLICING, policing),
        _mission(problem, Mission.DEFENCE, rows),
    )


def missions_by_year(problem: Problem) -> dict[int, tuple[MissionRow, ...]]:
    """Both missions at the end of each year, the years of `moments.years`."""
    return {year: missions(problem, dt.date(year, 12, 31)) for year in moments.years(problem)}


def scrambles(problem: Problem, rows: Iterable[Fighter]) -> list[list[Scramble]]:
    """Every detachment at every border point, by point, the first there first."""
    flying = list(rows)
    points = problem.factors.border_points
    away = distances_km(problem.scenario, [row.base for row in flying], points)
    return [
        sorted(
            (
                Scramble(point, row.id, scramble_minutes(row, float(km)), float(km))
                for row, km in zip(flying, away[:, at], strict=True)
            ),
            key=lambda s: (s.minutes, s.detachment),
        )
        for at, point in enumerate(points)
    ]


def _mission(problem: Problem, mission: Mission, rows: list[Fighter]) -> MissionRow:
    first = tuple(times[0] for times in scrambles(problem, rows) if times)
    return MissionRow(mission, tuple(rows), sum(patrols(row) for row in rows), first)
