"""How good a plan is, proved: a bound with the prices that prove it, and where the gap sits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from amberway.mobility.packing import LEGS
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import Floats
from amberway.mobility.search import Search

DIGITS = 9  # significant digits of a stored price
CERTIFIED = (
    "baseline_objective",
    "free_flow_objective",
    "bound",
    "deadline",
    "certified_gap",
    "certified_gap_of_delay",
    "improvement",
    "improvement_of_delay",
    "gap_parts",
    "bottlenecks",
)


@dataclass(frozen=True)
class GapParts:
    """Where plan and bound differ, in weighted days; the parts add up to the gap exactly.

    `lots`: what lots pay more, in arrival and at prices, than on their cheapest way.
    `empty_lane_metres`: lane metres at a price that sail empty: the cost of whole ships.
    `unused_capacity`: other capacity at a price that nobody uses: the cost of whole lots.
    """

    lots: float
    empty_lane_metres: float
    unused_capacity: float


@dataclass(frozen=True)
class Gain:
    """What one more unit buys in a plan made anew: differences, positive is better.

    `weighted_days` of the objective; `brigade_days`: Σ brigade equivalents x days of closure;
    `closure_days` of the last closure.
    """

    weighted_days: float
    brigade_days: float
    closure_days: float


@dataclass(frozen=True)
class Bottleneck:
    """A resource with a price: `price` is what one more unit is worth, in weighted days.

    `one_more` names the unit (train path a day, berth, ship, day of clearance less);
    `one_more_buys` is None if no plan was made for it.
    """

    resource: str
    kind: str
    price: float
    one_more: str
    one_more_buys: Gain | None = None


@dataclass(frozen=True, eq=False)
class Certificate:
    """A lower bound for every plan of the scenario, and what can be said with it.

    `prices[r, t]` prove `bound`; `baseline` and `free_flow` are the objectives of the one-pass
    plan and of every lot alone in the empty network; `master` is the value that the prices were
    going for, above which no bound of this kind can rise with knots as fine as these. `stopped`:
    by Ctrl-C, so that another run may not give the same plan.
    """

    bound: float
    free_flow: float
    baseline: float
    prices: Floats
    seed: int = 0
    time_limit: float = 0.0
    stopped: bool = False
    deadline: int | None = None
    master: float | None = None
    parts: GapParts | None = None
    bottlenecks: tuple[Bottleneck, ...] = ()

    def numbers(self, objective: float) -> dict[str, Any]:
        """Gaps and gains of a plan with this objective, twice: of the total and of the delay."""

        def share(part: float, whole: float) -> float | None:
            return round(part / whole, 6) if whole > 1e-9 else None

        return {
            "baseline_objective": round(self.baseline, 6),
            "free_flow_objective": round(self.free_flow, 6),
            "bound": self.bound,
            "deadline": self.deadline,
            "certified_gap": share(objective - self.bound, objective),
            "certified_gap_of_delay": share(objective - self.bound, objective - self.free_flow),
            "improvement": share(self.baseline - objective, self.baseline),
            "improvement_of_delay": share(
                self.baseline - objective, self.baseline - self.free_flow
            ),
            "gap_parts": None if self.parts is None else asdict(self.parts),
            "bottlenecks": [asdict(bottleneck) for bottleneck in self.bottlenecks],
        }


def rounded(prices: Floats) -> Floats:
    """Prices as they are stored, so that the stored bound is that of the stored prices."""
    kept = np.where(prices > 1e-6, prices, 0.0)
    exponent = np.floor(np.log10(np.where(kept > 0, kept, 1.0)))
    scale = 10.0 ** (DIGITS - 1 - exponent)
    return np.asarray(np.round(kept * scale) / scale)


def gap_parts(search: Search, pricing: Pricing, bound: float) -> GapParts:
    """Split the gap of a plan at the prices that were priced last.

    Σ over lots of (cost + what its itinerary pays − least such sum) + priced capacity left over
    is plan − bound, term by term.
    """
    state, net = search.state, search.net
    own = pricing.lot_values()
    cost = net.arrival_cost[net.lot_group, state.arrival]
    leg = (np.arange(LEGS) < state.legs[:, None]) & (state.arrival >= 0)[:, None]
    by_sea = leg & (state.sailing >= 0)
    by_land = leg & ~by_sea
    paid = np.zeros(len(own))
    lots, legs = np.nonzero(by_land)
    np.add.at(paid, lots, pricing.costs[net.row[state.arc[lots, legs]], state.start[lots, legs]])
    lots, legs = np.nonzero(by_sea)
    sailing = state.sailing[lots, legs]
    share = search.share(lots, sailing)
    ship_costs = pricing.passage_costs[state.passage[sailing], state.load[sailing]]
    np.add.at(paid, lots, share * ship_costs)
    taken = np.zeros(len(state.ship))
    np.add.at(taken, sailing, share)
    used, at = np.unique(sailing, return_index=True)
    empty = (1 - taken[used]) * ship_costs[at]
    regret, unfilled = float(np.sum(cost + paid - own)), float(empty.sum())
    gap = float(cost.sum()) - bound
    return GapParts(round(regret, 6), round(unfilled, 6), round(gap - regret - unfilled, 6))
