"""Hand-made outcomes of variants: metrics by name, and a gap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """What a run of a variant might have given."""

    values: dict[str, float | None]
    gap: float | None = None


def runs(**values: float | None) -> dict[frozenset[str], Made]:
    """One metric `x` by variant, the actions one letter each: `runs(none=1, a=2, ab=4)`."""
    return {
        frozenset(() if name == "none" else name): Made({"x": value})
        for name, value in values.items()
    }
