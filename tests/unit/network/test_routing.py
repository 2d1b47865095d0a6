"""Which way a load takes, and which limits send it another way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from amberway.network.resources import build
from amberway.network.routing import Router
from amberway.network.traits import Traits, stops
from amberway.scenario.geography import Mode
from corridor import Corridor
from small import link, place

ROAD = Traits(Mode.ROAD)


def router(corridor: Corridor) -> Router:
    """The router of a corridor."""
    scenario = corridor.scenario()
    return Router(scenario, build(scenario))


def names(corridor: Corridor, traits: Traits, start: str = "a", end: str = "d") -> list[str] | None:
    """Links of the quickest way."""
    route = router(corridor).quickest(traits, start, end)
    return None if route is None else [step.name for step in route.steps]


def detour() -> Corridor:
    """The corridor with a second, longer road from b to c."""
    corridor = Corridor()
    corridor.tables["places"].append(place("e", 53.5, 22, "ltu"))
    corridor.tables["links"] += [
        link("r-be", "b", "e", "road", 250),
        link("r-ec", "e", "c", "road", 250),
    ]
    return corridor


def test_quickest_way_and_back() -> None:
    """Links carry the direction in which they are travelled; hours are km over speed."""
    assert names(Corridor(), ROAD) == ["r-ab>", "r-bc>", "r-cd>"]
    assert names(Corridor(), ROAD, "d", "a") == ["r-cd<", "r-bc<", "r-ab<"]
    route = router(Corridor().set("r-bc", passage_h=2)).quickest(ROAD, "a", "d")
    assert route is not None
    assert route.hours == pytest.approx(28)
    assert route.km == pytest.approx(1300)


def test_one_way() -> None:
    """A one-way link is not travelled backwards."""
    corridor = Corridor().set("r-bc", two_way=False)
    assert names(corridor, ROAD) is not None
    assert names(corridor, ROAD, "d", "a") is None


@pytest.mark.parametrize(
    ("limit", "value", "traits", "word"),
    [
        ("mlc_wheeled", 30, {"mlc_wheeled": 40}, "load class (wheels)"),
        ("mlc_tracked", 60, {"mlc_tracked": 70}, "load class (tracks)"),
        ("axle_load_t", 10, {"axle_load_t": 11.5}, "axle load"),
        ("max_width_m", 3, {"width_m": 3.7}, "loading width"),
        ("max_height_m", 4, {"height_m": 4.2}, "loading height"),
    ],
)
def test_a_limit_sends_the_load_round(
    limit: str, value: float, traits: dict[str, Any], word: str
) -> None:
    """A link that the load breaks is avoided; a lighter load, or one at the limit, takes it."""
    corridor = detour().set("r-bc", **{limit: value})
    heavy = Traits(Mode.ROAD, **traits)
    same: dict[str, Any] = dict.fromkeys(traits, value)
    at_limit = Traits(Mode.ROAD, **same)
    assert names(corridor, heavy) == ["r-ab>", "r-be>", "r-ec>", "r-cd>"]
    assert names(corridor, at_limit) == ["r-ab>", "r-bc>", "r-cd>"]
    assert stops(corridor.scenario().links["r-bc"], heavy) == word
    assert stops(corridor.scenario().links["r-bc"], at_limit) is None


def test_gauge() -> None:
    """A train stays on its gauge."""
    assert names(Corridor(), Traits(Mode.RAIL, gauge_mm=1435), "a", "c") == ["t-ab>", "t-bc>"]
    assert names(Corridor(), Traits(Mode.RAIL, gauge_mm=1435)) is None
    assert names(Corridor(), Traits(Mode.RAIL, gauge_mm=1520), "c", "d") == ["t-cd>"]


def test_never_open_link_is_left_out() -> None:
    """A link that opens after the horizon is no way; one that opens within it is."""
    late, soon = dt.date(2030, 1, 1), dt.date(2024, 3, 20)
    assert "r-bc>" not in (names(detour().set("r-bc", opens=late), ROAD) or [])
    assert "r-bc>" in (names(detour().set("r-bc", opens=soon), ROAD) or [])


def test_alternatives_avoid_what_is_tight() -> None:
    """With a rate on the quickest way, another way is offered; without one, none is."""
    free = router(detour()).routes(ROAD, "a", "d")
    tight = router(detour().set("r-bc", capacity_per_day=2)).routes(ROAD, "a", "d")
    assert [len(free), len(tight)] == [1, 2]
    assert [step.name for step in tight[1].steps][1:3] == ["r-be>", "r-ec>"]
    assert tight[0].hours < tight[1].hours


def test_absurd_detours_are_not_offered() -> None:
    """An alternative of half as long again, plus half a day, is the longest."""
    corridor = detour().set("r-bc", capacity_per_day=2).set("r-be", km=3000)
    assert len(router(corridor).routes(ROAD, "a", "d")) == 1


def test_loads_alike_share_answers() -> None:
    """Loads that the same links stop are one kind."""
    here = router(detour().set("r-bc", mlc_wheeled=60))
    light, medium, heavy = (Traits(Mode.ROAD, mlc_wheeled=mlc) for mlc in (20, 50, 80))
    assert here.alike(light) is here.alike(medium)
    assert here.alike(heavy) is heavy


def test_no_way_is_infinitely_far() -> None:
    """Places out of reach are not among the hours."""
    here = router(Corridor())
    assert here.hours(ROAD, "a", ["b", "sea"]) == {"b": pytest.approx(18)}
    assert here.hours_between(ROAD, "a", "sea") == float("inf")
