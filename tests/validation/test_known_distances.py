"""The network of `baltic` against known distances, and off Russia and Belarus."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import pairwise

import pytest
from pyproj import Geod
from shapely import LineString, Point, union_all
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from amberway.scenario import load
from amberway.scenario.geography import Link, Mode, Place
from amberway.scenario.scenario import Scenario
from amberway.validation.distances import Distance, compare

GEOD = Geod(ellps="WGS84")
CLOSED = ("RUS", "BLR")
# Straight lines between places cut corners that road and rail go round.
GROUND_KM, AIR_KM = 4.0, 2.0
MAP_DEGREES = 0.03  # how far the simplified base map may be off: about three kilometres
ROWS = compare()


@pytest.fixture(scope="module")
def baltic() -> Scenario:
    """The reference scenario."""
    return load("baltic")


@cache
def closed_land() -> BaseGeometry:
    """Russia (Kaliningrad with it) and Belarus, from the base map of the theatre."""
    text = files("amberway.report").joinpath("basemap.geojson").read_text(encoding="utf-8")
    found = [
        shape(feature["geometry"])
        for feature in json.loads(text)["features"]
        if feature["properties"].get("layer") == "theatre"
        and feature["properties"].get("iso") in CLOSED
    ]
    assert len(found) == len(CLOSED)
    return union_all(found)


def inside_km(link: Link, places: dict[str, Place]) -> float:
    """Kilometres of the geodesic between a link's ends that lie in Russia or Belarus."""
    a, b = places[link.from_place], places[link.to_place]
    steps = max(2, int(link.km / 20))
    middle = GEOD.npts(a.lon, a.lat, b.lon, b.lat, steps)
    path = LineString([(a.lon, a.lat), *middle, (b.lon, b.lat)])
    inside = path.intersection(closed_land())
    parts = getattr(inside, "geoms", [inside])
    return sum(GEOD.inv(*p, *q)[2] / 1000 for part in parts for p, q in pairwise(part.coords))


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_distance_agrees(row: Distance) -> None:
    """A way of the network is as long as the way is known to be (sea 5 %, road and rail 6 %)."""
    assert row.hit is (not row.miss), f"{row.known} known, {row.computed} in the network"


def test_no_place_lies_in_russia_or_belarus(baltic: Scenario) -> None:
    """No route can touch their soil, for no place does (towns on the border: map's accuracy)."""
    land = closed_land().buffer(-MAP_DEGREES)
    assert land.contains(Point(20.6, 54.7))  # Kaliningrad
    assert land.contains(Point(27.6, 53.9))  # Minsk
    assert [p.id for p in baltic.places.values() if land.contains(Point(p.lon, p.lat))] == []


@pytest.mark.parametrize("mode", [Mode.ROAD, Mode.RAIL, Mode.AIR])
def test_no_link_crosses_russia_or_belarus(baltic: Scenario, mode: Mode) -> None:
    """No road, railway or flight leads across Kaliningrad, Russia or Belarus."""
    allowed = AIR_KM if mode is Mode.AIR else GROUND_KM
    crossing = {
        link.id: round(km, 1)
        for link in baltic.links.values()
        if link.mode is mode and (km := inside_km(link, baltic.places)) > allowed
    }
    assert crossing == {}
