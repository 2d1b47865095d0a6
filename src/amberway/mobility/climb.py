"""One walk of the search: ruin and recreate at the newest prices; the best plan is kept."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np

from amberway.mobility.packing import Guide, State
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import Floats, Problem
from amberway.mobility.search import Search, guide

GUIDES = ((0.3, 0.2), (0.6, 0.3), (0.0, 0.0))  # (share of the prices, cost of an empty ship)
_CHUNK = 100  # steps between two looks at the plan and at Ctrl-C


class Climb:
    """A search with guides and random numbers of its own: two may run on two threads.

    `best` is the objective of the plan `kept`, the best so far.
    """

    def __init__(self, problem: Problem, ideal: Floats, seed: int) -> None:
        self.search = Search(problem)
        self._pricing = Pricing(problem)
        self._ideal = ideal
        none = np.zeros(problem.resources.capacity.shape)
        first, second, third = (guide(self._pricing, none, *how) for how in GUIDES)
        self.guides: tuple[Guide, Guide, Guide] = (first, second, third)
        self._turn = False
        self._random = _random(seed)
        self.search.schedule(self.early, self.search.order)
        self.best, self.kept = self.search.cost, self.search.copy()

    @property
    def early(self) -> Guide:
        """The guide that knows no prices: to what is cheapest for the lot alone."""
        return self.guides[2]

    def twin(self, seed: int) -> Climb:
        """Another walk that starts from the best plan of this one."""
        other = copy.copy(self)
        other.search = copy.copy(self.search)
        other.search.restore(self.kept)
        other._random = _random(seed)
        return other

    def renew(self, prices: Floats) -> None:
        """Take these prices as guide, in turn for the one and the other share."""
        self._turn = not self._turn
        first, second, third = self.guides
        which = 0 if self._turn else 1
        new = guide(self._pricing, prices, *GUIDES[which], into=self.guides[which])
        self.guides = (new, second, third) if self._turn else (first, new, third)

    def improve(
        self, steps: int, threshold: float, stop: Callable[[], bool] = lambda: False
    ) -> None:
        """So many steps of ruin and recreate, each of which may lose `threshold`."""
        for first in range(0, steps, _CHUNK):
            if stop():
                return
            count = min(_CHUNK, steps - first)
            self.search.improve(self.guides, self._ideal, count, threshold, self._random)
            if self.search.cost < self.best - 1e-9:
                self.best, self.kept = self.search.cost, self.search.copy()

    def finish(self) -> State:
        """Go back to the best plan."""
        self.search.restore(self.kept)
        return self.kept


def _random(seed: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array([(seed + 1) * 0x9E3779B97F4A7C15 % 2**64 | 1], dtype=np.uint64)
