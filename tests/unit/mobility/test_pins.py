"""Pins on the corridor: what they leave, what cannot be, and who says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amberway.errors import ScenarioError
from amberway.mobility import folder, methods, one_pass
from amberway.mobility.evaluate import resource_uses
from amberway.mobility.explain import account, explain
from amberway.mobility.ground import Ground
from amberway.mobility.plan import Leg, Plan
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import verify
from amberway.scenario import check, write
from corridor import Corridor
from small import link, place


def pinned(corridor: Corridor, **cells: object) -> Corridor:
    """The corridor with one pin on its unit."""
    return corridor.add("pins", id="fixed", force="unit", **cells)


def planned(corridor: Corridor, run: Path) -> Plan:
    """The one-pass plan, which the verifier accepts."""
    result = methods.plan(corridor.scenario(), "one-pass")
    verdict = verify(folder.save(result, run))
    assert [str(v) for v in verdict.violations] == []
    return result.plan


def legs_of(corridor: Corridor, run: Path) -> tuple[Leg, ...]:
    """The legs of the only lot."""
    (legs,) = planned(corridor, run).legs.values()
    return legs


def refused(corridor: Corridor) -> str:
    """The one reason for which the scenario's pins are refused."""
    with pytest.raises(ScenarioError) as error:
        methods.plan(corridor.scenario(), "one-pass")
    (problem,) = error.value.problems
    assert (problem.check, problem.file, problem.value) == ("impossible-pin", "pins.csv", "fixed")
    assert problem.mend.endswith(".")
    return problem.what


@pytest.mark.parametrize(
    ("mode", "means"),
    [
        ("road", ["march"]),
        ("rail", ["train", "march"]),
        ("sea", ["march", "ship", "march"]),
        ("air", ["march", "aircraft", "march"]),
    ],
)
def test_main_mode(mode: str, means: list[str], tmp_path: Path) -> None:
    """A pinned lot goes by its mode, whichever is quickest."""
    legs = legs_of(pinned(Corridor().hold(truck=2), mode=mode), tmp_path / "run")
    assert [leg.means for leg in legs] == means


def test_land_legs_of_a_voyage_may_be_by_rail(tmp_path: Path) -> None:
    """Tanks pinned to sea ride a train to the port where that is the only way to it."""
    corridor = Corridor().hold(tank=2).set("r-port", mlc_wheeled=20, mlc_tracked=20)
    corridor.add("links", **link("t-port", "a", "pa", "rail", 250))
    corridor.add(
        "terminals", id="rail-pa", place="pa", function="rail", slots=1, handling_h=6,
        gauges_mm="1435",
    )  # fmt: skip
    legs = legs_of(pinned(corridor, mode="sea"), tmp_path / "run")
    assert [leg.means for leg in legs] == ["train", "ship", "heavy-transporter"]


def two_ports(corridor: Corridor) -> Corridor:
    """A second port of debarkation, farther from the unit's destination."""
    corridor.tables["places"].append(place("pe", 56.5, 21, "ltu", "seaport"))
    corridor.add("links", **link("s-far", "sea", "pe", "sea", 400))
    corridor.add("links", **link("r-far", "pe", "d", "road", 400))
    return corridor.add(
        "terminals", id="quay-e", place="pe", function="sea", slots=1, lane_m_per_h=250
    )


def test_port_is_used_though_another_is_quicker(tmp_path: Path) -> None:
    """The voyage ends at the port that the pin names."""
    corridor = pinned(two_ports(Corridor().hold(truck=2)), pod="pe")
    voyage = next(leg for leg in legs_of(corridor, tmp_path / "run") if leg.means == "ship")
    assert (voyage.start_place, voyage.end_place) == ("pa", "pe")


def test_port_beyond_the_candidates_is_offered() -> None:
    """A pinned port is looked at although sixteen others are nearer to the destination."""
    corridor = two_ports(Corridor().hold(truck=2))
    for n in range(20):
        port = f"p-{n:02d}"
        corridor.tables["places"].append(place(port, 55.7, 21.1, "ltu", "seaport"))
        corridor.add("links", **link(f"s-{port}", "sea", port, "sea", 370))
        corridor.add("links", **link(f"r-{port}", port, "d", "road", 250))
        corridor.add(
            "terminals", id=f"q-{port}", place=port, function="sea", slots=1, lane_m_per_h=250
        )
    free = Ground.of(corridor.scenario()).options
    (lot,) = one_pass.solve(corridor.scenario()).lots
    assert "pe" not in {way.end for ways in free.of(lot).sea.values() for way in ways}
    bound = Ground.of(pinned(corridor, pod="pe").scenario()).options.of(lot)
    assert {way.end for ways in bound.sea.values() for way in ways} == {"pe"}


def test_airfields_are_ports_too(tmp_path: Path) -> None:
    """With an airfield as port of embarkation and no mode, the lot flies."""
    legs = legs_of(pinned(Corridor().hold(truck=2), poe="fa"), tmp_path / "run")
    assert [leg.means for leg in legs] == ["march", "aircraft", "march"]


@pytest.mark.parametrize(
    ("mode", "via"),
    [("road", "b"), ("rail", "c"), ("sea", "pd"), ("sea", "b"), ("air", "fd"), (None, "pa")],
)
def test_calls_at_a_place(mode: str | None, via: str, tmp_path: Path) -> None:
    """A move starts or ends at the place, beside the main mode."""
    corridor = pinned(Corridor().hold(truck=2), mode=mode, via=via)
    legs = legs_of(corridor, tmp_path / "run")
    assert via in {leg.end_place for leg in legs}


def test_call_before_and_after_the_haul(tmp_path: Path) -> None:
    """Pins to sea by way of an inland town: the lot drives there and back, or on from the port."""
    corridor = pinned(Corridor().hold(truck=2).only("road", "sea"), mode="sea", via="c")
    legs = legs_of(corridor, tmp_path / "run")
    assert [leg.end_place for leg in legs] == ["pa", "pd", "c", "d"]


def test_day_of_departure(tmp_path: Path) -> None:
    """The first move starts within the day, and the wait until then is the pin's."""
    plan = planned(pinned(Corridor().hold(truck=2), depart_day=5), tmp_path / "run")
    (lot,) = plan.lots
    leg = plan.legs[lot.id][0]
    assert leg.start == 120
    assert leg.waits == (("pin:fixed", 96),)
    assert sum(share.periods for share in account(plan, lot)) == plan.arrival(lot)
    assert not any(use.name.startswith("pin:") for use in resource_uses(plan))
    text = explain(plan, "unit")
    assert text[2] == "Pinned by 'fixed': departure on C+5."
    assert text[3] == "It waits 4.0 days in a for its pinned day."


def test_day_without_room(tmp_path: Path) -> None:
    """What the day has no room for is left behind, and told which pin does it."""
    corridor = (
        Corridor(grid_hours=3).only("road").hold(truck=45 * 12).set("r-ab", capacity_per_day=10)
    )
    plan = planned(pinned(corridor, depart_day=5), tmp_path / "run")
    assert {legs[0].start // 8 for legs in plan.legs.values()} == {5}
    assert (len(plan.legs), len(plan.unmoved)) == (10, 2)
    assert set(plan.unmoved.values()) == {"no way to d that departs on C+5 (pin 'fixed') is free"}


def at_the_quay(**pin: object) -> Corridor:
    """Twelve trucks that stand at the port."""
    corridor = Corridor().only("road", "sea").set("unit", home="pa").hold(truck=12)
    return pinned(corridor, mode="sea", **pin)


def test_boarding_is_a_departure(tmp_path: Path) -> None:
    """A lot that stands at its port of embarkation boards on the day."""
    legs = legs_of(at_the_quay(depart_day=3), tmp_path / "run")
    assert legs[0].means == "ship"
    assert 72 <= legs[0].start < 96


def test_quicker_ship_of_another_day_is_left(tmp_path: Path) -> None:
    """The slow ship that is there on the day is taken, not a quick one of the day after."""
    corridor = at_the_quay(depart_day=3).set("ship", notice_days=4)
    (quick,) = (row for row in corridor.tables["lift"] if row["id"] == "ship")
    slow = {**quick, "id": "tub", "name": "MS Tub", "notice_days": 0, "speed_kn": 4}
    corridor.add("lift", **slow)
    legs = legs_of(corridor, tmp_path / "run")
    assert legs[0].lift == "tub"
    assert 72 <= legs[0].start < 96


def test_pin_of_a_class_goes_before_that_of_all(tmp_path: Path) -> None:
    """The unit goes by road, its persons fly."""
    corridor = pinned(Corridor().hold(persons=100, truck=5), mode="road")
    corridor.add("pins", id="fly", force="unit", cargo="persons", mode="air")
    plan = planned(corridor, tmp_path / "run")
    means = {lot: {leg.means for leg in legs} for lot, legs in plan.legs.items()}
    assert means == {"unit.w001": {"march"}, "unit.p001": {"coach", "aircraft"}}
    assert explain(plan, "unit")[2] == "Pinned by 'fixed': main mode road."


def test_what_stands_there_already_is_not_bound(tmp_path: Path) -> None:
    """Stored equipment that has nowhere to go obeys any pin."""
    corridor = Corridor().hold(persons=100, truck=5).set("unit", equipment_at="d")
    plan = planned(pinned(corridor, mode="air", depart_day=4), tmp_path / "run")
    assert plan.legs["unit.w001"] == ()
    assert {leg.means for leg in plan.legs["unit.p001"]} == {"coach", "aircraft"}


@pytest.mark.parametrize(
    ("corridor", "cells", "reason"),
    [
        (Corridor().hold(tank=2).set("quay-d", max_draught_m=6), {"mode": "sea"}, "by draught at"),
        (Corridor().hold(tank=2).set("t-bc", axle_load_t=1), {"mode": "rail"}, "axle load at t-bc"),
        (Corridor().hold(tank=2), {"mode": "air"}, "size or mass that its lift takes"),
        (Corridor().hold(tank=2).set("plane", users="pol"), {"mode": "air"}, "even with every"),
        (
            Corridor(factors={"access_km": 5}).hold(truck=2),
            {"mode": "air"},
            "distance to a railhead or airfield (access_km)",
        ),
        (Corridor().hold(truck=2), {"mode": "rail", "via": "pa"}, "even with every limit lifted"),
        (
            Corridor(horizon_days=4).hold(truck=2).set("ship", speed_kn=5),
            {"mode": "sea"},
            "too late under pin 'fixed': even unhindered it would not arrive until the horizon",
        ),
        (
            Corridor().hold(truck=2).set("ship", notice_days=40),
            {"mode": "sea"},
            "no way to d under pin 'fixed' is free until the horizon (C+30)",
        ),
        (
            Corridor(horizon_days=6).hold(truck=2).only("road"),
            {"depart_day": 5},
            "too late under pin 'fixed'",
        ),
        (
            Corridor().hold(truck=2).set("r-ab", opens="2024-03-20").only("road"),
            {"depart_day": 4},
            "no way to d that departs on C+4 (pin 'fixed') is free",
        ),
    ],
)  # fmt: skip
def test_impossible_pin_is_refused(
    corridor: Corridor, cells: dict[str, object], reason: str
) -> None:
    """What no plan can obey is refused before planning, with the reason."""
    methods.plan(corridor.scenario(), "one-pass")
    assert reason in refused(pinned(corridor, **cells))


def test_every_impossible_pin_is_listed() -> None:
    """Two units, two reasons, in one refusal."""
    corridor = Corridor().hold(tank=2)
    corridor.add("forces", **{**corridor.tables["forces"][0], "id": "other"})
    pinned(corridor, mode="air")
    corridor.add("pins", id="deep", force="other", mode="sea")
    with pytest.raises(ScenarioError) as error:
        methods.plan(corridor.set("quay-d", max_draught_m=6).scenario(), "one-pass")
    assert [p.value for p in error.value.problems] == ["fixed", "deep"]
    assert "can go by rail to c, by road to d." in error.value.problems[0].mend


def test_command_line_refuses_without_traceback(tmp_path: Path) -> None:
    """`plan` names file, row and reason of an impossible pin, and ends with exit code 2."""
    corridor = Corridor().hold(tank=2).set("quay-d", max_draught_m=8)
    corridor.set("quay-a", max_draught_m=8).set("s-in", max_draught_m=6)
    write(pinned(corridor, mode="sea").scenario(), tmp_path / "deep")
    done = subprocess.run(
        [sys.executable, "-m", "amberway", "plan", "deep", "--out", "run"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert "pins.csv, row 2: 'fixed' cannot be obeyed by unit.h001: no route" in done.stderr
    assert not (tmp_path / "run").exists()


def test_lot_without_any_way_is_no_fault_of_the_pin(tmp_path: Path) -> None:
    """Tanks that cannot get there in any case do not make the pin impossible."""
    corridor = Corridor().hold(tank=2).only("rail").set("t-bc", axle_load_t=10)
    plan = planned(pinned(corridor, mode="rail"), tmp_path / "run")
    assert plan.unmoved == {
        "unit.h001": "no route from a to d under pin 'fixed': cut by axle load at t-bc"
    }
    assert explain(plan, "unit")[-1] == "Pinned by 'fixed': main mode rail."


def test_corridor_with_a_pin_passes_the_checks() -> None:
    """The pins of these tests are of the kind that the checks let through."""
    corridor = pinned(Corridor().hold(truck=2), mode="sea", poe="pa", via="c", depart_day=5)
    assert not [p for p in check(corridor.scenario()) if "pin" in p.check]
    assert MobilityResult(one_pass.solve(corridor.scenario())).plan.complete
