"""Voyages that ships could make: how long each takes, what it holds, how far its ship must come.

A berth is held as long as a full ship takes, and a ship loads for `ship_hold_h` at least: the
port's slot is planned before the load is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from amberway.mobility import loads
from amberway.mobility.fit import Uses
from amberway.mobility.lots import Lot
from amberway.network.moves import MoveMaker
from amberway.network.resources import Resources
from amberway.network.routing import Route, Router
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Terminal
from amberway.scenario.lift import Lift
from amberway.units import HOURS_PER_DAY, periods

Berths = tuple[Terminal, Terminal]


@dataclass(frozen=True, eq=False)
class Leg:
    """A passage by a ship that lies somewhere; durations and uses from the start of its ballast."""

    ballast: int
    loading: int
    voyage: int
    discharge: int
    uses: Uses
    crossings: tuple[tuple[str, int], ...]
    links: tuple[str, ...]
    ballast_links: tuple[str, ...]
    berths: Berths

    @property
    def total(self) -> int:
        """Periods from the start of the ballast to the end of discharge."""
        return self.ballast + self.loading + self.voyage + self.discharge


@dataclass(frozen=True, eq=False)
class Passage:
    """A voyage of a class of ship between two berths; `legs` by where the ship comes from.

    `uses` and `crossings` count from the start of loading; `uses` leaves the ship itself out.
    """

    lift: Lift
    start: str
    end: str
    berths: Berths
    route: Route
    loading: int
    voyage: int
    discharge: int
    uses: Uses
    crossings: tuple[tuple[str, int], ...]
    legs: dict[str, Leg | None] = field(default_factory=dict)

    @property
    def least(self) -> int:
        """Periods from the start of loading to the end of discharge."""
        return self.loading + self.voyage + self.discharge


class Passages:
    """Builds and remembers the passages of a scenario's ships."""

    def __init__(
        self, scenario: Scenario, resources: Resources, router: Router, maker: MoveMaker
    ) -> None:
        self._resources = resources
        self._router = router
        self._maker = maker
        self._grid = scenario.settings.grid_hours
        self._factors = scenario.settings.factors
        self._traits = {lift.id: loads.ship_traits(lift) for lift in scenario.lift.values()}
        self._known: dict[tuple[str, ...], Passage] = {}

    def of(self, lift: Lift, start: str, end: str, berths: Berths) -> Passage:
        """The passage of a class of ship that has a way from `start` to `end`."""
        key = (lift.id, start, end, berths[0].id, berths[1].id)
        if key not in self._known:
            self._known[key] = self._make(lift, start, end, berths)
        return self._known[key]

    def ballast(self, lift: Lift, start: str, end: str) -> int | None:
        """Periods from one port to another without cargo; None if there is no way."""
        hours = self._router.hours_between(self._traits[lift.id], start, end)
        return None if hours == float("inf") else periods(hours, self._grid)

    def leg(self, passage: Passage, place: str) -> Leg | None:
        """The passage by a ship that lies at `place`; None if it cannot get to the port."""
        if place not in passage.legs:
            passage.legs[place] = self._make_leg(passage, place)
        return passage.legs[place]

    def _make(self, lift: Lift, start: str, end: str, berths: Berths) -> Passage:
        traits = self._traits[lift.id]
        route = self._router.quickest(traits, start, end)
        assert route is not None  # a sea way names only ships that have one
        hold = periods(self._factors.ship_hold_h, self._grid)
        loading = max(self._full(lift, berths[0]), hold)
        voyage = periods(route.hours, self._grid)
        discharge = self._full(lift, berths[1])
        index = self._resources.index
        entered, crossings = self._maker.voyage(route, traits, loading)
        uses = [
            (index[f"terminal:{berths[0].id}"], 0, loading, 1),
            (index[f"terminal:{berths[1].id}"], loading + voyage, discharge, 1),
            *entered,
        ]
        return Passage(
            lift,
            start,
            end,
            berths,
            route,
            loading,
            voyage,
            discharge,
            np.array(uses, dtype=np.int64),
            tuple(crossings),
        )

    def _make_leg(self, passage: Passage, place: str) -> Leg | None:
        lift = passage.lift
        approach = self._router.quickest(self._traits[lift.id], place, passage.start)
        if approach is None:
            return None
        ballast = periods(approach.hours, self._grid)
        # A ship in ballast takes no slot of a link: what links have left is counted in loads.
        uses = passage.uses.copy()
        uses[:, 1] += ballast
        ship = (self._resources.index[f"lift:{lift.id}"], 0, ballast + passage.least, 1)
        return Leg(
            ballast,
            passage.loading,
            passage.voyage,
            passage.discharge,
            np.vstack([np.array([ship], dtype=np.int64), uses]),
            tuple((nation, ballast + offset) for nation, offset in passage.crossings),
            tuple(step.name for step in passage.route.steps),
            tuple(step.name for step in approach.steps),
            passage.berths,
        )

    def _full(self, lift: Lift, berth: Terminal) -> int:
        """Periods that a berth takes to load or discharge a full ship."""
        lane_m = (lift.lane_m or 0.0) * self._factors.stow_factor
        hours = self._factors.ship_turn_h + lane_m / (berth.lane_m_per_h or 1.0)
        return periods(hours * HOURS_PER_DAY / berth.hours_per_day, self._grid)


def own_loading(lot: Lot, berth: Terminal, grid_hours: float) -> int:
    """Periods that a lot itself takes to go aboard."""
    if lot.cargo is CargoClass.PERSONS:
        return 0
    return periods(lot.lane_m / (berth.lane_m_per_h or 1.0), grid_hours)
