"""Free capacity: where a move fits, against looking at every period."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from amberway.mobility.fit import Free, book, earliest

RESOURCES, PERIODS = 3, 12
capacities = st.lists(
    st.lists(st.integers(0, 2), min_size=PERIODS, max_size=PERIODS),
    min_size=RESOURCES,
    max_size=RESOURCES,
).map(lambda rows: np.array(rows, dtype=np.int32))
moves = st.lists(
    st.tuples(
        st.integers(0, RESOURCES - 1), st.integers(0, 5), st.integers(0, 4), st.integers(1, 2)
    ),
    min_size=1,
    max_size=4,
).map(lambda uses: np.array(uses, dtype=np.int64))


def fits(left: np.ndarray, uses: np.ndarray, start: int) -> bool:
    return all(
        left[row, p] >= amount
        for row, offset, length, amount in uses
        for p in range(start + offset, min(start + offset + length, PERIODS))
    )


@settings(deadline=None)  # the first call compiles
@given(capacities, st.lists(moves, max_size=8), st.integers(0, 4))
def test_every_booking_starts_in_the_first_period_in_which_it_fits(capacity, wanted, first):
    free = Free.of(capacity)
    left = capacity.copy()
    booked = []
    for uses in wanted:
        start = earliest(free, uses, first, PERIODS - 1)
        # Uses of one move may share a resource: each is judged by itself, as the methods say.
        possible = [s for s in range(first, PERIODS) if fits(left, uses, s)]
        assert start == (possible[0] if possible else -1)
        if start >= 0:
            book(free, uses, start, 1)
            booked.append((uses, start))
            for row, offset, length, amount in uses:
                left[row, start + offset : start + offset + length] -= amount
        assert (free.left == left).all()
        assert (free.full == Free.of(left).full).all()
    for uses, start in reversed(booked):
        book(free, uses, start, -1)
    assert (free.left == capacity).all()
    assert (free.full == Free.of(capacity).full).all()
