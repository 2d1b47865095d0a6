"""The rows of a plan's files, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Steps = tuple[tuple[str, bool], ...]
"""Links in the order travelled, with True for the direction from → to."""


@dataclass(frozen=True)
class Lot:
    """A row of lots.csv; `items` is (equipment id, number) in the order written."""

    id: str
    force: str
    cargo: str
    origin: str
    destination: str
    ready: int
    weight: float
    persons: int
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Move:
    """A row of moves.csv; times in periods. `handling` is loading and unloading within it."""

    lot: str
    leg: int
    means: str
    origin: str
    destination: str
    start: int
    end: int
    lift: str
    assets: int
    sailing: str
    steps: Steps
    waits: tuple[tuple[str, int], ...]
    handling: int


@dataclass(frozen=True)
class Sailing:
    """A row of sailings.csv; times in periods. `ballast_start` is None if the ship was there."""

    id: str
    ship: str
    origin: str
    destination: str
    ballast_start: int | None
    load_start: int
    depart: int
    arrive: int
    discharged: int
    steps: Steps
    ballast_steps: Steps
    lane_m: float
    pax: int


@dataclass(frozen=True)
class PriceRow:
    """A row of prices.csv: prices of a resource in period `first` and those after it."""

    line: int
    resource: str
    first: int
    prices: tuple[float, ...]


@dataclass(frozen=True)
class Plan:
    """Everything in a run folder except the scenario. `moves` is by lot, in order of legs.

    `prices` is None without prices.csv: a plan need not have a bound.
    """

    run: Mapping[str, Any]
    result: Mapping[str, Any]
    lots: Mapping[str, Lot]
    moves: Mapping[str, tuple[Move, ...]]
    sailings: Mapping[str, Sailing]
    unmoved: Mapping[str, str]
    prices: tuple[PriceRow, ...] | None
    digests: Mapping[str, str]
