"""Small scenarios for tests, written as rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from amberway.scenario import Scenario
from amberway.scenario.checks import check
from amberway.scenario.settings import Settings
from amberway.scenario.tables import TABLES

SIDC = "10031000181211000000"
Rows = list[dict[str, Any]]


def scenario(settings: dict[str, Any] | None = None, **tables: Rows) -> Scenario:
    """A scenario from rows; fails if the named checks find a problem."""
    made = unchecked(settings, **tables)
    problems = check(made)
    assert not problems, "\n".join(map(str, problems))
    return made


def unchecked(settings: dict[str, Any] | None = None, **tables: Rows) -> Scenario:
    """A scenario from rows, without the named checks."""
    basic = {"name": "small", "title": "A small scenario", "c_day": dt.date(2024, 3, 13)}
    typed = {
        name: {row["id"]: TABLES[name].model_validate(row) for row in rows}
        for name, rows in tables.items()
    }
    return Scenario(settings=Settings.model_validate(basic | (settings or {})), **typed)


def nation(name: str, crisis: float | None = 0.0) -> dict[str, Any]:
    """A nation that clears foreign forces after `crisis` days."""
    return {
        "id": name,
        "name": name.upper(),
        "clearance_peace_days": crisis,
        "clearance_crisis_days": crisis,
        "clearance_article5_days": crisis,
    }


def place(
    name: str, lat: float, lon: float, nation: str | None = "deu", kind: str = "city"
) -> dict[str, Any]:
    """A place."""
    return {"id": name, "name": name, "lat": lat, "lon": lon, "nation": nation, "kind": kind}


def link(name: str, start: str, end: str, mode: str, km: float, **more: Any) -> dict[str, Any]:
    """A link with usual speeds."""
    row: dict[str, Any] = {"id": name, "from": start, "to": end, "mode": mode, "km": km}
    if mode in ("road", "rail"):
        row["speed_kmh"] = 50
    if mode == "rail":
        row["gauge_mm"] = 1435
    return row | more


def unit(name: str, persons: int, role: str = "heavy", brigades: float = 1) -> dict[str, Any]:
    """A unit type."""
    return {
        "id": name,
        "name": name,
        "role": role,
        "personnel": persons,
        "brigade_equivalent": brigades,
        "sidc": SIDC,
    }


TRUCK = {
    "id": "truck",
    "name": "Truck 8 t",
    "kind": "vehicle",
    "length_m": 8,
    "width_m": 2.5,
    "height_m": 3,
    "mass_t": 15,
    "mlc": 18,
    "axle_load_t": 8,
    "crew": 2,
}
TANK = {
    "id": "tank",
    "name": "Main battle tank",
    "kind": "vehicle",
    "length_m": 10,
    "width_m": 3.7,
    "height_m": 2.6,
    "mass_t": 63,
    "mlc": 70,
    "tracked": True,
    "self_deploys": False,
    "crew": 4,
}
CONTAINER = {
    "id": "box",
    "name": "Container 20 ft",
    "kind": "container",
    "length_m": 6.1,
    "width_m": 2.44,
    "height_m": 2.6,
    "mass_t": 15,
    "mlc": 20,
    "self_deploys": False,
}
