r"""What each action contributes to a metric, and which actions strengthen or weaken each other.

The actions N are players, the value v(S) is the metric with the actions S laid over. The
contribution of action i is its Shapley value (L. S. Shapley, A value for n-person games, 1953):

    φ_i = Σ_{S ⊆ N∖i}  |S|! (n − |S| − 1)! / n!  ·  (v(S∪i) − v(S)),

the mean of what it adds over all orders in which the actions may come. Contributions add up to
v(N) − v(∅). The interaction of i and j is the Shapley interaction index (M. Grabisch, M. Roubens,
An axiomatic approach to the concept of interaction among players in cooperative games,
International Journal of Game Theory 28, 1999):

    I_ij = Σ_{S ⊆ N∖{i,j}}  |S|! (n − |S| − 2)! / (n − 1)!  ·  (v(S∪ij) − v(S∪i) − v(S∪j) + v(S)),

positive if the two together do more than each alone. Both are worked out in exact fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

Values = Mapping[frozenset[str], float | None]
"""A metric by subset of the actions; None where it has no value."""


def shapley(players: Sequence[str], values: Values) -> dict[str, Fraction] | None:
    """Contribution of each player; None if a subset has no value, because each of them counts."""
    exact = _exact(players, values)
    if exact is None:
        return None
    weight = _weights(len(players), 1)
    return {
        one: sum(
            (
                weight[len(rest)] * (exact[rest | {one}] - exact[rest])
                for rest in _without(players, one)
            ),
            Fraction(0),
        )
        for one in players
    }


def interactions(players: Sequence[str], values: Values) -> dict[tuple[str, str], Fraction] | None:
    """Interaction of each pair, in the order of the players; None if a subset has no value."""
    exact = _exact(players, values)
    if exact is None:
        return None
    weight = _weights(len(players), 2)
    return {
        (one, two): sum(
            (
                weight[len(rest)]
                * (
                    exact[rest | {one, two}]
                    - exact[rest | {one}]
                    - exact[rest | {two}]
                    + exact[rest]
                )
                for rest in _without(players, one, two)
            ),
            Fraction(0),
        )
        for one, two in combinations(players, 2)
    }


def mean_over_orders(
    players: Sequence[str], one: str, step: Mapping[tuple[frozenset[str], frozenset[str]], float]
) -> float:
    """Σ over subsets of the weight of the Shapley value times `step[(S, S∪one)]`."""
    weight = _weights(len(players), 1)
    return float(
        sum(
            (
                weight[len(rest)] * Fraction(step[rest, rest | {one}])
                for rest in _without(players, one)
            ),
            Fraction(0),
        )
    )


def subsets(players: Sequence[str]) -> list[frozenset[str]]:
    """All subsets, the smaller ones first, in the order of the players."""
    return [
        frozenset(chosen)
        for size in range(len(players) + 1)
        for chosen in combinations(players, size)
    ]


def _exact(players: Sequence[str], values: Values) -> dict[frozenset[str], Fraction] | None:
    found = {}
    for subset in subsets(players):
        value = values.get(subset)
        if value is None:
            return None
        found[subset] = Fraction(value)
    return found


def _without(players: Sequence[str], *left_out: str) -> list[frozenset[str]]:
    return subsets([player for player in players if player not in left_out])


def _weights(n: int, together: int) -> list[Fraction]:
    """Weight of a subset by its size, if `together` players join it."""
    rest = n - together
    return [
        Fraction(factorial(size) * factorial(rest - size), factorial(rest + 1))
        for size in range(rest + 1)
    ]
