"""Distances over the ground that checks compare with."""

from __future__ import annotations

from collections.abc import Sequence

from amberway.scenario.geography import Place


def great_circles_km(pairs: Sequence[tuple[Place, Place]]) -> list[float]:
    """Geodesic distance on WGS 84 between the places of each pair, in km."""
    if not pairs:
        return []
    from pyproj import Geod

    begin, end = zip(*pairs, strict=True)
    _, _, metres = Geod(ellps="WGS84").inv(
        [place.lon for place in begin],
        [place.lat for place in begin],
        [place.lon for place in end],
        [place.lat for place in end],
    )
    return [float(distance) / 1000 for distance in metres]
