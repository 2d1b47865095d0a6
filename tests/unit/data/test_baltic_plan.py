"""What the plan of the reference scenario shows of its data."""

from __future__ import annotations

import pytest

from amberway.mobility.result import MobilityResult

pytestmark = pytest.mark.slow


def test_every_unit_has_a_route(baltic_result: MobilityResult) -> None:
    """Proves that every lot of `baltic` arrives."""
    assert not baltic_result.plan.unmoved


def test_ways_are_plausible(baltic_result: MobilityResult) -> None:
    """Proves that the plan of `baltic` keeps to ways that a movement planner would take."""
    scenario = baltic_result.plan.scenario
    american = {"usa", "can"}
    for voyage in baltic_result.plan.sailings:
        start = scenario.places[voyage.start_place].nation
        end = scenario.places[voyage.end_place].nation
        assert end not in american, voyage
        lift = scenario.lift[voyage.ship.partition("#")[0]]
        if start in american:
            assert not lift.pax, voyage
    lots = {lot.id: lot for lot in baltic_result.plan.lots}
    for lot, legs in baltic_result.plan.legs.items():
        starts = {scenario.places[leg.start_place].nation for leg in legs}
        if scenario.places[lots[lot].origin].nation not in american:
            assert not starts & american, lot
