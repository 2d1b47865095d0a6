"""Known distances against the quickest ways of the reference scenario's network."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from amberway.network import resources
from amberway.network.routing import Route, Router
from amberway.network.traits import Traits
from amberway.scenario import load
from amberway.scenario.folders import DATA
from amberway.scenario.geography import Mode
from amberway.units import KM_PER_NAUTICAL_MILE

TABLE = DATA / "cases" / "distances.csv"
_ANY_SPEED = 30.0  # ways of equal speed: the quickest is the shortest


@dataclass(frozen=True)
class Distance:
    """One known distance (nautical miles at sea, km else) and the way that the network has."""

    name: str
    mode: Mode
    low: float
    high: float
    tolerance: float
    route: Route | None
    miss: str

    @property
    def value(self) -> float:
        """Length of the way; infinite if there is none."""
        if self.route is None:
            return float("inf")
        return self.route.km / (KM_PER_NAUTICAL_MILE if self.mode is Mode.SEA else 1.0)

    @property
    def hit(self) -> bool:
        """Does it agree within the tolerance?"""
        return self.low * (1 - self.tolerance) <= self.value <= self.high * (1 + self.tolerance)

    @property
    def known(self) -> str:
        """The known distance with its unit."""
        span = f"{self.low:,.0f}"
        if self.high > self.low:
            span += f"–{self.high:,.0f}"
        return f"{span} {self._unit}"

    @property
    def computed(self) -> str:
        """The network's distance with its unit."""
        return "no way" if self.route is None else f"{self.value:,.0f} {self._unit}"

    @property
    def _unit(self) -> str:
        return "nm" if self.mode is Mode.SEA else "km"


def compare(scenario: str = "baltic") -> list[Distance]:
    """Every row of the table against the network of a scenario."""
    tables = load(scenario)
    return list(_rows(Router(tables, resources.build(tables))))


def _rows(router: Router) -> Iterator[Distance]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            mode = Mode(row["mode"])
            traits = Traits(
                mode,
                gauge_mm=int(row["gauge_mm"] or 0),
                length_m=float(row["ship_length_m"] or 0),
                speed_kmh=_ANY_SPEED if mode is Mode.SEA else None,
            )
            yield Distance(
                row["name"],
                mode,
                float(row["low"]),
                float(row["high"]),
                float(row["tolerance"]),
                router.quickest(traits, row["from"], row["to"]),
                row["miss"],
            )
