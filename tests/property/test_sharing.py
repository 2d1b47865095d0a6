"""Bookings that may be of several terminals, against every way to share them out."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amberway.mobility.verify import sharing
from amberway.mobility.verify.sharing import Room, Wish, share

HORIZON = 8
NAMES = ("a", "b", "c")


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """A stay of one or more periods at one of some terminals."""
    first = draw(st.integers(0, HORIZON - 1))
    return Wish(
        tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))),
        first,
        draw(st.integers(first + 1, HORIZON)),
        draw(st.integers(1, 2)),
    )


ROOMS = st.fixed_dictionaries(
    {
        name: st.lists(st.integers(-1, 3), min_size=HORIZON, max_size=HORIZON).map(np.array)
        for name in NAMES
    }
)


def fits(room: Room, asked: list[Wish], chosen: tuple[str, ...]) -> bool:
    """Is there room for all, wherever something is held?"""
    left = {name: series.copy() for name, series in room.items()}
    for wish, name in zip(asked, chosen, strict=True):
        left[name][wish.first : wish.last] -= wish.amount
    return all(
        (left[name][wish.first : wish.last] >= 0).all()
        for wish, name in zip(asked, chosen, strict=True)
    )


@given(ROOMS, st.lists(wishes(), min_size=1, max_size=6))
@settings(max_examples=300)
def test_a_way_is_found_if_there_is_one(room: Room, asked: list[Wish]) -> None:
    """The verdict is that of trying every assignment; each gets one of its own terminals."""
    shares = share(room, asked)
    assert not shares.open
    assert all(n in wish.terminals for wish, n in zip(asked, shares.chosen, strict=True))
    possible = any(fits(room, asked, chosen) for chosen in product(*(w.terminals for w in asked)))
    assert fits(room, asked, shares.chosen) is possible


@given(ROOMS, st.lists(wishes(), min_size=2, max_size=6))
@settings(max_examples=60)
def test_what_fails_elsewhere_spoils_nothing(room: Room, asked: list[Wish]) -> None:
    """A wish without any room leaves others, far from it in time, the way that they have."""
    later = [Wish(w.terminals, w.first + HORIZON, w.last + HORIZON, w.amount) for w in asked]
    whole = {name: np.concatenate((series * 0, series)) for name, series in room.items()}
    shares = share(whole, [Wish(NAMES, 0, HORIZON, 1), *later])
    alone = share(room, asked)
    assert fits(whole, later, shares.chosen[1:]) is fits(room, asked, alone.chosen)


def test_too_large_to_be_settled_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the choice one by one stays, and the wishes it is about are named."""
    room = {"a": np.array([1, 1, 0]), "b": np.array([1, 1, 1])}
    asked = [Wish(("b", "a"), 0, 1, 1), Wish(("a", "b"), 0, 3, 1), Wish(("a",), 2, 3, 1)]
    monkeypatch.setattr(sharing, "LARGEST", 1)
    assert share(room, asked[:2]).open == {0, 1}
    monkeypatch.setattr(sharing, "LARGEST", 100)
    assert share(room, asked[:2]) == sharing.Shares(("a", "b"))
    assert share(room, asked).open == frozenset()
