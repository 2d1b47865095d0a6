"""Everything finite, as one table of capacity by period.

A resource is the direction of a link, a terminal, or a lift pool. Its row in `capacity` says how
much of it there is in each period: lots that may enter (links), slots (rail tracks, berths,
reception), stand-minutes (airfields), assets (lift). Openings, closings and disruptions are
already in the numbers. What is not limited has no row.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amberway.scenario import Scenario
from amberway.scenario.geography import Function, Link, Terminal
from amberway.scenario.lift import Lift
from amberway.units import HOURS_PER_DAY, period_of, periods, rate_series

UNLIMITED = 1 << 20


@dataclass(frozen=True)
class Resources:
    """`names[r]` and `capacity[r, t]`, with the index of each name."""

    names: tuple[str, ...]
    index: dict[str, int]
    capacity: NDArray[np.int32]


def stand_minutes(terminal: Terminal, scenario: Scenario) -> float:
    """Stand-minutes of an apron per period: stands x time x queueing efficiency (AFPAM 10-1403)."""
    settings = scenario.settings
    working = settings.grid_hours * 60 * terminal.hours_per_day / HOURS_PER_DAY
    return terminal.slots * working * settings.factors.air_queue_efficiency


def usable(lift: Lift) -> int:
    """Assets of a pool that can be used."""
    return math.floor(lift.count * lift.availability + 1e-9)


def build(scenario: Scenario) -> Resources:
    """All finite resources of a scenario."""
    rows = dict(_rows(scenario))
    names = tuple(rows)
    horizon = scenario.settings.horizon
    table = np.stack(list(rows.values())) if rows else np.zeros((0, horizon))
    return Resources(names, {n: i for i, n in enumerate(names)}, table.astype(np.int32))


def _rows(scenario: Scenario) -> Iterator[tuple[str, NDArray[np.int64]]]:
    settings = scenario.settings
    share = {row.resource: np.ones(settings.horizon) for row in scenario.disruptions.values()}
    for row in scenario.disruptions.values():
        first = periods(row.from_day * HOURS_PER_DAY, settings.grid_hours)
        last = (
            settings.horizon
            if row.to_day is None
            else periods(row.to_day * HOURS_PER_DAY, settings.grid_hours)
        )
        share[row.resource][first:last] *= row.remaining_share
    whole = np.ones(settings.horizon)

    for link in scenario.links.values():
        is_open = _open(scenario, link.opens, link.closes)
        remaining = share.get(link.id, whole)
        series = _link_series(link, is_open, remaining, settings.grid_hours)
        if series is not None:
            for direction in "><" if link.two_way else ">":
                yield f"link:{link.id}{direction}", series
    for terminal in scenario.terminals.values():
        amount: float = terminal.slots
        if terminal.function is Function.AIR:
            amount = stand_minutes(terminal, scenario)
        level = _open(scenario, terminal.opens, terminal.closes) * share.get(terminal.id, whole)
        yield f"terminal:{terminal.id}", np.floor(amount * level + 1e-9).astype(np.int64)
    for lift in scenario.lift.values():
        level = share.get(lift.id, whole).copy()
        level[: periods(lift.notice_days * HOURS_PER_DAY, settings.grid_hours)] = 0
        yield f"lift:{lift.id}", np.floor(usable(lift) * level + 1e-9).astype(np.int64)


def _link_series(
    link: Link, is_open: NDArray[np.float64], remaining: NDArray[np.float64], grid: float
) -> NDArray[np.int64] | None:
    """Lots that may enter per period: whole units of the accumulated daily rate; None: no limit."""
    if link.capacity_per_day is None:
        if is_open.all() and (remaining > 0).all():
            return None
        return np.where((is_open > 0) & (remaining > 0), UNLIMITED, 0)
    return rate_series(link.capacity_per_day * remaining * is_open, grid)


def _open(scenario: Scenario, opens: dt.date | None, closes: dt.date | None) -> NDArray[np.float64]:
    """1 in the periods in which something that opens and closes on dates is open, else 0."""
    settings = scenario.settings
    level = np.ones(settings.horizon)
    if opens is not None:
        hours = (opens - settings.c_day).days * HOURS_PER_DAY
        level[: periods(hours, settings.grid_hours)] = 0
    if closes is not None:
        hours = (closes - settings.c_day).days * HOURS_PER_DAY
        level[max(0, period_of(hours, settings.grid_hours)) :] = 0
    return level
