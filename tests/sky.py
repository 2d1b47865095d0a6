"""Systems, assets and fighters at known distances east of one point, for tests of air defence."""

from __future__ import annotations

from typing import Any

from pyproj import Geod

from amberway.deployment import Deployment
from amberway.scenario import Scenario
from small import Rows, nation, place, unchecked, unit

LON, LAT = 24.0, 56.0


def at(name: str, km: float) -> dict[str, Any]:
    """A place `km` east of the hub (west if negative)."""
    lon, lat, _ = Geod(ellps="WGS84").fwd(LON, LAT, 90.0, km * 1000)
    return place(name, lat, lon, "ltu")


def system(name: str, where: str, range_km: float, **more: Any) -> dict[str, Any]:
    """A system of one launcher whose radar stands 10 m high and that reaches up to 20,000 m."""
    row = {"id": name, "system": name, "nation": "ltu", "place": where, "range_km": range_km,
           "ceiling_m": 20000, "radar_height_m": 10, "launchers": 1}  # fmt: skip
    return row | more


def asset(where: str, weight: float, layers: int = 1) -> dict[str, Any]:
    """A defended asset."""
    return {"id": where, "place": where, "weight": weight, "layers": layers}


def battery(name: str, **more: Any) -> dict[str, Any]:
    """A force element that has to come, unless `in_place_since` says otherwise."""
    row = {"id": name, "name": name.title(), "nation": "ltu", "unit_type": "battery",
           "home": "home", "area": "sky", "destination": "hub", "ntm_days": 2}  # fmt: skip
    return row | more


def fighter(name: str, base: str, **more: Any) -> dict[str, Any]:
    """Four aircraft of the usual rates, policing."""
    row = {"id": name, "name": name, "nation": "ltu", "base": base, "aircraft_type": "jet",
           "aircraft": 4, "availability": 0.75, "sortie_rate": 1.5, "on_station_h": 1.5,
           "alert_min": 15, "speed_kmh": 1200, "mission": "policing"}  # fmt: skip
    return row | more


def sky(
    km: dict[str, float],
    systems: Rows | None = None,
    assets: Rows | None = None,
    forces: Rows | None = None,
    fighters: Rows | None = None,
    **settings: Any,
) -> Scenario:
    """A scenario with places at the given distances from the place `hub`."""
    return unchecked(
        {"airdefence": settings},
        nations=[nation("ltu")],
        places=[at(name, far) for name, far in ({"hub": 0.0, "home": -300.0} | km).items()],
        areas=[{"id": "sky", "name": "Sky", "nations": ["ltu"], "domain": "land"}],
        unit_types=[unit("battery", 90, "air-defence", 0)],
        forces=forces or [],
        air_defence=systems or [],
        defended_assets=assets or [],
        fighters=fighters or [],
    )


def closing(**days: float | None) -> Deployment:
    """A deployment that says no more than when force elements close."""
    return Deployment((), days)
