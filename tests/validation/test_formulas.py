"""Formulas behind the cases, over ranges and against the planner."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from amberway.mobility import one_pass
from amberway.mobility.deadline import free_flow, refute
from amberway.mobility.problem import build
from amberway.network import march, rail_capacity, resources
from amberway.network.routing import Router
from amberway.network.traits import Traits
from amberway.scenario import load
from amberway.scenario.geography import Mode
from amberway.scenario.scenario import Scenario
from amberway.validation import cases, covering
from amberway.validation.measures import last_arrival_day

CASE = {case.id: case for case in cases()}
TRANSIT_DAYS = (2, 3, 4)
PERIODS_A_DAY = 8


def quickest(supply: int, roads: list[tuple[int, int]]) -> int:
    """First whole day by which the roads (transit days, capacity a day) have passed `supply`."""
    day = 0
    while sum(u * max(0, day - a) for a, u in roads) < supply:
        day += 1
    return day


def parallel_roads(supply: int, capacities: list[int]) -> Scenario:
    """The three roads of case A5 with other capacities and another supply."""
    case = load(CASE["A5"].folder)
    name = "three-roads"
    links = {}
    for days, capacity in zip(TRANSIT_DAYS, capacities, strict=False):
        link = case.links[f"{name}-{days}-days"]
        links[link.id] = link.model_copy(update={"capacity_per_day": float(capacity)})
    held = case.unit_equipment[f"{name}-vehicles"].model_copy(update={"count": 45 * supply})
    return replace(
        case,
        settings=case.settings.model_copy(update={"horizon_days": 200.0}),
        links=links,
        forces={name: case.forces[name]},
        unit_types={name: case.unit_types[name].model_copy(update={"personnel": 0})},
        unit_equipment={held.id: held},
    )


@settings(max_examples=40, deadline=None)
@given(
    supply=st.integers(1, 300),
    capacities=st.lists(st.integers(3, 20), min_size=1, max_size=3),
)
def test_quickest_flow_is_exact(supply: int, capacities: list[int]) -> None:
    """Over one to three parallel roads the last serial arrives on the day of the theory."""
    plan = one_pass.solve(parallel_roads(supply, capacities))
    expected = quickest(supply, list(zip(TRANSIT_DAYS, capacities, strict=False)))
    assert last_arrival_day(plan) == expected


@settings(max_examples=25, deadline=None)
@given(slack=st.integers(0, 20), capacities=st.lists(st.integers(3, 20), min_size=3, max_size=3))
def test_closed_form_where_all_roads_are_used(slack: int, capacities: list[int]) -> None:
    """T = (B + Σ a·u) / Σ u when B fills whole days on all roads."""
    total = sum(capacities)
    offset = sum(a * u for a, u in zip(TRANSIT_DAYS, capacities, strict=True))
    days = TRANSIT_DAYS[-1] + 1 + slack % 6
    supply = days * total - offset
    plan = one_pass.solve(parallel_roads(supply, capacities))
    assert last_arrival_day(plan) == (supply + offset) / total


@settings(max_examples=6, deadline=None)
@given(
    supply=st.integers(1, 100),
    capacities=st.lists(st.integers(5, 20), min_size=1, max_size=3),
)
def test_quickest_flow_is_proved(supply: int, capacities: list[int]) -> None:
    """The bound refutes every deadline before the day of the theory, and not that day."""
    problem = build(parallel_roads(supply, capacities))
    expected = quickest(supply, list(zip(TRANSIT_DAYS, capacities, strict=False)))
    # The day of the theory ends when the period of the last arrival has passed.
    refuted = refute(problem, free_flow(problem), expected + 5, lambda _: False)
    assert refuted.deadline + 2 == expected


@settings(max_examples=25, deadline=None)
@given(stands=st.integers(1, 12), ground_h=st.sampled_from([1.0, 1.75, 2.25, 2.5, 3.0, 4.0, 5.0]))
def test_airfield_never_exceeds_the_formula(stands: int, ground_h: float) -> None:
    """A plan stays under stands·24/ground·0.85 sorties a day, by less than a sortie a period."""
    lots = 96
    scenario = small.scenario(
        nations=[small.nation("deu"), small.nation("ltu")],
        places=[
            small.place("hub", 52, 10, kind="airfield"),
            small.place("field", 55, 24, "ltu", "airfield"),
        ],
        links=[small.link("air", "hub", "field", "air", 1000)],
        terminals=[
            {"id": "hub-apron", "place": "hub", "function": "air", "slots": 300,
             "handling_h": 1, "runway_m": 3000},
            {"id": "apron", "place": "field", "function": "air", "slots": stands,
             "handling_h": ground_h, "runway_m": 3000},
        ],
        unit_types=[small.unit("persons", 240 * lots)],
        areas=[{"id": "area", "name": "Area", "nations": "ltu", "domain": "land"}],
        forces=[{"id": "f", "name": "F", "nation": "deu", "unit_type": "persons", "home": "hub",
                 "ntm_days": 0, "area": "area", "destination": "field"}],
        lift=[{"id": "plane", "name": "Airliner", "kind": "aircraft", "count": 300, "pax": 240,
               "notice_days": 0, "speed_kmh": 700, "runway_m": 2000}],
    )  # fmt: skip
    plan = one_pass.solve(scenario)
    ends = [plan.legs[lot.id][-1].end for lot in plan.lots]
    # The last period may be filled in part: it does not count.
    days = (max(ends) - min(ends)) / PERIODS_A_DAY
    sorties = sum(end < max(ends) for end in ends) / days
    formula = stands * 24 / ground_h * 0.85
    assert formula - PERIODS_A_DAY < sorties <= formula + 1e-9


@pytest.mark.parametrize("hours", [(8, 12, 20), (8, 9, 10), (16, 20, 30)])
def test_no_parallel_road_is_overlooked(hours: tuple[int, ...]) -> None:
    """The router offers all three roads, also where it comes upon one of them twice."""
    scenario = small.unchecked(
        nations=[small.nation("deu")],
        places=[small.place("a", 50, 0), small.place("b", 50, 5)],
        links=[
            small.link(f"road-{h}", "a", "b", "road", 50 * h, capacity_per_day=4) for h in hours
        ],
    )
    router = Router(scenario, resources.build(scenario))
    routes = router.routes(Traits(Mode.ROAD), "a", "b")
    assert [route.hours for route in routes] == list(hours)


def test_line_of_case_a2_has_the_density_of_the_formula() -> None:
    """The capacities in the folder of A2 are those that the chain computes."""
    links = load(CASE["A2"].folder).links
    density = rail_capacity.train_density(14, 10, 110)
    assert links["first-division"].capacity_per_day == density
    tonnages = [rail_capacity.division_tonnage(419, trains) for trains in (density, 15)]
    assert rail_capacity.end_delivery_tonnage(tonnages) == 6285


def test_roads_of_case_a3_have_the_capacity_of_the_formula() -> None:
    """The serials a day in the folder of A3 are those of ten vehicles a kilometre."""
    for link in load(CASE["A3"].folder).links.values():
        assert link.speed_kmh is not None
        serials = march.serials_per_day(10, link.speed_kmh, 45)
        assert link.capacity_per_day == pytest.approx(serials, rel=1e-5)


def test_whole_days_never_round_down() -> None:
    """A6: on every grid the voyage of 413 h takes at least 413 h, and less than a period more."""
    for grid in (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0):
        plan = CASE["A6"].plan(grid)
        (sailing,) = plan.sailings
        assert 413 <= (sailing.arrive - sailing.depart) * grid < 413 + grid


def test_covering_of_case_a4_against_all_choices() -> None:
    """Of all 1,820 choices of 4 of the 16 sites none covers more, and one alone covers as much."""
    network = covering.network("a4-covering")
    near = network.within(5000)
    assert near.shape == (16, 205)
    assert network.people.sum() == 955113
    choices = list(itertools.combinations(range(16), 4))
    covered = np.array([network.people @ near[list(c)].any(axis=0) for c in choices])
    assert covered.max() == 875247 == covering.people_covered("a4-covering", 5000, 4)
    (best,) = np.flatnonzero(covered == covered.max())
    assert [network.sites[j] for j in choices[best]] == ["site_2", "site_11", "site_12", "site_15"]


def test_fewest_sites_of_case_a4_against_all_choices() -> None:
    """No 7 of the 16 sites cover every tract, some 8 do; too short a radius leaves tracts bare."""
    near = covering.network("a4-covering").within(5000)
    for count, possible in ((7, False), (8, True)):
        choices = itertools.combinations(range(16), count)
        assert any(near[list(c)].any(axis=0).all() for c in choices) is possible
    assert covering.fewest_sites("a4-covering", 5000) == 8
    assert covering.fewest_sites("a4-covering", 1000) == float("inf")
