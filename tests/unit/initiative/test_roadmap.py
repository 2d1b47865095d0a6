"""The roadmap: shares, cost and the state of the world by year."""

from __future__ import annotations

import math
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from amberway.initiative.roadmap import WINDOW, in_part, roadmap
from amberway.scenario.action import Action
from amberway.scenario.load import actions_of
from outcomes import Made, runs


def action(phases: dict[int, float], **fields: object) -> Action:
    """An action from 2025 on."""
    made = {"title": "T", "first_year": 2025, "phases": phases}
    return Action.model_validate(made | fields)


A = action({2025: 0.5, 2027: 1.0}, cost_meur=100)
B = action({2026: 1.0}, cost_meur=50, needs=["a"])
RUNS = runs(none=0.0, a=10.0, b=3.0, ab=20.0)


def test_years_shares_and_what_is_in_force() -> None:
    """Proves the years covered, shares at their ends, and that only the whole is in force."""
    found = roadmap({"a": A, "b": B, "record": A}, RUNS)
    assert [year.year for year in found.years] == [2025, 2026, 2027]
    assert found.titles.keys() == {"a", "b"}
    assert [year.shares for year in found.years] == [
        {"a": 0.5, "b": 0}, {"a": 0.5, "b": 1}, {"a": 1, "b": 1},
    ]  # fmt: skip
    assert [year.in_force for year in found.years] == [(), ("b",), ("a", "b")]
    assert [year.in_window for year in found.years] == [False, False, True]


def test_scoreboard_by_year() -> None:
    """Proves both readings: the subset that is wholly in force, and between the subsets."""
    values = [year.values["x"] for year in roadmap({"a": A, "b": B}, RUNS).years]
    assert [value.in_force for value in values] == [0, 3, 20]
    assert [value.in_part for value in values] == [5, 11.5, 20]


def test_cost_by_year() -> None:
    """Proves that what is built is paid as it grows, and what runs by the mean share."""
    runs_too = action({2025: 0.5, 2026: 1.0, 2027: 1.0}, cost_meur=100, running_meur_per_year=20)
    # Mean shares 0.25, 0.75 and 1 make 40 of running; the other 60 are built, half and half.
    assert [runs_too.cost(year) for year in (2024, 2025, 2026, 2027, 2028)] == [0, 35, 45, 20, 20]
    found = roadmap({"a": A, "b": B}, RUNS)
    assert [year.cost for year in found.years] == [
        {"a": 50, "b": 0}, {"a": 0, "b": 50}, {"a": 50, "b": 0},
    ]  # fmt: skip
    assert [year.spent for year in found.years] == [50, 100, 150]
    assert found.to_dict()["cost_meur"] == 150


def test_unknown_cost_is_none() -> None:
    """Proves that an action without a cost is not counted as free."""
    found = roadmap({"a": action({2025: 1.0})}, runs(none=0.0, a=1.0))
    assert found.years[0].cost == {"a": None}
    assert found.cost == 0


def test_action_ahead_of_its_need() -> None:
    """Proves that an action of which more is in force than of one it needs is named."""
    ahead = [year.ahead for year in roadmap({"a": A, "b": B}, RUNS).years]
    assert ahead == [(), (("b", "a"),), ()]


def test_running_cost_beyond_the_total() -> None:
    """Proves that running cost above the cost over all years is refused with the remedy."""
    with pytest.raises(ValidationError, match="more than cost_meur"):
        action({2025: 1.0, 2030: 1.0}, cost_meur=10, running_meur_per_year=5)


def test_no_phases_means_the_whole_from_the_first_year() -> None:
    """Proves the share of an action without phases."""
    whole = action({}, cost_meur=7)
    assert [whole.share(year) for year in (2024, 2025, 2030)] == [0, 1, 1]
    assert [whole.cost(year) for year in (2024, 2025, 2026)] == [0, 7, 0]


def test_missing_runs_have_no_value() -> None:
    """Proves that a year whose subset was not run, or has no value, says so."""
    some = {name: run for name, run in RUNS.items() if name != frozenset("b")}
    values = [year.values["x"] for year in roadmap({"a": A, "b": B}, some).years]
    assert [(value.in_force, value.in_part) for value in values] == [(0, 5), (None, None), (20, 20)]
    assert roadmap({}, {}).years == ()


@given(
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
    st.lists(st.integers(-50, 50), min_size=8, max_size=8),
)
def test_extension_is_the_expected_value(shares: list[float], values: list[int]) -> None:
    """Proves that the value in part is the mean over subsets drawn with the shares as chances."""
    names = "abc"
    subsets = list(chain.from_iterable(combinations(names, n) for n in range(4)))
    outcomes = {
        frozenset(subset): Made({"x": float(value)})
        for subset, value in zip(subsets, values, strict=True)
    }
    expected = 0.0
    for drawn in product((False, True), repeat=3):
        chance = math.prod(p if on else 1 - p for p, on in zip(shares, drawn, strict=True))
        subset = frozenset(name for name, on in zip(names, drawn, strict=True) if on)
        expected += chance * (outcomes[subset].values["x"] or 0.0)
    found = in_part(outcomes, dict(zip(names, shares, strict=True)), "x")
    assert found == pytest.approx(expected, abs=1e-6)


def test_roadmap_of_the_reference_scenario() -> None:
    """Proves that the five actions cover 2024 to 2030, at their cost, and are whole in time."""
    found = roadmap(actions_of("baltic"), _every_subset())
    assert [year.year for year in found.years] == list(range(2024, 2031))
    assert [year.year for year in found.years if year.in_window] == list(WINDOW)
    five = [one for name, one in actions_of("baltic").items() if name in found.titles]
    assert found.cost == pytest.approx(sum(one.cost_meur or 0 for one in five))
    assert len(found.years[-2].in_force) == 5


def _every_subset() -> dict[frozenset[str], Made]:
    names = [name for name in actions_of("baltic") if name != "asof-2026"]
    subsets = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    return {frozenset(subset): Made({"x": float(len(subset))}) for subset in subsets}
