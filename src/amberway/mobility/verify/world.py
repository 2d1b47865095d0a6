"""The tables seen by the verifier: when things are open, what loads ask, who may cross when.

Written from the documented rules alone; it shares no code with the network or the planner.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass, Equipment
from amberway.scenario.geography import Function, Terminal
from amberway.scenario.lift import Lift
from amberway.scenario.settings import Factors, Phase
from amberway.units import HOURS_PER_DAY, period_of, periods

_SLACK = 1e-9
_LASHING_M = 0.5  # between two items on one wagon
NEVER = 1 << 40


@dataclass(frozen=True)
class Load:
    """The items of a lot: (equipment, number). Metres and tonnes."""

    items: tuple[tuple[Equipment, int], ...]
    factors: Factors

    @cached_property
    def count(self) -> int:
        """Number of items."""
        return sum(n for _, n in self.items)

    @cached_property
    def mass_t(self) -> float:
        """Mass of all items."""
        return sum(e.mass_t * n for e, n in self.items)

    @cached_property
    def length_m(self) -> float:
        """Sum of the items' lengths."""
        return sum(e.length_m * n for e, n in self.items)

    @cached_property
    def lane_m(self) -> float:
        """Lane metres on a ro-ro deck."""
        return sum(e.lane_m * n for e, n in self.items)

    @cached_property
    def crew(self) -> int:
        """Persons that travel with the items."""
        return sum(e.crew * n for e, n in self.items)

    @cached_property
    def wagons(self) -> float:
        """Flat wagons: a long item takes several; short items that are light enough share one."""
        total = 0.0
        length, heavy = self.factors.wagon_length_m, self.factors.wagon_heavy_t
        for e, n in self.items:
            if e.length_m > length:
                total += n * math.ceil(e.length_m / length)
            else:
                by_length = int((length + _LASHING_M) // (e.length_m + _LASHING_M))
                total += n / max(1, min(by_length, int(heavy // e.mass_t)))
        return total

    @cached_property
    def gross_t(self) -> float:
        """Mass of the items on their wagons."""
        return self.mass_t + self.wagons * self.factors.wagon_tare_t

    @cached_property
    def classes(self) -> frozenset[CargoClass]:
        """Cargo classes among the items."""
        return frozenset(e.cargo_class for e, _ in self.items)


class World:
    """Look-ups in a scenario, with periods instead of days and dates."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.grid: float = scenario.settings.grid_hours
        self.horizon: int = scenario.settings.horizon
        self.factors: Factors = scenario.settings.factors
        self._terminals: dict[tuple[str, Function], list[Terminal]] = {}
        for terminal in scenario.terminals.values():
            self._terminals.setdefault((terminal.place, terminal.function), []).append(terminal)
        self.release = {nation: self._release(nation) for nation in scenario.nations}
        self.disrupted = {row.resource for row in scenario.disruptions.values()}

    def periods(self, hours: float) -> int:
        """Whole periods that hold so many hours."""
        return periods(hours, self.grid)

    def period_of(self, hours: float) -> int:
        """Period in which a moment falls."""
        return period_of(hours, self.grid)

    def terminals(
        self, place: str, function: Function, period: int | None = None
    ) -> tuple[Terminal, ...]:
        """Terminals of a function at a place; of several, those that are open in a period.

        A plan names the place only: where several terminals would do, any of them may be meant.
        """
        found = self._terminals.get((place, function), ())
        if period is None or len(found) < 2 or not 0 <= period < self.horizon:
            return tuple(found)
        usable = (t for t in found if self.open(t.opens, t.closes, t.id)[period])
        return tuple(usable) or tuple(found)

    def handling(self, terminal: Terminal, persons: bool) -> int:
        """Periods that a lot holds a track or a reception slot."""
        if persons:
            return self.periods(self.factors.person_handling_h)
        return self.periods((terminal.handling_h or 0.0) * HOURS_PER_DAY / terminal.hours_per_day)

    def _release(self, nation: str) -> int:
        row = self.scenario.nations[nation]
        lead = {
            Phase.PEACE: row.clearance_peace_days,
            Phase.CRISIS: row.clearance_crisis_days,
            Phase.ARTICLE5: row.clearance_article5_days,
        }
        days = [
            phase.from_day + wait
            for phase in self.scenario.settings.phases
            if (wait := lead[phase.phase]) is not None
        ]
        return self.periods(min(days) * HOURS_PER_DAY) if days else NEVER

    # --- what is open, what remains -------------------------------------------------------

    def open(
        self, opens: dt.date | None, closes: dt.date | None, resource: str
    ) -> NDArray[np.bool_]:
        """True in the periods in which a link or terminal can be used at all (shape: horizon)."""
        usable = self.remaining(resource) > 0
        c_day = self.scenario.settings.c_day
        if opens is not None:
            usable[: self.periods((opens - c_day).days * HOURS_PER_DAY)] = False
        if closes is not None:
            usable[max(0, self.period_of((closes - c_day).days * HOURS_PER_DAY)) :] = False
        return usable

    def remaining(self, resource: str) -> NDArray[np.float64]:
        """Share of a resource that disruptions leave in each period (shape: horizon)."""
        share = np.ones(self.horizon)
        if resource in self.disrupted:
            for row in self.scenario.disruptions.values():
                if row.resource == resource:
                    first = self.periods(row.from_day * HOURS_PER_DAY)
                    last = (
                        self.horizon
                        if row.to_day is None
                        else self.periods(row.to_day * HOURS_PER_DAY)
                    )
                    share[first:last] *= row.remaining_share
        return share

    def pool(self, lift: Lift) -> NDArray[np.int64]:
        """Assets of a pool that can be used in each period (shape: horizon)."""
        usable = math.floor(lift.count * lift.availability + _SLACK)
        level = np.floor(usable * self.remaining(lift.id) + _SLACK).astype(np.int64)
        level[: self.periods(lift.notice_days * HOURS_PER_DAY)] = 0
        return level

    def slots(self, terminal: Terminal) -> NDArray[np.int64]:
        """Slots (airfields: stand-minutes) in each period (shape: horizon)."""
        amount: float = terminal.slots
        if terminal.function is Function.AIR:
            worked = self.grid * 60 * terminal.hours_per_day / HOURS_PER_DAY
            amount = terminal.slots * worked * self.factors.air_queue_efficiency
        usable = self.open(terminal.opens, terminal.closes, terminal.id)
        level = np.floor(amount * self.remaining(terminal.id) + _SLACK).astype(np.int64)
        return np.where(usable, level, 0)

    def rate(
        self, per_day: float, usable: NDArray[np.bool_], share: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Lots that may enter in each period: whole units of the accumulated daily rate."""
        step = per_day * self.grid / HOURS_PER_DAY * share * usable
        marks = np.floor(np.concatenate(([0.0], np.cumsum(step))) + _SLACK)
        return np.diff(marks).astype(np.int64)


def misfits(lift: Lift, items: Iterable[tuple[Equipment, int]]) -> list[str]:
    """Why items do not fit a lift: length, width, height, mass; each in words."""
    found = []
    for e, _ in items:
        heaviest = lift.item_mass_t if lift.item_mass_t is not None else lift.payload_t
        for what, value, limit in (
            ("long", e.length_m, lift.item_length_m),
            ("wide", e.width_m, lift.item_width_m),
            ("high", e.height_m, lift.item_height_m),
            ("heavy", e.mass_t, heaviest),
        ):
            if limit is not None and value > limit + _SLACK:
                found.append(f"{e.id} is too {what} for {lift.id} ({value:g} > {limit:g})")
    return found
