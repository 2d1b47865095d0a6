"""Radar horizon and reach against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amberway.airdefence.horizon import KM_PER_ROOT_METRE, horizon_km, reach_km

metres = st.floats(0, 30000)


@pytest.mark.parametrize(
    ("radar", "target", "km"),
    [(0, 0, 0), (10, 100, 54.23), (10, 1000, 143.31), (10, 10000, 425.03), (3, 100, 48.34)],
)
def test_horizon_by_hand(radar: float, target: float, km: float) -> None:
    """4.12 times the sum of the roots: 4.12 (3.1623 + 10) = 54.23, and so on."""
    assert horizon_km(radar, target) == pytest.approx(km, abs=0.005)


def test_factor_is_that_of_four_thirds_of_the_earth() -> None:
    """√(2 · 4/3 · 6371 km · 1 m) is the factor, within a tenth of a percent."""
    exact = math.sqrt(2 * 4 / 3 * 6371 * 0.001)
    assert pytest.approx(exact, rel=1e-3) == KM_PER_ROOT_METRE


@pytest.mark.parametrize(
    ("altitude", "km"),
    [(59, 0), (60, 44.94), (100, 54.23), (1000, 120), (24000, 120), (24001, 0)],
)
def test_reach_of_a_long_range_system(altitude: float, km: float) -> None:
    """Low targets are hidden by the horizon; below floor and above ceiling there is no reach."""
    assert reach_km(120, 60, 24000, 10, altitude) == pytest.approx(km, abs=0.005)


@given(st.floats(1, 300), metres, metres, metres)
def test_horizon_never_adds_reach(nominal: float, radar: float, low: float, high: float) -> None:
    """Reach never passes the nominal range, and grows with height of radar and of target only."""
    low, high = sorted((low, high))
    near = reach_km(nominal, 0, 30000, radar, low)
    assert near <= nominal
    assert near <= reach_km(nominal, 0, 30000, radar, high)
    assert near <= reach_km(nominal, 0, 30000, radar + 1, low)
