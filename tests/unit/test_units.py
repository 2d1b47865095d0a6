"""Rounding and rates: the one rule that everything else relies on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amberway.units import knots_to_kmh, period_of, period_to_days, periods, rate_series

grids = st.sampled_from((0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24))


@pytest.mark.parametrize(
    ("hours", "grid", "expected"),
    [(0, 3, 0), (0.01, 3, 1), (3, 3, 1), (3.01, 3, 2), (17 * 24 + 5, 24, 18), (0.1 * 3, 0.1, 3)],
)
def test_durations_are_rounded_up(hours: float, grid: float, expected: int) -> None:
    """A voyage of 17 days 5 hours takes 18 days; the last bits of a sum do not take a period."""
    assert periods(hours, grid) == expected


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, 0), (2.99, 0), (3, 1), (0.1 * 30, 1), (-1, -1)]
)
def test_moments_are_rounded_down(hours: float, expected: int) -> None:
    """A moment belongs to the period that it falls into."""
    assert period_of(hours, 3) == expected


@given(st.floats(0, 10_000), grids)
def test_a_duration_fits_its_periods(hours: float, grid: float) -> None:
    """Periods hold the duration, and one fewer would not."""
    count = periods(hours, grid)
    assert count * grid >= hours - 1e-6
    assert (count - 1) * grid < hours or count == 0


@given(st.floats(0, 500), st.integers(1, 40), grids)
def test_a_rate_loses_nothing(per_day: float, days: int, grid: float) -> None:
    """Over whole days a rate lets pass what it says, however it divides the grid."""
    series = rate_series(np.full(round(days * 24 / grid), per_day), grid)
    assert abs(series.sum() - per_day * days) < 1 + 1e-6
    assert series.max() - series.min() <= 1


def test_ten_a_day_on_three_hours() -> None:
    """Ten a day are 1, 1, 1, 2, 1, 1, 1, 2 in periods of three hours."""
    assert rate_series(np.full(8, 10.0), 3).tolist() == [1, 1, 1, 2, 1, 1, 1, 2]


def test_changing_rate_adds_up() -> None:
    """Three a day, half of it for two days: 3, 1, 2, 3."""
    assert rate_series(np.array([3, 1.5, 1.5, 3]), 24).tolist() == [3, 1, 2, 3]


def test_conversions() -> None:
    """A knot is 1.852 km/h; eight periods of three hours are a day."""
    assert knots_to_kmh(20) == pytest.approx(37.04)
    assert period_to_days(8, 3) == 1
