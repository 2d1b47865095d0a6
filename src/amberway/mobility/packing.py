"""Placing and taking out lots, compiled: the moves of the search for a plan.

Everything is arrays: `Net` never changes, `State` is a plan in the making. A lot is placed along
the way that costs least at reduced prices: labels at places, each move as early as its resources
are free, directed to the goal by the values of the dynamic program. Every change is written to a
journal, so that a step that does not pay is undone exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from amberway.mobility.fit import Free, book, earliest, take

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
LEGS = 12
_BOOK, _BOARD, _SAIL, _DOCK = 0, 1, 2, 3


class Net(NamedTuple):
    """The problem as the kernels see it; see `Problem` and `search.net` for the arrays."""

    base: Ints
    ptr: Ints
    row: Ints
    head: Ints
    duration: Ints
    first: Ints
    last: Ints
    origin: Ints
    goal: Ints
    earliest: Ints
    arrival_cost: NDArray[np.float64]
    use_ptr: Ints
    uses: Ints
    sea_ptr: Ints
    sea_way: Ints
    sea_head: Ints
    sea_release: Ints
    sea_due: Ints
    sea_first: Ints
    sea_last: Ints
    way_pair: Ints
    call_ptr: Ints
    calls: Ints
    passage_class: Ints
    passage_from: Ints
    passage_to: Ints
    passage_rate: Ints
    passage_entry: Ints
    loading: Ints
    sailing: Ints
    passage_ptr: Ints
    passage_uses: Ints
    class_pool: Ints
    class_room: NDArray[np.float64]
    class_seats: Ints
    class_ptr: Ints
    ballast: Ints
    lot_group: Ints
    lot_goal: Ints
    lot_ready: Ints
    lot_size: NDArray[np.float64]
    lot_persons: NDArray[np.bool_]
    lot_own: Ints


class State(NamedTuple):
    """A plan in the making; `counts` are (sailings ever, journal length, random state)."""

    free: Free
    legs: Ints
    arc: Ints
    start: Ints
    sailing: Ints
    arrival: Ints
    ship: Ints
    passage: Ints
    begin: Ints
    load: Ints
    lane_m: NDArray[np.float64]
    pax: Ints
    aboard: Ints
    before_place: Ints
    before_free: Ints
    place: Ints
    free_from: Ints
    stack: Ints
    depth: Ints
    pair: Ints
    pairs: Ints
    journal: Ints
    counts: Ints


class Guide(NamedTuple):
    """Reduced prices: values of nodes, costs of rows and of whole ships; what an empty ship costs.

    A lot that opens a sailing pays its share of the ship and `fill` of the rest.
    """

    values: Floats
    costs: Floats
    ship_costs: Floats
    fill: float


class Labels(NamedTuple):
    """Of a group's nodes: cost with the value from there, cost so far, time, how it was reached.

    `arc` is an arc by land or air, or -2 - a sea arc.
    """

    f: NDArray[np.float64]
    paid: NDArray[np.float64]
    time: Ints
    arc: Ints
    came: Ints
    done: NDArray[np.bool_]


@njit(cache=True)
def _note(s: State, what: int, a: int, b: int, c: int) -> None:
    n = s.counts[1]
    s.journal[n, 0], s.journal[n, 1], s.journal[n, 2], s.journal[n, 3] = what, a, b, c
    s.counts[1] = n + 1


@njit(cache=True)
def _book_row(net: Net, s: State, row: int, start: int, sign: int) -> None:
    book(s.free, net.uses[net.use_ptr[row] : net.use_ptr[row + 1]], start, sign)
    _note(s, _BOOK, row, start, sign)


@njit(cache=True)
def _hold_ship(net: Net, s: State, k: int, sign: int) -> None:
    """Book what sailing k holds: berths and links from loading, the ship from ballast on."""
    c = s.passage[k]
    book(s.free, net.passage_uses[net.passage_ptr[c] : net.passage_ptr[c + 1]], s.load[k], sign)
    pool = net.class_pool[net.passage_class[c]]
    take(s.free, pool, s.begin[k], s.load[k] + net.sailing[c], sign)


@njit(cache=True)
def _cast_off(net: Net, s: State, k: int) -> None:
    """Sailing k becomes the last of its ship."""
    _hold_ship(net, s, k, 1)
    ship, c = s.ship[k], s.passage[k]
    s.stack[ship, s.depth[ship]] = k
    s.depth[ship] += 1
    s.place[ship], s.free_from[ship] = net.passage_to[c], s.load[k] + net.sailing[c]
    pair = s.pair[k]
    s.pairs[pair, 0] += 1
    s.pairs[pair, s.pairs[pair, 0]] = k


@njit(cache=True)
def _dock(net: Net, s: State, k: int) -> None:
    """Sailing k, the last of its ship, is taken out."""
    _hold_ship(net, s, k, -1)
    ship = s.ship[k]
    s.depth[ship] -= 1
    s.place[ship], s.free_from[ship] = s.before_place[k], s.before_free[k]
    pair = s.pair[k]
    n = s.pairs[pair, 0]
    for j in range(1, n + 1):
        if s.pairs[pair, j] == k:
            s.pairs[pair, j] = s.pairs[pair, n]
            break
    s.pairs[pair, 0] = n - 1


@njit(cache=True)
def _board(net: Net, s: State, lot: int, k: int, sign: int) -> None:
    if net.lot_persons[lot]:
        s.pax[k] += sign * int(net.lot_size[lot])
    else:
        s.lane_m[k] += sign * net.lot_size[lot]
    s.aboard[k] += sign


@njit(cache=True)
def undo(net: Net, s: State, mark: int) -> None:
    """Take back every change since the journal had `mark` entries."""
    while s.counts[1] > mark:
        n = s.counts[1] - 1
        s.counts[1] = n
        what, a, b, c = s.journal[n, 0], s.journal[n, 1], s.journal[n, 2], s.journal[n, 3]
        if what == _BOOK:
            book(s.free, net.uses[net.use_ptr[a] : net.use_ptr[a + 1]], b, -c)
        elif what == _BOARD:
            _board(net, s, a, b, -c)
        elif what == _SAIL:
            _dock(net, s, a)
        else:
            _cast_off(net, s, a)


@njit(cache=True)
def take_out(net: Net, s: State, lot: int) -> None:
    """Give back all that a lot holds; ships that sail last and empty stay in port."""
    for j in range(s.legs[lot]):
        k = s.sailing[lot, j]
        if k < 0:
            _book_row(net, s, net.row[s.arc[lot, j]], s.start[lot, j], -1)
            continue
        _board(net, s, lot, k, -1)
        _note(s, _BOARD, lot, k, -1)
        ship = s.ship[k]
        while s.depth[ship] > 0 and s.aboard[s.stack[ship, s.depth[ship] - 1]] == 0:
            last = s.stack[ship, s.depth[ship] - 1]
            _dock(net, s, last)
            _note(s, _DOCK, last, 0, 0)
    s.legs[lot] = 0
    s.arrival[lot] = -1


@njit(cache=True)
def _calls_at(net: Net, way: int, passage: int) -> bool:
    return bool(np.any(net.calls[net.call_ptr[way] : net.call_ptr[way + 1]] == passage))


@njit(cache=True)
def _join(
    net: Net, s: State, guide: Guide, lot: int, sea: int, at: int, best: float
) -> tuple[float, int, int, int, int, int]:
    """The planned sailing over a sea arc that a lot joins at the least cost below `best`."""
    T = s.free.left.shape[1]
    way, head, pair = net.sea_way[sea], net.sea_head[sea], net.way_pair[net.sea_way[sea]]
    size, persons = net.lot_size[lot], net.lot_persons[lot]
    found = (best, -1, -1, -1, -1, -1)
    for j in range(1, s.pairs[pair, 0] + 1):
        k = s.pairs[pair, j]
        c = s.passage[k]
        done = s.load[k] + net.sailing[c]
        if (
            done > T
            or done < net.sea_due[sea]
            or at + net.lot_own[lot, net.passage_rate[c]] > s.load[k] + net.loading[c]
            or s.load[k] > net.sea_last[sea]
            or s.load[k] + net.passage_entry[c] < net.sea_release[sea]
        ):
            continue
        q = net.passage_class[c]
        room = net.class_seats[q] - s.pax[k] if persons else net.class_room[q] - s.lane_m[k]
        if size > room + 1e-9:
            continue
        share = 0.0 if persons else size / net.class_room[q]
        cost = share * guide.ship_costs[c, s.load[k]] + guide.values[head, done]
        if cost < best and _calls_at(net, way, c):
            best, found = cost, (cost, done, k, s.ship[k], c, s.begin[k])
    return found


@njit(cache=True)
def _sails(net: Net, s: State, sea: int, ship: int, c: int, low: int) -> int:
    """First start of loading from `low` on that a ship can keep; -1 if there is none."""
    T = s.free.left.shape[1]
    q = net.passage_class[c]
    ballast = net.ballast[q, s.place[ship], net.passage_from[c]]
    if ballast < 0 or s.depth[ship] + 1 >= s.stack.shape[1]:
        return -1
    uses = net.passage_uses[net.passage_ptr[c] : net.passage_ptr[c + 1]]
    last = min(T - net.sailing[c], net.sea_last[sea])
    load = earliest(s.free, uses, max(low, s.free_from[ship] + ballast), last)
    for t in range(load - ballast, min(T, load + net.sailing[c])):
        if load < 0 or s.free.left[net.class_pool[q], t] < 1:
            return -1  # a disruption of the pool
    return load


@njit(cache=True)
def _embark(
    net: Net, s: State, guide: Guide, lot: int, sea: int, at: int, limit: float
) -> tuple[float, int, int, int, int, int]:
    """The planned or new sailing over a sea arc with the least cost below `limit`.

    Returns (cost with the value at the far end, discharged, sailing or -1 if new, ship or -1 if
    there is none, passage, begin of ballast).
    """
    T = s.free.left.shape[1]
    at = max(at, net.sea_first[sea])
    way, head, pair = net.sea_way[sea], net.sea_head[sea], net.way_pair[net.sea_way[sea]]
    found = _join(net, s, guide, lot, sea, at, limit)
    best = found[0]
    if s.pairs[pair, 0] + 1 >= s.pairs.shape[1] or s.counts[0] >= len(s.ship):
        return found
    for c in net.calls[net.call_ptr[way] : net.call_ptr[way + 1]]:
        q = net.passage_class[c]
        # Loading may have begun when the lot comes, as long as it gets aboard in time.
        own = net.lot_own[lot, net.passage_rate[c]]
        low = max(0, at + own - net.loading[c], net.sea_release[sea] - net.passage_entry[c])
        low = max(low, net.sea_due[sea] - net.sailing[c])
        if low + net.sailing[c] > T or guide.values[head, low + net.sailing[c]] >= best:
            continue
        share = 0.0 if net.lot_persons[lot] else net.lot_size[lot] / net.class_room[q]
        share += (1 - share) * guide.fill
        for ship in range(net.class_ptr[q], net.class_ptr[q + 1]):
            then = max(low, s.free_from[ship]) + net.sailing[c]
            # A ship that lies beside the one before it in the class would do the same.
            twin = ship > net.class_ptr[q] and (
                s.place[ship] == s.place[ship - 1] and s.free_from[ship] == s.free_from[ship - 1]
            )
            if twin or then > T or guide.values[head, then] >= best:
                continue
            load = _sails(net, s, sea, ship, c, low)
            if load < 0:
                continue
            done = load + net.sailing[c]
            cost = share * guide.ship_costs[c, load] + guide.values[head, done]
            if cost < best:
                ballast = net.ballast[q, s.place[ship], net.passage_from[c]]
                best, found = cost, (cost, done, -1, ship, c, load - ballast)
    return found


@njit(cache=True)
def _relax(
    net: Net, s: State, guide: Guide, lot: int, i: int, labels: Labels, goal: int, base: int
) -> None:
    """Look from node i, whose label is final, along all its arcs."""
    T = s.free.left.shape[1]
    at, so_far = labels.time[i], labels.paid[i]
    for a in range(net.ptr[i + base], net.ptr[i + base + 1]):
        n = net.head[a] - base
        if labels.done[n]:
            continue
        first = max(at, net.first[a])
        limit = min(labels.f[n], labels.f[goal])
        then = first + net.duration[a]
        if then > T or so_far + guide.values[net.head[a], then] >= limit:
            continue
        row = net.row[a]
        uses = net.uses[net.use_ptr[row] : net.use_ptr[row + 1]]
        start = earliest(s.free, uses, first, min(net.last[a], T - net.duration[a]))
        if start < 0:
            continue
        cost = so_far + guide.costs[row, start]
        total = cost + guide.values[net.head[a], start + net.duration[a]]
        if total < limit:
            labels.f[n], labels.paid[n], labels.time[n] = total, cost, start + net.duration[a]
            labels.arc[n], labels.came[n] = a, i
    for sea in range(net.sea_ptr[i + base], net.sea_ptr[i + base + 1]):
        n = net.sea_head[sea] - base
        if labels.done[n]:
            continue
        limit = min(labels.f[n], labels.f[goal]) - so_far
        cost, end, _, ship, _, _ = _embark(net, s, guide, lot, sea, at, limit)
        if ship >= 0:
            labels.f[n], labels.time[n] = so_far + cost, end
            labels.paid[n] = so_far + cost - guide.values[net.sea_head[sea], end]
            labels.arc[n], labels.came[n] = -2 - sea, i


@njit(cache=True)
def place(net: Net, s: State, guide: Guide, lot: int) -> bool:
    """Give a lot that is out the cheapest way that is free; False if there is none."""
    g = net.lot_group[lot]
    origin, goal, base = net.origin[g], net.goal[g], net.base[g]
    s.legs[lot], s.arrival[lot] = 0, -1
    ready = net.lot_ready[lot]
    if origin < 0 or ready > s.free.left.shape[1] or guide.values[origin, ready] == np.inf:
        return False
    nodes = net.base[g + 1] - base
    labels = Labels(
        np.full(nodes, np.inf),
        np.zeros(nodes),
        np.zeros(nodes, dtype=np.int64),
        np.full(nodes, -1, dtype=np.int64),
        np.full(nodes, -1, dtype=np.int64),
        np.zeros(nodes, dtype=np.bool_),
    )
    labels.time[origin - base] = ready
    labels.f[origin - base] = guide.values[origin, ready]
    while True:
        i, least = -1, np.inf
        for n in range(nodes):
            if not labels.done[n] and labels.f[n] < least:
                i, least = n, labels.f[n]
        if i < 0:
            return False
        if i + base == goal:
            break
        labels.done[i] = True
        _relax(net, s, guide, lot, i, labels, goal - base, base)
    way = np.empty(LEGS, dtype=np.int64)
    count, n = 0, goal - base
    while n + base != origin:
        if count == LEGS:
            return False
        way[count] = labels.arc[n]
        count += 1
        n = labels.came[n]
    return _follow(net, s, guide, lot, way[:count])


@njit(cache=True)
def _follow(net: Net, s: State, guide: Guide, lot: int, way: Ints) -> bool:
    """Book the arcs of `way` (last first); False, with nothing booked, if they do not fit.

    An arc may hold what a later one was to use (a pool, before it has come back): each is fitted
    again when its turn comes.
    """
    T = s.free.left.shape[1]
    mark, at = s.counts[1], net.lot_ready[lot]
    for j in range(len(way)):
        a = way[len(way) - 1 - j]
        s.arc[lot, j] = a
        if a >= 0:
            row = net.row[a]
            uses = net.uses[net.use_ptr[row] : net.use_ptr[row + 1]]
            start = earliest(
                s.free, uses, max(at, net.first[a]), min(net.last[a], T - net.duration[a])
            )
            if start < 0:
                undo(net, s, mark)
                return False
            _book_row(net, s, row, start, 1)
            s.start[lot, j], s.sailing[lot, j] = start, -1
            at = start + net.duration[a]
            continue
        _, end, k, ship, c, begin = _embark(net, s, guide, lot, -2 - a, at, np.inf)
        if ship < 0:
            undo(net, s, mark)
            return False
        if k < 0:
            k = s.counts[0]
            s.counts[0] = k + 1
            q = net.passage_class[c]
            ballast = net.ballast[q, s.place[ship], net.passage_from[c]]
            s.ship[k], s.passage[k], s.begin[k], s.load[k] = ship, c, begin, begin + ballast
            s.lane_m[k], s.pax[k], s.aboard[k] = 0.0, 0, 0
            s.before_place[k], s.before_free[k] = s.place[ship], s.free_from[ship]
            s.pair[k] = net.way_pair[net.sea_way[-2 - a]]
            _cast_off(net, s, k)
            _note(s, _SAIL, k, 0, 0)
        _board(net, s, lot, k, 1)
        _note(s, _BOARD, lot, k, 1)
        s.start[lot, j], s.sailing[lot, j] = max(at, net.sea_first[-2 - a], s.load[k]), k
        at = end
    s.legs[lot] = len(way)
    s.arrival[lot] = max(at, net.earliest[net.lot_group[lot]])
    return True


@njit(cache=True)
def cost_of(net: Net, s: State, lot: int) -> float:
    """Cost of a lot's arrival."""
    costs = net.arrival_cost[net.lot_group[lot]]
    return float(costs[s.arrival[lot]] if s.arrival[lot] >= 0 else costs[-1])
