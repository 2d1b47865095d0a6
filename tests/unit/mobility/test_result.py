"""Headline numbers and closures of small plans, against counts on paper."""

from __future__ import annotations

import json

import pytest

from amberway.mobility import methods
from amberway.mobility.result import MobilityResult
from corridor import Corridor

PROMISED = (
    "scenario grid_hours horizon_days force_elements lots lots_delivered persons_total "
    "persons_in_place persons_closed brigades_closed last_closure_day objective resources_top"
)


def three_units() -> MobilityResult:
    """One unit marches in by C+4.6, one stands there, one is local."""
    corridor = Corridor().only("road").hold(persons=20, truck=10)
    first = corridor.tables["forces"][0]
    corridor.tables["forces"] += [
        first | {"id": "there", "home": "d", "in_place_since": "2024-01-01", "ntm_days": 2},
        first | {"id": "local", "nation": "ltu", "home": "d", "ntm_days": 15},
    ]
    return methods.plan(corridor.scenario(), "one-pass")


def test_promised_numbers_are_there_and_plain() -> None:
    """Every key that others build on, in JSON that any reader takes."""
    numbers = three_units().to_dict()
    assert set(PROMISED.split()) <= set(numbers)
    json.dumps(numbers, allow_nan=False)


def test_persons_by_standing_and_day() -> None:
    """Sixty persons; twenty of them in place, twenty local and ready after C+10."""
    numbers = three_units().headline
    assert (numbers["persons_total"], numbers["persons_in_place"]) == (60, 20)
    assert numbers["persons_local"] == 20
    assert numbers["persons_closed"] == {"C+10": 40, "C+30": 60}
    assert numbers["persons_available"] == {"C+10": 40, "C+30": 60}
    assert numbers["brigades_closed"] == {"C+10": 2, "C+30": 3}
    assert numbers["last_closure_day"] == pytest.approx((98 + 12) / 24)


def test_objective_counts_weight_and_horizon() -> None:
    """Weight 2: arrival at period 98 of an hour; a lot that never arrives counts the horizon."""
    arrives = methods.plan(Corridor().only("road").hold(truck=10).scenario(), "one-pass")
    assert arrives.headline["objective"] == pytest.approx(2 * 98 / 24)
    never = methods.plan(Corridor().only("sea").hold(truck=10).scenario(), "one-pass")
    assert never.headline["objective"] == 60
    assert never.headline["last_closure_day"] is None
    assert never.headline["units_not_closed"] == 1


def test_traffic() -> None:
    """Moves by means, trains, serials, sailings and how full the ships are."""
    by_rail = methods.plan(Corridor().only("rail").hold(tank=10).scenario(), "one-pass").headline
    assert (by_rail["trains"], by_rail["serials"]) == (2, 0)
    corridor = Corridor().only("road", "sea").set("r-bc", closes="2020-01-01").hold(truck=50)
    by_sea = methods.plan(corridor.scenario(), "one-pass").headline
    assert by_sea["moves_by_means"] == {"march": 4, "ship": 2}
    assert by_sea["ship_fill_mean"] == pytest.approx(50 * 8.5 / 850)


def test_tight_resources_come_first() -> None:
    """The resource that was waited for longest stands first, with its use per day."""
    corridor = Corridor().only("road").hold(truck=90).set("r-ab", capacity_per_day=1)
    first = methods.plan(corridor.scenario(), "one-pass").headline["resources_top"][0]
    assert (first["name"], first["kind"], first["peak_use"]) == ("link:r-ab>", "road", 1.0)
    assert first["waiting_lot_days"] > 0


def test_use_when_the_horizon_cuts_a_day_short() -> None:
    """Uses are numbers even if the horizon holds no whole day."""
    corridor = Corridor(horizon_days=0.5).only("road").hold(truck=1).set("unit", ntm_days=0)
    corridor.set("unit", home="c").set("r-cd", capacity_per_day=24)
    (use,) = methods.plan(corridor.scenario(), "one-pass").headline["resources_top"]
    assert use["mean_use"] == use["peak_use"] == pytest.approx(1 / 12, abs=1e-4)


def test_frame_and_geojson() -> None:
    """Closures as a table and as points on the map."""
    result = three_units()
    assert result.to_frame().height == 3
    points = result.to_geojson()["features"]
    assert [point["id"] for point in points] == ["unit", "there", "local"]
    assert points[0]["geometry"]["coordinates"] == [24, 54.9]
