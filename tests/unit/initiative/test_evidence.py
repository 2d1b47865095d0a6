"""Metrics behind claims and tracker: right on a small scenario, and on the tables of the large."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import pytest

import amberway as aw
from amberway import presence
from amberway.initiative.assessment import Assessment, assess
from amberway.initiative.evidence import EVIDENCE
from amberway.scenario import load

VALUE = {metric.name: metric.value for metric in EVIDENCE}


@cache
def small() -> Assessment:
    """The smallest scenario, planned by one pass, assessed."""
    scenario = load("tests/data/minimal")
    return assess(scenario, aw.plan(scenario, method="one-pass"))


def of_tables(*actions: str) -> Assessment:
    """As much of an assessment of the reference scenario as needs no plan."""
    scenario = load("baltic", actions)
    plan = SimpleNamespace(scenario=scenario)
    made: Any = SimpleNamespace(
        presence=presence.assess(scenario), mobility=SimpleNamespace(plan=plan)
    )
    return cast(Assessment, made)


def test_names_are_unique_and_titles_given() -> None:
    """Proves that every metric has a name of its own, a title, a unit and its action."""
    assert len(VALUE) == len(EVIDENCE)
    assert all(metric.title and metric.unit for metric in EVIDENCE)
    assert {metric.action for metric in EVIDENCE} == set(small().results)


def test_no_value_without_the_areas_it_names() -> None:
    """Proves that a metric of the reference scenario has no value in another."""
    for name in ("allied_brigades_estonia", "latvia_by_c30_france", "leads_as_proposed"):
        assert VALUE[name](small()) is None


def test_persons_of_the_small_scenario() -> None:
    """Proves who moves and who closes: a brigade and a battalion move, the guard is local."""
    headline = small().mobility.headline
    assert VALUE["persons_to_move"](small()) == headline["reinforcing"]["persons_total"]
    assert VALUE["all_closed_c10"](small()) == headline["persons_closed"]["C+10"]
    assert VALUE["allied_closed_c10"](small()) == headline["reinforcing"]["persons_closed"]["C+10"]
    assert VALUE["sum_of_arrivals"](small()) == pytest.approx(headline["objective"])


def test_share_of_moves_by_land() -> None:
    """Proves that moves are counted by means, without those of reception."""
    moves = small().mobility.headline["moves_by_means"]
    other = moves.get("ship", 0) + moves.get("aircraft", 0)
    land = sum(moves.values()) - other - moves.get("reception", 0)
    assert VALUE["land_share_of_moves"](small()) == pytest.approx(land / (land + other))


@pytest.mark.parametrize(
    ("actions", "trains", "serials", "ships"),
    [((), 10, 25, 2), (("4-mobility",), 16, 40, 30), (("asof-2026",), 10, 40, 2)],
)
def test_border_and_ships(
    actions: tuple[str, ...], trains: float, serials: float, ships: float
) -> None:
    """Proves what crosses the border a day and which ships are at hand, as the tables say."""
    made = of_tables(*actions)
    assert VALUE["border_trains_per_day"](made) == trains
    assert VALUE["border_heavy_serials_per_day"](made) == serials
    assert VALUE["norwegian_ships_14d"](made) == ships


def test_pool_of_a_lead_nation() -> None:
    """Proves the pool left: a company group in turns binds 3 · 0.072, Romania 0.25 of 1.622."""
    assert VALUE["pool_left_france"](of_tables()) == pytest.approx(1.622 - 3 * 0.072 - 0.25)
    assert VALUE["us_brigades_latvia"](of_tables()) == pytest.approx(0.036)
