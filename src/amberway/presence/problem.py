"""Who stays where from when to when: forces and rotations as stays of one year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from amberway.errors import UsageError
from amberway.scenario import Scenario
from amberway.scenario.force import Force
from amberway.scenario.geography import Domain
from amberway.scenario.posture import Rotation

US = "usa"
_YEARS = range(1900, 3000)


class Group(StrEnum):
    """Whose forces they are, seen from the area."""

    LOCAL = "local"
    FRAMEWORK = "framework nation"
    US = "United States"
    OTHERS = "other allies"


@dataclass(frozen=True)
class Stay:
    """One unit in one area from `first` to the day before `end` (None: open).

    `post` is the standing task that it fills; a unit that is stationed for good is its own post.
    `rotating` says that it is on a turn; `rotation` names the row. `brigades` are brigade
    equivalents, `persons` its strength.
    """

    post: str
    force: str
    name: str
    nation: str
    role: str
    brigades: float
    persons: int
    area: str
    place: str
    first: dt.date
    end: dt.date | None
    rotation: str | None

    @property
    def rotating(self) -> bool:
        """On a turn, or stationed for good?"""
        return self.rotation is not None

    def on(self, day: dt.date) -> bool:
        """Is it there on the day?"""
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Problem:
    """Every stay in an area on land, and the days of the year asked about."""

    scenario: Scenario
    year: int
    areas: tuple[str, ...]
    stays: tuple[Stay, ...]
    framework: dict[str, str | None]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days of the year."""
        return days_of(self.year)

    def group(self, stay: Stay) -> Group:
        """Whose forces a stay counts with."""
        if stay.nation in self.scenario.areas[stay.area].nations:
            return Group.LOCAL
        if stay.nation == US:
            return Group.US
        leads = stay.nation == self.framework[stay.area]
        return Group.FRAMEWORK if leads else Group.OTHERS

    def local(self, stay: Stay) -> bool:
        """Does it stand in its own country?"""
        return self.group(stay) is Group.LOCAL


def days_of(year: int) -> tuple[dt.date, ...]:
    """Every day of a year."""
    first = dt.date(year, 1, 1).toordinal()
    return tuple(
        dt.date.fromordinal(day) for day in range(first, dt.date(year, 12, 31).toordinal() + 1)
    )


def build(scenario: Scenario, year: int | None = None) -> Problem:
    """The stays of a scenario; `year` is that of C-day unless another is asked for.

    A force element with rows in rotations is present on its turns and on no other days. One
    without, that stands in its area (`in_place_since`), stays for good. Raises UsageError if the
    year is not from 1900 to 2999.
    """
    if year is not None and year not in _YEARS:
        raise UsageError(
            f"presence cannot be asked for the year {year}; name one from 1900 to 2999"
        )
    areas = tuple(i for i, area in scenario.areas.items() if area.domain is Domain.LAND)
    turning = {rotation.force for rotation in scenario.rotations.values()}
    stays = [
        _stationed(scenario, force)
        for force in scenario.forces.values()
        if force.in_place_since is not None and force.id not in turning
    ]
    stays += [_turn(scenario, rotation) for rotation in scenario.rotations.values()]
    on_land = tuple(stay for stay in stays if stay.area in areas)
    framework = {area: framework_nation(scenario, area) for area in areas}
    return Problem(
        scenario, scenario.settings.c_day.year if year is None else year, areas, on_land, framework
    )


def framework_nation(scenario: Scenario, area: str) -> str | None:
    """The nation whose force elements others of the area belong to; None if there is none.

    That is the foreign nation whose force elements in place are parents of most force elements of
    other foreign nations; the first named candidate decides a tie, or if there are no such
    parents.
    """
    host = scenario.areas[area].nations
    c_day = scenario.settings.c_day
    under: dict[str, int] = {}
    for force in scenario.forces.values():
        above = scenario.forces.get(force.parent or "")
        if above is None or above.area != area or not above.in_place(c_day):
            continue
        foreign = force.nation not in host and above.nation not in host
        if foreign and force.in_place(c_day) and force.nation != above.nation:
            under[above.nation] = under.get(above.nation, 0) + 1
    asked = candidates(scenario).get(area, ())
    if not under:
        return asked[0] if asked else None
    return min(under, key=lambda nation: (-under[nation], nation not in asked, nation))


def candidates(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Candidates to lead, by area, as the settings name them."""
    return {lead.area: lead.nations for lead in scenario.settings.presence.leads}


def _stationed(scenario: Scenario, force: Force) -> Stay:
    assert force.in_place_since is not None
    place = force.home if force.in_place(scenario.settings.c_day) else force.destination
    return _stay(
        scenario, force, force.id, force.name, force.area, place, force.in_place_since, None, None
    )


def _turn(scenario: Scenario, turn: Rotation) -> Stay:
    force = scenario.forces[turn.force]
    stands = force.in_place(scenario.settings.c_day) and turn.area == force.area
    place = turn.place or (force.home if stands else force.destination)
    name = turn.unit or force.name
    post = turn.post or turn.force
    return _stay(
        scenario, force, post, name, turn.area, place, turn.from_date, turn.to_date, turn.id
    )


def _stay(
    scenario: Scenario,
    force: Force,
    post: str,
    name: str,
    area: str,
    place: str,
    first: dt.date,
    end: dt.date | None,
    rotation: str | None,
) -> Stay:
    kind = scenario.unit_types[force.unit_type]
    return Stay(
        post,
        force.id,
        name,
        force.nation,
        kind.role.value,
        kind.brigade_equivalent * force.strength,
        round(kind.personnel * force.strength),
        area,
        place,
        first,
        end,
        rotation,
    )
