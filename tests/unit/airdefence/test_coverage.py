"""Coverage, hours and weeks on small scenarios worked out by hand."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from amberway.airdefence import AirDefenceResult, assess
from amberway.airdefence.evaluate import differences
from amberway.airdefence.problem import build
from amberway.airdefence.solve import Coverage, solve
from amberway.airdefence.summary import lines
from amberway.scenario import Scenario
from amberway.scenario.settings import Settings
from sky import asset, battery, closing, sky, system

D = dt.date
KM = {"at-30": 30.0, "at-50": 50.0, "at-100": 100.0, "at-130": 130.0}
ASSETS = [asset("hub", 40, 2), asset("at-30", 30), asset("at-50", 15), asset("at-100", 10),
          asset("at-130", 5)]  # fmt: skip
THREE = [
    system("short", "hub", 7, ceiling_m=5000, radar_height_m=3),
    system("medium", "hub", 40),
    system("long", "hub", 120),
]


def shares(scenario: Scenario, **more: Any) -> dict[str, dict[str, float]]:
    """Coverage in place by altitude."""
    result = assess(scenario, **more)
    found: dict[str, dict[str, float]] = result.headline["coverage"]["in place"]
    return found


def test_layers_by_hand() -> None:
    """At 100 m the long layer sees 54 km, at 1,000 m it has its 120 km; the short one ends low."""
    assert shares(sky(KM, THREE, ASSETS)) == {
        "100 m": {"short": 0.4, "medium": 0.7, "long": 0.85, "any": 0.85, "as_asked": 0.85},
        "1000 m": {"short": 0.4, "medium": 0.7, "long": 0.95, "any": 0.95, "as_asked": 0.95},
        "10000 m": {"short": 0.0, "medium": 0.7, "long": 0.95, "any": 0.95, "as_asked": 0.95},
    }


def test_two_batteries_of_a_layer_are_one_layer() -> None:
    """Depth counts layers, not batteries: the hub asks for two and has one."""
    twins = [system("long", "hub", 120), system("other", "hub", 100)]
    problem = build(sky(KM, twins, ASSETS))
    coverage = solve(problem, np.array([True, True]))
    assert coverage.depth[1].tolist() == [1, 1, 1, 1, 0]
    assert coverage.systems[1].tolist() == [2, 2, 2, 2, 0]
    assert coverage.as_asked[1] == pytest.approx(0.55)


def test_borders_of_a_layer_belong_to_the_farther_one() -> None:
    """20 km is medium, 60 km is long; both borders can be set."""
    edges = [system("a", "hub", 19.9), system("b", "hub", 20), system("c", "hub", 60)]
    assert build(sky({}, edges, [asset("hub", 1)])).layer_of.tolist() == [0, 1, 2]
    moved = sky({}, edges, [asset("hub", 1)], medium_from_km=10, long_from_km=20)
    assert build(moved).layer_of.tolist() == [1, 2, 2]


def test_system_without_launchers_covers_nothing() -> None:
    """A radar alone, or a battery given away, counts for no layer."""
    alone = shares(sky(KM, [system("radar", "hub", 120, launchers=0)], ASSETS))
    assert {share for row in alone.values() for share in row.values()} == {0.0}


def arriving() -> tuple[Scenario, AirDefenceResult]:
    """A battery that stands there, one that closes on C+2.5, one that never does."""
    scenario = sky(
        KM,
        [
            system("here", "hub", 7, force="here"),
            system("coming", "hub", 120, force="coming"),
            system("never", "hub", 40, force="never"),
        ],
        ASSETS,
        [battery("here", in_place_since=D(2020, 1, 1)), battery("coming"), battery("never")],
    )
    return scenario, assess(scenario, closing(here=2.0, coming=2.5, never=None))


def test_hours_follow_the_closure_of_batteries() -> None:
    """What stands there counts after its notice, what comes after its closure, to the hour."""
    _, result = arriving()
    assert [(step.day, step.begins) for step in result.steps] == [
        (0.0, ()), (2.0, ("here",)), (2.5, ("coming",)),
    ]  # fmt: skip
    rows = result.to_frame().filter(altitude_m=1000.0, layer="any")
    by_hour = dict(zip(rows["hour"], rows["share"], strict=True))
    assert len(by_hour) == 30 * 24 + 1
    assert [by_hour[hour] for hour in (0, 47, 48, 59, 60, 720)] == [0, 0, 0.4, 0.4, 0.95, 0.95]
    assert result.headline["coverage"]["in place"]["1000 m"]["any"] == 0.4
    (late,) = [one for one in result.shortfalls if one.kind == "battery-late"]
    assert "Never covers nothing up to C+30" in late.text
    assert "does not close in the plan" in late.text


def test_without_a_plan_what_has_to_move_does_not_count() -> None:
    """The result says so, and names each battery that it leaves out."""
    scenario, _ = arriving()
    result = assess(scenario)
    assert result.after(30).any_layer[1] == pytest.approx(0.4)
    late = [one.text for one in result.shortfalls if one.kind == "battery-late"]
    assert len(late) == 2
    assert all("no plan was given" in text for text in late)
    assert any("No plan was given" in line for line in lines(result))


def test_system_that_leaves_during_the_deployment() -> None:
    """A system with a last day ends there, hours after C-day as well."""
    rows = [system("guest", "hub", 120, from_date=D(2024, 3, 15), to_date=D(2024, 3, 20))]
    result = assess(sky(KM, rows, ASSETS))
    assert [(s.day, s.begins, s.ends) for s in result.steps] == [
        (0.0, (), ()), (2.0, ("guest",), ()), (7.0, (), ("guest",)),
    ]  # fmt: skip


def turns(gap_days: int) -> AirDefenceResult:
    """Two batteries in turns; the second comes `gap_days` after the first has left (6 May)."""
    leave = D(2024, 5, 6)
    rows = [
        system("first", "hub", 120, from_date=D(2023, 1, 1), to_date=leave),
        system("second", "hub", 120, from_date=leave + dt.timedelta(days=gap_days)),
    ]
    return assess(sky(KM, rows, ASSETS))


def test_gap_between_two_turns_is_found() -> None:
    """Coverage falls in the week of the gap, by how much, who has left; once, not every week."""
    result = turns(14)
    assert result.headline["weeks_falling"] == ["2024-05-06"]
    assert result.headline["lowest_week"] == {"monday": "2024-05-06", "any_layer": 0.0}
    (fall,) = [one for one in result.shortfalls if one.kind == "coverage-falls"]
    assert "covers 95% less of the weight at 1,000 m" in fall.text
    assert "gone is first at hub" in fall.text
    shares = [week.coverage.any_layer[1] for week in result.weeks]
    assert sum(share == 0 for share in shares) == 2


def test_one_day_without_a_battery_is_seen() -> None:
    """A week counts at its worst day, so a gap of a day is not averaged away."""
    assert turns(1).headline["weeks_falling"] == ["2024-05-06"]


def test_heel_to_toe_never_falls() -> None:
    """The day of departure is the first day no longer there: relieved on it, nothing is lost."""
    result = turns(0)
    assert result.headline["weeks_falling"] == []
    assert len(result.weeks) == 52
    assert {float(week.coverage.any_layer[1]) for week in result.weeks} == {0.95}


def test_years_show_what_is_ordered() -> None:
    """A system ordered for 2027 counts from the end of that year on."""
    rows = [system("now", "hub", 7), system("ordered", "hub", 120, from_date=D(2027, 6, 1))]
    years = assess(sky(KM, rows, ASSETS)).headline["by_year"]
    assert {year: row["1000 m"]["any"] for year, row in years.items()} == {
        "2024": 0.4, "2025": 0.4, "2026": 0.4, "2027": 0.95,
    }  # fmt: skip


def test_evaluation_finds_a_coverage_that_is_not_there() -> None:
    """The judge counts from the tables and names asset and altitude of a false claim."""
    scenario = sky(KM, THREE, ASSETS)
    result = assess(scenario)
    assert differences(scenario, result.closure, result.in_place, 0) == []
    false = result.in_place.layers.copy()
    false[0, 2, 4] = True
    claimed = Coverage(result.problem, result.in_place.active, false)
    assert differences(scenario, result.closure, claimed, 0) == [
        "at-130 at 100 m: long given, none counted"
    ]


def test_shortfall_names_the_heaviest_first() -> None:
    """Assets that lack layers come by weight, with the layers that they do have."""
    texts = [s.text for s in assess(sky(KM, THREE[:2], ASSETS)).shortfalls if s.what == "layer"]
    assert [text.split(" ")[0] for text in texts] == ["at-50", "at-100", "at-130"]
    assert "should have 1 layer at 1,000 m and has none in place on C-day" in texts[0]


@pytest.mark.parametrize(
    ("systems", "assets", "words"),
    [([], [], "No defended asset is listed"), (THREE, [], "No defended asset is listed"),
     ([], ASSETS, "No air-defence system is listed")],
)  # fmt: skip
def test_empty_tables_are_an_answer(systems: list[Any], assets: list[Any], words: str) -> None:
    """Without assets or systems the assessment says what to fill in, in every form of output."""
    result = assess(sky(KM, systems, assets))
    assert any(words in line for line in lines(result))
    assert any(words in one.text for one in result.shortfalls)
    json.dumps(result.to_dict())
    json.dumps(result.to_geojson())


def test_result_is_json_and_the_same_twice() -> None:
    """Every table of the result can be stored; the same scenario gives the same bytes."""
    first, second = (json.dumps(arriving()[1].to_dict()) for _ in range(2))
    assert first == second


def test_map_shows_reach_not_range() -> None:
    """The ring of a system is closed and has the reach at the reference altitude."""
    scenario = sky(KM, [system("long", "hub", 200)], ASSETS)
    (ring,) = [f for f in assess(scenario).to_geojson()["features"] if f["id"] == "long"]
    assert ring["properties"]["reach_km"] == pytest.approx(143.3, abs=0.05)
    (positions,) = ring["geometry"]["coordinates"]
    assert positions[0] == positions[-1]


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ({"altitudes_m": [1000, 100]}, "rising order"),
        ({"reference_m": 500}, "not among altitudes_m"),
        ({"medium_from_km": 70}, "not beyond medium_from_km"),
        ({"next": [{"name": "none", "range_km": 0, "ceiling_m": 1}]}, "greater than 0"),
    ],
)
def test_settings_that_make_no_sense(factors: dict[str, Any], words: str) -> None:
    """Altitudes, reference and layers that do not fit together are refused, in words."""
    with pytest.raises(ValidationError, match=words):
        Settings.model_validate(
            {"name": "s", "title": "s", "c_day": D(2024, 3, 13), "airdefence": factors}
        )
