"""The oracles themselves: values worked out by hand, and below every plan that is found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings

import arcflow
import brute
from amberway.mobility import one_pass
from amberway.mobility.evaluate import objective
from amberway.scenario import Scenario
from corridor import Corridor
from property.tiny import tiny

# Weight 2 (priority 2), grid of a day: a lot that arrives at the end of day d costs 2·d.


def by_day(**settings: Any) -> Corridor:
    """The corridor in whole days: the march takes 2, to the port 1, the voyage 3, onward 1."""
    factors = {"march_hours_per_day": 24, "ship_hold_h": 0}
    return Corridor(grid_hours=24, horizon_days=20, factors=factors, **settings)


def overseas(corridor: Corridor) -> Corridor:
    """No road all the way."""
    corridor.tables["links"] = [row for row in corridor.tables["links"] if row["id"] != "r-bc"]
    return corridor


def road_with_slots(grid_hours: float, per_day: float, trucks: int) -> Corridor:
    """Lots of 45 trucks on one road."""
    factors = {"march_hours_per_day": 24}
    corridor = Corridor(grid_hours=grid_hours, horizon_days=12, factors=factors)
    return corridor.only("road").hold(truck=trucks).set("r-ab", capacity_per_day=per_day)


@pytest.mark.parametrize(
    ("per_day", "days"),
    [
        (1, 3 + 4),  # ready on day 1, one enters on days 1 and 2, two days each
        (0.5, 3 + 5),  # a slot on days 1 and 3
    ],
)
def test_slots_of_a_road(per_day: float, days: int) -> None:
    """Two lots queue for one road."""
    scenario = road_with_slots(24, per_day, 90).scenario()
    assert arcflow.value(scenario) == pytest.approx(2 * days)
    assert brute.optimum(scenario) == pytest.approx(2 * days)


def test_rate_that_does_not_divide_the_grid() -> None:
    """Three a day on a grid of 6 h are slots in periods 1, 2, 3 of each day, none in period 0.

    Ready in period 4; four lots enter in 5, 6, 7, 9 and take 26 h, 5 periods.
    """
    scenario = road_with_slots(6, 3, 180).scenario()
    days = (10 + 11 + 12 + 14) * 6 / 24
    assert arcflow.value(scenario) == pytest.approx(2 * days)
    assert brute.optimum(scenario) == pytest.approx(2 * days)


def test_train_set_comes_back() -> None:
    """One train set: load 1, way 2, unload 1, way back 2; then a march of a day on tracks.

    Ready on day 1: the first of two lots is there on day 6; the set is back on day 7, so that the
    second arrives on day 12.
    """
    corridor = by_day().only("road", "rail").lift("wide").hold(tank=20).set("wide", count=1)
    scenario = corridor.scenario()
    assert arcflow.value(scenario) == pytest.approx(2 * (6 + 12))
    assert brute.optimum(scenario) == pytest.approx(2 * (6 + 12))


def test_ship_too_small_for_two_lots() -> None:
    """Two lots of 255 lane metres, one ship with room for 425 that is back after 4 days.

    Ready on day 1, at the port on day 2, ashore on day 5, at the destination on day 6. Ships carry
    whole lots: 6 and 10 days. The relaxation sells lane metres: 5/3 of a lot at first, 1/3 later.
    """
    corridor = overseas(by_day().only("road", "sea").hold(truck=60).set("ship", lane_m=500))
    scenario = corridor.scenario()
    assert brute.optimum(scenario) == pytest.approx(2 * (6 + 10))
    assert arcflow.value(scenario) == pytest.approx(2 * (5 / 3 * 6 + 1 / 3 * 10))


def test_ship_waits_for_the_second_lot() -> None:
    """Two lots, ready on days 0 and 1; the ship has room for both.

    One after the other as they come (one-pass): day 5, and 9 after the ship has come back. The
    ship waits a day: both on day 6. The relaxation sells a third of the ship each day: 5 and 6.
    """
    corridor = overseas(by_day().only("road", "sea").hold(truck=30).set("unit", ntm_days=0))
    (unit,) = corridor.tables["forces"]
    corridor.add("forces", **unit | {"id": "later", "ntm_days": 1})
    scenario = corridor.scenario()
    assert objective(one_pass.solve(scenario)) == pytest.approx(2 * (5 + 9))
    assert brute.optimum(scenario) == pytest.approx(2 * (6 + 6))
    assert arcflow.value(scenario) == pytest.approx(2 * (5 + 6))


def test_two_legs_want_the_same_lorries() -> None:
    """A lot goes by lorry, by air and by lorry again; the first lorries are not back in time.

    Hours: ready 24, lorries 30 to the airfield and 26 back (until 80), flight 8, lorries 5 and
    back after 6. With twelve lorries the lot arrives at 67, with six it waits for them: 85. The
    relaxation leaves a third behind (horizon 96), whose lorries bring the other thirds on, at 67
    and, when they are back, at 73.
    """
    values = []
    for lorries in (12, 6):
        corridor = Corridor(grid_hours=1, horizon_days=4, factors={"access_km": 2000})
        corridor.only("road", "air").lift("lorry", "plane").hold(box=6)
        corridor.set("r-field", km=500).set("lorry", count=lorries)
        scenario = overseas(corridor).scenario()
        values.append((brute.optimum(scenario), arcflow.value(scenario)))
    assert values[0] == pytest.approx((2 * 67 / 24, 2 * 67 / 24))
    assert values[1] == pytest.approx((2 * 85 / 24, 2 * (67 + 73 + 96) / 3 / 24))


def test_lot_that_cannot_arrive_costs_the_horizon() -> None:
    """A road that is closed for ever: both lots count as arriving on day 12."""
    scenario = road_with_slots(24, 0, 90).scenario()
    assert arcflow.value(scenario) == pytest.approx(2 * (12 + 12))
    assert brute.optimum(scenario) == pytest.approx(2 * (12 + 12))


def test_earliest_arrival_holds_lots_back() -> None:
    """Not wanted before day 6, the lots leave later and queue in front of that day, not after."""
    scenario = road_with_slots(24, 1, 90).set("unit", ead_day=6).scenario()
    assert arcflow.value(scenario) == pytest.approx(2 * (6 + 7))
    assert brute.optimum(scenario) == pytest.approx(2 * (6 + 7))


@given(tiny())
@settings(max_examples=40)
def test_relaxation_below_best_plan_below_one_pass(scenario: Scenario) -> None:
    """Arc-flow value ≤ the best of all plans ≤ the plan of the baseline."""
    try:
        best = brute.optimum(scenario, nodes=20_000)
    except brute.TooBigError:
        assume(False)
    assert best <= objective(one_pass.solve(scenario)) + 1e-9
    assert arcflow.value(scenario) <= best + 1e-6 * max(1.0, best)
