"""Where the next batteries do most: covering models asked of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from amberway.airdefence import covering
from amberway.airdefence.horizon import reach_km
from amberway.airdefence.problem import (
    LAYERS,
    Flags,
    Layer,
    Problem,
    distances_km,
    layer,
    within,
)
from amberway.scenario.air import Battery


class Model(StrEnum):
    """Which covering model chose the sites."""

    MAXIMAL = "maximal"
    BACKUP = "backup"


@dataclass(frozen=True)
class Siting:
    """The best sites of at most `n` more batteries of a kind, at the reference altitude.

    `before` and `after` are the share of the assets' weight that the battery's layer covers;
    `twice` is the share that it covers at least twice. `greedy` is what the model's objective
    loses, as a share of the weight, when sites are taken one by one instead.
    """

    battery: str
    layer: Layer
    model: Model
    n: int
    sites: tuple[str, ...]
    before: float
    after: float
    twice: float
    greedy: float


def candidate_sites(problem: Problem) -> tuple[str, ...]:
    """Places where a battery may stand: those of the assets and of the systems listed."""
    names = [asset.place for asset in problem.assets] + [s.place for s in problem.systems]
    return tuple(dict.fromkeys(names))


def next_sites(problem: Problem, active: Flags) -> tuple[Siting, ...]:
    """For every kind of battery, both models, and n from 1 up: the best sites beside `active`."""
    weight = float(problem.weights.sum())
    if not weight:
        return ()
    sites = candidate_sites(problem)
    away = distances_km(problem.scenario, sites, [asset.place for asset in problem.assets])
    found = []
    for battery in problem.factors.next:
        kind = layer(battery.range_km, problem.factors)
        covers = within(away, [_reach(battery, problem.factors.reference_m)] * len(sites))
        same = active & (problem.layer_of == LAYERS.index(kind))
        have = problem.covers[problem.reference][same].sum(axis=0).astype(np.int64)
        for model in Model:
            share = problem.factors.backup_share if model is Model.BACKUP else 0.0
            for n in range(1, problem.factors.next_most + 1):
                best = (
                    covering.backup(problem.weights, covers, have, n, share)
                    if model is Model.BACKUP
                    else covering.maximal(problem.weights, covers, have, n)
                )
                by_one = covering.greedy(problem.weights, covers, have, n, share)
                times = have + covers[list(best.sites)].sum(axis=0)
                found.append(
                    Siting(
                        battery.name,
                        kind,
                        model,
                        n,
                        tuple(sites[j] for j in best.sites),
                        float(problem.weights @ (have >= 1)) / weight,
                        float(problem.weights @ (times >= 1)) / weight,
                        float(problem.weights @ (times >= 2)) / weight,
                        max(0.0, (best.value - by_one.value) / weight),
                    )
                )
    return tuple(found)


def _reach(battery: Battery, altitude_m: float) -> float:
    return reach_km(
        battery.range_km,
        battery.floor_m,
        battery.ceiling_m,
        battery.radar_height_m,
        altitude_m,
    )
