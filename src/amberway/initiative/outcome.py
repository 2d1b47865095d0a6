"""What a run of one variant gave, as far as claims, tracker and roadmap need to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Outcome(Protocol):
    """Metrics by name, and how far the plan behind them may be from the best."""

    @property
    def values(self) -> Mapping[str, float | None]:
        """Metrics by name; None where one has no value."""

    @property
    def gap(self) -> float | None:
        """Certified gap of the plan, a share of the objective; None without a certificate."""


# Runs by subset of the actions laid over; the empty one is the status quo.
Outcomes = Mapping[frozenset[str], Outcome]
