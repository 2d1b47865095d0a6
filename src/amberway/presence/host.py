"""Beds, homes and training area that hosts provide, against what allied forces in place need.

Beds are counted place by place, for the persons of units on turns and for those of units stationed
for good who come alone. The others of the latter need a home; households live in towns, not beside
the barracks, so homes are counted by host nation. A year is judged by its worst day. Training area
is shared within a host nation too, and counted over the year:

    need = training_weeks · mean allied brigade equivalents
           + local_training_weeks · mean brigade equivalents of the host
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amberway.presence.problem import Problem, Stay, days_of
from amberway.presence.solve import present

_MOST_YEARS = 10


@dataclass(frozen=True)
class PlaceYear:
    """Beds at one place in one year, on the day on which most are missing (or fewest to spare).

    `listed` says that host_support has rows for the place; if not, nobody knows what is there.
    """

    place: str
    year: int
    listed: bool
    beds: int
    beds_needed: int

    @property
    def short(self) -> int:
        """Beds that are missing."""
        return max(0, self.beds_needed - self.beds) if self.listed else 0


@dataclass(frozen=True)
class HostYear:
    """One host nation in one year: homes on the worst day, training area in brigade-weeks."""

    nation: str
    year: int
    homes: int
    homes_needed: int
    training: float
    training_allied: float
    training_local: float

    @property
    def homes_short(self) -> int:
        """Homes that are missing."""
        return max(0, self.homes_needed - self.homes)

    @property
    def training_short(self) -> float:
        """Brigade-weeks of training area that are missing."""
        return round(max(0.0, self.training_allied + self.training_local - self.training), 6)


def years(problem: Problem) -> tuple[int, ...]:
    """From the earlier of C-day's year and the year asked about, to the first whole year in which
    everything announced is there; at most ten.
    """
    scenario = problem.scenario
    first = min(problem.year, scenario.settings.c_day.year)
    dates = [row.in_place_by for row in scenario.host_support.values() if row.in_place_by]
    whole = [day.year + ((day.month, day.day) != (1, 1)) for day in dates]
    last = max([problem.year, *whole])
    return tuple(range(first, min(last, first + _MOST_YEARS - 1) + 1))


def places(problem: Problem) -> tuple[PlaceYear, ...]:
    """Beds at every place that hosts allied forces or lists beds, for each year."""
    stays = [stay for stay in problem.stays if not problem.local(stay)]
    support = problem.scenario.host_support.values()
    listed = {row.place for row in support}
    provides = {row.place for row in support if row.beds}
    found = []
    for year in years(problem):
        days = days_of(year)
        there = present(stays, days)
        needed = [_beds(problem, stay) for stay in stays]
        for place in sorted({stay.place for stay in stays} | provides):
            housed = np.array(
                [n if stay.place == place else 0 for stay, n in zip(stays, needed, strict=True)],
                dtype=np.int64,
            )
            need = housed @ there
            have = _available(days, [(r.beds, r.in_place_by) for r in support if r.place == place])
            worst = int(np.argmax(need - have))
            found.append(
                PlaceYear(place, year, place in listed, int(have[worst]), int(need[worst]))
            )
    return tuple(found)


def hosts(problem: Problem) -> tuple[HostYear, ...]:
    """Homes and training area of every nation with a land area, for each year."""
    scenario = problem.scenario
    factors = scenario.settings.presence
    nations = list(dict.fromkeys(n for a in problem.areas for n in scenario.areas[a].nations))
    found = []
    for year in years(problem):
        days = days_of(year)
        there = present(problem.stays, days)
        for nation in nations:
            rows = [
                row
                for row in scenario.host_support.values()
                if scenario.places[row.place].nation == nation
            ]
            homes = np.zeros(len(days), dtype=np.int64)
            allied = local = 0.0
            for stay, on in zip(problem.stays, there, strict=True):
                if scenario.places[stay.place].nation != nation:
                    continue
                mean = stay.brigades * float(on.mean())
                if problem.local(stay):
                    local += mean
                else:
                    allied += mean
                    homes += on * (stay.persons - _beds(problem, stay))
            have = _available(days, [(row.family_homes, row.in_place_by) for row in rows])
            area = _available(days, [(row.training_weeks, row.in_place_by) for row in rows])
            worst = int(np.argmax(homes - have))
            found.append(
                HostYear(
                    nation,
                    year,
                    int(have[worst]),
                    int(homes[worst]),
                    round(float(area.mean()), 6),
                    round(allied * factors.training_weeks, 6),
                    round(local * factors.local_training_weeks, 6),
                )
            )
    return tuple(found)


def _beds(problem: Problem, stay: Stay) -> int:
    """Persons of a stay that need a bed; the others bring a household."""
    if stay.rotating:
        return stay.persons
    return round(stay.persons * (1 - problem.scenario.settings.presence.accompanied_share))


def _available(
    days: tuple[dt.date, ...], amounts: list[tuple[float, dt.date | None]]
) -> NDArray[np.float64]:
    """What is there on each day, of amounts with the day from which they are."""
    found = np.zeros(len(days))
    for amount, begins in amounts:
        found += [amount if begins is None or begins <= day else 0.0 for day in days]
    return found
