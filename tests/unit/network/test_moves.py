"""The time that one move takes, and what it holds meanwhile, against sums on paper."""

from __future__ import annotations

import pytest

from amberway.mobility import one_pass
from amberway.mobility.plan import Leg, Plan
from amberway.network.march import march_hours
from corridor import Corridor


def legs(corridor: Corridor, lot: int = 0) -> tuple[Leg, ...]:
    """Legs of a lot of the planned corridor."""
    plan = one_pass.solve(corridor.scenario())
    assert not plan.unmoved
    return plan.legs[plan.lots[lot].id]


def held(plan: Plan, name: str) -> list[int]:
    """Periods in which a resource is used."""
    used = plan.use.used[plan.use.names.index(name)]
    return [int(p) for p in used.nonzero()[0]]


@pytest.mark.parametrize(
    ("driving", "elapsed"), [(0, 0), (7, 7), (8, 8), (8.5, 24.5), (16, 32), (26, 74)]
)
def test_march_halts_overnight(driving: float, elapsed: float) -> None:
    """Eight hours at the wheel, sixteen of halt; a march that ends with the day has no halt."""
    assert march_hours(driving, 8) == pytest.approx(elapsed)


def test_road_march() -> None:
    """1300 km at 50 km/h are 26 hours of driving with three halts: 74 hours."""
    (leg,) = legs(Corridor().only("road").hold(truck=10))
    assert (leg.means, leg.start, leg.end, leg.handling) == ("march", 24, 98, 0)


def test_coach_runs_through() -> None:
    """Two hours to board, 26 of driving, two to leave; the coaches come back empty."""
    plan = one_pass.solve(Corridor().only("road").hold(persons=100).scenario())
    (leg,) = plan.legs["unit.p001"]
    assert (leg.means, leg.end - leg.start, leg.handling, leg.assets) == ("coach", 30, 4, 2)
    assert held(plan, "lift:bus") == list(range(24, 24 + 30 + 26))


def test_gauge_break() -> None:
    """Unload and reload in the transload yard: six hours, and another train set."""
    first, second = legs(Corridor().only("rail").hold(tank=10))
    assert [first.means, first.lift, first.end_place] == ["train", "wide", "c"]
    assert first.end - first.start == 6 + 25 + 3
    assert [second.means, second.lift, second.start_place] == ["train", "broad", "c"]
    assert second.end - second.start == 3 + 2 + 6
    assert second.start == first.end


def test_sorties_in_waves() -> None:
    """500 t on two planes of 60 t: nine sorties in five waves, each out, back and on the ground."""
    corridor = Corridor().set("truck", self_deploys=False, mass_t=50)
    corridor.set("r-ab", closes="2020-01-01").set("r-port", closes="2020-01-01")
    corridor.only("road", "air").hold(truck=10).settings["factors"] = {"train_wagons": 30}
    flight = next(leg for leg in legs(corridor) if leg.means == "aircraft")
    # Stand-minutes: 9 x 120 at 102 a period on each apron: 11 periods; flight 2; 4 x (4 + 4).
    assert (flight.assets, flight.end - flight.start) == (2, 4 * 8 + 11 + 2 + 11)


def test_track_march_is_short() -> None:
    """Tanks march no farther than the factor says."""
    near = Corridor().only("road").lift().hold(tank=2).set("unit", home="c")
    (leg,) = legs(near)
    assert (leg.means, leg.end - leg.start) == ("track-march", 9)  # 100 km at 12 km/h
    far = Corridor().only("road").lift().hold(tank=2)
    assert one_pass.solve(far.scenario()).unmoved


def test_clearance_holds_at_the_border() -> None:
    """A march sets out so late that it reaches each border when it opens."""
    corridor = Corridor().only("road").hold(truck=1)
    corridor.tables["nations"][1] |= {"clearance_crisis_days": 10}
    (leg,) = legs(corridor)
    # 900 km to the border town in Poland: 18 h of driving, 50 h with halts.
    assert leg.start == 240 - 50
    assert leg.waits == (("clearance:pol", 190 - 24),)


def test_own_nation_needs_no_clearance() -> None:
    """A force enters its own country when it likes."""
    corridor = Corridor().only("road").hold(truck=1).set("unit", nation="ltu")
    corridor.tables["nations"][2] |= {"clearance_crisis_days": None}
    (leg,) = legs(corridor)
    assert leg.start == 24


def test_reception_and_earliest_arrival() -> None:
    """Received not before the earliest arrival date; the wait says so."""
    corridor = Corridor().only("road").hold(truck=1).set("unit", ead_day=10)
    corridor.add("terminals", id="rec", place="d", function="reception", slots=1, handling_h=5)
    march, reception = legs(corridor)
    assert (march.end, reception.start, reception.end) == (98, 235, 240)
    assert reception.waits == (("ead:unit", 137),)
