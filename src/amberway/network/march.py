"""How long a column is, how long it takes to pass and to arrive, and what a road passes in a day.

Source: US Army Command and General Staff College, Student Text 100-3, chapter 8 (movements).
"""

from __future__ import annotations

import math

from amberway.units import HOURS_PER_DAY


def column_km(
    vehicles: float, vehicles_per_km: float, gaps_km: float = 0.0, routes: int = 1
) -> float:
    """Road space of a column on each of `routes` equal routes (km), gaps between units included."""
    return (vehicles / vehicles_per_km + gaps_km) / routes


def pass_time_h(length_km: float, speed_kmh: float) -> float:
    """Hours from the first vehicle of a column past a point to the last."""
    return length_km / speed_kmh


def serials_per_day(vehicles_per_km: float, speed_kmh: float, serial_vehicles: int) -> float:
    """Road serials that one lane passes in a day: a road link's `capacity_per_day`."""
    return vehicles_per_km * speed_kmh * HOURS_PER_DAY / serial_vehicles


def march_hours(driving: float, hours_per_day: float) -> float:
    """Elapsed hours of a march with `driving` hours at the wheel and its night halts."""
    halts = math.floor(max(0.0, driving - 1e-9) / hours_per_day)
    return driving + halts * (HOURS_PER_DAY - hours_per_day)
