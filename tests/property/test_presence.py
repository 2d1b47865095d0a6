"""Presence on random calendars, held against a count done another way."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amberway.presence import assess
from amberway.presence.evaluate import differences
from amberway.presence.pool import tied
from amberway.presence.problem import Group
from amberway.scenario import Scenario
from amberway.scenario.posture import Rotation
from small import nation, place, unchecked, unit

FORCES = ("alpha", "bravo", "charlie", "delta")
AREAS = ("north", "south")
days = st.dates(dt.date(2023, 6, 1), dt.date(2025, 6, 30))


def turns_of(forces: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A turn of one of the forces, in either area, at its own post or that of another."""

    def ended(row: dict[str, Any]) -> dict[str, Any]:
        length = row.pop("length")
        begins = row["from_date"]
        return row | {"to_date": begins + dt.timedelta(days=length) if length else None}

    return st.fixed_dictionaries(
        {
            "force": forces,
            "post": st.none() | st.sampled_from(FORCES),
            "area": st.sampled_from(AREAS),
            "from_date": days,
            "length": st.none() | st.integers(1, 400),
        }
    ).map(ended)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Two areas, four force elements of any size and nation, some in place, up to six turns."""
    forces = [
        {
            "id": name,
            "name": name,
            "nation": draw(st.sampled_from(["est", "gbr", "usa"])),
            "unit_type": draw(st.sampled_from(["battalion", "brigade", "battery"])),
            "home": "camp",
            "destination": "camp",
            "ntm_days": 1,
            "area": draw(st.sampled_from(AREAS)),
            "strength": draw(st.sampled_from([0.25, 0.5, 1.0, 1.5])),
            "in_place_since": draw(st.none() | days),
        }
        for name in FORCES
    ]
    rotations = draw(st.lists(turns_of(st.sampled_from(FORCES)), max_size=6))
    return unchecked(
        nations=[nation(name) for name in ("est", "gbr", "usa")],
        places=[place("camp", 59, 26, "est")],
        areas=[{"id": i, "name": i, "nations": ["est"], "domain": "land"} for i in AREAS],
        unit_types=[
            unit("battalion", 500, brigades=0.25),
            unit("brigade", 4000, "medium"),
            unit("battery", 100, "air-defence", 0),
        ],
        forces=forces,
        rotations=[row | {"id": f"turn-{at}"} for at, row in enumerate(rotations)],
    )


@given(scenarios(), st.sampled_from([2023, 2024, 2025]))
def test_presence_is_the_count_of_each_day(made: Scenario, year: int) -> None:
    """Proves the series by counting every day straight from the tables."""
    assert differences(made, assess(made, year=year).year) == []


@given(scenarios(), st.data())
def test_another_turn_never_lowers_presence(made: Scenario, data: st.DataObject) -> None:
    """Proves that a turn added for a force that has turns, or has no place yet, takes nothing away
    on any day. (The first turn of a force that stands for good ends its standing: that is what it
    says.)"""
    free = [
        name
        for name, force in made.forces.items()
        if force.in_place_since is None or any(r.force == name for r in made.rotations.values())
    ]
    if not free:
        return
    row = data.draw(turns_of(st.sampled_from(free)))
    more = made.rotations | {"added": Rotation.model_validate(row | {"id": "added"})}
    before, after = assess(made).year, assess(replace(made, rotations=more)).year
    for area in AREAS:
        assert (after.total(area) >= before.total(area) - 1e-9).all()


@given(scenarios())
def test_groups_and_roles_add_up(made: Scenario) -> None:
    """Proves that the splits by whose forces and by role have the same sum."""
    year = assess(made).year
    for area in AREAS:
        by_role = np.sum(list(year.role_brigades[area].values()), axis=0)
        np.testing.assert_allclose(year.total(area), by_role, atol=1e-6)
        local = year.brigades[area][Group.LOCAL]
        np.testing.assert_allclose(
            year.total(area) - local, year.total(area, allied=True), atol=1e-6
        )


@given(
    st.lists(st.integers(20, 200), min_size=1, max_size=8),
    st.integers(0, 15),
    st.dates(dt.date(2023, 1, 1), dt.date(2024, 1, 1)),
)
def test_a_calendar_without_gaps_is_constant(
    lengths: list[int], handover: int, begins: dt.date
) -> None:
    """Proves that turns heel to toe, with or without handover, keep presence the same every day."""
    rows, day = [], begins
    for at, length in enumerate(lengths):
        last = at == len(lengths) - 1
        end = None if last else day + dt.timedelta(days=length)
        rows.append(
            {"id": f"t{at}", "force": "bg", "area": "north", "from_date": day, "to_date": end}
        )
        day = day if end is None else end - dt.timedelta(days=handover)
    made = unchecked(
        nations=[nation("est"), nation("gbr")],
        places=[place("camp", 59, 26, "est")],
        areas=[{"id": "north", "name": "north", "nations": ["est"], "domain": "land"}],
        unit_types=[unit("battalion", 500, brigades=0.25)],
        forces=[
            {
                "id": "bg",
                "name": "bg",
                "nation": "gbr",
                "unit_type": "battalion",
                "home": "camp",
                "destination": "camp",
                "ntm_days": 1,
                "area": "north",
                "in_place_since": dt.date(2017, 1, 1),
            }
        ],
        rotations=rows,
    )
    result = assess(made)
    assert set(result.year.total("north")) == {0.25}
    assert result.headline["gap_days"] == 0


@given(scenarios())
def test_gap_days_are_the_days_without_anybody(made: Scenario) -> None:
    """Proves the gaps by asking of every day whether a post that has begun stands empty."""
    result = assess(made)
    for post in result.posts:
        begun = min(stay.first for stay in post.turns)
        empty = [
            day
            for day in result.year.days
            if day >= begun and not any(stay.on(day) for stay in post.turns)
        ]
        named = [gap.first + dt.timedelta(days=at) for gap in post.gaps for at in range(gap.days)]
        assert named == empty
        double = [day for day in result.year.days if sum(stay.on(day) for stay in post.turns) > 1]
        listed = {o.first + dt.timedelta(days=at) for o in post.overlaps for at in range(o.days)}
        assert listed == set(double)
        assert sum(o.days for o in post.overlaps) == len(double)


@given(st.floats(0, 20), st.floats(0, 20), st.integers(0, 6), st.integers(1, 12), st.integers(1, 5))
def test_dwell_formula(
    rotating: float, stationed: float, ratio: int, months: int, posts: int
) -> None:
    """Proves the dwell formula by dealing turns out to a pool: with n(1+r) units, each is away one
    turn and at home r turns; with one unit less, somebody goes early."""
    assert abs(tied(rotating, stationed, ratio) - (rotating + rotating * ratio + stationed)) < 1e-9
    needed = round(tied(posts, 0, ratio))
    rest: list[list[int]] = [[] for _ in range(needed)]
    for turn in range(4 * (ratio + 1)):
        for post in range(posts):
            rest[(turn * posts + post) % needed].append(turn)
    assert all(b - a == ratio + 1 for own in rest for a, b in pairwise(own))


@given(scenarios())
def test_result_is_the_same_every_time_and_can_be_written(made: Scenario) -> None:
    """Proves that the tables decide the result, whatever the order of their rows."""
    first = json.dumps(assess(made).headline)
    turned = replace(made, rotations=dict(reversed(made.rotations.items())))
    again = assess(turned).headline
    assert json.loads(first)["areas"] == json.loads(json.dumps(again))["areas"]
    assert json.dumps(assess(made).to_dict())
