"""Capacity by period: rates, slots, stands, pools; openings, closings, notice, disruptions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from amberway.network.resources import UNLIMITED, build, usable
from corridor import Corridor

OPEN, CLOSE = dt.date(2024, 3, 15), dt.date(2024, 3, 16)  # C+2, C+3


def series(corridor: Corridor, name: str) -> list[int]:
    """Capacity of a resource by period (a day each, unless the corridor says otherwise)."""
    table = build(corridor.scenario())
    return [int(n) for n in table.capacity[table.index[name]]]


def daily(**settings: Any) -> Corridor:
    """The corridor on a grid of a day, for five days."""
    return Corridor(grid_hours=24, horizon_days=5, **settings)


def test_unlimited_links_have_no_row() -> None:
    """What is not limited is not counted."""
    assert not [name for name in build(Corridor().scenario()).names if name.startswith("link:")]


def test_rate_in_both_directions() -> None:
    """Ten lots a day and direction, spread over the periods of a day."""
    corridor = Corridor(grid_hours=3, horizon_days=1).set("t-bc", capacity_per_day=10)
    assert series(corridor, "link:t-bc>") == [1, 1, 1, 2, 1, 1, 1, 2]
    assert series(corridor, "link:t-bc<") == series(corridor, "link:t-bc>")


def test_one_way_link_has_one_direction() -> None:
    """A one-way link is no resource backwards."""
    corridor = daily().set("t-bc", capacity_per_day=10, two_way=False)
    assert "link:t-bc<" not in build(corridor.scenario()).index


def test_opening_and_closing() -> None:
    """Usable from the first day to the one before it closes; a link without rate is open or not."""
    corridor = daily().set("r-bc", opens=OPEN).set("rail-a", opens=OPEN, closes=CLOSE)
    assert series(corridor, "link:r-bc>") == [0, 0, *[UNLIMITED] * 3]
    assert series(corridor, "terminal:rail-a") == [0, 0, 2, 0, 0]


def test_closed_before_and_after_the_horizon() -> None:
    """Dates outside the horizon close nothing, or everything."""
    before, after = dt.date(2020, 1, 1), dt.date(2030, 1, 1)
    assert series(daily().set("rail-a", opens=before, closes=after), "terminal:rail-a") == [2] * 5
    assert series(daily().set("rail-a", closes=before), "terminal:rail-a") == [0] * 5
    assert series(daily().set("rail-a", opens=after), "terminal:rail-a") == [0] * 5


@pytest.mark.parametrize(
    ("resource", "name", "share", "expected"),
    [
        ("t-bc", "link:t-bc>", 0.5, [10, 5, 5, 10, 10]),
        ("t-bc", "link:t-bc>", 0.0, [10, 0, 0, 10, 10]),
        ("rail-a", "terminal:rail-a", 0.6, [2, 1, 1, 2, 2]),
        ("lorry", "lift:lorry", 0.25, [10, 2, 2, 10, 10]),
        ("r-bc", "link:r-bc>", 0.0, [UNLIMITED, 0, 0, UNLIMITED, UNLIMITED]),
    ],
)
def test_disruption(resource: str, name: str, share: float, expected: list[int]) -> None:
    """What remains of a rate, of slots and of a pool between two days, rounded down."""
    corridor = daily().set("t-bc", capacity_per_day=10)
    corridor.add("disruptions", id="x", resource=resource, from_day=1, to_day=3,
                 remaining_share=share)  # fmt: skip
    assert series(corridor, name) == expected


def test_share_of_no_rate_is_no_limit() -> None:
    """A link without a rate is closed by a share of nothing only."""
    corridor = daily().add("disruptions", id="x", resource="r-bc", from_day=1, remaining_share=0.1)
    assert "link:r-bc>" not in build(corridor.scenario()).index


def test_disruptions_multiply() -> None:
    """Two conditions on one resource at once leave the product."""
    corridor = daily().set("t-bc", capacity_per_day=8)
    for name, first in (("x", 0), ("y", 2)):
        corridor.add("disruptions", id=name, resource="t-bc", from_day=first, remaining_share=0.5)
    assert series(corridor, "link:t-bc>") == [4, 4, 2, 2, 2]


def test_changing_rates_lose_nothing() -> None:
    """Three a day, halved for two days, are whole lots that add up."""
    corridor = daily().set("t-bc", capacity_per_day=3)
    corridor.add("disruptions", id="x", resource="t-bc", from_day=1, to_day=3, remaining_share=0.5)
    assert series(corridor, "link:t-bc>") == [3, 1, 2, 3, 3]


def test_notice_and_availability_of_a_pool() -> None:
    """A pool is there after its notice, as far as it can be used."""
    corridor = daily().set("lorry", notice_days=1.5, availability=0.75)
    assert series(corridor, "lift:lorry") == [0, 0, 7, 7, 7]
    assert usable(corridor.scenario().lift["lorry"]) == 7


def test_stand_minutes() -> None:
    """Two stands, 12 hours a day, at an efficiency of 0.85: 1224 stand-minutes a day."""
    corridor = daily().set("apron-a", hours_per_day=12)
    assert series(corridor, "terminal:apron-a") == [1224] * 5


def test_no_resources_at_all() -> None:
    """A scenario without anything finite has an empty table of the horizon's length."""
    corridor = daily()
    corridor.tables["terminals"] = corridor.tables["lift"] = []
    table = build(corridor.scenario())
    assert table.capacity.shape == (0, 5)
    assert table.capacity.dtype == np.int32
