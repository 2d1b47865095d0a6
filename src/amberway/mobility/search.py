"""The search for a plan: list scheduling at reduced prices, then ruin and recreate."""

from __future__ import annotations

import numpy as np

from amberway.mobility import ruin
from amberway.mobility.fit import Free
from amberway.mobility.packing import LEGS, Guide, Net, State
from amberway.mobility.passages import own_loading
from amberway.mobility.pricing import Itineraries, Pricing
from amberway.mobility.problem import Floats, Ints, Problem, hulls
from amberway.scenario.force import CargoClass
from amberway.scenario.lift import Lift
from amberway.units import HOURS_PER_DAY, periods

_SAILINGS = 20_000
_ON_A_LANE = 1024  # sailings of one port pair
_TIDY = 3
_JOURNAL = 20_000
_VOYAGES = 60  # of one ship, more than any horizon holds


class Search:
    """A plan in the making. `cost` is its objective; `order` takes lots by priority."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ports: dict[str, int] = {}
        self.net = self._net()
        self.weight = np.array([lot.weight for lot in problem.lots], dtype=np.float64)
        self.order: Ints = np.array(
            sorted(
                range(len(problem.lots)),
                key=lambda i: (
                    -problem.lots[i].weight,
                    problem.lots[i].ready,
                    problem.lots[i].force,
                    problem.lots[i].id,
                ),
            ),
            dtype=np.int64,
        )
        self.state = self._start()
        self.cost = float(np.sum(self.net.arrival_cost[self.net.lot_group, -1]))

    def schedule(self, guide: Guide, order: Ints) -> None:
        """Plan anew: lots in this order, those that found no way once more at the end."""
        self.state = self._start()
        ruin.schedule(self.net, self.state, guide, order)
        left = order[self.state.arrival[order] < 0]
        ruin.schedule(self.net, self.state, guide, left)
        self.cost = self.total()

    def improve(
        self, guides: tuple[Guide, Guide, Guide], ideal: Floats, steps: int, threshold: float,
        random: ruin.Random,
    ) -> None:  # fmt: skip
        """Ruin and recreate for so many steps."""
        self.cost += ruin.improve(
            self.net, self.state, guides, ideal, self.weight, steps, threshold, random
        )
        if self.state.counts[0] > _SAILINGS // 2:
            self._forget()

    def total(self) -> float:
        """The objective, added up anew."""
        arrival = self.state.arrival
        return float(self.net.arrival_cost[self.net.lot_group, arrival].sum())

    def copy(self) -> State:
        """The plan as it is."""
        return _copy(self.state)

    def restore(self, state: State) -> None:
        """Go on from a copy; sailings that are no more are forgotten."""
        self.state = _copy(state)
        self._forget()
        self.cost = self.total()

    def tidy(self, guide: Guide) -> None:
        """Let every lot go earlier where there is room, and nobody later."""
        order = np.argsort(self.state.arrival, kind="stable")
        for _ in range(_TIDY):
            ruin.tidy(self.net, self.state, guide, order)
        self.cost = self.total()

    def _forget(self) -> None:
        """Number the sailings anew, so that there is room for more."""
        state = self.state
        kept = np.concatenate(
            [state.stack[ship, :depth] for ship, depth in enumerate(state.depth)]
            + [np.zeros(0, dtype=np.int64)]
        )
        number = np.zeros(len(state.ship), dtype=np.int64)
        number[kept] = np.arange(len(kept))
        for part in state[6:15]:
            part[: len(kept)] = part[kept]
        state.pair[: len(kept)] = state.pair[kept]
        state.stack[:] = number[state.stack]
        for pair in state.pairs:
            pair[1 : pair[0] + 1] = number[pair[1 : pair[0] + 1]]
        aboard = state.sailing >= 0
        state.sailing[aboard] = number[state.sailing[aboard]]
        state.counts[0] = len(kept)

    def itineraries(self) -> Itineraries:
        """What the lots that arrive do, with their share of their ships."""
        state, net, problem = self.state, self.net, self.problem
        placed = np.flatnonzero(state.arrival >= 0)
        leg = np.arange(LEGS) < state.legs[placed][:, None]
        sailing = np.where(leg, state.sailing[placed], -1)
        by_sea, by_land = sailing >= 0, leg & (sailing < 0)
        choice, starts = np.full(leg.shape, -1), np.full(leg.shape, -1)
        choice[by_land] = net.row[state.arc[placed][by_land]]
        starts[by_land] = state.start[placed][by_land]
        choice[by_sea] = len(problem.moves) + state.passage[sailing[by_sea]]
        starts[by_sea] = state.load[sailing[by_sea]]
        share = by_land.astype(np.float64)
        lots, legs = np.nonzero(by_sea)
        share[lots, legs] = self.share(placed[lots], sailing[lots, legs])
        return Itineraries(placed, choice, starts, share, state.arrival[placed])

    def share(self, lots: Ints, sailings: Ints) -> Floats:
        """Share of the lane metres of its ship that each lot takes; none for persons."""
        net = self.net
        room = net.class_room[net.passage_class[self.state.passage[sailings]]]
        taken = np.where(net.lot_persons[lots], 0.0, net.lot_size[lots])
        return np.asarray(taken / np.maximum(1e-9, room))

    def _start(self) -> State:
        problem, net = self.problem, self.net
        n = len(problem.lots)
        ships = hulls(problem.scenario)
        count = sum(len(names) for _, names in ships)

        def ints(*shape: int) -> Ints:
            return np.zeros(shape, dtype=np.int64)

        grid = problem.scenario.settings.grid_hours
        home = [self.ports[lift.home or ""] for lift, names in ships for _ in names]
        ready = [
            periods(lift.notice_days * HOURS_PER_DAY, grid) for lift, names in ships for _ in names
        ]
        pairs = int(net.way_pair.max(initial=-1)) + 1
        return State(
            free=Free.of(problem.resources.capacity),
            legs=ints(n),
            arc=ints(n, LEGS),
            start=ints(n, LEGS),
            sailing=ints(n, LEGS),
            arrival=np.full(n, -1, dtype=np.int64),
            ship=ints(_SAILINGS),
            passage=ints(_SAILINGS),
            begin=ints(_SAILINGS),
            load=ints(_SAILINGS),
            lane_m=np.zeros(_SAILINGS),
            pax=ints(_SAILINGS),
            aboard=ints(_SAILINGS),
            before_place=ints(_SAILINGS),
            before_free=ints(_SAILINGS),
            place=np.array(home, dtype=np.int64),
            free_from=np.array(ready, dtype=np.int64),
            stack=ints(count, _VOYAGES),
            depth=ints(count),
            pair=ints(_SAILINGS),
            pairs=ints(pairs, _ON_A_LANE),
            journal=ints(_JOURNAL, 4),
            counts=ints(2),
        )

    def _net(self) -> Net:
        problem, groups, sea = self.problem, self.problem.groups, self.problem.sea
        scenario = problem.scenario
        grid = scenario.settings.grid_hours
        releases = problem.ground.releases
        land = np.flatnonzero(groups.way < 0)
        nodes = len(groups.ptr) - 1
        node_group = np.repeat(np.arange(len(groups.goal)), np.diff(groups.base))

        # One sea arc per node and way; its decks differ in time only.
        by_sea = np.flatnonzero(groups.way >= 0)
        again = (np.diff(groups.way[by_sea]) == 0) & (np.diff(groups.tail[by_sea]) == 0)
        by_sea = by_sea[np.concatenate((np.ones(len(by_sea[:1]), dtype=np.bool_), ~again))]
        limits = [
            self._limits(int(node_group[groups.tail[a]]), int(groups.way[a]), releases)
            for a in by_sea
        ]
        sea_limits = np.array(limits, dtype=np.int64).reshape(-1, 4).T.copy()
        ships = hulls(problem.scenario)
        number = {lift.id: i for i, (lift, _) in enumerate(ships)}
        for name in [
            *(lift.home or "" for lift, _ in ships),
            *(p for passage in sea.passages for p in (passage.start, passage.end)),
        ]:
            self.ports.setdefault(name, len(self.ports))
        rates = sorted({p.berths[0].lane_m_per_h or 1.0 for p in sea.passages})
        by_rate = {p.berths[0].lane_m_per_h or 1.0: p.berths[0] for p in sea.passages}
        own = [[own_loading(lot, by_rate[r], grid) for r in rates] for lot in problem.lots]
        pairs: dict[tuple[str, str], int] = {}
        for way in problem.ways:
            pairs.setdefault((way.start, way.end), len(pairs))
        stow = scenario.settings.factors.stow_factor
        goals: dict[str, int] = {}

        def ints(values: object) -> Ints:
            return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]

        def ends(tables: list[int] | Ints) -> Ints:
            return np.concatenate(([0], np.cumsum(tables))).astype(np.int64)

        passages = sea.passages
        passage_ptr = ends([len(p.uses) for p in passages])
        return Net(
            base=groups.base,
            ptr=np.searchsorted(land, groups.ptr).astype(np.int64),
            row=groups.row[land],
            head=groups.head[land],
            duration=groups.duration[land],
            first=groups.first[land],
            last=groups.last[land],
            origin=groups.origin,
            goal=groups.goal,
            earliest=groups.earliest,
            arrival_cost=groups.costs,
            use_ptr=problem.uses.ptr,
            uses=problem.uses.table,
            sea_ptr=np.searchsorted(groups.tail[by_sea], np.arange(nodes + 1)).astype(np.int64),
            sea_way=groups.way[by_sea],
            sea_head=groups.head[by_sea],
            sea_release=sea_limits[0],
            sea_due=sea_limits[1],
            sea_first=sea_limits[2],
            sea_last=sea_limits[3],
            way_pair=ints(pairs[way.start, way.end] for way in problem.ways),
            call_ptr=ends([len(calls) for calls in problem.calls]),
            calls=np.concatenate([*problem.calls, np.zeros(0, dtype=np.int64)]),
            passage_class=ints(number[p.lift.id] for p in passages),
            passage_from=ints(self.ports[p.start] for p in passages),
            passage_to=ints(self.ports[p.end] for p in passages),
            passage_rate=ints(rates.index(p.berths[0].lane_m_per_h or 1.0) for p in passages),
            passage_entry=ints(max((at for _, at in p.crossings), default=0) for p in passages),
            loading=sea.loading,
            sailing=sea.loading + sea.voyage + sea.discharge,
            passage_ptr=passage_ptr,
            passage_uses=np.concatenate(
                [*(p.uses for p in passages), np.zeros((0, 4), dtype=np.int64)]
            ),
            class_pool=ints(problem.resources.index[f"lift:{lift.id}"] for lift, _ in ships),
            class_room=np.array([(lift.lane_m or 0.0) * stow for lift, _ in ships]),
            class_seats=ints(lift.pax or 0 for lift, _ in ships),
            class_ptr=ends([len(names) for _, names in ships]),
            ballast=self._ballast(ships),
            lot_group=problem.group,
            lot_goal=ints(goals.setdefault(lot.destination, len(goals)) for lot in problem.lots),
            lot_ready=problem.ready,
            lot_size=problem.size,
            lot_persons=np.array([lot.cargo is CargoClass.PERSONS for lot in problem.lots]),
            lot_own=np.array(own, dtype=np.int64).reshape(len(problem.lots), len(rates)),
        )

    def _limits(self, group: int, way: int, releases: dict[str, int]) -> tuple[int, ...]:
        """(first arrival at the port for clearance's sake, first discharge wanted, window)."""
        problem = self.problem
        lot = problem.lots[problem.sample[group]]
        options, sea = problem.options[problem.sample[group]], problem.ways[way]
        entered = {
            nation
            for call in problem.calls[way]
            for nation, _ in problem.sea.passages[call].crossings
        }
        cleared = max((releases[nation] for nation in entered if nation != lot.nation), default=0)
        due = lot.earliest_arrival if sea.end == lot.destination and not options.reception else 0
        first, last = 0, problem.horizon
        if sea.start == lot.origin:
            first = options.first_start
            last = last if options.last_start is None else options.last_start
        return min(cleared, problem.horizon), due, first, last

    def _ballast(self, ships: list[tuple[Lift, list[str]]]) -> Ints:
        """Periods of a class of ship from port to port in ballast (-1: not wanted or no way)."""
        wanted = np.full((len(ships), len(self.ports), len(self.ports)), -1, dtype=np.int64)
        calls: dict[str, tuple[set[str], set[str]]] = {}
        for passage in self.problem.sea.passages:
            starts, ends = calls.setdefault(passage.lift.id, (set(), set()))
            starts.add(passage.start)
            ends.add(passage.end)
        for q, (lift, _) in enumerate(ships):
            starts, ends = calls.get(lift.id, (set(), set()))
            for a in ends | {lift.home or ""}:
                for b in starts:
                    ballast = self.problem.ground.passages.ballast(lift, a, b)
                    if ballast is not None:
                        wanted[q, self.ports[a], self.ports[b]] = ballast
        return wanted


def _copy(state: State) -> State:
    return State._make((state.free.duplicate(), *(part.copy() for part in state[1:])))


def guide(
    pricing: Pricing, prices: Floats, share: float, fill: float, into: Guide | None = None
) -> Guide:
    """Values and costs at `share` of the prices; written over those of a guide no longer wanted."""
    pricing.price(share * prices)
    parts = pricing.values, pricing.costs, pricing.passage_costs
    if into is None:
        values, costs, ship_costs = (part.astype(np.float32) for part in parts)
        return Guide(values, costs, ship_costs, float(fill))
    for old, part in zip(into[:3], parts, strict=True):
        old[...] = part
    return into._replace(fill=float(fill))
