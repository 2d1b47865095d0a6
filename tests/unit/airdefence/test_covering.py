"""Covering models on cases that fit on paper; random ones are in tests/property."""

from __future__ import annotations

import numpy as np
import pytest

from amberway.airdefence import assess
from amberway.airdefence.covering import backup, greedy, maximal, set_cover
from amberway.airdefence.siting import Model
from sky import asset, sky, system

ONES = np.ones(6)
NONE = np.zeros(6, dtype=np.int64)
# The middle site takes most alone, and is in the way of the two that take all.
TRAP = np.array([[0, 1, 1, 1, 1, 0], [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], dtype=bool)


def test_exact_beats_one_after_another() -> None:
    """Two sites cover all six; taking the best one first ends at five."""
    assert maximal(ONES, TRAP, NONE, 2).sites == (1, 2)
    assert maximal(ONES, TRAP, NONE, 2).value == 6
    assert greedy(ONES, TRAP, NONE, 2).value == 5
    assert maximal(ONES, TRAP, NONE, 1).sites == (0,)


def test_fewest_sites() -> None:
    """Two of the three sites cover all; what no site covers is left out."""
    assert set_cover(TRAP) == (1, 2)
    assert set_cover(np.hstack([TRAP, np.zeros((3, 1), dtype=bool)])) == (1, 2)


def test_backup_goes_where_the_second_cover_counts() -> None:
    """With the second cover worth all, both sites go over the same assets; with none, apart."""
    assert set(backup(ONES, TRAP, NONE, 2, 0.0).sites) == {1, 2}
    twice = backup(ONES, TRAP, NONE, 2, 1.0)
    assert 0 in twice.sites
    assert twice.value == 2


def test_site_that_adds_nothing_is_not_named() -> None:
    """What is covered already needs no battery, and three sites do no more than two."""
    assert maximal(ONES, TRAP, NONE + 1, 2).sites == ()
    assert maximal(ONES, TRAP, NONE, 3).sites == (1, 2)


@pytest.mark.parametrize("shape", [(0, 6), (3, 0), (0, 0)])
def test_nothing_to_choose_from(shape: tuple[int, int]) -> None:
    """Without sites or without assets the answer is no site, not a failure."""
    covers = np.zeros(shape, dtype=bool)
    found = maximal(np.ones(shape[1]), covers, np.zeros(shape[1], dtype=np.int64), 2)
    assert (found.sites, found.value) == ((), 0)


def test_next_batteries_by_hand() -> None:
    """Beside a medium battery at the hub the next one goes to the heavier pair far from it."""
    km = {"a": 10.0, "b": 200.0, "c": 230.0, "d": 400.0}
    assets = [asset("hub", 5), asset("a", 4), asset("b", 3), asset("c", 3), asset("d", 5)]
    medium = [{"name": "medium", "range_km": 40, "ceiling_m": 20000}]
    result = assess(sky(km, [system("m", "hub", 40)], assets, next=medium, next_most=2))
    one, two = [s for s in result.sitings if s.model is Model.MAXIMAL]
    assert (one.before, one.after) == pytest.approx((9 / 20, 15 / 20))
    assert one.sites in {("b",), ("c",)}
    assert two.after == 1
    assert "d" in two.sites
    # Backup covering prefers a second cover of 9 at half weight to a first of 6: 4.5 to 3.
    (first, _) = [s for s in result.sitings if s.model is Model.BACKUP]
    assert first.sites in {("hub",), ("a",)}
    assert first.twice == pytest.approx(9 / 20)


def test_other_layers_do_not_count_for_the_next_battery() -> None:
    """A long-range battery on the spot does not make a medium one needless."""
    medium = [{"name": "medium", "range_km": 40, "ceiling_m": 20000}]
    result = assess(sky({}, [system("l", "hub", 120)], [asset("hub", 1)], next=medium))
    assert [s.before for s in result.sitings if s.n == 1] == [0, 0]
    assert all(s.sites == ("hub",) for s in result.sitings if s.model is Model.MAXIMAL)
