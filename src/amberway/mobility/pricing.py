"""Cheapest itineraries at given prices: one backward dynamic program per group.

With prices μ[r, t] of resources, a move that starts in period t costs the sum over its uses of
amount x Σ μ over the periods held; a lane metre on a deck costs the least of the passages that
leave then, per lane metre. Then, for every place i and period t of a group,

    V(i, t) = min( V(i, t + 1),  min over arcs a out of i of  c_a(t) + V(head, t + duration) ),

with the cost of arrival at the goal, and of staying for good at the horizon. Σ over lots of
min(V(origin, ready), cost of not arriving) − Σ μ·capacity is a lower bound for every plan.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from amberway.mobility.problem import Floats, Ints, Problem

INF = math.inf


LEGS = 12  # more than any itinerary has


@dataclass(frozen=True, eq=False)
class Itineraries:
    """Itineraries as arrays [i, leg], -1 after the last leg.

    `choice` is a move, or the number of moves + a passage; `starts` the period in which the move
    or the loading of the ship starts; `share` what is taken of its uses; `arrival` in periods.
    """

    asked: Ints
    choice: Ints
    starts: Ints
    share: Floats
    arrival: Ints


class Pricing:
    """Row costs and values at prices; scratch arrays are kept between calls."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        sea, decks, groups = problem.sea, problem.decks, problem.groups
        self._capacity = problem.resources.capacity
        moves = len(problem.uses.ptr) - 1
        self.rows = moves + len(decks.ptr) - 1
        T = problem.horizon
        self._open = _fits(problem.uses.ptr, problem.uses.table, self._capacity, shares=False)
        self._sails = _fits(sea.uses.ptr, sea.uses.table, self._capacity, shares=True)
        for passage, release in enumerate(sea.release):
            self._sails[passage, : min(release, T + 1)] = False
        # Several passages of a deck may be cheapest in different periods.
        self.costs = np.empty((self.rows, T + 1))
        self.costs[:moves] = np.where(self._open, 0.0, INF)
        self.passage_costs = np.where(self._sails, 0.0, INF)
        self.values = np.zeros((int(groups.base[-1]), T + 1))
        self._priced = np.zeros(len(self._capacity), dtype=np.bool_)  # in `costs`

    def price(self, prices: Floats) -> None:
        """Set `costs` and `values` for prices[r, t] ≥ 0."""
        problem = self.problem
        sums = np.zeros((prices.shape[0], prices.shape[1] + 1))
        np.cumsum(prices, axis=1, out=sums[:, 1:])
        priced = np.asarray(prices.any(axis=1))
        stale = priced | self._priced
        self._priced = priced
        moves = len(problem.uses.ptr) - 1
        _cost(
            problem.uses.ptr, problem.uses.table, sums, priced, stale, self._open,
            self.costs[:moves],
        )  # fmt: skip
        sea, decks = problem.sea, problem.decks
        _cost(sea.uses.ptr, sea.uses.table, sums, priced, stale, self._sails, self.passage_costs)
        _deck_costs(
            decks.ptr, decks.member, decks.share, sea.loading, self.passage_costs,
            self.costs[moves:],
        )  # fmt: skip
        groups = problem.groups
        _values(
            groups.base, groups.ptr, groups.row, groups.head, groups.lead, groups.duration,
            groups.first, groups.last, groups.scale, groups.goal, groups.earliest,
            groups.costs, self.costs, self.values,
        )  # fmt: skip

    def lot_values(self) -> Floats:
        """Cost of each lot's cheapest itinerary, or of not moving if that is less."""
        problem = self.problem
        return np.asarray(np.minimum(self.reached(), problem.groups.costs[problem.group, -1]))

    def reached(self) -> Floats:
        """Cost of each lot's cheapest itinerary (infinite: it has none)."""
        problem = self.problem
        origin = problem.groups.origin[problem.group]
        ready = np.minimum(problem.ready, problem.horizon)
        possible = (origin >= 0) & (problem.ready <= problem.horizon)
        value = np.full(len(origin), INF)
        value[possible] = self.values[origin[possible], ready[possible]]
        return value

    def itineraries(self, group: Ints, start: Ints) -> Itineraries:
        """A cheapest itinerary of each group from each period on, at the prices set last.

        Only where there is one: `asked` says which of the questions each answers.
        """
        problem, groups = self.problem, self.problem.groups
        arcs = np.empty((len(group), LEGS), dtype=np.int64)
        starts = np.empty_like(arcs)
        arrival = np.empty(len(group), dtype=np.int64)
        _paths(
            group, start, groups.ptr, groups.row, groups.head, groups.lead, groups.duration,
            groups.first, groups.last, groups.scale, groups.origin, groups.goal, self.costs,
            self.values, arcs, starts, arrival,
        )  # fmt: skip
        asked = np.flatnonzero(arrival >= 0)
        arcs, starts, arrival = arcs[asked], starts[asked], arrival[asked]
        arrival = np.maximum(arrival, groups.earliest[group[asked]])
        taken = arcs >= 0
        choice = np.full_like(arcs, -1)
        share = np.zeros(arcs.shape)
        choice[taken] = groups.row[arcs[taken]]
        share[taken] = 1.0
        moves, decks = len(problem.uses.ptr) - 1, problem.decks
        loading = problem.sea.loading
        for q, k in np.argwhere(choice >= moves):
            arc = arcs[q, k]
            end = starts[q, k] + groups.lead[arc]
            member = _deck_member(
                decks.ptr, decks.member, decks.share, loading, self.passage_costs,
                choice[q, k] - moves, end,
            )  # fmt: skip
            choice[q, k] = moves + decks.member[member]
            share[q, k] = decks.share[member] * groups.scale[arc]
            starts[q, k] = end - loading[decks.member[member]]
        return Itineraries(asked, choice, starts, share, arrival)

    def bound(self, prices: Floats) -> float:
        """The Lagrangian bound of the prices that were priced last."""
        return float(self.lot_values().sum() - np.sum(prices * self._capacity))


@njit(cache=True, parallel=True)
def _fits(ptr: Ints, table: Ints, capacity: NDArray[np.int32], shares: bool) -> NDArray[np.bool_]:
    """Starts [row, t] that fit the empty table (with `shares`: where nothing is closed).

    Nearly all resources are never too small: only the others are looked at by period.
    """
    T = capacity.shape[1]
    least = np.zeros(len(capacity), dtype=np.int64)
    for r in range(len(capacity) if T else 0):
        least[r] = capacity[r].min()
    out = np.ones((len(ptr) - 1, T + 1), dtype=np.bool_)
    for i in prange(len(ptr) - 1):
        for k in range(ptr[i], ptr[i + 1]):
            r, begin, length = table[k, 0], table[k, 1], table[k, 2]
            need = 1 if shares else table[k, 3]
            if least[r] >= need:
                continue
            settled = 0  # starts before this one
            for p in range(T):
                if capacity[r, p] < need:
                    last = min(T, p - begin)
                    for t in range(max(settled, p - begin - length + 1), last + 1):
                        out[i, t] = False
                    settled = max(settled, last + 1)
    return out


@njit(cache=True, parallel=True)
def _cost(
    ptr: Ints,
    table: Ints,
    sums: Floats,
    priced: NDArray[np.bool_],
    stale: NDArray[np.bool_],
    fits: NDArray[np.bool_],
    out: Floats,
) -> None:
    """Costs [row, t] at prices of which `sums` are the sums; rows without a stale use are kept."""
    T = sums.shape[1] - 1
    for i in prange(len(ptr) - 1):
        kept = True
        for k in range(ptr[i], ptr[i + 1]):
            kept = kept and not stale[table[k, 0]]
        if kept:
            continue
        for t in range(T + 1):
            out[i, t] = 0.0 if fits[i, t] else INF
        for k in range(ptr[i], ptr[i + 1]):
            r = table[k, 0]
            if not priced[r]:
                continue
            begin, length, amount = table[k, 1], table[k, 2], table[k, 3]
            for t in range(max(0, T - begin)):
                out[i, t] += amount * (sums[r, min(T, t + begin + length)] - sums[r, t + begin])


@njit(cache=True, parallel=True)
def _deck_costs(
    ptr: Ints, member: Ints, share: Floats, loading: Ints, passage_costs: Floats, out: Floats
) -> None:
    """Least cost of a unit by the period in which loading ends."""
    T = out.shape[1] - 1
    for d in prange(len(ptr) - 1):
        for t in range(T + 1):
            out[d, t] = INF
        for k in range(ptr[d], ptr[d + 1]):
            c = member[k]
            for s in range(T + 1 - loading[c]):
                # A ship of which no share is counted is free, but only when it can sail.
                cost = passage_costs[c, s]
                if cost < INF:
                    cost *= share[k]
                    out[d, s + loading[c]] = min(out[d, s + loading[c]], cost)


@njit(cache=True, parallel=True)
def _values(
    base: Ints,
    ptr: Ints,
    row: Ints,
    head: Ints,
    lead: Ints,
    duration: Ints,
    first: Ints,
    last: Ints,
    scale: Floats,
    goal: Ints,
    earliest: Ints,
    arrival: Floats,
    costs: Floats,
    values: Floats,
) -> None:
    """Nodes are taken in their order, again and again until nothing changes.

    Nearly all arcs lead to a node that was taken before, so two or three turns are enough; all
    periods of an arc are relaxed in one sweep through memory.
    """
    T = values.shape[1] - 1
    for g in prange(len(goal)):
        values[base[g] : base[g + 1], :] = INF
        if goal[g] < 0:
            continue
        for t in range(T + 1):
            at = max(t, earliest[g])
            values[goal[g], t] = arrival[g, at] if at <= T else INF
        changed = np.zeros(base[g + 1] - base[g], dtype=np.bool_)
        changed[goal[g] - base[g]] = True
        before = np.empty(T + 1)
        more = True
        while more:
            more = False
            for i in range(base[g], base[g + 1]):
                if i == goal[g]:
                    continue
                value = values[i]
                before[:] = value
                for a in range(ptr[i], ptr[i + 1]):
                    if not changed[head[a] - base[g]]:
                        continue
                    low, high = max(0, first[a]), min(last[a], T - duration[a], T - lead[a])
                    if high < low:
                        continue
                    cost = costs[row[a], low + lead[a] : high + 1 + lead[a]]
                    after = values[head[a], low + duration[a] : high + 1 + duration[a]]
                    here = value[low : high + 1]
                    for t in range(high + 1 - low):
                        here[t] = min(here[t], cost[t] * scale[a] + after[t])
                for t in range(T - 1, -1, -1):
                    value[t] = min(value[t], value[t + 1])
                same = True
                for t in range(T + 1):
                    if value[t] != before[t]:
                        same = False
                        break
                changed[i - base[g]] = not same
                more = more or not same
            changed[goal[g] - base[g]] = False


@njit(cache=True)
def _deck_member(
    ptr: Ints, member: Ints, share: Floats, loading: Ints, passage_costs: Floats, d: int, t: int
) -> int:
    """The position of the cheapest passage of deck d whose loading ends in period t."""
    best, best_cost = -1, INF
    for k in range(ptr[d], ptr[d + 1]):
        s = t - loading[member[k]]
        if s >= 0 and passage_costs[member[k], s] < INF:
            cost = passage_costs[member[k], s] * share[k]
            if cost < best_cost:
                best, best_cost = k, cost
    return best


@njit(cache=True, parallel=True)
def _paths(
    group: Ints,
    start: Ints,
    ptr: Ints,
    row: Ints,
    head: Ints,
    lead: Ints,
    duration: Ints,
    first: Ints,
    last: Ints,
    scale: Floats,
    origin: Ints,
    goal: Ints,
    costs: Floats,
    values: Floats,
    arcs: Ints,
    starts: Ints,
    arrival: Ints,
) -> None:
    """Fill arcs[q, k], starts[q, k] (-1 after the last) and arrival[q] (-1: no way)."""
    T = values.shape[1] - 1
    for q in prange(len(group)):
        g = group[q]
        node, t, count = origin[g], start[q], 0
        arcs[q, :] = -1
        starts[q, :] = -1
        arrival[q] = -1
        if node < 0 or t > T or values[node, t] == INF:
            continue
        while node != goal[g] and count < arcs.shape[1]:
            value = values[node, t]
            while t < T and values[node, t + 1] == value:
                t += 1
            best = -1
            for a in range(ptr[node], ptr[node + 1]):
                then = t + duration[a]
                if then > T or t + lead[a] > T or t < first[a] or t > last[a]:
                    continue
                cost = costs[row[a], t + lead[a]]
                if cost * scale[a] + values[head[a], then] <= value:
                    best = a
                    break
            if best < 0:
                break
            arcs[q, count], starts[q, count] = best, t
            count += 1
            node = head[best]
            t += duration[best]
        if node == goal[g]:
            arrival[q] = t
