"""Contributions and interactions: the axioms, and brute force over all orders as the judge."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amberway.initiative.shapley import interactions, mean_over_orders, shapley, subsets

PLAYERS = ("a", "b", "c", "d", "e")
Game = dict[frozenset[str], float | None]

sizes = st.integers(1, 5)
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda v: round(v, 3))


@st.composite
def games(draw: st.DrawFn) -> tuple[tuple[str, ...], dict[frozenset[str], float]]:
    """Up to five players with any values."""
    players = PLAYERS[: draw(sizes)]
    return players, {subset: draw(numbers) for subset in subsets(players)}


@given(games())
def test_brute_force(game: tuple[tuple[str, ...], dict[frozenset[str], float]]) -> None:
    """Proves that a contribution is the mean of what is added, over all orders."""
    players, values = game
    found = shapley(players, dict(values))
    assert found is not None
    orders = list(permutations(players))
    for one in players:
        total = Fraction(0)
        for order in orders:
            before = frozenset(order[: order.index(one)])
            total += Fraction(values[before | {one}]) - Fraction(values[before])
        assert found[one] == total / len(orders)


@given(games())
def test_efficiency(game: tuple[tuple[str, ...], dict[frozenset[str], float]]) -> None:
    """Proves that contributions add up to package less status quo, exactly, and as floats."""
    players, values = game
    found = shapley(players, dict(values))
    assert found is not None
    whole, none = values[frozenset(players)], values[frozenset()]
    assert sum(found.values()) == Fraction(whole) - Fraction(none)
    # As printed, each is rounded once.
    largest = max(map(abs, values.values()), default=0.0)
    assert math.fsum(map(float, found.values())) == pytest.approx(
        whole - none, abs=1e-12 * max(1.0, largest)
    )


@given(games())
def test_symmetry(game: tuple[tuple[str, ...], dict[frozenset[str], float]]) -> None:
    """Proves that two players who add the same contribute the same."""
    players, values = game
    if len(players) < 2:
        return
    swap = {players[0]: players[1], players[1]: players[0]}
    even = {
        subset: values[subset] + values[frozenset(swap.get(one, one) for one in subset)]
        for subset in values
    }
    found = shapley(players, dict(even))
    assert found is not None
    assert found[players[0]] == found[players[1]]


@given(games(), numbers)
def test_dummy(game: tuple[tuple[str, ...], dict[frozenset[str], float]], own: float) -> None:
    """Proves that a player who adds the same to any subset contributes that, and interacts not."""
    players, values = game
    exact = {subset: Fraction(value) for subset, value in values.items()}
    wider = dict(exact) | {subset | {"z"}: value + Fraction(own) for subset, value in exact.items()}
    found = shapley((*players, "z"), wider)  # type: ignore[arg-type]  # exact values
    assert found is not None
    assert found["z"] == Fraction(own)
    pairs = interactions((*players, "z"), wider)  # type: ignore[arg-type]
    assert pairs is not None
    assert all(amount == 0 for pair, amount in pairs.items() if "z" in pair)


@given(games(), st.data())
def test_additivity(
    game: tuple[tuple[str, ...], dict[frozenset[str], float]], data: st.DataObject
) -> None:
    """Proves that contributions to the sum of two metrics are the sums of the contributions."""
    players, values = game
    others = {subset: data.draw(numbers) for subset in values}
    summed = {subset: Fraction(values[subset]) + Fraction(others[subset]) for subset in values}
    one, two = shapley(players, dict(values)), shapley(players, dict(others))
    both = shapley(players, summed)  # type: ignore[arg-type]  # exact values
    assert one is not None
    assert two is not None
    assert both == {player: one[player] + two[player] for player in players}


@given(games())
def test_interaction_by_hand(game: tuple[tuple[str, ...], dict[frozenset[str], float]]) -> None:
    """Proves that an interaction is what one player's contribution gains by the other being there.

    Grabisch and Roubens (1999): the pair's index is the contribution of i to the game in which j is
    always there, less that in the game without j.
    """
    players, values = game
    found = interactions(players, dict(values))
    assert found is not None
    for (i, j), amount in found.items():
        rest = tuple(player for player in players if player != j)
        present = shapley(rest, {s: values[s | {j}] for s in subsets(rest)})
        absent = shapley(rest, {s: values[s] for s in subsets(rest)})
        assert present is not None
        assert absent is not None
        assert amount == present[i] - absent[i]


def test_a_missing_value_is_not_made_up() -> None:
    """Proves that one subset without a value leaves the contributions unknown."""
    values: Game = dict.fromkeys(subsets(("a", "b")), 1.0)
    values[frozenset({"a"})] = None
    assert shapley(("a", "b"), values) is None
    assert interactions(("a", "b"), values) is None
    del values[frozenset({"a"})]
    assert shapley(("a", "b"), values) is None


def test_mean_over_orders_of_constant_steps() -> None:
    """Proves that the weights of the steps of one player add up to one."""
    for count in range(1, 6):
        players = PLAYERS[:count]
        step = {(s, s | {"a"}): 2.5 for s in subsets(players) if "a" not in s}
        assert mean_over_orders(players, "a", step) == 2.5
