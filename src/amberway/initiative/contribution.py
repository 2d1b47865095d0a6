"""Contributions of the actions to every metric, with what the gaps leave open."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amberway.initiative.compare import tolerance
from amberway.initiative.metric import Metric
from amberway.initiative.metrics import METRICS
from amberway.initiative.shapley import interactions, mean_over_orders, shapley, subsets
from amberway.initiative.variant import Variant

Runs = Mapping[frozenset[str], Variant]
_STRONGEST = 3


@dataclass(frozen=True)
class Part:
    """What one action contributes; `least` is how much of it the gaps could make up."""

    action: str
    amount: float
    least: float

    @property
    def distinguishable(self) -> bool:
        """Is it more than the plans are uncertain?"""
        return abs(self.amount) > max(self.least, 1e-9)


@dataclass(frozen=True)
class Interaction:
    """How much more (or less) two actions do together than each alone; `least` as of a part."""

    actions: tuple[str, str]
    amount: float
    least: float


@dataclass(frozen=True)
class Contribution:
    """One metric: from the status quo to the package, by action.

    `strongest` are interactions larger than what the gaps could make up. It and `parts` are empty
    if a subset has no value, and `missing` names those subsets.
    """

    metric: str
    action: str
    base: float | None
    package: float | None
    parts: tuple[Part, ...]
    strongest: tuple[Interaction, ...]
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return {
            "metric": self.metric,
            "base": self.base,
            "package": self.package,
            "contributions": {one.action: one.amount for one in self.parts} or None,
            "not_distinguishable": [one.action for one in self.parts if not one.distinguishable],
            "uncertain_by": {one.action: one.least for one in self.parts} or None,
            "interactions": [
                {"actions": list(one.actions), "amount": one.amount, "uncertain_by": one.least}
                for one in self.strongest
            ],
            "missing": list(self.missing),
        }


def contributions(actions: Sequence[str], runs: Runs) -> tuple[Contribution, ...]:
    """Every metric, in the order of the catalogue; `runs` has all subsets of the actions."""
    return tuple(_contribution(metric, actions, runs) for metric in METRICS)


def _contribution(metric: Metric, actions: Sequence[str], runs: Runs) -> Contribution:
    values = {subset: run.values.get(metric.name) for subset, run in runs.items()}
    parts: tuple[Part, ...] = ()
    strongest: tuple[Interaction, ...] = ()
    found, pairs = shapley(actions, values), interactions(actions, values)
    if found is not None and pairs is not None:
        parts = tuple(
            Part(action, float(amount), _least(metric, actions, action, runs))
            for action, amount in found.items()
        )
        order = sorted(pairs.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        strongest = tuple(
            one
            for pair, amount in order
            if abs((one := _interaction(metric, actions, pair, float(amount), runs)).amount)
            > max(one.least, 1e-9)
        )[:_STRONGEST]
    missing = [subset for subset in subsets(actions) if values.get(subset) is None]
    return Contribution(
        metric.name, metric.action, values.get(frozenset()), values.get(frozenset(actions)),
        parts, strongest, tuple("+".join(sorted(one)) or "status-quo" for one in missing),
    )  # fmt: skip


def _least(metric: Metric, actions: Sequence[str], action: str, runs: Runs) -> float:
    """The mean, over the orders, of what the gaps leave open of each step."""
    if not metric.plan:
        return 0.0
    steps = {
        (subset, subset | {action}): tolerance(metric, run, runs[subset | {action}])
        for subset, run in runs.items()
        if action not in subset
    }
    return mean_over_orders(actions, action, steps)


def _interaction(
    metric: Metric, actions: Sequence[str], pair: tuple[str, str], amount: float, runs: Runs
) -> Interaction:
    """With what the gaps leave open: of the steps of one action, with the other and without."""
    one, two = pair
    others = [action for action in actions if action != two]
    least = 0.0
    if metric.plan:
        least = math.fsum(
            mean_over_orders(
                others,
                one,
                {
                    (subset, subset | {one}): tolerance(
                        metric, runs[subset | there], runs[subset | there | {one}]
                    )
                    for subset in subsets([action for action in others if action != one])
                },
            )
            for there in (frozenset[str](), frozenset({two}))
        )
    return Interaction(pair, amount, least)
