"""Judges any coverage: counts it again from the tables, asset by asset, without the arrays."""

from __future__ import annotations

import datetime as dt
import math

from pyproj import Geod

from amberway.airdefence.moments import Closure
from amberway.airdefence.problem import LAYERS, Layer
from amberway.airdefence.solve import Coverage
from amberway.scenario import Scenario
from amberway.scenario.posture import AirDefence, DefendedAsset

_GEOD = Geod(ellps="WGS84")


def layers_at(
    scenario: Scenario, closure: Closure, asset: str, altitude_m: float, day: float
) -> set[Layer]:
    """Layers that cover an asset at an altitude at C+`day`."""
    goal = scenario.defended_assets[asset]
    return {
        _layer(scenario, row)
        for row in scenario.air_defence.values()
        if _stands(scenario, closure, row, day) and _reaches(scenario, row, goal, altitude_m)
    }


def differences(scenario: Scenario, closure: Closure, coverage: Coverage, day: float) -> list[str]:
    """Every asset and altitude for which the count is another than the coverage; empty if right."""
    found = []
    for h, altitude in enumerate(scenario.settings.airdefence.altitudes_m):
        for a, asset in enumerate(scenario.defended_assets):
            counted = layers_at(scenario, closure, asset, altitude, day)
            given = {one for at, one in enumerate(LAYERS) if coverage.layers[h, at, a]}
            if counted != given:
                words = [" ".join(sorted(layers)) or "none" for layers in (given, counted)]
                found.append(f"{asset} at {altitude:g} m: {words[0]} given, {words[1]} counted")
    return found


def _stands(scenario: Scenario, closure: Closure, row: AirDefence, day: float) -> bool:
    date = scenario.settings.c_day + dt.timedelta(days=math.floor(day + 1e-9))
    if row.from_date is not None and date < row.from_date:
        return False
    if row.to_date is not None and date >= row.to_date:
        return False
    if row.force is None:
        return True
    closed = closure.get(row.force)
    return closed is not None and closed <= day + 1e-9


def _reaches(scenario: Scenario, row: AirDefence, goal: DefendedAsset, altitude_m: float) -> bool:
    if row.launchers == 0 or altitude_m < row.floor_m or altitude_m > row.ceiling_m:
        return False
    site, place = scenario.places[row.place], scenario.places[goal.place]
    _, _, metres = _GEOD.inv(site.lon, site.lat, place.lon, place.lat)
    sight = 4.12 * (row.radar_height_m**0.5 + altitude_m**0.5)
    near: bool = metres / 1000 <= min(row.range_km, sight) + 1e-9
    return near


def _layer(scenario: Scenario, row: AirDefence) -> Layer:
    factors = scenario.settings.airdefence
    if row.range_km < factors.medium_from_km:
        return Layer.SHORT
    return Layer.MEDIUM if row.range_km < factors.long_from_km else Layer.LONG
