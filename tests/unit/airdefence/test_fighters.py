"""Sustained patrols and scramble times by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from amberway.airdefence import assess
from amberway.airdefence.fighters import on, patrols, scramble_minutes
from amberway.airdefence.summary import lines
from amberway.scenario.air import Mission
from sky import asset, fighter, sky, system

D = dt.date
KM = {"near": 120.0, "far": 600.0, "base": 400.0}


def test_patrols_and_minutes_by_hand() -> None:
    """4 x 0.75 x 1.5 x 1.5 h / 24 h = 0.28; 15 min and 120 km at 1,200 km/h are 21 min."""
    row = sky(KM, fighters=[fighter("one", "hub")]).fighters["one"]
    assert patrols(row) == pytest.approx(0.28125)
    assert scramble_minutes(row, 120) == pytest.approx(21)


def test_defence_has_the_aircraft_of_policing_too() -> None:
    """Policing counts its own; defence counts all, so it is never slower and never fewer."""
    scenario = sky(
        KM,
        fighters=[
            fighter("police", "hub"),
            fighter("defend", "base", mission="defence", sortie_rate=2, on_station_h=2),
            fighter("none", "base", mission="defence", aircraft=0),
        ],
        border_points=["near", "far"],
    )
    policing, defence = assess(scenario).missions
    assert (policing.mission, defence.mission) == (Mission.POLICING, Mission.DEFENCE)
    assert [row.id for row in policing.detachments] == ["police"]
    assert [row.id for row in defence.detachments] == ["police", "defend"]
    assert (defence.aircraft, defence.ready, defence.sorties) == (8, 6.0, 4.5 + 6.0)
    assert policing.patrols == pytest.approx(0.28125)
    assert defence.patrols == pytest.approx(0.28125 + 0.5)
    assert [(s.point, s.detachment, round(s.minutes, 2)) for s in policing.scrambles] == [
        ("near", "police", 21.0), ("far", "police", 45.0),
    ]  # fmt: skip
    # The far point is 200 km from the second base: 15 + 10 minutes.
    assert [(s.point, s.detachment) for s in defence.scrambles] == [
        ("near", "police"), ("far", "defend"),
    ]  # fmt: skip
    assert defence.scrambles[1].minutes == pytest.approx(25, abs=0.05)


def test_both_missions_stand_side_by_side_on_the_terminal() -> None:
    """One line a question, a column a mission; what policing has no part in is said."""
    scenario = sky(
        KM,
        [system("long", "hub", 120)],
        [asset("hub", 1)],
        fighters=[fighter("police", "hub"), fighter("defend", "base", mission="defence")],
        border_points=["near"],
    )
    text = lines(assess(scenario))
    table = text[next(i for i, line in enumerate(text) if line.startswith("The two missions")) :]
    assert table[0].split()[-2:] == ["policing", "defence"]
    assert table[1].split()[-2:] == ["4", "8"]
    assert table[2].endswith("0.6 of 6 asked")
    assert "none of it" in table[4]


def test_patrols_that_lack_are_a_shortfall() -> None:
    """The defence mission is held to what the settings ask, and to nothing if they ask nothing."""
    rows = [fighter("one", "hub")]
    (short,) = [s for s in assess(sky(KM, fighters=rows)).shortfalls if s.kind == "few-patrols"]
    assert short.amount == pytest.approx(6 - 0.28125)
    assert not any(
        s.kind == "few-patrols" for s in assess(sky(KM, fighters=rows, patrols=0.25)).shortfalls
    )


def test_last_day_is_the_first_no_longer_there() -> None:
    """Turns heel to toe leave no day without aircraft and none with twice as many."""
    change = D(2024, 4, 1)
    rows = [
        fighter("old", "hub", from_date=D(2023, 12, 1), to_date=change),
        fighter("new", "hub", from_date=change),
    ]
    scenario = sky(KM, [system("s", "hub", 9)], [asset("hub", 1)], fighters=rows)
    for day in (D(2024, 3, 31), change):
        assert sum(on(row, day) for row in scenario.fighters.values()) == 1
    result = assess(scenario)
    assert {week.aircraft[Mission.POLICING] for week in result.weeks} == {4}
    assert result.headline["weeks_fewer_aircraft"]["policing"] == []


def test_week_without_aircraft_is_named() -> None:
    """A turn that ends without relief shows in the weeks and at the end of the year."""
    rows = [fighter("old", "hub", to_date=D(2024, 6, 3)), fighter("later", "hub", aircraft=6,
            from_date=D(2025, 1, 1), mission="defence")]  # fmt: skip
    result = assess(sky(KM, [system("s", "hub", 9)], [asset("hub", 1)], fighters=rows))
    assert result.headline["weeks_fewer_aircraft"]["policing"] == ["2024-06-03"]
    by_year = {
        year: [row["aircraft"] for row in rows.values()]
        for year, rows in result.headline["missions_by_year"].items()
    }
    assert by_year == {"2024": [0, 0], "2025": [0, 6]}


def test_no_fighter_is_an_answer() -> None:
    """Without fighters both missions are empty and the result says what to fill in."""
    result = assess(sky(KM, [system("s", "hub", 9)], [asset("hub", 1)]))
    assert [(row.aircraft, row.patrols, row.scrambles) for row in result.missions] == [
        (0, 0, ()), (0, 0, ()),
    ]  # fmt: skip
    assert any("No fighter is listed" in one.text for one in result.shortfalls)
    assert lines(result)[-1] == "No fighter flies from its base on C-day."
