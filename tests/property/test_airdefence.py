"""Air defence on random instances: covering against brute force, coverage against a recount."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from amberway.airdefence import assess, covering, moments
from amberway.airdefence.evaluate import differences
from amberway.airdefence.problem import build
from amberway.airdefence.solve import solve
from amberway.scenario import Scenario
from amberway.scenario.posture import AirDefence
from sky import asset, battery, closing, sky, system

Instance = tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]
PLACES = {"a": 15.0, "b": 45.0, "c": 70.0, "d": 130.0, "e": -60.0}


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Weights (zero among them), which site covers which asset, what is covered already."""
    sites, assets = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    weights = draw(st.lists(st.integers(0, 9), min_size=assets, max_size=assets))
    covers = draw(
        st.lists(st.lists(st.booleans(), min_size=assets, max_size=assets),
                 min_size=sites, max_size=sites)
    )  # fmt: skip
    have = draw(st.lists(st.integers(0, 2), min_size=assets, max_size=assets))
    return np.array(weights, float), np.array(covers, bool), np.array(have, np.int64)


def counted(instance: Instance, sites: tuple[int, ...], share: float) -> float:
    """The weight of a choice, added up asset by asset."""
    weights, covers, have = instance
    total = 0.0
    for i, weight in enumerate(weights):
        times = int(have[i]) + sum(bool(covers[j, i]) for j in sites)
        total += weight * ((1 - share) * (times >= 1) + share * (times >= 2))
    return total


def best_by_force(instance: Instance, n: int, share: float) -> float:
    """The best of all choices of at most n sites."""
    sites = range(len(instance[1]))
    choices = (c for k in range(min(n, len(sites)) + 1) for c in itertools.combinations(sites, k))
    return max(counted(instance, choice, share) for choice in choices)


@given(instances(), st.integers(0, 4))
def test_maximal_covering_is_the_best_of_all(instance: Instance, n: int) -> None:
    """No choice of n sites covers more, the sites are worth what is said, greedy is not more."""
    found = covering.maximal(*instance, n)
    assert len(found.sites) <= n
    assert found.value == pytest.approx(best_by_force(instance, n, 0.0))
    assert found.value == pytest.approx(counted(instance, found.sites, 0.0))
    assert covering.greedy(*instance, n).value <= found.value + 1e-9


@given(instances(), st.integers(0, 4), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_backup_covering_is_the_best_of_all(instance: Instance, n: int, share: float) -> None:
    """No choice of n sites has more weight covered once and twice together."""
    found = covering.backup(*instance, n, share)
    assert len(found.sites) <= n
    assert found.value == pytest.approx(best_by_force(instance, n, share))
    assert found.value == pytest.approx(counted(instance, found.sites, share))


@given(instances())
def test_set_cover_is_the_smallest_of_all(instance: Instance) -> None:
    """What any site covers is covered, and by no fewer sites."""
    _, covers, _ = instance
    can = covers.any(axis=0)
    found = covering.set_cover(covers)
    assert (covers[list(found)].any(axis=0) == can).all()
    smaller = (
        choice
        for k in range(len(found))
        for choice in itertools.combinations(range(len(covers)), k)
    )
    assert not any((covers[list(c)].any(axis=0) == can).all() for c in smaller)


@given(instances(), st.sampled_from([0.0, 0.5]))
def test_one_more_site_never_covers_less(instance: Instance, share: float) -> None:
    """The best weight rises with n."""
    values = [covering.backup(*instance, n, share).value for n in range(5)]
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(values))


systems_of = st.fixed_dictionaries(
    {
        "where": st.sampled_from(["hub", *PLACES]),
        "range_km": st.sampled_from([5, 19.9, 20, 40, 59, 60, 120, 200]),
        "floor_m": st.sampled_from([0, 60, 500]),
        "ceiling_m": st.sampled_from([800, 5000, 20000]),
        "radar_height_m": st.sampled_from([0, 3, 10, 100]),
        "launchers": st.integers(0, 2),
        "force": st.sampled_from([None, "here", "coming", "never"]),
        "from_date": st.none() | st.dates(dt.date(2024, 3, 1), dt.date(2024, 4, 20)),
    }
)


def made(rows: list[dict[str, Any]]) -> Scenario:
    """A scenario with these systems and six assets."""
    systems = [
        system(f"s{n}", row["where"], **{k: v for k, v in row.items() if k != "where"})
        for n, row in enumerate(rows)
    ]
    assets = [asset(name, n + 1, 1 + n % 3) for n, name in enumerate(["hub", *PLACES])]
    forces = [battery("here", in_place_since=dt.date(2020, 1, 1)), battery("coming"),
              battery("never")]  # fmt: skip
    return sky(PLACES, systems, assets, forces, next_most=1)


@given(st.lists(systems_of, min_size=1, max_size=6), st.floats(0, 40))
def test_every_hour_agrees_with_a_recount(rows: list[dict[str, Any]], closes: float) -> None:
    """The judge counts every step, and every sixth hour between, from the tables and agrees."""
    scenario = made(rows)
    result = assess(scenario, closing(here=2.0, coming=closes, never=None))
    for day in sorted({step.day for step in result.steps} | {hour / 4 for hour in range(121)}):
        assert differences(scenario, result.closure, result.after(day), day) == []


@given(st.lists(systems_of, min_size=1, max_size=5), systems_of)
def test_another_battery_never_covers_less(
    rows: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    """Layers, depth and every share only rise with one more system, on C-day and later."""
    few, many = made(rows), made([*rows, more])
    closure = closing(here=1.0, coming=3.0, never=None)
    for day in (0.0, 5.0, 30.0):
        less, best = (
            solve(problem, moments.ready(problem, moments.closures(problem, closure), day))
            for problem in (build(few), build(many))
        )
        assert (best.depth >= less.depth).all()
        assert (best.layers >= less.layers).all()
        assert (best.by_layer >= less.by_layer - 1e-12).all()
        assert (best.as_asked >= less.as_asked - 1e-12).all()


@given(st.lists(systems_of, min_size=1, max_size=5), st.sampled_from([5.0, 30.0, 80.0]))
def test_more_range_or_a_higher_radar_never_covers_less(
    rows: list[dict[str, Any]], more: float
) -> None:
    """A system that reaches farther or sees farther still covers all that it covered."""
    scenario = made(rows)
    before = build(scenario).covers

    def larger(row: AirDefence, **by: float) -> AirDefence:
        return row.model_copy(update={name: getattr(row, name) + add for name, add in by.items()})

    for by in ({"range_km": more}, {"radar_height_m": more}):
        better = {name: larger(row, **by) for name, row in scenario.air_defence.items()}
        assert (build(replace(scenario, air_defence=better)).covers >= before).all()
