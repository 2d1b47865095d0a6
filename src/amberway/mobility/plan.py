"""The plan as data: what every lot does, which ships sail. Times are periods after C-day."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.lots import Lot
from amberway.scenario import Scenario

if TYPE_CHECKING:
    from amberway.mobility.certificate import Certificate


@dataclass(frozen=True)
class Leg:
    """One move of one lot.

    `waits` are the periods between readiness at the start and departure, by the resource waited
    for. `handling` are the periods of loading and unloading within [start, end).
    """

    means: str
    start_place: str
    end_place: str
    start: int
    end: int
    lift: str | None = None
    assets: int = 0
    sailing: str | None = None
    links: tuple[str, ...] = ()
    waits: tuple[tuple[str, int], ...] = ()
    handling: int = 0


@dataclass(frozen=True)
class Voyage:
    """One sailing of one ship with what is aboard."""

    id: str
    ship: str
    start_place: str
    end_place: str
    ballast_start: int
    load_start: int
    depart: int
    arrive: int
    discharged: int
    links: tuple[str, ...]
    ballast_links: tuple[str, ...]
    lane_m: float
    pax: int


@dataclass(frozen=True)
class Use:
    """What the plan takes of every finite resource: `used[r, t]` of `capacity[r, t]`."""

    names: tuple[str, ...]
    capacity: NDArray[np.int32]
    used: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Plan:
    """A deployment plan: the lots, their legs, the sailings, and why some lots do not move.

    `legs` has an entry for every lot that arrives (empty if it is there already). `complete` is
    False if the planning was interrupted: lots not reached stand in `unmoved`. `objective`
    names what it is judged by, `certificate` says how good it is, if the method can tell.
    """

    scenario: Scenario
    method: str
    lots: tuple[Lot, ...]
    legs: dict[str, tuple[Leg, ...]]
    sailings: tuple[Voyage, ...]
    unmoved: dict[str, str]
    complete: bool = True
    objective: str = "arrival"
    certificate: Certificate | None = None
    by_force: dict[str, tuple[Lot, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        grouped: dict[str, list[Lot]] = {}
        for lot in self.lots:
            grouped.setdefault(lot.force, []).append(lot)
        object.__setattr__(self, "by_force", {f: tuple(lots) for f, lots in grouped.items()})

    @cached_property
    def use(self) -> Use:
        """What the legs and sailings take, whoever planned them."""
        from amberway.mobility.books import use_of

        return use_of(self)

    def arrival(self, lot: Lot) -> int | None:
        """Period in which a lot has arrived, None if it never does."""
        legs = self.legs.get(lot.id)
        if legs is None:
            return None
        return legs[-1].end if legs else max(lot.ready, lot.earliest_arrival)
