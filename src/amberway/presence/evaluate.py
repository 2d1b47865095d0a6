"""Judges any count of presence: counts one day after another, straight from the tables."""

from __future__ import annotations

import datetime as dt

from amberway.presence.solve import Presence
from amberway.scenario import Scenario


def count(scenario: Scenario, area: str, day: dt.date) -> float:
    """Brigade equivalents in an area on a day, each post counted once."""
    posts: dict[str, float] = {}
    turning = set()
    for turn in scenario.rotations.values():
        turning.add(turn.force)
        begun, over = turn.from_date <= day, turn.to_date is not None and turn.to_date <= day
        if turn.area == area and begun and not over:
            post = turn.post or turn.force
            posts[post] = max(posts.get(post, 0.0), _brigades(scenario, turn.force))
    for force in scenario.forces.values():
        since = force.in_place_since
        if force.area == area and force.id not in turning and since is not None and since <= day:
            posts[force.id] = max(posts.get(force.id, 0.0), _brigades(scenario, force.id))
    return sum(posts.values())


def differences(scenario: Scenario, presence: Presence) -> list[str]:
    """Every area and day for which the count is another than the presence given; empty if right."""
    found = []
    for area in presence.brigades:
        for day, given in zip(presence.days, presence.total(area), strict=True):
            counted = count(scenario, area, day)
            if abs(counted - given) > 1e-5:
                found.append(f"{area} on {day}: {given:g} given, {counted:g} counted")
    return found


def _brigades(scenario: Scenario, force_id: str) -> float:
    force = scenario.forces[force_id]
    return scenario.unit_types[force.unit_type].brigade_equivalent * force.strength
