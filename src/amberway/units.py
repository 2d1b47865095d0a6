"""The only place that rounds or converts.

The planning grid has periods of `grid_hours`. One rule turns a duration into periods: **round
up** (a 17 d 5 h voyage on a 24 h grid takes 18 periods), once per move and once per handling,
never once per link. Network, plan, verification and simulation all take it from here.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

HOURS_PER_DAY = 24.0
KM_PER_NAUTICAL_MILE = 1.852
# Durations that are whole periods up to this share of a period are not pushed into the next one
# by the last bits of a floating-point sum.
_SLACK = 1e-9


def periods(hours: float, grid_hours: float) -> int:
    """Whole periods that hold `hours` (round up; 0 h is 0 periods)."""
    return max(0, math.ceil(hours / grid_hours - _SLACK))


def period_of(hours: float, grid_hours: float) -> int:
    """The period in which the moment `hours` after C-day begins falls (round down)."""
    return math.floor(hours / grid_hours + _SLACK)


def period_to_days(period: float, grid_hours: float) -> float:
    """Days after C-day at the start of a period."""
    return period * grid_hours / HOURS_PER_DAY


def rate_series(per_day: NDArray[np.float64], grid_hours: float) -> NDArray[np.int64]:
    """Whole units that a rate lets pass in each period; `per_day[t]` is the rate in period t.

    cap(t) = floor(M(t+1)) - floor(M(t)) with M(t) the units due by the start of period t: ten a
    day on a 3 h grid is 1,1,1,2,1,1,1,2, so that whole lots against a rate that does not divide
    the grid lose nothing.
    """
    due = np.concatenate([[0.0], np.cumsum(per_day * grid_hours / HOURS_PER_DAY)])
    whole = np.floor(due + _SLACK).astype(np.int64)
    return whole[1:] - whole[:-1]


def knots_to_kmh(knots: float) -> float:
    """Kilometres an hour from knots."""
    return knots * KM_PER_NAUTICAL_MILE
