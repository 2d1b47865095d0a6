"""Where to put n batteries: covering models, solved exactly as mixed-integer programs by HiGHS.

Symbols: i assets with weight w_i ≥ 0; j sites, N_i those from which asset i is covered; h_i
batteries of the layer that cover asset i already; x_j = 1 if a battery is put on site j; y_i = 1 if
asset i is covered at least once, u_i = 1 if at least twice.

*Maximal covering* (Church and ReVelle, "The maximal covering location problem", Papers of the
Regional Science Association 32, 1974):

    max Σ w_i y_i   s.t.   y_i ≤ h_i + Σ_{j ∈ N_i} x_j,   Σ x_j ≤ n,   x_j ∈ {0,1},  0 ≤ y_i ≤ 1

*Backup covering* (Hogan and ReVelle, "Concepts and applications of backup coverage", Management
Science 32, 1986; their second model, BACOP2), with β the weight of being covered twice:

    max Σ w_i ((1-β) y_i + β u_i)   s.t.   y_i + u_i ≤ h_i + Σ_{j ∈ N_i} x_j,   u_i ≤ y_i,
                                           Σ x_j ≤ n,   x_j, y_i, u_i ∈ {0,1}

*Set covering* (Toregas and others, "The location of emergency service facilities", Operations
Research 19, 1971): the fewest sites from which every asset that any site covers is covered.

    min Σ x_j   s.t.   Σ_{j ∈ N_i} x_j ≥ 1  for every i with N_i not empty,   x_j ∈ {0,1}

`greedy` takes one best site after another; the exact answer is never worse, and says by how much.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amberway.airdefence import program
from amberway.airdefence.problem import Flags, Numbers

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """Sites in their order and the weight that the model counts with them, `have` included."""

    sites: tuple[int, ...]
    value: float


def worth(
    weights: Numbers, covers: Flags, have: Counts, sites: Sequence[int], backup: float = 0.0
) -> float:
    """Σ w_i ((1-β) y_i + β u_i) of a choice of sites. `covers` is (sites, assets)."""
    times = have + covers[list(sites)].sum(axis=0)
    return float(weights @ ((1 - backup) * (times >= 1) + backup * (times >= 2)))


def maximal(weights: Numbers, covers: Flags, have: Counts, n: int) -> Choice:
    """Maximal covering: at most `n` sites. Sites that would add nothing are left out."""
    return _best(weights, covers, have, n, 0.0)


def backup(weights: Numbers, covers: Flags, have: Counts, n: int, share: float) -> Choice:
    """Backup covering: at most `n` sites, `share` the weight of being covered twice."""
    return _best(weights, covers, have, n, share)


def set_cover(covers: Flags) -> tuple[int, ...]:
    """The fewest sites that cover what can be covered."""
    sites = covers.shape[0]
    rows = [np.flatnonzero(covers[:, i]) for i in range(covers.shape[1]) if covers[:, i].any()]
    if not rows:
        return ()
    x = program.solve(
        np.ones(sites),
        [(1.0, np.inf, row, np.ones(len(row))) for row in rows],
        range(sites),
        maximise=False,
    )
    return tuple(int(j) for j in np.flatnonzero(x > 0.5))


def greedy(weights: Numbers, covers: Flags, have: Counts, n: int, share: float = 0.0) -> Choice:
    """One site after another, each the one that adds most; the first of equals."""
    chosen: list[int] = []
    value = worth(weights, covers, have, chosen, share)
    for _ in range(min(n, covers.shape[0])):
        gains = [
            worth(weights, covers, have, [*chosen, j], share) if j not in chosen else -np.inf
            for j in range(covers.shape[0])
        ]
        best = int(np.argmax(gains))
        if gains[best] <= value + 1e-9:
            break
        chosen.append(best)
        value = gains[best]
    return Choice(tuple(chosen), value)


def _best(weights: Numbers, covers: Flags, have: Counts, n: int, share: float) -> Choice:
    sites, assets = covers.shape
    if not sites or not assets or n <= 0:
        return Choice((), worth(weights, covers, have, (), share))
    cost = np.concatenate([np.zeros(sites), (1 - share) * weights, share * weights])
    rows = [(-np.inf, float(n), np.arange(sites), np.ones(sites))]
    for i in range(assets):
        near = np.flatnonzero(covers[:, i])
        y, u = sites + i, sites + assets + i
        columns = np.concatenate([[y, u], near])
        values = np.concatenate([[1.0, 1.0], -np.ones(len(near))])
        rows.append((-np.inf, float(have[i]), columns, values))
        rows.append((-np.inf, 0.0, np.array([u, y]), np.array([1.0, -1.0])))
    # Without weight on the second cover, y alone follows x: only x has to be integral.
    integral = range(sites if share == 0 else sites + 2 * assets)
    x = program.solve(cost, rows, integral, maximise=True)[:sites]
    chosen = [int(j) for j in np.flatnonzero(x > 0.5)]
    value = worth(weights, covers, have, chosen, share)
    return Choice(tuple(_needed(chosen, value, lambda s: worth(weights, covers, have, s, share))),
                  value)  # fmt: skip


def _needed(chosen: list[int], value: float, count: Callable[[Sequence[int]], float]) -> list[int]:
    """The sites without those that add nothing."""
    for site in list(chosen):
        rest = [s for s in chosen if s != site]
        if count(rest) >= value - 1e-9:
            chosen = rest
    return chosen
