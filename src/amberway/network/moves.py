"""Moves: one uninterrupted movement of a load by one means, with its time and what it uses.

The times follow one scheme: load, haul, unload. A road march of D driving hours takes
D + floor(D / h)·(24 - h) hours, h being the driving hours a day; every other haul runs through.
Each of load, haul and unload is rounded up to whole periods once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from amberway.network.march import march_hours
from amberway.network.resources import Resources
from amberway.network.routing import Route
from amberway.network.traits import Traits
from amberway.scenario import Scenario
from amberway.scenario.geography import Mode, Terminal
from amberway.scenario.lift import Lift
from amberway.units import HOURS_PER_DAY, period_of, periods


class Means(StrEnum):
    """How a lot is moved."""

    MARCH = "march"
    TRACK_MARCH = "track-march"
    HEAVY_TRANSPORTER = "heavy-transporter"
    TRUCK = "truck"
    COACH = "coach"
    TRAIN = "train"
    SHIP = "ship"
    AIRCRAFT = "aircraft"
    RECEPTION = "reception"


MODE_OF = {
    Means.MARCH: "road",
    Means.TRACK_MARCH: "road",
    Means.HEAVY_TRANSPORTER: "road",
    Means.TRUCK: "road",
    Means.COACH: "road",
    Means.TRAIN: "rail",
    Means.SHIP: "sea",
    Means.AIRCRAFT: "air",
    Means.RECEPTION: "reception",
}


@dataclass(frozen=True, eq=False)
class Move:
    """A movement that can start in any period in which its resources are free.

    `uses` has one row (resource, offset, length, amount) per use, offsets in periods from the
    start. `duration` is the time to arrival. `crossings` are (nation entered, offset).
    """

    means: Means
    start: str
    end: str
    lift: str | None
    assets: int
    duration: int
    uses: NDArray[np.int64]
    crossings: tuple[tuple[str, int], ...]
    links: tuple[str, ...]
    load: int
    haul: int


Use = tuple[int, int, int, int]
Crossing = tuple[str, int]
Travel = tuple[int, list[Use], list[Crossing]]


class MoveMaker:
    """Builds the moves of a scenario from routes, terminals and lift."""

    def __init__(self, scenario: Scenario, resources: Resources) -> None:
        self._scenario = scenario
        self._resources = resources
        self._grid = scenario.settings.grid_hours
        self._factors = scenario.settings.factors
        self._travels: dict[tuple[object, ...], Travel] = {}

    def road(
        self,
        means: Means,
        route: Route,
        traits: Traits,
        ends: tuple[str, str],
        lift: Lift | None,
        assets: int,
    ) -> Move | None:
        """A road move; None if the pool is too small for the load."""
        loading = 0.0 if lift is None else self._factors.road_loading_h
        handling = periods(loading, self._grid)
        halts = means not in (Means.TRACK_MARCH, Means.COACH)
        haul, uses, crossings = self._travel(route, traits, handling, halts=halts)
        total = 2 * handling + haul
        if lift is not None and not self._hold(uses, lift, assets, 0, total + haul):
            return None
        return self._move(means, route, ends, lift, assets, total, uses, crossings, handling, haul)

    def rail(
        self,
        route: Route,
        traits: Traits,
        terminals: tuple[Terminal, Terminal],
        lift: Lift,
        persons: bool,
    ) -> Move | None:
        """A train from ramp to ramp; it holds a track at both ends and comes back empty."""
        load, unload = (self.handling(t, persons) for t in terminals)
        haul, uses, crossings = self._travel(route, traits, load)
        total = load + haul + unload
        self._use(uses, f"terminal:{terminals[0].id}", 0, load, 1)
        self._use(uses, f"terminal:{terminals[1].id}", load + haul, unload, 1)
        if not self._hold(uses, lift, 1, 0, total + haul):
            return None
        ends = (terminals[0].place, terminals[1].place)
        return self._move(Means.TRAIN, route, ends, lift, 1, total, uses, crossings, load, haul)

    def air(
        self,
        route: Route,
        traits: Traits,
        terminals: tuple[Terminal, Terminal],
        lift: Lift,
        sorties: int,
    ) -> Move | None:
        """Sorties of one pool; if there are more than aircraft, they fly in waves."""
        row = self._resources.index[f"lift:{lift.id}"]
        pool = int(self._resources.capacity[row].max(initial=0))
        if pool < 1 or (traits.range_km is not None and route.km > traits.range_km):
            return None
        stands = [self._stand(t, sorties) for t in terminals]
        if None in stands:
            return None
        (minutes_from, span_from), (minutes_to, span_to) = [s for s in stands if s is not None]
        assets = min(sorties, pool)
        waves = math.ceil(sorties / assets)
        ground = sum(t.handling_h or 0.0 for t in terminals)
        extra = (waves - 1) * periods(2 * route.hours + ground, self._grid)
        flight, uses, crossings = self._travel(route, traits, span_from)
        total = extra + span_from + flight + span_to
        span = span_from + extra
        self._use(uses, f"terminal:{terminals[0].id}", 0, span, math.ceil(minutes_from / span))
        span = span_to + extra
        self._use(
            uses, f"terminal:{terminals[1].id}", total - span, span, math.ceil(minutes_to / span)
        )
        if not self._hold(uses, lift, assets, 0, total + flight):
            return None
        ends = (terminals[0].place, terminals[1].place)
        return self._move(
            Means.AIRCRAFT, route, ends, lift, assets, total, uses, crossings, span_from, flight
        )

    def reception(self, terminal: Terminal, persons: bool) -> Move:
        """Reception of a lot at its assembly area."""
        duration = self.handling(terminal, persons)
        uses: list[Use] = []
        self._use(uses, f"terminal:{terminal.id}", 0, duration, 1)
        return self._move(
            Means.RECEPTION,
            Route((), 0.0),
            (terminal.place, terminal.place),
            None,
            0,
            duration,
            uses,
            [],
            0,
            0,
        )

    def handling(self, terminal: Terminal, persons: bool) -> int:
        """Periods that a lot holds a slot of a terminal."""
        if persons:
            return periods(self._factors.person_handling_h, self._grid)
        hours = (terminal.handling_h or 0.0) * HOURS_PER_DAY / terminal.hours_per_day
        return periods(hours, self._grid)

    def _crossings(self, route: Route, offset: int, hours: list[float]) -> list[tuple[str, int]]:
        """(nation entered, period offset) along a route; `hours[i]`: end of step i.

        A ship or an aircraft enters a nation where it calls, not where it passes by.
        """
        found = []
        passing = route.steps and route.steps[0].link.mode in (Mode.SEA, Mode.AIR)
        first = len(route.steps) - 1 if passing else 0
        for step, end in zip(route.steps[first:], hours[first:], strict=True):
            link = step.link
            near = self._scenario.places[link.from_place].nation
            far = self._scenario.places[link.to_place].nation
            if step.direction == "<":
                near, far = far, near
            if far is not None and far != near:
                found.append((far, offset + period_of(end, self._grid)))
        return found

    def voyage(self, route: Route, traits: Traits, offset: int) -> tuple[list[Use], list[Crossing]]:
        """Links entered and nations entered on a voyage that begins after `offset` periods."""
        _, uses, crossings = self._travel(route, traits, offset)
        return uses, crossings

    def _stand(self, terminal: Terminal, sorties: int) -> tuple[float, int] | None:
        """Stand-minutes that the sorties need and the least periods that they take."""
        minutes = sorties * (terminal.handling_h or 0.0) * 60
        row = self._resources.index[f"terminal:{terminal.id}"]
        capacity = int(self._resources.capacity[row].max(initial=0))
        if capacity < 1:
            return None
        return minutes, max(1, math.ceil(minutes / capacity - 1e-9))

    def _travel(
        self, route: Route, traits: Traits, offset: int, *, halts: bool = False
    ) -> tuple[int, list[Use], list[Crossing]]:
        """Periods of the haul, the links entered on the way, the borders crossed."""
        key = (route, traits.speed_kmh, offset, halts)
        if key not in self._travels:
            self._travels[key] = self._travelled(route, traits, offset, halts)
        haul, uses, crossings = self._travels[key]
        return haul, list(uses), crossings

    def _travelled(self, route: Route, traits: Traits, offset: int, halts: bool) -> Travel:
        uses: list[Use] = []
        driving = passages = before = 0.0
        ends = []
        for step in route.steps:
            self._use(uses, f"link:{step.name}", offset + period_of(before, self._grid), 1, 1)
            speed = traits.speed_kmh or step.link.speed_kmh or 1.0
            driving += step.link.km / speed
            passages += step.link.passage_h
            elapsed = march_hours(driving, self._factors.march_hours_per_day) if halts else driving
            before = elapsed + passages
            ends.append(before)
        return periods(before, self._grid), uses, self._crossings(route, offset, ends)

    def _use(self, uses: list[Use], name: str, offset: int, length: int, amount: int) -> None:
        row = self._resources.index.get(name)
        if row is not None and length > 0:
            uses.append((row, offset, length, amount))

    def _hold(self, uses: list[Use], lift: Lift, assets: int, offset: int, length: int) -> bool:
        """Hold a pool; False if it never has that many."""
        row = self._resources.index[f"lift:{lift.id}"]
        uses.append((row, offset, length, assets))
        return int(self._resources.capacity[row].max(initial=0)) >= assets

    def _move(
        self,
        means: Means,
        route: Route,
        ends: tuple[str, str],
        lift: Lift | None,
        assets: int,
        duration: int,
        uses: list[Use],
        crossings: list[tuple[str, int]],
        load: int,
        haul: int,
    ) -> Move:
        table = np.array(uses, dtype=np.int64).reshape(-1, 4)
        return Move(
            means,
            *ends,
            None if lift is None else lift.id,
            assets,
            duration,
            table,
            tuple(crossings),
            tuple(s.name for s in route.steps),
            load,
            haul,
        )


def earliest_start(move: Move, nation: str, releases: dict[str, int]) -> int:
    """First period in which a lot of `nation` may start the move, for clearance's sake."""
    return max(
        (releases[entered] - offset for entered, offset in move.crossings if entered != nation),
        default=0,
    )
