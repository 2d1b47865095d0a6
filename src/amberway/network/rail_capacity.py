"""What a railway line carries, when nobody tells: the planning chain of subcourse TR0603.

From the engine to the line: tractive effort, drawbar pull, gross and net train load; from the
line to the day: train density; both together: tonnage of a division, and the wagons and engines
that it takes. Units are the source's own (pounds, short tons, miles), because its coefficients
are. A link's `capacity_per_day` is such a density, less what other traffic needs.

Source: US Army Transportation School, Subcourse TR0603, edition 3 (rail planning).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from amberway.units import HOURS_PER_DAY

# Trains a day and direction on a line of which nothing is known.
DENSITY_UNKNOWN_SINGLE = 10
DENSITY_UNKNOWN_DOUBLE = 30

_LOSS_LB_PER_TON = 20.0  # an engine's own rolling resistance, and what each per cent of grade asks
_CURVE_LB_PER_TON = 0.8  # resistance of one degree of curvature
_RESERVE = 1.1  # wagons under repair
_ENGINE_RESERVE = 1.2  # engines under repair
_DIRECTIONS = 2


def continuous_tractive_effort(starting_lb: float) -> float:
    """Tractive effort that a diesel engine holds (lb): half of the starting effort."""
    return starting_lb / 2


def drawbar_pull(continuous_lb: float, engine_st: float) -> float:
    """Pull left for the train (lb) by an engine of `engine_st` short tons."""
    return continuous_lb - _LOSS_LB_PER_TON * engine_st


def gross_trailing_load(
    drawbar_lb: float,
    weather: float,
    rolling_lb_per_st: float,
    grade_pct: float,
    curve_degrees: float,
) -> int:
    """Heaviest train behind the engine (short tons, rounded up as in the source).

    DBP·W / (RR + GR + CR), with 20 lb a ton for a per cent of grade and 0.8 lb a ton for a degree
    of curve; `weather` is the share that the temperature leaves.
    """
    resistance = (
        rolling_lb_per_st + _LOSS_LB_PER_TON * grade_pct + _CURVE_LB_PER_TON * curve_degrees
    )
    return math.ceil(drawbar_lb * weather / resistance)


def net_train_load(gross_st: float) -> int:
    """Freight of a train (short tons, rounded up): half of its gross trailing load."""
    return math.ceil(gross_st / 2)


def train_density(passing_tracks: int, speed_mph: float, length_miles: float) -> int:
    """Trains a day and direction on a single-track division: (NT + 1)/2 · 24·S/LD, whole trains.

    `passing_tracks` are those where trains can meet, at least five miles apart.
    """
    return math.floor((passing_tracks + 1) / 2 * HOURS_PER_DAY * speed_mph / length_miles)


def division_tonnage(net_load_st: float, density: int) -> float:
    """Freight that a division passes in a day (short tons)."""
    return net_load_st * density


def end_delivery_tonnage(divisions_st: Iterable[float]) -> float:
    """Freight that the line delivers in a day: that of its most restrictive division."""
    return min(divisions_st)


def wagon_fleet(wagons_per_day: int, turnaround_days: float) -> int:
    """Wagons that a daily dispatch keeps on the way, a tenth more for repair (rounded up)."""
    return math.ceil(wagons_per_day * turnaround_days * _RESERVE - 1e-9)


def road_engines(density: int, length_miles: float, speed_mph: float, terminal_hours: float) -> int:
    """Engines for a division: TD·(RT + TT)/24 both ways, a fifth more for repair (rounded up).

    The running time RT is taken in whole hours, rounded up.
    """
    running = math.ceil(length_miles / speed_mph)
    share_of_day = (running + terminal_hours) / HOURS_PER_DAY
    return math.ceil(density * share_of_day * _DIRECTIONS * _ENGINE_RESERVE - 1e-9)
