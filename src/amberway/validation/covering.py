"""Case A4: the covering models of air defence on a published network."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np

from amberway.airdefence import covering
from amberway.airdefence.problem import Flags, Numbers
from amberway.scenario.folders import DATA


@dataclass(frozen=True, eq=False)
class Network:
    """Distances (sites, tracts) in metres and the people of each tract."""

    sites: tuple[str, ...]
    distance_m: Numbers
    people: Numbers

    def within(self, radius_m: float) -> Flags:
        """Which tracts (columns) lie within a radius of each site."""
        near: Flags = self.distance_m <= radius_m
        return near


@cache
def network(case: str) -> Network:
    """The network of a case, from data/cases/*/network/distances.csv."""
    path = DATA / "cases" / case / "network" / "distances.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    numbers = np.array([row[1:] for row in rows], dtype=float)
    return Network(tuple(head[2:]), numbers[:, 1:].T, numbers[:, 0])


def fewest_sites(case: str, radius_m: float) -> float:
    """Sites of the smallest set that covers every tract; infinite if no set does."""
    covers = network(case).within(radius_m)
    return len(covering.set_cover(covers)) if covers.any(axis=0).all() else float("inf")


def people_covered(case: str, radius_m: float, sites: int) -> float:
    """People that the best `sites` sites cover."""
    return _best(case, radius_m, sites).value


def tracts_covered(case: str, radius_m: float, sites: int) -> float:
    """Share of the tracts that they cover, in percent."""
    chosen = list(_best(case, radius_m, sites).sites)
    return 100 * float(network(case).within(radius_m)[chosen].any(axis=0).mean())


def _best(case: str, radius_m: float, sites: int) -> covering.Choice:
    found = network(case)
    nothing = np.zeros(len(found.people), dtype=np.int64)
    return covering.maximal(found.people, found.within(radius_m), nothing, sites)
