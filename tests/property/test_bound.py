"""The bound against the truth: the exact relaxation, and the best of all plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import arcflow
import brute
from amberway.mobility import certified
from amberway.mobility.bound import column_generation
from amberway.mobility.certified import Effort
from amberway.mobility.evaluate import objective
from amberway.mobility.objective import Lateness
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import build
from amberway.scenario import Scenario
from property.strategies import scenarios
from property.tiny import tiny

COLUMNS = 20_000  # of the arc-flow model: a second or so


def assert_exact(scenario: Scenario) -> None:
    """Column generation with the rows of every period ends at the value of the relaxation."""
    model = arcflow.ArcFlow(scenario)
    assume(0 < model.count <= COLUMNS)
    found = column_generation(build(scenario), knots=(1,), tolerance=1e-6)
    assert found.value == pytest.approx(model.solve(), rel=1e-5, abs=1e-6)


@given(tiny())
@settings(max_examples=40)
def test_column_generation_is_exact_on_tiny_scenarios(scenario: Scenario) -> None:
    """Bound = value of the arc-flow model, where lots are in each other's way."""
    assert_exact(scenario)


@given(scenarios())
@settings(max_examples=25)
def test_column_generation_is_exact_on_small_scenarios(scenario: Scenario) -> None:
    """Bound = value of the arc-flow model, on everything that a scenario may hold."""
    assert_exact(scenario)


@given(tiny())
@settings(max_examples=12)
def test_bound_is_exact_for_lateness(scenario: Scenario) -> None:
    """The same for another cost of arrival: days after the required date."""
    forces = {
        name: force.model_copy(update={"rdd_day": force.ntm_days + 4})
        for name, force in scenario.forces.items()
    }
    late = Scenario(**{**vars(scenario), "forces": forces})
    model = arcflow.ArcFlow(late, lambda lot: Lateness().costs(late, lot))
    assume(0 < model.count <= COLUMNS)
    found = column_generation(build(late, Lateness()), knots=(1,), tolerance=1e-6)
    assert found.value == pytest.approx(model.solve(), rel=1e-5, abs=1e-6)


@given(tiny(), st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_prices_leave_nothing_behind(scenario: Scenario, seed: int) -> None:
    """Costs and values depend on the prices set last alone, not on those set before."""
    problem = build(scenario)
    used, random = Pricing(problem), np.random.default_rng(seed)
    for _ in range(3):
        prices = random.random(problem.resources.capacity.shape)
        prices[random.random(len(prices)) < 0.7] = 0.0
        fresh = Pricing(problem)
        for pricing in (used, fresh):
            pricing.price(prices)
        assert np.array_equal(used.costs, fresh.costs)
        assert np.array_equal(used.passage_costs, fresh.passage_costs)
        assert np.array_equal(used.values, fresh.values)


@given(tiny())
@settings(max_examples=25)
def test_bound_below_best_plan_below_certified(scenario: Scenario) -> None:
    """Certificate's bound ≤ the best of all plans ≤ the certified plan."""
    try:
        best = brute.optimum(scenario, nodes=20_000)
    except brute.TooBigError:
        assume(False)
    plan = certified.solve(scenario, Effort(time_limit=0.05))
    assert plan.certificate is not None
    assert plan.certificate.bound <= best + 1e-6 * max(1.0, best)
    assert best <= objective(plan) + 1e-9
