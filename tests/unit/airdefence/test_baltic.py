"""Air defence of the reference scenario and its actions: what is public must come out."""

from __future__ import annotations

import datetime as dt

import pytest

from amberway.airdefence import AirDefenceResult, assess
from amberway.airdefence.evaluate import differences
from amberway.airdefence.fighters import missions, on
from amberway.airdefence.problem import build
from amberway.scenario import Scenario, load
from amberway.scenario.air import Mission

D = dt.date


@pytest.fixture(scope="module")
def baltic() -> Scenario:
    """The state of March 2024."""
    return load("baltic")


@pytest.fixture(scope="module")
def status_quo(baltic: Scenario) -> AirDefenceResult:
    """Its assessment, without a plan."""
    return assess(baltic)


@pytest.mark.parametrize(
    ("day", "bases"),
    [
        (D(2024, 2, 1), {"siauliai-airfield", "amari-airfield", "malbork-airfield"}),
        (D(2024, 3, 13), {"siauliai-airfield", "lielvarde-airfield", "malbork-airfield"}),
        (D(2024, 10, 1), {"siauliai-airfield", "lielvarde-airfield"}),
        (D(2024, 12, 15), {"siauliai-airfield", "amari-airfield"}),
    ],
)
def test_policing_flies_from_the_bases_of_2024(
    baltic: Scenario, day: dt.date, bases: set[str]
) -> None:
    """Ämari closed for works from March to November, Lielvārde stood in for it."""
    policing, _ = missions(build(baltic), day)
    assert {row.base for row in policing.detachments} == bases


def test_policing_is_there_every_day_of_the_year(baltic: Scenario) -> None:
    """Šiauliai has aircraft on every day of 2024."""
    for number in range(366):
        day = D(2024, 1, 1) + dt.timedelta(days=number)
        at_siauliai = [
            row for row in baltic.fighters.values()
            if row.base == "siauliai-airfield" and row.mission is Mission.POLICING and on(row, day)
        ]  # fmt: skip
        assert at_siauliai, day


def test_finland_and_sweden_count_from_accession_on(baltic: Scenario) -> None:
    """No Finnish row before 4 April 2023, no Swedish one before 7 March 2024, none blank."""
    accession = {"fin": D(2023, 4, 4), "swe": D(2024, 3, 7)}
    rows = [*baltic.air_defence.values(), *baltic.fighters.values()]
    own = [row for row in rows if row.nation in accession and getattr(row, "force", None) is None]
    assert {row.nation for row in own} == set(accession)
    for row in own:
        assert row.from_date is not None
        assert row.from_date >= accession[row.nation]


def test_assets_are_of_all_kinds_and_about_sixty(baltic: Scenario) -> None:
    """Ports, airfields, bridges, railheads, depots, headquarters and cities, each weighted."""
    assert 55 <= len(baltic.defended_assets) <= 70
    text = " ".join(f"{row.place} {row.note}" for row in baltic.defended_assets.values())
    for kind in ("port", "airfield", "bridge", "railhead", "depot", "headquarters", "city"):
        assert kind in text, kind
    assert all(row.weight > 0 for row in baltic.defended_assets.values())


def test_batteries_that_come_need_lift(baltic: Scenario) -> None:
    """Each battery that has to move holds vehicles, so that the plan has to carry it."""
    held = {row.unit_type for row in baltic.unit_equipment.values() if row.count}
    c_day = baltic.settings.c_day
    forces = {row.force for row in baltic.air_defence.values() if row.force}
    moving = [f for f in map(baltic.forces.__getitem__, forces) if not f.in_place(c_day)]
    assert len(moving) >= 8
    assert all(force.unit_type in held for force in moving)


def test_status_quo_agrees_with_a_recount(baltic: Scenario, status_quo: AirDefenceResult) -> None:
    """Every step of the reference scenario is counted again from the tables."""
    for step in status_quo.steps:
        assert differences(baltic, status_quo.closure, step.coverage, step.day) == []


def test_policing_defends_no_asset_from_the_ground(status_quo: AirDefenceResult) -> None:
    """In March 2024 no long-range system covers an asset, and policing keeps under two up."""
    share = status_quo.headline["coverage"]["in place"]["1000 m"]
    assert share["long"] == 0
    assert 0 < share["any"] < 0.25
    assert status_quo.headline["missions"]["policing"]["patrols"] < 2


def test_action_covers_more_than_the_status_quo(status_quo: AirDefenceResult) -> None:
    """With action 3 no share in place falls, and the defence mission keeps its patrols."""
    action = assess(load("baltic", ["3-airdefence"]))
    before, after = (one.headline["coverage"]["in place"] for one in (status_quo, action))
    for altitude, row in before.items():
        assert all(after[altitude][name] >= share for name, share in row.items())
    assert after["1000 m"]["long"] > 0.3
    assert action.headline["missions"]["defence"]["patrols"] >= 6


def test_dutch_patriot_comes_and_goes() -> None:
    """The record of 2026 has the weeks of July 2024: coverage falls when the battery leaves."""
    result = assess(load("baltic", ["asof-2026"]), year=2024)
    (week,) = [one for one in result.weeks if "nld-patriot-baltcon24" in one.lost]
    assert week.monday == D(2024, 7, 15)
    assert week.monday.isoformat() in result.headline["weeks_falling"]
    assert set(result.headline["missions_by_year"]) == set(result.headline["by_year"])
