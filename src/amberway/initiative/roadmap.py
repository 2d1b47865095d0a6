"""The roadmap: what is in force in which year, what it costs, and what the world looks like then.

An action is in force in the years at whose end its share (`phases` of action.toml) is the whole.
The actions that are give one of the subsets, and the values of that subset are what is certain in
that year: `in_force`. What is there in part is read between the subsets, by the multilinear
extension of the game of the actions (G. Owen, Multilinear Extensions of Games, Management Science
18, 1972):

    value(p) = Σ_S  Π_{i∈S} p_i · Π_{i∉S} (1 − p_i) · v(S)

with p_i the share of action i and v(S) the value of the subset S: `in_part`. It is v(S) itself
where every share is 0 or 1, and straight in each share. It assumes that half of an action does half
of what the whole does; a metric that jumps at a threshold does not keep to that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from amberway.initiative.outcome import Outcomes
from amberway.scenario.action import Action

# Ground forces reconstitute in three to five years from 2024 (Kramer and Binnendijk, 2024).
WINDOW = range(2027, 2030)
_WHOLE = 1 - 1e-9


@dataclass(frozen=True)
class Reading:
    """A metric in one year: by the actions wholly in force, and between the subsets by shares.

    None where a subset that is needed was not run or has no value.
    """

    in_force: float | None
    in_part: float | None


@dataclass(frozen=True)
class Year:
    """One year of the roadmap: shares at its end, cost in 10⁶ €, metrics by name.

    `ahead` has pairs (action, need): more of the action is in force than of one that it needs.
    `cost` is None for an action whose cost is not known; `spent` sums the known ones up to here.
    """

    year: int
    in_window: bool
    shares: dict[str, float]
    in_force: tuple[str, ...]
    ahead: tuple[tuple[str, str], ...]
    cost: dict[str, float | None]
    spent: float
    values: dict[str, Reading]


@dataclass(frozen=True)
class Roadmap:
    """The years of an initiative, the earliest first; titles of the actions by name."""

    titles: dict[str, str]
    years: tuple[Year, ...]

    @property
    def cost(self) -> float:
        """Known cost of all years, in 10⁶ €."""
        return self.years[-1].spent if self.years else 0.0

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return {
            "window": [WINDOW.start, WINDOW.stop - 1],
            "titles": self.titles,
            "cost_meur": round(self.cost, 3),
            "years": [_year(year) for year in self.years],
        }


def roadmap(actions: Mapping[str, Action], outcomes: Outcomes) -> Roadmap:
    """The roadmap of the actions that occur in `outcomes`, from their first year to their last.

    `outcomes` has the runs by subset; the empty one is the status quo.
    """
    names = sorted(set().union(*outcomes) & actions.keys()) if outcomes else []
    chosen = {name: actions[name] for name in names}
    spans = [action.years for action in chosen.values()]
    years = range(min(s.start for s in spans), max(s.stop for s in spans)) if spans else range(0)
    metrics = list(dict.fromkeys(name for one in outcomes.values() for name in one.values))
    found: list[Year] = []
    for year in years:
        shares = {name: action.share(year) for name, action in chosen.items()}
        whole = tuple(name for name, share in shares.items() if share >= _WHOLE)
        cost = {
            name: None if (amount := action.cost(year)) is None else round(amount, 6)
            for name, action in chosen.items()
        }
        here = math.fsum(amount for amount in cost.values() if amount is not None)
        found.append(
            Year(
                year,
                year in WINDOW,
                shares,
                whole,
                _ahead(chosen, shares),
                cost,
                round(here + (found[-1].spent if found else 0.0), 6),
                {
                    metric: Reading(
                        _value(outcomes, frozenset(whole), metric),
                        in_part(outcomes, shares, metric),
                    )
                    for metric in metrics
                },
            )
        )
    return Roadmap({name: action.title for name, action in chosen.items()}, tuple(found))


def in_part(outcomes: Outcomes, shares: Mapping[str, float], metric: str) -> float | None:
    """The metric between the subsets, by the multilinear extension at `shares` (action → 0 to 1).

    None if a subset with weight was not run, or has no value.
    """
    certain = [name for name, share in shares.items() if share >= _WHOLE]
    open_ = [name for name, share in shares.items() if 0 < share < _WHOLE]
    terms = []
    for size in range(len(open_) + 1):
        for chosen in combinations(open_, size):
            value = _value(outcomes, frozenset((*certain, *chosen)), metric)
            if value is None:
                return None
            weight = math.prod(
                shares[name] if name in chosen else 1 - shares[name] for name in open_
            )
            terms.append(weight * value)
    return math.fsum(terms)


def _value(outcomes: Outcomes, subset: frozenset[str], metric: str) -> float | None:
    run = outcomes.get(subset)
    return None if run is None else run.values.get(metric)


def _ahead(
    actions: Mapping[str, Action], shares: Mapping[str, float]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, need)
        for name, action in actions.items()
        for need in action.needs
        if need in shares and shares[name] > shares[need] + 1e-9
    )


def _year(year: Year) -> dict[str, Any]:
    return asdict(year) | {"cost_meur": round(sum(c or 0.0 for c in year.cost.values()), 3)}
