"""The verifier's bound is the planner's, whatever the prices, though they share only the choice."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amberway.mobility import certified, folder
from amberway.mobility.certified import Effort
from amberway.mobility.objective import Deadline, Lateness, Objective, PriorityArrival
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import Problem, build
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import verify
from amberway.mobility.verify.bound import Relaxation
from amberway.mobility.verify.capacity import NO_LIMIT
from amberway.mobility.verify.objective import OBJECTIVES, arrival_costs, deadline_costs
from amberway.mobility.verify.rows import Lot
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import Load, World
from amberway.scenario import Scenario
from property.strategies import scenarios
from property.test_pins import pinned_scenarios
from property.tiny import tiny


def relaxation(world: World, problem: Problem, findings: Findings) -> Relaxation:
    """The verifier's relaxation of the planner's lots, read as from lots.csv."""
    lots, loads = [], {}
    for lot in problem.lots:
        items = tuple((item.id, count) for item, count in lot.items)
        lots.append(
            Lot(
                lot.id, lot.force, lot.cargo.value, lot.origin, lot.destination, lot.ready,
                float(lot.weight), lot.persons, items,
            )
        )  # fmt: skip
        loads[lot.id] = Load(lot.items, world.factors)
    return Relaxation(world, lots, loads, findings)


def assert_agree(scenario: Scenario, seed: int) -> None:
    """At no prices and at random ones, for every objective."""
    forces = {
        name: force.model_copy(update={"rdd_day": force.ntm_days + 4})
        for name, force in scenario.forces.items()
    }
    scenario = replace(scenario, forces=forces)
    problem, world = build(scenario), World(scenario)
    findings = Findings(world.grid)
    own = relaxation(world, problem, findings)
    assert not findings.violations
    names = problem.resources.names
    assert set(names) == own.capacities.keys()
    random = np.random.default_rng(seed)
    prices = random.random((len(names), world.horizon)) * random.choice((0.1, 1, 5))
    prices *= random.random(prices.shape) < random.choice((0.05, 0.5, 1))
    free = [n for n, name in enumerate(names) if own.capacities[name].max(initial=0) >= NO_LIMIT]
    prices[free] = 0.0
    last = int(random.integers(0, world.horizon + 1))
    judges: list[tuple[Objective, str]] = [
        (PriorityArrival(), "arrival"), (Lateness(), "lateness"), (Deadline(last), ""),
    ]  # fmt: skip
    for objective, name in judges:
        planner = Pricing(problem.judged_by(objective))
        for priced in (np.zeros(prices.shape), prices):
            planner.price(priced)
            bound = own.bound(
                {n: row for n, row in zip(names, priced, strict=True) if row.any()},
                lambda lot, name=name: (  # type: ignore[misc]
                    arrival_costs(world, lot, name) if name else deadline_costs(world, last)
                ),
            )
            assert bound == pytest.approx(planner.bound(priced), rel=1e-8, abs=1e-8)


@given(scenarios(), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_bounds_agree_on_small_scenarios(scenario: Scenario, seed: int) -> None:
    """On everything that a scenario may hold."""
    assert_agree(scenario, seed)


@given(tiny(), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_bounds_agree_on_tiny_scenarios(scenario: Scenario, seed: int) -> None:
    """Where ships, trains and disruptions get in each other's way."""
    assert_agree(scenario, seed)


@given(pinned_scenarios(), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_bounds_agree_under_pins(scenario: Scenario, seed: int) -> None:
    """Whether or not the pins can be obeyed."""
    assert_agree(scenario, seed)


@pytest.mark.parametrize("objective", OBJECTIVES)
@given(tiny())
@settings(max_examples=10)
def test_certificates_of_plans_hold(objective: str, scenario: Scenario) -> None:
    """What the planner writes, the verifier accepts, for every objective."""
    plan = certified.solve(scenario, Effort(objective, time_limit=0.5))
    with tempfile.TemporaryDirectory() as parent:
        verdict = verify(folder.save(MobilityResult(plan), Path(parent) / "run"))
    assert verdict.valid, "\n".join(map(str, verdict.violations))
    assert verdict.headline["bound"] <= verdict.headline["objective"] + 1e-6
