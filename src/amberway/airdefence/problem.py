"""Systems, assets and which of them covers which, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from amberway.airdefence.horizon import reach_km
from amberway.scenario import Scenario
from amberway.scenario.posture import AirDefence, DefendedAsset

if TYPE_CHECKING:
    from amberway.scenario.air import AirDefenceFactors

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
_SLACK_KM = 1e-9


class Layer(StrEnum):
    """A layer of ground-based air defence, by nominal range."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


LAYERS = tuple(Layer)


@dataclass(frozen=True, eq=False)
class Problem:
    """What there is to cover and to cover it with. H altitudes, S systems, A assets.

    `layer_of` (S) indexes LAYERS. `distance_km` (S, A) is geodesic. `covers` (H, S, A) says whether
    a system covers a target at an altitude over an asset once it stands on its site.
    """

    scenario: Scenario
    systems: tuple[AirDefence, ...]
    assets: tuple[DefendedAsset, ...]
    layer_of: NDArray[np.int64]
    weights: Numbers
    asked: NDArray[np.int64]
    distance_km: Numbers
    covers: Flags

    @property
    def factors(self) -> AirDefenceFactors:
        """Settings of the assessment."""
        return self.scenario.settings.airdefence

    @property
    def altitudes(self) -> tuple[float, ...]:
        """Altitudes at which coverage is asked (m)."""
        return self.factors.altitudes_m

    @property
    def reference(self) -> int:
        """Index of the altitude at which depth and next sites are judged."""
        return self.altitudes.index(self.factors.reference_m)


def build(scenario: Scenario) -> Problem:
    """The arrays of a scenario. A system without launchers covers nothing."""
    systems = tuple(scenario.air_defence.values())
    assets = tuple(scenario.defended_assets.values())
    factors = scenario.settings.airdefence
    distance = distances_km(scenario, [s.place for s in systems], [a.place for a in assets])
    return Problem(
        scenario,
        systems,
        assets,
        np.array([LAYERS.index(layer(s.range_km, factors)) for s in systems], dtype=np.int64),
        np.array([a.weight for a in assets], dtype=float),
        np.array([a.layers for a in assets], dtype=np.int64),
        distance,
        np.array(
            [
                within(distance, [reach(s, altitude) for s in systems])
                for altitude in factors.altitudes_m
            ]
        ),
    )


def layer(range_km: float, factors: AirDefenceFactors) -> Layer:
    """The layer that a nominal range belongs to."""
    if range_km >= factors.long_from_km:
        return Layer.LONG
    return Layer.MEDIUM if range_km >= factors.medium_from_km else Layer.SHORT


def reach(system: AirDefence, altitude_m: float) -> float:
    """Distance over ground within which a system covers targets at an altitude (km)."""
    if not system.launchers:
        return 0.0
    return reach_km(
        system.range_km, system.floor_m, system.ceiling_m, system.radar_height_m, altitude_m
    )


def within(distance_km: Numbers, reach_of: Sequence[float]) -> Flags:
    """Which columns lie within the reach of each row; a reach of 0 covers nothing."""
    far = np.array(reach_of, dtype=float).reshape(-1, 1)
    inside: Flags = (distance_km <= far + _SLACK_KM) & (far > 0)
    return inside


def distances_km(scenario: Scenario, start: Sequence[str], end: Sequence[str]) -> Numbers:
    """Geodesic distances on WGS 84 between places (len(start), len(end)), in km."""
    if not start or not end:
        return np.zeros((len(start), len(end)))
    from pyproj import Geod

    rows = [scenario.places[name] for name in start]
    columns = [scenario.places[name] for name in end]
    shape = (len(rows), len(columns))
    _, _, metres = Geod(ellps="WGS84").inv(
        np.repeat([p.lon for p in rows], shape[1]),
        np.repeat([p.lat for p in rows], shape[1]),
        np.tile([p.lon for p in columns], shape[0]),
        np.tile([p.lat for p in columns], shape[0]),
    )
    return np.asarray(metres, dtype=float).reshape(shape) / 1000
