"""Which of several terminals each booking gets, where a plan names the place only.

In the order of their beginning, each to the fullest terminal that has room: where the terminals
are alike this finds a way if there is one. Where it does not, the bookings that hang together with
the one left over are shared out anew, exactly: a 0/1 program with a variable for each booking and
terminal, one terminal for each booking, and room for all of them in every period. The assignment
itself shows that the plan can be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Room = Mapping[str, NDArray[np.int64]]
"""What each terminal has left in each period (shape: horizon)."""

LARGEST = 200_000  # entries of a program that is still tried, and
NODES = 2_000  # nodes of its tree: counted, so that the verdict is the same on any machine
_INFEASIBLE = 2  # status of `scipy.optimize.milp`
_PLENTY = 1 << 40


@dataclass(frozen=True)
class Wish:
    """One of these terminals is held in the periods [first, last), so much of it."""

    terminals: tuple[str, ...]
    first: int
    last: int
    amount: int


@dataclass(frozen=True)
class Shares:
    """The terminal of each wish; `open` are the wishes of which it is not known if they all fit."""

    chosen: tuple[str, ...]
    open: frozenset[int] = frozenset()


def share(room: Room, wishes: Sequence[Wish]) -> Shares:
    """A terminal for each wish, with room for all if there is a way.

    A wish for which there is none gets the terminal with most room left.
    """
    chosen, failed = _one_by_one(room, wishes)
    unknown: set[int] = set()
    for group in _groups(wishes) if failed else ():
        if failed.isdisjoint(group):
            continue
        exact = _exact(room, [wishes[i] for i in group])
        if exact is None:
            unknown.update(group)
        for i, name in zip(group, exact or (), strict=False):
            chosen[i] = name
    return Shares(tuple(chosen), frozenset(unknown))


def _one_by_one(room: Room, wishes: Sequence[Wish]) -> tuple[list[str], set[int]]:
    """The choice in the order of beginning, and the wishes that found no room."""
    left = {name: series.copy() for name, series in room.items()}
    chosen, failed = [""] * len(wishes), set()
    for i in sorted(range(len(wishes)), key=lambda i: (wishes[i].first, wishes[i].last, i)):
        wish = wishes[i]
        span = slice(wish.first, wish.last)
        least = {n: int(left[n][span].min(initial=_PLENTY)) for n in wish.terminals}
        fit = [name for name in wish.terminals if least[name] >= wish.amount]
        chosen[i] = min(fit, key=least.__getitem__) if fit else max(least, key=least.__getitem__)
        left[chosen[i]][span] -= wish.amount
        if not fit:
            failed.add(i)
    return chosen, failed


def _groups(wishes: Sequence[Wish]) -> list[list[int]]:
    """Wishes that share a terminal and overlap in time, directly or over others."""
    group = list(range(len(wishes)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    latest: dict[str, int] = {}  # terminal → the wish for it that ends last of those so far
    for i in sorted(range(len(wishes)), key=lambda i: wishes[i].first):
        for name in wishes[i].terminals:
            other = latest.get(name, i)
            if wishes[other].last > wishes[i].first:
                group[root(i)] = root(other)
            if wishes[other].last <= wishes[i].last:
                latest[name] = i
    found: dict[int, list[int]] = {}
    for i in range(len(wishes)):
        found.setdefault(root(i), []).append(i)
    return list(found.values())


def _exact(room: Room, wishes: Sequence[Wish]) -> list[str] | None:
    """A terminal with room for each wish; empty if there is no way, None if that stays open."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # seldom needed, slow to import
    from scipy.sparse import coo_array

    pairs = [(i, name) for i, wish in enumerate(wishes) for name in wish.terminals]
    marks = np.unique([at for wish in wishes for at in (wish.first, wish.last)])
    spans = [tuple(np.searchsorted(marks, (wish.first, wish.last))) for wish in wishes]
    if sum(spans[i][1] - spans[i][0] for i, _ in pairs) > LARGEST:
        return None
    rows, columns, amounts = [], [], []  # what is held between two marks of a terminal
    names = sorted({name for _, name in pairs})
    place = {name: k * len(marks) for k, name in enumerate(names)}
    for column, (i, name) in enumerate(pairs):
        held = np.arange(*spans[i]) + place[name]
        rows.append(held)
        columns.append(np.full(len(held), column))
        amounts.append(np.full(len(held), wishes[i].amount))
    limits = np.zeros(len(names) * len(marks))
    for name in names:
        least = [room[name][a:b].min() for a, b in pairwise(marks)]
        limits[place[name] : place[name] + len(least)] = np.maximum(least, 0)
    index = np.concatenate(rows), np.concatenate(columns)
    use = coo_array((np.concatenate(amounts), index), shape=(len(limits), len(pairs)))
    once = coo_array(
        (np.ones(len(pairs)), ([i for i, _ in pairs], range(len(pairs)))),
        shape=(len(wishes), len(pairs)),
    )
    answer = milp(
        np.zeros(len(pairs)),
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(use.tocsr(), ub=limits),
            LinearConstraint(once.tocsr(), lb=1, ub=1),
        ],
        options={"node_limit": NODES},
    )
    if answer.x is None:
        return [] if answer.status == _INFEASIBLE else None
    return [name for (_, name), taken in zip(pairs, answer.x, strict=True) if taken > 1 / 2]
