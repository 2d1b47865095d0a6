"""A deployment as data: who moves where and when, without how it was planned.

Mobility makes it from a plan; the other actions receive it, so that none of them knows the planner.
Days are counted from C-day (C+n is n).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Reach = Mapping[tuple[str, str], float | None]
"""(force element, area) → day on which it would close there if it had the network to itself;
None: it has no way."""


@dataclass(frozen=True)
class Stage:
    """One move of one lot between two places."""

    means: str
    start_place: str
    end_place: str
    start_day: float
    end_day: float


@dataclass(frozen=True)
class Movement:
    """What one lot does. `arrival_day` is None if it does not arrive."""

    lot: str
    force: str
    persons: int
    ready_day: float
    stages: tuple[Stage, ...]
    arrival_day: float | None


@dataclass(frozen=True)
class Deployment:
    """All movements, and the day on which each force element has closed and married up.

    `closure` has every force element of the scenario: its notice if it stands there already, None
    if it does not close.
    """

    movements: tuple[Movement, ...]
    closure: Mapping[str, float | None]
