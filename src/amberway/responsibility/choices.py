"""Which force elements are where they are, and which may serve another area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amberway.responsibility.capability import BRIGADES, brings
from amberway.scenario import Scenario
from amberway.scenario.force import Force
from amberway.scenario.geography import Domain
from amberway.scenario.posture import Pledge


@dataclass(frozen=True)
class Choice:
    """A force element, with those that go where it goes, and the areas that it may serve.

    `areas` begins with the one planned in forces.csv. It may also serve none.
    """

    id: str
    nation: str
    members: tuple[str, ...]
    planned: str
    areas: tuple[str, ...]


def is_local(scenario: Scenario, nation: str, area: str) -> bool:
    """Does the area lie on the nation's own soil?"""
    return nation in scenario.areas[area].nations


def pledges_of(scenario: Scenario) -> dict[str, list[Pledge]]:
    """The pledges that name each force element."""
    found: dict[str, list[Pledge]] = {}
    for pledge in scenario.pledges.values():
        if pledge.force is not None:
            found.setdefault(pledge.force, []).append(pledge)
    return found


def fixed(scenario: Scenario) -> tuple[str, ...]:
    """Force elements that stay: in place on C-day, or at home and not pledged elsewhere."""
    pledged = pledges_of(scenario)
    return tuple(
        force.id
        for force in scenario.forces.values()
        if force.in_place(scenario.settings.c_day)
        or (
            is_local(scenario, force.nation, force.area)
            and all(pledge.area == force.area for pledge in pledged.get(force.id, ()))
        )
    )


def choices(scenario: Scenario, lead: Mapping[str, str] | None = None) -> tuple[Choice, ...]:
    """Every force element that may go somewhere, with the areas that it may serve.

    That is the area planned in forces.csv and those for which a pledge names it. A pledge binds;
    a brigade that none names may serve any land area (`free_brigades`). Whatever belongs to a
    reinforcing brigade, is planned with it and not pledged itself goes where the brigade goes.
    `lead` (area → nation) opens the area to every brigade of that nation.
    """
    settings = scenario.settings.responsibility
    land = [area.id for area in scenario.areas.values() if area.domain is Domain.LAND]
    pledged, staying = pledges_of(scenario), set(fixed(scenario))
    moving = [
        force
        for force in scenario.forces.values()
        if force.id not in staying and (force.id in pledged or brings(scenario, force))
    ]
    brigades = {force.id for force in moving if _is_brigade(scenario, force)}
    followers: dict[str, list[str]] = {force.id: [] for force in moving}
    for force in moving:
        root = force
        while (
            root.id not in pledged
            and root.parent in brigades
            and scenario.forces[root.parent].area == root.area
        ):
            root = scenario.forces[root.parent]
        followers[root.id].append(force.id)
    found = []
    for force in moving:
        if force.id not in followers[force.id]:
            continue
        areas = [force.area, *(pledge.area for pledge in pledged.get(force.id, ()))]
        if force.id in brigades:
            if settings.free_brigades and force.id not in pledged:
                areas += land
            areas += [area for area, nation in (lead or {}).items() if nation == force.nation]
        found.append(
            Choice(
                force.id,
                force.nation,
                tuple(followers[force.id]),
                force.area,
                tuple(dict.fromkeys(areas)),
            )
        )
    return tuple(found)


def _is_brigade(scenario: Scenario, force: Force) -> bool:
    found = brings(scenario, force)
    least = scenario.settings.responsibility.whole_brigade
    return found is not None and found[0] in BRIGADES and found[1] >= least


def pairs(scenario: Scenario, lead: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """(force element, area) of everything that stays or may be sent: the days that are needed."""
    found = [(name, scenario.forces[name].area) for name in fixed(scenario)]
    for choice in choices(scenario, lead):
        found += [(name, area) for name in choice.members for area in choice.areas]
        found += [(name, scenario.forces[name].area) for name in choice.members]
    return tuple(dict.fromkeys(found))
