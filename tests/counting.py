"""Counts what is really run."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Counter:
    """What was run, in order: keys of plans, and of results by action."""

    plans: list[str] = field(default_factory=list)
    results: list[tuple[str, str]] = field(default_factory=list)

    def clear(self) -> None:
        """Forget."""
        self.plans.clear()
        self.results.clear()

    def of(self, action: str) -> int:
        """How often an action was assessed."""
        return sum(name == action for name, _ in self.results)
