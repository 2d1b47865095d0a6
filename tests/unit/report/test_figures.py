"""Parts of the figures that are worked out: labels, flows, views, words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amberway.mobility.result import MobilityResult
from amberway.report import headline, provenance, units, words
from amberway.report.figures.closure_curve import spread
from amberway.report.figures.flows import flows
from amberway.report.figures.labels import Placer
from amberway.report.figures.symbols import UNKNOWN, symbol
from amberway.report.figures.trains import counts
from amberway.report.figures.view import ATLANTIC, THEATRE, View


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 0.2)), min_size=1, max_size=12))
def test_labels_keep_order_and_distance(labels: list[tuple[float, float]]) -> None:
    labels.sort()
    wanted, sizes = [at for at, _ in labels], [size for _, size in labels]
    places = spread(wanted, sizes)
    for i in range(1, len(places)):
        assert places[i] - places[i - 1] >= (sizes[i] + sizes[i - 1]) / 2 - 1e-9


def test_labels_with_room_stay() -> None:
    assert spread([0.1, 0.5, 0.9], [0.05, 0.05, 0.1]) == pytest.approx([0.1, 0.5, 0.9])


def test_boxes_do_not_meet_and_stay_in_the_frame() -> None:
    placer = Placer(200, 100)
    boxes = [placer.beside((100, 50), 60, 20, (5, 20, 40)) for _ in range(12)]
    placed = [box for box in boxes if box is not None]
    assert 1 < len(placed) < 12
    assert not any(a.meets(b) for i, a in enumerate(placed) for b in placed[:i])
    assert all(b.left >= 0 and b.right <= 200 and b.top >= 0 and b.bottom <= 100 for b in placed)


def test_view_holds_its_points_north_up() -> None:
    view = View(THEATRE, [(10, 52), (25, 59)], 700, (0.7, 1.2))
    south_west, north_east = view(10, 52), view(25, 59)
    assert view.inside(south_west)
    assert view.inside(north_east)
    assert south_west[0] < north_east[0]
    assert south_west[1] > north_east[1]
    # Berlin to Riga is 845 km on the ground.
    (x0, y0), (x1, y1) = view(13.405, 52.52), view(24.105, 56.949)
    distance = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 / view.units_per_km
    assert distance == pytest.approx(845, rel=0.01)


def test_ground_names_countries_once_and_fills_beyond_the_theatre() -> None:
    view = View(THEATRE, [(-9, 42), (28, 60)], 700, (0.5, 1.5))
    names = [country.name for country in view.land()]
    assert names.count("Latvia") == 1
    assert "" in names  # Morocco and Iceland lie beyond the theatre
    far = View(ATLANTIC, [(-80, 32), (25, 57)], 700, (0.4, 0.8))
    assert all(country.name for country in far.land())


def test_flows_count_every_link_of_every_leg(result: MobilityResult) -> None:
    steps = sum(len(leg.links) for legs in result.plan.legs.values() for leg in legs)
    assert sum(flow.lots for flow in flows(result.plan)) == steps > 0


def test_trains_are_counted_once_where_they_depart_and_arrive(result: MobilityResult) -> None:
    found = counts(result.plan)
    trains = result.headline["trains"]
    assert found["depart"].total() == found["arrive"].total() == trains > 0


def test_unknown_symbol_is_a_bare_frame() -> None:
    assert symbol("9" * 20) == symbol(UNKNOWN)
    assert symbol("10031000181205000000") != symbol(UNKNOWN)


def test_readings_agree_with_the_headline(result: MobilityResult) -> None:
    for reading in headline.readings(result.closures):
        key = "persons_closed" if reading.arrived else "persons_available"
        assert reading.with_local.persons == result.headline[key][reading.when]
        assert reading.counted.persons == reading.in_place.persons + reading.reinforcing.persons
        assert reading.local.persons == 900
    notice, closed = headline.readings(result.closures)[:2]
    assert (notice.arrived, closed.arrived) == (False, True)


def test_every_unit_is_in_the_table_once(result: MobilityResult) -> None:
    rows = [row for area in units.by_area(result) for row in area.rows]
    assert len(rows) + len(units.undelivered(result)) == len(result.closures)


def test_explanations_are_of_units_that_move(result: MobilityResult) -> None:
    assert {e.name for e in units.explanations(result)} == {"First", "Second"}


def test_trust_adds_up(result: MobilityResult) -> None:
    for table in provenance.trust(result.plan.scenario):
        assert table.high + table.medium + table.low + table.assumed == table.rows


def test_changed_factor_does_not_borrow_the_default_source(result: MobilityResult) -> None:
    scenario = result.plan.scenario
    changed = scenario.settings.factors.model_copy(update={"stow_factor": 0.5})
    settings = scenario.settings.model_copy(update={"factors": changed})
    factors = {f.meaning: f for f in provenance.factors(replace(scenario, settings=settings))}
    stow = next(f for meaning, f in factors.items() if "lane metres that can be used" in meaning)
    assert (stow.value, stow.source) == ("0.5", "set by this scenario")


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (0.0, "C+0"), (9.625, "C+9.6"), (30.0, "C+30")]
)
def test_days(value: float | None, text: str) -> None:
    assert words.day(value) == text
