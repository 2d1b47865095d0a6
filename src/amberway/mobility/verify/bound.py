"""The Lagrangian bound of prices, worked out anew.

Every lot, alone, takes the way that is cheapest when it pays the price of all that it holds; the
sum of what the lots then pay, less the price of all that there is, is below the objective of every
plan, whatever the prices are (docs/methods/certificate.md). No solver is needed: a cheapest way is
a shortest way in the lot's small network, repeated for every period.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numba import njit
from numpy.typing import NDArray

from amberway.mobility.verify.capacity import Capacities, capacities
from amberway.mobility.verify.offers import Choice, Offers
from amberway.mobility.verify.rows import Lot
from amberway.mobility.verify.takes import Use
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.voyages import Ballast, Voyage
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import CargoClass
from amberway.units import HOURS_PER_DAY

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Prices = Mapping[str, Floats]
"""Price of a unit of a resource in each period (shape: horizon); those not named cost nothing."""


@dataclass(eq=False)
class _Group:
    """Lots that differ in their readiness only: one sweep answers for all."""

    choice: Choice
    lane_m: float
    persons: int
    earliest: int
    lots: list[Lot] = field(default_factory=list)


class Relaxation:
    """The lots, each with its own choice, and what binds them together: capacities."""

    def __init__(
        self,
        world: World,
        lots: Iterable[Lot],
        loads: Mapping[str, Load],
        findings: Findings,
    ) -> None:
        self._world = world
        self.capacities: Capacities = capacities(world)
        offers = Offers(world, self.capacities, findings)
        self._groups: dict[tuple[object, ...], _Group] = {}
        for lot in lots:
            self._sort(lot, loads[lot.id], offers)
        self._voyages = offers.voyages
        self._moves = len(offers.rows)
        uses, release = _ships(world, self.capacities, offers.voyages)
        self._rows = _Rows(
            self.capacities, [*offers.rows, *uses], [0] * self._moves + release, world.horizon
        )
        self._times = np.array(
            [(v.loading, v.voyage + v.discharge) for v in self._voyages], dtype=np.int64
        ).reshape(-1, 2)
        rates = [v.berths[0].lane_m_per_h or 0.0 for v in self._voyages]
        self._rates, self._rate = np.unique(rates, return_inverse=True)
        self._room = np.array([v.lane_m(world) for v in self._voyages])
        self._seats = np.array([v.ship.pax or 1 for v in self._voyages])

    def _sort(self, lot: Lot, load: Load, offers: Offers) -> None:
        world = self._world
        choice = offers.of(lot, load)
        persons = lot.persons if lot.cargo == CargoClass.PERSONS else 0
        force = world.scenario.forces[lot.force]
        earliest = world.periods((force.ead_day or 0.0) * HOURS_PER_DAY)
        key = (id(choice), load.lane_m, persons, earliest, lot.weight, force.rdd_day)
        group = _Group(choice, load.lane_m, persons, earliest)
        self._groups.setdefault(key, group).lots.append(lot)

    def bound(self, prices: Prices, costs: Callable[[Lot], Floats]) -> float:
        """The bound at prices ≥ 0 of resources in `capacities`.

        `costs(lot)` are those of arriving in period 0 … T and of not arriving; lots of one weight
        and due date have the same.
        """
        income = sum(float(np.dot(price, self.capacities[name])) for name, price in prices.items())
        return math.fsum(self.values(prices, costs).values()) - income

    def values(self, prices: Prices, costs: Callable[[Lot], Floats]) -> dict[str, float]:
        """What each lot pays on its cheapest way, or for not arriving if that is less."""
        row_costs = self._rows.costs(prices)
        found: dict[str, float] = {}
        for group in self._groups.values():
            cost = costs(group.lots[0])
            value = self._values(group, cost, row_costs)
            for lot in group.lots:
                alone = value[lot.ready] if lot.ready <= self._world.horizon else math.inf
                found[lot.id] = float(min(alone, cost[-1]))
        return found

    def _values(self, group: _Group, cost: Floats, row_costs: Floats) -> Floats:
        """Least cost from the origin on, by the period in which the lot is there."""
        choice, T = group.choice, self._world.horizon
        if choice.origin < 0 or choice.goal < 0:
            return np.full(T + 1, math.inf)
        number, tail, head, cleared, first, last = choice.sea.T
        loading, after = self._times[number].T
        own = self._own_loading(group)[self._rate[number]]
        room = self._room[number]
        share = group.lane_m / np.where(room > 0, room, 1.0)
        if group.persons:  # seats are not counted where lane metres are
            share = np.where(room > 0, 0.0, group.persons / self._seats[number])
        # The ship begins to load `lead` periods after the lot is there (before, as a rule).
        lead = own - loading
        by_sea = np.column_stack(
            (self._moves + number, tail, head, lead, own + after,
             np.maximum(first, cleared - lead), last)
        )  # fmt: skip
        row, tail, head, duration, first, last = choice.land.T
        by_land = np.column_stack((row, tail, head, 0 * row, duration, first, last))
        arcs = np.ascontiguousarray(np.vstack((by_land, by_sea)).T)
        # What would arrive before it is wanted waits, as far as a first start goes.
        wanted = np.where(arcs[2] == choice.goal, group.earliest - arcs[4], 0)
        arcs[5] = np.maximum(arcs[5], wanted)
        at = np.maximum(np.arange(T + 1), group.earliest)
        arrived = np.where(at <= T, cost[np.minimum(at, T)], math.inf)
        shares = np.concatenate((np.ones(len(by_land)), share))
        values = _settle(choice.nodes, choice.goal, arcs, shares, row_costs, arrived)
        return np.asarray(values[choice.origin])

    def _own_loading(self, group: _Group) -> Ints:
        """Periods in which the lot itself goes aboard, by rate of the berth."""
        if group.persons:
            return np.zeros(len(self._rates), dtype=np.int64)
        periods = (
            self._world.periods(group.lane_m / rate if rate else 0.0) for rate in self._rates
        )
        return np.array(list(periods), dtype=np.int64)


def _ships(
    world: World, capacity: Capacities, voyages: list[Voyage]
) -> tuple[list[tuple[Use, ...]], list[int]]:
    """What voyages hold with the ship itself, and the first period in which each can load."""
    ballast = Ballast(world, capacity)
    ports: dict[str, set[str]] = {}
    for voyage in voyages:
        ports.setdefault(voyage.ship.id, set()).add(voyage.start)
    back = {
        (ship, end): ballast.back(ship, end, ports[ship])
        for ship, end in dict.fromkeys((v.ship.id, v.end) for v in voyages)
    }
    uses = [
        (*v.uses, (f"lift:{v.ship.id}", 0, v.total + back[v.ship.id, v.end], 1)) for v in voyages
    ]
    return uses, [ballast.release(voyage) for voyage in voyages]


class _Rows:
    """What all moves and ships hold, as arrays: row i has uses ptr[i] … ptr[i + 1].

    Columns of a use: resource, number of (resource, amount), first period, length, amount.
    """

    def __init__(
        self,
        capacity: Capacities,
        rows: list[tuple[Use, ...]],
        release: list[int],
        horizon: int,
    ) -> None:
        self._index = {name: number for number, name in enumerate(capacity)}
        self._horizon = horizon
        self._release = np.array(release, dtype=np.int64)
        self._ptr = np.cumsum([0, *map(len, rows)]).astype(np.int64)
        pairs: dict[tuple[str, int], int] = {}
        table = [
            (self._index[name], pairs.setdefault((name, amount), len(pairs)), first, length, amount)
            for uses in rows
            for name, first, length, amount in uses
        ]
        self._uses = np.array(table, dtype=np.int64).reshape(-1, 5)
        self._short = np.zeros((len(pairs), horizon + 1), dtype=np.int64)
        for (name, amount), number in pairs.items():
            np.cumsum(capacity[name] < amount, out=self._short[number, 1:])

    def costs(self, prices: Prices) -> Floats:
        """Cost of each row by the period of its start; infinite where it does not fit alone."""
        paid = np.zeros((len(self._index), self._horizon + 1))
        for name, price in prices.items():
            np.cumsum(price, out=paid[self._index[name], 1:])
        costs = np.zeros((len(self._ptr) - 1, self._horizon + 1))
        _row_costs(self._ptr, self._uses, paid, self._short, self._release, costs)
        return costs


@njit(cache=True)
def _row_costs(
    ptr: Ints, uses: Ints, paid: Floats, short: Ints, release: Ints, costs: Floats
) -> None:
    """`paid` and `short` are running sums over periods: of prices, and of periods too full."""
    T = costs.shape[1] - 1
    for i in range(len(ptr) - 1):
        for t in range(min(release[i], T + 1)):
            costs[i, t] = np.inf
        for k in range(ptr[i], ptr[i + 1]):
            r, s, first, length, amount = uses[k]
            if paid[r, T] == 0 and short[s, T] == 0:
                continue
            for t in range(T + 1):
                begin = min(T, t + first)
                end = min(T, t + first + length)
                if short[s, end] > short[s, begin]:
                    costs[i, t] = np.inf
                else:
                    costs[i, t] += amount * (paid[r, end] - paid[r, begin])


@njit(cache=True)
def _settle(
    nodes: int, goal: int, arcs: Ints, share: Floats, costs: Floats, arrived: Floats
) -> Floats:
    """Least cost to the goal from each node in each period; waiting is free.

    Rows of `arcs`: row, tail, head, lead, duration, first and last start. Arcs to nodes whose
    values have just become less are looked at until none has.
    """
    T = len(arrived) - 1
    row, tail, head, lead, duration, first, last = arcs
    values = np.full((nodes, T + 1), np.inf)
    values[goal] = arrived
    fresh = np.zeros(nodes, dtype=np.bool_)
    fresh[goal] = True
    while fresh.any():
        less = np.zeros(nodes, dtype=np.bool_)
        for a in range(len(row)):
            low = max(first[a], -lead[a], 0)
            high = min(last[a], T - duration[a], T - lead[a])
            if not fresh[head[a]] or high < low:
                continue
            pays = costs[row[a], low + lead[a] : high + 1 + lead[a]]
            then = values[head[a], low + duration[a] : high + 1 + duration[a]]
            here = values[tail[a], low : high + 1]
            better = False
            for t in range(len(here)):
                # What takes no share pays nothing, but only where it is possible.
                value = (pays[t] * share[a] if pays[t] < np.inf else np.inf) + then[t]
                better |= value < here[t]
                here[t] = min(here[t], value)
            less[tail[a]] |= better
        for i in np.flatnonzero(less):
            for t in range(T - 1, -1, -1):
                values[i, t] = min(values[i, t], values[i, t + 1])
        fresh = less
    return values
