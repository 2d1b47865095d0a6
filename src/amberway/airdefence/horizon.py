"""How far a system reaches: nominal range, radar horizon, floor and ceiling."""

from __future__ import annotations

import math

KM_PER_ROOT_METRE = 4.12


def horizon_km(radar_m: float, target_m: float) -> float:
    """Distance at which a radar at `radar_m` first sees a target at `target_m` (both m, result km).

    d = 4.12 (√h_radar + √h_target): the line of sight over a smooth earth of 4/3 its radius, which
    stands for the refraction of a standard atmosphere, √(2 · 4/3 · 6371 km · 1 m) = 4.12 km
    (Skolnik, Introduction to Radar Systems; Recommendation ITU-R P.834, effective earth radius).
    Hills, masts and trees are left out.
    """
    return KM_PER_ROOT_METRE * (math.sqrt(radar_m) + math.sqrt(target_m))


def reach_km(
    range_km: float, floor_m: float, ceiling_m: float, radar_height_m: float, altitude_m: float
) -> float:
    """Distance over ground within which a system covers a target at an altitude (km).

    The lesser of nominal range and radar horizon; 0 below the floor or above the ceiling. The range
    is taken over ground at every altitude, as published ranges do not say at which they hold.
    """
    if not floor_m <= altitude_m <= ceiling_m:
        return 0.0
    return min(range_km, horizon_km(radar_height_m, altitude_m))
