"""Improving a plan by ruin and recreate (large-neighbourhood search), compiled.

A step takes out a handful of lots that get in each other's way, places them again in another
order, and keeps the change if the plan is better, or hardly worse (threshold accepting).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from amberway.mobility.packing import (
    Guide,
    Ints,
    Net,
    State,
    cost_of,
    place,
    take_out,
    undo,
)

MOST = 40  # lots taken out at once
_AFTER = 8  # periods after a use in which others may still hinder
Random = NDArray[np.uint64]


@njit(cache=True)
def _draw(random: Random, below: int) -> int:
    """A random number in [0, below) (xorshift64*)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    return int((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(33)) % below


@njit(cache=True)
def _touches(
    ptr: Ints, table: Ints, row: int, start: int, resource: int, low: int, high: int
) -> bool:
    """Does a row that starts in period `start` hold the resource in [low, high)?"""
    for u in range(ptr[row], ptr[row + 1]):
        if table[u, 0] == resource:
            begin = start + table[u, 1]
            if begin < high and begin + table[u, 2] > low:
                return True
    return False


@njit(cache=True)
def _uses_of(net: Net, s: State, lot: int, j: int) -> tuple[Ints, int]:
    """Uses of leg j of a lot with the period that they count from."""
    k = s.sailing[lot, j]
    if k >= 0:
        c = s.passage[k]
        return net.passage_uses[net.passage_ptr[c] : net.passage_ptr[c + 1]], s.load[k]
    row = net.row[s.arc[lot, j]]
    return net.uses[net.use_ptr[row] : net.use_ptr[row + 1]], s.start[lot, j]


@njit(cache=True)
def _add(chosen: Ints, count: int, lot: int, most: int, seen: int, random: Random) -> int:
    """Keep `most` of the lots offered, each with the same chance (reservoir)."""
    if count < most:
        chosen[count] = lot
        return count + 1
    j = _draw(random, seen)
    if 1 <= j < most:
        chosen[j] = lot
    return count


@njit(cache=True)
def _late_one(net: Net, s: State, ideal: NDArray[np.float64], random: Random) -> int:
    """The latest of a few random lots, against what it would cost alone."""
    lot, worst = -1, -1.0
    for _ in range(1 + _draw(random, 4)):
        one = _draw(random, len(s.legs))
        late = cost_of(net, s, one) - ideal[one]
        if late > worst:
            lot, worst = one, late
    return lot


@njit(cache=True)
def _rivals(net: Net, s: State, lot: int, most: int, chosen: Ints, random: Random) -> int:
    """Others that hold a resource of one of the lot's legs at about the same time."""
    count = seen = 1
    uses, start = _uses_of(net, s, lot, _draw(random, s.legs[lot]))
    if uses.shape[0] == 0:
        return count
    u = _draw(random, uses.shape[0])
    resource, width = uses[u, 0], 2 << _draw(random, 6)
    low = start + uses[u, 1] - width
    high = low + width + uses[u, 2] + _AFTER
    # Asked of every leg of every lot: arrays by themselves, for to hand over Net and State costs
    # more than the question.
    use_ptr, table, rows = net.use_ptr, net.uses, net.row
    sea_ptr, sea_table, passage, load = net.passage_ptr, net.passage_uses, s.passage, s.load
    all_legs, arcs, starts, sailings = s.legs, s.arc, s.start, s.sailing
    for other in range(len(all_legs)):
        for j in range(all_legs[other] if other != lot else 0):
            k = sailings[other, j]
            if k >= 0:
                held = _touches(sea_ptr, sea_table, passage[k], load[k], resource, low, high)
            else:
                row = rows[arcs[other, j]]
                held = _touches(use_ptr, table, row, starts[other, j], resource, low, high)
            if held:
                seen += 1
                count = _add(chosen, count, other, most, seen, random)
                break
    return count


@njit(cache=True)
def _shipmates(s: State, lot: int, chosen: Ints, random: Random) -> int:
    """Everybody aboard the lot's ship from this sailing on; 1 if it does not sail."""
    count = seen = 1
    for i in range(s.legs[lot]):
        k = s.sailing[lot, i]
        if k < 0:
            continue
        for other in range(len(s.legs)):
            for j in range(s.legs[other] if other != lot else 0):
                theirs = s.sailing[other, j]
                if theirs >= 0 and s.ship[theirs] == s.ship[k] and s.load[theirs] >= s.load[k]:
                    seen += 1
                    count = _add(chosen, count, other, MOST, seen, random)
                    break
        break
    return count


@njit(cache=True)
def _neighbours(net: Net, s: State, lot: int, most: int, chosen: Ints, random: Random) -> int:
    """Others that arrive at about the same time, perhaps at the same place."""
    count = seen = 1
    width, same_goal = 4 << _draw(random, 5), _draw(random, 2) == 0
    for other in range(len(s.legs)):
        near = s.arrival[lot] < 0 or abs(s.arrival[other] - s.arrival[lot]) < width
        there = not same_goal or net.lot_goal[other] == net.lot_goal[lot]
        if near and there and other != lot:
            seen += 1
            count = _add(chosen, count, other, most, seen, random)
    return count


@njit(cache=True)
def _choose(net: Net, s: State, ideal: NDArray[np.float64], chosen: Ints, random: Random) -> int:
    """Lots that get in each other's way; returns how many. The first is one that is late."""
    lot = _late_one(net, s, ideal, random)
    chosen[0] = lot
    most, kind = 6 + _draw(random, 26), _draw(random, 10)
    if s.legs[lot] > 0 and kind < 4:
        return _rivals(net, s, lot, most, chosen, random)
    if s.legs[lot] > 0 and kind < 8:
        count = _shipmates(s, lot, chosen, random)
        if count > 1:
            return count
    return _neighbours(net, s, lot, most, chosen, random)


@njit(cache=True)
def _rank(
    net: Net,
    s: State,
    ideal: NDArray[np.float64],
    weight: NDArray[np.float64],
    chosen: Ints,
    random: Random,
) -> Ints:
    """An order in which to place the chosen lots again: by one of four rules."""
    keys = np.empty(len(chosen))
    by = _draw(random, 4)
    for i, lot in enumerate(chosen):
        if by == 0:
            keys[i] = -weight[lot] * 1e4 + net.lot_ready[lot]
        elif by == 1:
            keys[i] = ideal[lot] - cost_of(net, s, lot)
        elif by == 2:
            keys[i] = s.arrival[lot] + _draw(random, 24)
        else:
            keys[i] = _draw(random, 1 << 20)
    return np.argsort(keys)


@njit(cache=True, nogil=True)
def schedule(net: Net, s: State, guide: Guide, order: Ints) -> float:
    """Place lots one after the other; returns the cost of all of them."""
    total = 0.0
    for lot in order:
        place(net, s, guide, lot)
        s.counts[1] = 0
        total += cost_of(net, s, lot)
    return total


@njit(cache=True)
def tidy(net: Net, s: State, guide: Guide, order: Ints) -> None:
    """Take out each lot and place it again, unless it would arrive later."""
    for lot in order:
        legs, arrival = s.legs[lot], s.arrival[lot]
        arc, start, sailing = s.arc[lot].copy(), s.start[lot].copy(), s.sailing[lot].copy()
        before = cost_of(net, s, lot)
        s.counts[1] = 0
        sailings = s.counts[0]
        take_out(net, s, lot)
        place(net, s, guide, lot)
        if cost_of(net, s, lot) > before:
            undo(net, s, 0)
            s.counts[0] = sailings
            s.arc[lot], s.start[lot], s.sailing[lot] = arc, start, sailing
            s.legs[lot], s.arrival[lot] = legs, arrival


@njit(cache=True, nogil=True)
def improve(
    net: Net,
    s: State,
    guides: tuple[Guide, Guide, Guide],
    ideal: NDArray[np.float64],
    weight: NDArray[np.float64],
    steps: int,
    threshold: float,
    random: Random,
) -> float:
    """Take `steps` steps; returns what the plan's cost has changed by (negative: better)."""
    chosen = np.empty(MOST, dtype=np.int64)
    arc = np.empty((MOST, s.arc.shape[1]), dtype=np.int64)
    start, sailing = np.empty_like(arc), np.empty_like(arc)
    legs, arrival = np.empty(MOST, dtype=np.int64), np.empty(MOST, dtype=np.int64)
    gained = 0.0
    for _ in range(steps):
        if s.counts[0] + MOST * 2 > len(s.ship):
            break
        count = _choose(net, s, ideal, chosen, random)
        order = _rank(net, s, ideal, weight, chosen[:count], random)
        s.counts[1] = 0
        sailings = s.counts[0]
        before = after = 0.0
        for i in range(count):
            lot = chosen[i]
            before += cost_of(net, s, lot)
            arc[i], start[i], sailing[i] = s.arc[lot], s.start[lot], s.sailing[lot]
            legs[i], arrival[i] = s.legs[lot], s.arrival[lot]
        for i in range(count):
            take_out(net, s, chosen[i])
        guide = guides[max(0, _draw(random, 4) - 1)]
        for i in order:
            place(net, s, guide, chosen[i])
            after += cost_of(net, s, chosen[i])
            if after > before + threshold:
                break
        if after <= before + threshold:
            gained += after - before
            continue
        undo(net, s, 0)
        s.counts[0] = sailings
        for i in range(count):
            lot = chosen[i]
            s.arc[lot], s.start[lot], s.sailing[lot] = arc[i], start[i], sailing[i]
            s.legs[lot], s.arrival[lot] = legs[i], arrival[i]
    return gained
