"""How far a plan in the making is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`done` is the share of the work; plan and bound are objectives, None if not known yet."""

    done: float
    plan: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """Relative distance of plan and bound."""
        if not self.plan or self.bound is None:
            return None
        return (self.plan - self.bound) / self.plan


Report = Callable[[Progress], None]
