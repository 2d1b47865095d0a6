"""How soon a unit could close in an area, and a plan as the deployment that others receive."""

from __future__ import annotations

import datetime as dt

import pytest

from amberway.mobility import one_pass
from amberway.mobility.deploy import deployment
from amberway.mobility.reach import reach, reaches
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario
from small import TRUCK, link, nation, place, scenario, unit


def _two_areas(**first: object) -> Scenario:
    """Two areas on one road, y beyond x; a unit for each, both from the same home."""
    force = {"nation": "deu", "unit_type": "u", "home": "h", "ntm_days": 2}
    return scenario(
        nations=[nation("deu"), nation("ltu", 3.0)],
        places=[place("h", 52, 10), place("x", 53, 12), place("y", 54.9, 24, "ltu")],
        links=[link("r-x", "h", "x", "road", 250), link("r-y", "x", "y", "road", 1000)],
        lift=[
            {
                "id": "bus",
                "name": "Coaches",
                "kind": "coach",
                "count": 10,
                "notice_days": 0,
                "pax": 50,
            },
        ],
        equipment=[TRUCK],
        unit_types=[unit("u", 100)],
        unit_equipment=[{"id": "ut", "unit_type": "u", "equipment": "truck", "count": 40}],
        areas=[
            {"id": "ax", "name": "X", "nations": "deu", "domain": "land"},
            {"id": "ay", "name": "Y", "nations": "ltu", "domain": "land"},
        ],
        forces=[
            force | {"id": "f", "name": "F", "area": "ax", "destination": "x"} | first,
            force | {"id": "g", "name": "G", "area": "ay", "destination": "y"},
        ],
    )


def test_reach_is_the_closure_of_a_unit_that_is_alone() -> None:
    """What reach says of the area that a unit goes to is what a plan of that unit alone gives."""
    small = _two_areas()
    days = reach(small, [("f", "ax"), ("g", "ay"), ("f", "ay")])
    closure = deployment(one_pass.solve(small)).closure
    assert days["f", "ax"] == closure["f"]
    assert days["g", "ay"] == closure["g"]
    assert days["f", "ay"] == days["g", "ay"]
    assert days["f", "ay"] > days["f", "ax"]


def test_a_unit_in_place_is_ready_after_its_notice_and_elsewhere_has_to_move() -> None:
    """Standing in an area counts there only."""
    small = _two_areas(in_place_since=dt.date(2024, 1, 1))
    days = reach(small, [("f", "ax"), ("f", "ay")])
    assert days["f", "ax"] == 2
    assert days["f", "ay"] > 3


def test_no_way_and_no_seat_are_none() -> None:
    """An area where nobody assembles cannot be reached."""
    assert reach(_two_areas(), [("f", "nowhere")]) == {("f", "nowhere"): None}


def test_deployment_tells_every_move_of_the_plan() -> None:
    """Stages follow each other from home to the assembly area, in days."""
    plan = one_pass.solve(_two_areas())
    told = deployment(plan)
    assert len(told.movements) == len(plan.lots)
    assert sum(m.persons for m in told.movements) == 200
    for movement in told.movements:
        places = [stage.start_place for stage in movement.stages]
        places.append(movement.stages[-1].end_place)
        assert places[0] == "h"
        assert places[-1] == ("x" if movement.force == "f" else "y")
        assert movement.arrival_day == pytest.approx(movement.stages[-1].end_day)
        assert movement.ready_day <= movement.stages[0].start_day
    days = {row.force: row.day for row in MobilityResult(plan).closures}
    assert told.closure == days


def test_scenarios_with_one_network_are_answered_as_each_alone() -> None:
    """Proves that a unit which differs between them, or is in one only, keeps its own days."""
    other = {"id": "k", "name": "K", "ntm_days": 9}
    variants = [_two_areas(), _two_areas(ntm_days=5), _two_areas(in_place_since="2020-01-01")]
    variants.append(_two_areas(**other))
    asked = [(one, [(name, a) for name in one.forces for a in ("ay", "ax")]) for one in variants]
    together = reaches(asked)
    assert together == [reach(one, pairs) for one, pairs in asked]
    assert len({days.get(("f", "ay")) for days in together}) == 4
    assert [list(days) for days in together] == [pairs for _, pairs in asked]
