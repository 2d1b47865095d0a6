"""What holds a plan back, and what one more of it buys.

The price of one more unit is the sum of its prices over time: the first-order worth in the bound.
For the dearest, plans are made anew with one more unit, and once without, all from the same plan
with the same work; the difference is what one more buys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from amberway.mobility.certificate import Bottleneck, Gain
from amberway.mobility.evaluate import kind_of
from amberway.mobility.fit import Free
from amberway.mobility.objective import marry_up
from amberway.mobility.packing import State
from amberway.mobility.plan import Plan
from amberway.mobility.problem import Floats, Problem, build, hulls
from amberway.mobility.search import Search
from amberway.mobility.worth import one_more
from amberway.network.resources import usable
from amberway.scenario.lift import LiftKind
from amberway.units import HOURS_PER_DAY, periods

TRIED = 5
THREADS = 2
LISTED = 15
_ONE_MORE = {
    "road": "serial a day",
    "rail": "train path a day",
    "sea": "ship a day",
    "air": "flight a day",
    "rail terminal": "track to load or unload",
    "berth": "berth",
    "apron": "aircraft stand",
    "reception": "reception slot",
    "ship": "ship",
    "train-set": "train set",
    "heavy-transporter": "heavy transporter",
    "truck": "truck",
    "coach": "coach",
    "aircraft": "aircraft",
    "clearance": "day of clearance less",
}

Improve = Callable[[Search, int], None]
"""Ruin and recreate of a search with a seed of its own."""


def found(problem: Problem, plan: Plan, prices: Floats) -> tuple[Bottleneck, ...]:
    """Resources by what one more of them is worth, the dearest first."""
    scenario = problem.scenario
    worth = {
        name: float(np.sum(prices[row] * more))
        for row, name in enumerate(problem.resources.names)
        if prices[row].any()
        for more in [one_more(scenario, name, problem.resources.capacity[row])]
    }
    # A day less of clearance saves each lot that waits for it up to a day.
    grid = scenario.settings.grid_hours
    for lot in plan.lots:
        for leg in plan.legs.get(lot.id, ()):
            for name, waited in leg.waits:
                if name.startswith("clearance:"):
                    days = min(1.0, waited * grid / HOURS_PER_DAY)
                    worth[name] = worth.get(name, 0.0) + lot.weight * days
    dearest = sorted(worth, key=lambda name: (-worth[name], name))[:LISTED]
    kinds = {name: kind_of(scenario, name) for name in dearest}
    return tuple(
        Bottleneck(name, kinds[name], round(worth[name], 3), _ONE_MORE[kinds[name]])
        for name in dearest
    )


def tried(
    problem: Problem, search: Search, bottlenecks: Sequence[Bottleneck], improve: Improve
) -> tuple[Bottleneck, ...]:
    """The bottlenecks with what one more buys for the first few, by plans made anew."""
    first, rest = bottlenecks[:TRIED], bottlenecks[TRIED:]

    def again(bottleneck: Bottleneck | None) -> _Outcome:
        if bottleneck is None:
            other, state = Search(problem), search.copy()
        else:
            changed = _with_one_more(problem, bottleneck.resource)
            other = Search(changed)
            state = _adopted(problem, changed, search, bottleneck.resource)
        other.restore(state)
        improve(other, 1)
        return _outcome(other)

    with ThreadPoolExecutor(THREADS) as pool:
        base, *outcomes = pool.map(again, [None, *first])
    return (
        *(
            replace(one, one_more_buys=base.gain(outcome))
            for one, outcome in zip(first, outcomes, strict=True)
        ),
        *rest,
    )


def _with_one_more(problem: Problem, name: str) -> Problem:
    kind, _, rest = name.partition(":")
    ground, scenario = problem.ground, problem.scenario
    if kind == "clearance":
        day = periods(HOURS_PER_DAY, scenario.settings.grid_hours)
        releases = ground.releases | {rest: max(0, ground.releases[rest] - day)}
        return build(replace(ground, releases=releases), problem.objective)
    capacity = ground.resources.capacity.copy()
    row = ground.resources.index[name]
    capacity[row] += one_more(scenario, name, capacity[row]).astype(np.int32)
    if kind == "lift" and scenario.lift[rest].kind is LiftKind.SHIP:
        ship = scenario.lift[rest]
        more = ship.model_copy(update={"count": usable(ship) + 1, "availability": 1.0})
        scenario = replace(scenario, lift=scenario.lift | {rest: more})
    table = replace(ground.resources, capacity=capacity)
    return replace(problem, ground=replace(ground, scenario=scenario, resources=table))


def _adopted(problem: Problem, changed: Problem, search: Search, name: str) -> State:
    """The plan in the changed problem: with the new capacity free, and perhaps a new ship."""
    state = search.copy()
    more = changed.resources.capacity - problem.resources.capacity
    state = state._replace(free=Free.of(state.free.left + more))
    kind, _, rest = name.partition(":")
    if kind != "lift" or problem.scenario.lift[rest].kind is not LiftKind.SHIP:
        return state
    ships = hulls(problem.scenario)
    new = sum(len(names) for _, names in ships[: 1 + [lift.id for lift, _ in ships].index(rest)])
    fresh = Search(changed).state
    parts = state._asdict()
    for part in ("place", "free_from", "stack", "depth"):
        parts[part] = np.insert(parts[part], new, getattr(fresh, part)[new], axis=0)
    parts["ship"] = state.ship + (state.ship >= new)
    return State(**parts)


@dataclass(frozen=True)
class _Outcome:
    cost: float
    brigade_days: float
    closure: float

    def gain(self, other: _Outcome) -> Gain:
        """What the other is better by."""
        return Gain(
            round(self.cost - other.cost, 3),
            round(self.brigade_days - other.brigade_days, 3),
            round(self.closure - other.closure, 3),
        )


def _outcome(search: Search) -> _Outcome:
    """Objective, Σ brigade equivalents x day of closure, day of the last closure."""
    problem, scenario = search.problem, search.problem.scenario
    closes: dict[str, int] = {}
    for lot, arrival in zip(problem.lots, search.state.arrival, strict=True):
        at = problem.horizon if arrival < 0 else int(arrival)
        closes[lot.force] = max(closes.get(lot.force, 0), at)
    day = scenario.settings.grid_hours / HOURS_PER_DAY
    late = marry_up(scenario)
    brigade_days = sum(
        scenario.unit_types[scenario.forces[force].unit_type].brigade_equivalent
        * scenario.forces[force].strength
        * (at + late)
        * day
        for force, at in closes.items()
    )
    return _Outcome(search.cost, brigade_days, (max(closes.values(), default=0) + late) * day)
