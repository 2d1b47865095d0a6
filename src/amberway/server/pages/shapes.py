"""Positions, GeoJSON and cells, as several pages use them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

Position = tuple[float, float]
"""Longitude and latitude, degrees (WGS 84)."""

Cell = str | bool | int | float | list[str] | list[int] | None
"""What stands in a table."""


class Feature(BaseModel):
    """A GeoJSON feature."""

    type: Literal["Feature"] = "Feature"
    id: str | None = None
    properties: dict[str, Any]
    geometry: dict[str, Any]


class FeatureCollection(BaseModel):
    """A GeoJSON collection of features."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[Feature]
