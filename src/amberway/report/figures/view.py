"""A piece of the world on paper: Lambert's azimuthal equal-area projection and the base map."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

BASEMAP = Path(__file__).parents[1] / "basemap.geojson"
Point = tuple[float, float]
_TOLERANCE = 0.35  # of the coast, in units of the drawing
_SPECK = 1.5  # islands smaller than this are left out, square units
_STEP_DEG = 1.0  # straight lines in degrees are bent this often


@dataclass(frozen=True)
class Country:
    """A country as far as it is in view: SVG path, a point well inside, area in square units.

    `name` is blank for the coarse ground beyond the layer.
    """

    name: str
    path: str
    middle: Point
    area: float


@dataclass(frozen=True)
class Layer:
    """A layer of the base map with its extent, degrees: west, south, east, north."""

    name: str
    extent: tuple[float, float, float, float]
    centre: tuple[float, float]  # latitude, longitude

    def holds(self, lon: float, lat: float) -> bool:
        """Does a position lie on this layer?"""
        west, south, east, north = self.extent
        return west <= lon <= east and south <= lat <= north


THEATRE = Layer("theatre", (-12.0, 41.0, 40.0, 71.5), (55.0, 18.0))
ATLANTIC = Layer("atlantic", (-100.0, 25.0, 40.0, 72.0), (48.0, -35.0))


class View:
    """Maps positions to drawing units: x to the right, y down, `width` by `height`."""

    def __init__(
        self,
        layer: Layer,
        positions: Sequence[Point],
        width: float,
        ratio: tuple[float, float],
        margin: float = 0.06,
        least_km: float = 300.0,
    ) -> None:
        """A view that holds all `positions` (lon, lat), height/width within `ratio`."""
        self.layer = layer
        self._project = _transformer(layer)
        x, y = self._project.transform(*np.array(positions, dtype=float).T)
        west, east, south, north = x.min(), x.max(), y.min(), y.max()
        across = max(east - west, least_km * 1000) * (1 + 2 * margin)
        along = max(north - south, least_km * 1000) * (1 + 2 * margin)
        along = max(along, ratio[0] * across)
        across = max(across, along / ratio[1])
        self.width, self.height = width, width * along / across
        self._scale = width / across
        self._left = (west + east - across) / 2
        self._top = (south + north + along) / 2

    def __call__(self, lon: float, lat: float) -> Point:
        """Where a position lies on the drawing."""
        x, y = self._project.transform(lon, lat)
        return (x - self._left) * self._scale, (self._top - y) * self._scale

    @property
    def units_per_km(self) -> float:
        """Scale of the drawing."""
        return float(1000 * self._scale)

    def inside(self, point: Point, margin: float = 0.0) -> bool:
        """Is a point of the drawing within its frame?"""
        x, y = point
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin

    def outline(self) -> str:
        """SVG path around what the base map knows: the Atlantic layer; round the theatre all."""
        if self.layer is THEATRE:
            return f"M-5,-5H{self.width + 5:.0f}V{self.height + 5:.0f}H-5Z"
        west, south, east, north = self.layer.extent
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        line = [p for ends in itertools.pairwise(corners) for p in bend(*ends)]
        return _path(self(*position) for position in line)

    def land(self) -> Iterator[Country]:
        """Every country in view."""
        frame = shapely.box(-20, -20, self.width + 20, self.height + 20)
        for name, shape in (*_beyond(self.layer), *_countries(self.layer)):
            drawn = shapely.transform(shape, self._to_drawing)
            if not drawn.is_valid:
                drawn = drawn.buffer(0)
            drawn = shapely.intersection(drawn, frame)
            drawn = shapely.simplify(drawn, _TOLERANCE)
            path = "".join(_path(ring) for ring in _rings(drawn))
            if path:
                largest = max(shapely.get_parts(drawn), key=_area)
                middle = shapely.maximum_inscribed_circle(largest, tolerance=4.0).coords[0]
                yield Country(name, path, (middle[0], middle[1]), float(largest.area))

    def _to_drawing(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = self._project.transform(positions[:, 0], positions[:, 1])
        return np.column_stack([(x - self._left) * self._scale, (self._top - y) * self._scale])

    def graticule(self, step: int) -> Iterator[str]:
        """SVG paths of meridians and parallels every `step` degrees."""
        west, south, east, north = (round(v / step) * step for v in self.layer.extent)
        lines: list[list[Point]] = [
            [(float(lon), float(lat)) for lat in range(south, north + 1)]
            for lon in range(west, east + 1, step)
        ]
        lines += [
            [(float(lon), float(lat)) for lon in range(west, east + 1)]
            for lat in range(south, north + 1, step)
        ]
        for line in lines:
            points = [self(*position) for position in line]
            if any(self.inside(p, -60) for p in points):
                yield "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def bend(first: Point, last: Point) -> list[Point]:
    """Positions along the straight line in degrees: on the ground, not across the paper."""
    steps = max(1, int(max(abs(last[0] - first[0]), abs(last[1] - first[1])) / _STEP_DEG))
    return [
        (
            first[0] + (last[0] - first[0]) * i / steps,
            first[1] + (last[1] - first[1]) * i / steps,
        )
        for i in range(steps + 1)
    ]


@cache
def _transformer(layer: Layer) -> Transformer:
    latitude, longitude = layer.centre
    target = f"+proj=laea +lat_0={latitude} +lon_0={longitude} +datum=WGS84 +units=m"
    return Transformer.from_crs("EPSG:4326", target, always_xy=True)


@cache
def _countries(layer: Layer) -> list[tuple[str, BaseGeometry]]:
    features: list[dict[str, Any]] = json.loads(BASEMAP.read_text(encoding="utf-8"))["features"]
    return [
        (f["properties"]["name"], shapely.geometry.shape(f["geometry"]))
        for f in features
        if f["properties"]["layer"] == layer.name
    ]


@cache
def _beyond(layer: Layer) -> list[tuple[str, BaseGeometry]]:
    """What surrounds the theatre, from the coarser layer, cut so that no coast is drawn twice."""
    if layer is not THEATRE:
        return []
    hole = shapely.box(*layer.extent)
    reach = shapely.box(-30.0, 25.0, 40.0, 72.0)
    pieces = (shape.intersection(reach).difference(hole) for _, shape in _countries(ATLANTIC))
    return [("", piece) for piece in pieces if not piece.is_empty]


def _area(part: BaseGeometry) -> float:
    return float(part.area)


def _rings(shape: BaseGeometry) -> Iterator[Iterable[Point]]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and part.area > _SPECK:
            yield part.exterior.coords
            yield from (hole.coords for hole in part.interiors if hole.length > _SPECK)


def _path(ring: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z"
