"""areas.geojson: the outlines of the areas, as one collection of polygons with ids.

Kept as the parsed JSON (what maps and reports take); a feature of the same id laid over replaces
the one below.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from amberway.errors import Problem
from amberway.scenario.read import read_text

FILE = "areas.geojson"
# Nesting of coordinate lists down to the list of positions.
_DEPTH = {"Polygon": 2, "MultiPolygon": 3}


def read_geometry(folder: Path, prefix: str, problems: list[Problem]) -> dict[str, Any]:
    """The folder's feature collection, or an empty dict if it has none or it is unusable."""
    path, shown = folder / FILE, prefix + FILE
    if not path.is_file():
        return {}
    text = read_text(path, shown, problems)
    if text is None:
        return {}
    try:
        data = json.loads(text, parse_constant=_no_constant)
        faults = _faults(data)
    except (ValueError, RecursionError) as error:
        faults = [f"is not JSON ({error})"]
    mend = "Save it as a FeatureCollection of polygons in degrees (WGS 84), each with an id."
    problems.extend(Problem("geojson", shown, fault, mend) for fault in faults)
    return {} if faults else dict(data)


def lay_geometry_over(base: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`base` with the features of `above` added, or replaced where the id is known."""
    if not base or not above:
        return above or base
    features = {f["id"]: f for f in (*base["features"], *above["features"])}
    return base | above | {"features": list(features.values())}


def outlines(geometry: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The features by their id."""
    return {feature["id"]: feature for feature in geometry.get("features", ())}


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


def _faults(data: Any) -> list[str]:
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or data.get("type") != "FeatureCollection":
        return ["is not a FeatureCollection"]
    faults, seen = [], set()
    for number, feature in enumerate(features, start=1):
        name = feature.get("id") if isinstance(feature, dict) else None
        if not isinstance(name, str):
            faults.append(f"has a feature without a text id (number {number})")
            continue
        if name in seen:
            faults.append(f"has two features with the id {name!r}")
        seen.add(name)
        shape = feature.get("geometry")
        depth = _DEPTH.get(shape.get("type", "")) if isinstance(shape, dict) else None
        if depth is None:
            faults.append(f"has a feature that is no polygon ({name!r})")
        elif not _positions(shape.get("coordinates"), depth):
            faults.append(f"has a polygon with unusable coordinates ({name!r})")
    return faults


def _positions(value: Any, depth: int) -> bool:
    """Are these lists, `depth` deep, of at least four [lon, lat] positions in degrees?"""
    if not isinstance(value, list) or not value:
        return False
    if depth > 1:
        return all(_positions(part, depth - 1) for part in value)
    return len(value) >= 4 and all(
        isinstance(position, list)
        and len(position) >= 2
        and all(isinstance(x, int | float) and math.isfinite(x) for x in position)
        and abs(position[0]) <= 180
        and abs(position[1]) <= 90
        for position in value
    )
