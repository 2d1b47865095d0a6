"""Where the named checks draw their lines. That each finds its fault at all is in test_broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from amberway.errors import Problem
from amberway.scenario import CHECKS, check, load
from amberway.scenario.checks import registry
from amberway.scenario.checks.graph import components, tree, way

Overlay = Callable[..., Path]
ProblemsOf = Callable[..., tuple[Problem, ...]]

PLACES = "id,name,nation,lat,lon,kind\n"
LINKS = "id,from,to,mode,km,speed_kmh,gauge_mm\n"
RAIL = "id,place,function,slots,handling_h,gauges_mm\n"
SHIP = "id,name,kind,home,notice_days,lane_m,pax,speed_kn,draught_m,length_m,beam_m\n"
POOL = "id,name,kind,count,availability,notice_days,users,pax\n"
FORCE = "id,name,nation,unit_type,home,ntm_days,in_place_since,area,destination\n"


def names(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.check for problem in problems]


def test_every_check_says_what_it_finds() -> None:
    """Proves that each check has the sentence that the reference page prints."""
    for function in CHECKS.values():
        assert function.__doc__
        assert function.__doc__.split("\n\n")[0].rstrip().endswith(".")


def test_two_checks_cannot_share_a_name() -> None:
    """Proves that a name in a message leads to one check."""
    with pytest.raises(ValueError, match="loop-link"):
        registry.named("loop-link")(lambda _: [])


def test_checks_work_without_origin(data: Path) -> None:
    """Proves that a scenario built in Python can be checked: problems then name the table only."""
    loaded = load(data / "minimal")
    places = {name: place for name, place in loaded.places.items() if name != "mid-sea"}
    scenario = replace(loaded, places=places, origin={})
    found = [p for p in check(scenario) if p.check == "dangling-reference"]
    assert {(p.file, p.row) for p in found} == {("links.csv", None)}


@pytest.mark.parametrize(("km", "problem"), [(83, True), (85, False), (440, False), (446, True)])
def test_link_length_has_two_limits(
    km: float, problem: bool, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves both limits: 98 % of the great circle (86 km), and four times it and 100 km."""
    folder = overlay({"links.csv": f"{LINKS}west-road,west-camp,west-port,road,{km},40,\n"})
    assert names(problems_of(folder)) == ["link-length"] * problem


def test_separate_gauges_need_no_yard(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that a broad-gauge network that meets no other is no gauge break."""
    folder = overlay(
        {
            "places.csv": f"{PLACES}far,Far,eas,56,25,city\n",
            "links.csv": f"{LINKS}camp-rail,far,east-camp,rail,90,30,1524\n",
            "terminals.csv": f"{RAIL}east-camp-ramp,east-camp,rail,1,6,1524\n"
            "yard-tracks,yard,rail,1,4,1435\n",
        }
    )
    assert names(problems_of(folder)) == []


def test_gauge_that_no_line_brings(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that a terminal's gauge counts as unlinked if only the other gauge leads there."""
    folder = overlay({"terminals.csv": f"{RAIL}east-camp-ramp,east-camp,rail,1,6,1520 1435\n"})
    (problem,) = problems_of(folder)
    assert (problem.check, problem.column) == ("unlinked-terminal", "gauges_mm")
    assert "1435" in problem.what


def test_closed_border_with_a_way_round(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that a nation may refuse leave as long as another way leads past it."""
    nations = "id,name,clearance_crisis_days\neas,Eastland,2\nnor,North,\n"
    detour = f"{PLACES}north,North,nor,57,20,city\n"
    roads = f"{LINKS}a,west-port,north,road,700,40,\nb,north,east-camp,road,320,40,\n"
    files = {"nations.csv": nations, "places.csv": detour, "links.csv": roads}
    folder = overlay(files)
    assert names(problems_of(folder)) == []
    # The terminals that this leaves without a link are another check's matter.
    (folder / "links.csv").write_text(f"{roads}-flight,,,,,,\n")
    assert "closed-border" not in names(problems_of(folder))
    (folder / "links.csv").write_text(f"{roads}-flight,,,,,,\n-west-sea,,,,,,\n")
    (problem,) = [p for p in problems_of(folder) if p.check == "closed-border"]
    assert problem.value == "nor"


def test_clearance_counts_in_the_scenarios_phases_only(
    overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that leave granted in peace does not help a scenario that begins in a crisis."""
    folder = overlay({"nations.csv": "id,name,clearance_peace_days\neas,Eastland,30\n"})
    assert names(problems_of(folder)) == ["closed-border"]


@pytest.mark.parametrize(
    ("size", "where"),
    [("8,200,32", None), ("9,200,32", "west-port"), ("6,210,26", "west-port"), ("6,180,33", "no")],
)
def test_ship_must_fit_two_ports(
    size: str, where: str | None, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that draught, length and beam each count, and that one port is not enough."""
    folder = overlay({"lift.csv": f"{SHIP}ferry,MS Ferry,ship,west-port,2,2000,300,18,{size}\n"})
    problems = problems_of(folder)
    assert names(problems) == ([] if where is None else ["ship-fits-no-berth"])
    assert all(where in problem.what for problem in problems if where)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("x,X,ship,west-port,1,2000,,18,6,180,", "beam_m"),
        ("x,X,ship,,1,2000,,18,6,180,26", "home"),
        ("x,X,ship,west-port,1,,,18,6,180,26", "lane_m"),
        ("x,X,coach,,1,,,,,,", "pax"),
        ("x,X,truck,,1,,,,,,", "item_mass_t"),
        ("x,X,heavy-transporter,,1,,,,,,", "item_mass_t"),
        ("x,X,ship,west-port,1,,300,18,6,180,26", None),
    ],
)
def test_lift_needs_by_kind(
    row: str, column: str | None, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that the cell named is the one to fill in, and that alternatives suffice."""
    problems = problems_of(overlay({"lift.csv": f"{SHIP}{row}\n"}))
    assert [p.column for p in problems] == ([] if column is None else [column])


def test_begun_alternative_is_the_one_asked_for(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that a train set with wagons but no mass is asked for its mass, not for seats."""
    head = "id,name,kind,notice_days,gauge_mm,wagons,gross_t,pax\n"
    (problem,) = problems_of(overlay({"lift.csv": f"{head}x,X,train-set,1,1435,30,,\n"}))
    assert (problem.check, problem.column) == ("lift-form", "gross_t")


def test_persons_need_a_seat_that_they_may_use(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that seats of other nations' pools, or of empty pools, carry nobody."""
    gone = "".join(f"-{name},,,,,,,\n" for name in ("ferry", "airlifters", "coaches"))
    rest = "theirs,Theirs,coach,9,1,1,eas,48\nnone,None,coach,3,0.3,1,,48\n"
    problems = problems_of(overlay({"lift.csv": POOL + gone + rest}))
    assert [(p.file, p.value) for p in problems if p.check == "no-carrier"] == [
        ("minimal/forces.csv", "west-brigade"),
        ("minimal/forces.csv", "west-battalion"),
    ]


@pytest.mark.parametrize(("home", "problem"), [("yard", False), ("west-camp", True)])
def test_heavy_items_march_a_short_way(
    home: str, problem: bool, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that tanks without any carrier are a fault only beyond the track march's length."""
    folder = overlay(
        {
            "equipment.csv": "id,name,kind,length_m,width_m,height_m,mass_t,mlc,tracked,crew\n"
            "tank,Tank,vehicle,9.7,3.7,3,150,160,true,4\n",
            "lift.csv": "id,name,kind,notice_days,pax,home,lane_m,speed_kn,draught_m,length_m,"
            "beam_m,ramp_limit_t\nferry,MS Ferry,ship,2,300,west-port,2000,18,6,180,26,80\n",
            "forces.csv": f"{FORCE}west-brigade,B,wst,battalion,{home},5,,east,east-camp\n"
            "-west-battalion,,,,,,,,\n",
            "rotations.csv": "id\n-first-turn\n",
        }
    )
    assert names(problems_of(folder)) == ["no-carrier"] * problem


def test_force_in_place_needs_no_carrier(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that what stands in its area already is not asked how it came there."""
    folder = overlay(
        {
            "lift.csv": "id\n" + "".join(f"-{n}\n" for n in ("ferry", "airlifters", "coaches")),
            "forces.csv": FORCE
            + "west-brigade,B,wst,battalion,west-camp,5,2024-03-13,east,east-camp\n"
            + "west-battalion,B,wst,battalion,west-camp,5,2024-03-14,east,east-camp\n",
        }
    )
    carrier = [p for p in problems_of(folder) if p.check == "no-carrier"]
    assert {p.value for p in carrier} == {"west-battalion"}


def test_arrival_on_one_day_is_in_order(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that EAD, LAD and RDD may fall on one day, and that RDD before LAD is a fault."""
    head = FORCE.rstrip("\n") + ",ead_day,lad_day,rdd_day\n"
    row = "west-brigade,B,wst,battalion,west-camp,5,,east,east-camp"
    folder = overlay({"forces.csv": f"{head}{row},10,10,10\n"})
    assert names(problems_of(folder)) == []
    (folder / "forces.csv").write_text(f"{head}{row},5,12,11\n")
    assert [p.column for p in problems_of(folder)] == ["rdd_day"]


def test_graph_questions() -> None:
    """Proves components, trees round barred nodes, and the way back to the start."""
    edges = [("a", "b"), ("b", "c"), ("x", "y")]
    assert components(edges) == [{"a", "b", "c"}, {"x", "y"}]
    adjacent = {"a": ["b", "d"], "b": ["c"], "d": ["c"], "c": []}
    assert way(tree(adjacent, "a", frozenset({"b"})), "c") == ["a", "d", "c"]
    assert tree(adjacent, "lonely") == {"lonely": "lonely"}
