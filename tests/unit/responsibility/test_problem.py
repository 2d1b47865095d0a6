"""What a force element brings, where it may go, on which day it is there."""

from __future__ import annotations

import pytest

import small
from amberway.responsibility.capability import brings, of_type
from amberway.responsibility.choices import choices, fixed, pairs
from amberway.responsibility.days import free_days, plan_days
from amberway.responsibility.problem import THRESHOLDS, build
from amberway.scenario.force import UnitType
from areas import FORCES, PLEDGES, REACH, closed, force, need, pledge
from areas import build as scenario_of


def typed(role: str, entity: str, echelon: str, brigades: float = 0) -> UnitType:
    row = small.unit("unit", 500, role, brigades)
    row["sidc"] = f"10031000{echelon}{entity}0000"
    return UnitType.model_validate(row)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (typed("heavy", "120500", "18", 1), ("heavy-brigade", 1)),
        (typed("light", "121100", "16", 0.25), ("light-brigade", 0.25)),
        (typed("engineer", "140700", "16"), ("engineers", 1)),
        (typed("engineer", "140700", "15"), ("engineers", 0.25)),
        (typed("logistics", "163400", "18"), ("logistics", 3)),
        (typed("medical", "161300", "16"), ("medical", 1)),
        (typed("fires", "130300", "16"), ("artillery", 1)),
        (typed("fires", "130700", "16"), ("long-range-fires", 1)),
        (typed("air-defence", "130100", "16"), ("short-range-air-defence", 1)),
        (typed("air-defence", "130102", "15"), ("medium-range-air-defence", 1)),
        (typed("air-defence", "130102", "16"), ("medium-range-air-defence", 4)),
        (typed("headquarters", "110000", "18"), None),
    ],
)
def test_a_unit_type_counts_for_its_role(unit: UnitType, expected: tuple[str, float]) -> None:
    """Proves what a unit counts for by role and symbol, and in which unit."""
    assert of_type(unit) == expected


def test_settings_say_otherwise_and_strength_scales() -> None:
    """Proves that a row of [[responsibility.brings]] overrules the role, and that either is taken
    times the strength."""
    rows = [force("half", "fra", "south", "guns", strength=0.5)]
    plain = scenario_of(forces=rows)
    told = {"brings": [{"unit_type": "guns", "capability": "long-range-fires", "quantity": 2}]}
    nothing = {"brings": [{"unit_type": "guns", "capability": "artillery", "quantity": 0}]}
    found = [
        brings(one, one.forces["half"])
        for one in (plain, scenario_of(told, rows), scenario_of(nothing, rows))
    ]
    assert found == [("artillery", 0.5), ("long-range-fires", 1.0), None]


def test_what_stands_stays() -> None:
    """Proves that what is in place, and a host's own forces, are not sent anywhere, unless they are
    pledged elsewhere."""
    rows = [*FORCES, force("reserve", "lva", "north")]
    assert set(fixed(scenario_of(forces=rows))) == {"host", "group", "reserve"}
    lent = [*PLEDGES, pledge("lent", "lva", "south", "heavy-brigade", force="reserve")]
    assert "reserve" not in fixed(scenario_of(forces=rows, pledges=lent))


def test_a_pledge_binds_and_others_are_free() -> None:
    """Proves that a pledged brigade serves its plan and its pledges only, one that nobody pledged
    any land area if the settings say so, and that a lead opens an area to a nation's brigades."""
    found = {one.id: set(one.areas) for one in choices(scenario_of())}
    assert found == {"canadian": {"north", "south"}, "french": {"south", "north"},
                     "german": {"south"}}  # fmt: skip
    bound = scenario_of({"free_brigades": False})
    assert {one.id: set(one.areas) for one in choices(bound)} == {
        "canadian": {"north"}, "french": {"south"}, "german": {"south"}}  # fmt: skip
    asked = {one.id: set(one.areas) for one in choices(bound, {"north": "deu"})}
    assert asked["german"] == {"south", "north"}
    assert asked["french"] == {"south"}


def test_guns_follow_their_brigade() -> None:
    """Proves that what belongs to a brigade goes with it, and alone once it is pledged itself."""
    (french,) = [one for one in choices(scenario_of()) if one.id == "french"]
    assert french.members == ("french", "french-guns")
    own = [*PLEDGES, pledge("guns", "fra", "north", "artillery", force="french-guns")]
    alone = {one.id: one for one in choices(scenario_of(pledges=own))}
    assert alone["french"].members == ("french",)
    assert alone["french-guns"].areas == ("south", "north")


def test_days_on_free_routes() -> None:
    """Proves that a unit is there on its free day, what stands on its notice, and what has no way
    never."""
    scenario = scenario_of()
    days = free_days(scenario, pairs(scenario), REACH)
    assert days["french", "north"] == 20
    assert days["group", "north"] == 1
    assert free_days(scenario, pairs(scenario), None)["french", "south"] is None


def test_days_of_a_plan() -> None:
    """Proves that a unit is there when it closes in the plan; elsewhere as much later than on free
    routes as it is in the plan; nowhere if it does not close."""
    scenario = scenario_of()
    plan = closed(scenario, french=13.0, german=None)
    days = plan_days(scenario, pairs(scenario), REACH, plan)
    assert days["french", "south"] == 13
    assert days["french", "north"] == 20 + (13 - 8)
    assert days["german", "south"] is None
    assert days["group", "north"] == 1
    early = plan_days(scenario, pairs(scenario), REACH, closed(scenario, french=6.0))
    assert early["french", "north"] == 20  # a plan cannot beat the free way there


def test_points_of_needs() -> None:
    """Proves that the points of all needs add up to 100, that a priority halves them and ten days
    halve them, by the half-life set."""
    rows = [
        need("north", "engineers", 1, 0, priority=1),
        need("north", "medical", 1, 0, priority=2),
        need("south", "engineers", 1, 10, priority=1),
    ]
    problem = build(scenario_of(needs=rows), {})
    points = [one.points for one in problem.needs]
    assert sum(points) == pytest.approx(100)
    assert points == pytest.approx([50, 25, 25])
    later = build(scenario_of({"half_life_days": 5}, needs=rows), {})
    assert later.needs[2].points == pytest.approx(later.needs[0].points / 4)


def test_brigades_count_upwards() -> None:
    """Proves that a heavy brigade meets a need of any, and not the other way round; that local
    brigades count only if the settings say so."""
    scenario = scenario_of()
    problem = build(scenario, free_days(scenario, pairs(scenario), REACH))
    needs = {one.id: one for one in problem.needs}
    heavy, light = needs["north-heavy-brigade-c30"], needs["north-light-brigade-c10"]
    (host,) = [one for one in problem.fixed if one.owner == "host"]
    (group,) = [one for one in problem.fixed if one.owner == "group"]
    assert problem.counts(host, light)
    assert problem.counts(host, heavy)
    assert problem.counts(group, light)
    assert not problem.counts(group, heavy)
    alone = build(scenario_of({"count_local": False}), {})
    assert not alone.counts(host, light)


def test_days_asked_about() -> None:
    """Proves that the days are those of the requirements, and C+2, C+10 and C+30 without any."""
    assert build(scenario_of(), {}).days == (10, 30)
    assert build(scenario_of(needs=[]), {}).days == THRESHOLDS
