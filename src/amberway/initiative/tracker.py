"""The tracker: proposal by proposal, what was asked in 2024 and what there is of it in 2026.

Each proposal of tracker.toml shows in one metric. Its value in the status quo of March 2024 is
where it began, in the package what was asked, in the record of mid-2026 what there is:

    missing = asked − state,    done = (state − status quo) / (asked − status quo).

What happened is told in words beside; the standing comes from the numbers alone.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from amberway.initiative.outcome import Outcome

FILE = Path(__file__).with_name("tracker.toml")
# Shares of the way from the status quo to what was asked: assumed bounds of done and of unmoved.
_DONE, _UNMOVED = 0.95, 0.02


class Standing(StrEnum):
    """How far a proposal has come."""

    DONE = "done"
    PARTLY = "partly done"
    UNMOVED = "as before"
    AWAY = "moved away"
    UNKNOWN = "not measured"


class Proposal(BaseModel):
    """A proposal as tracker.toml has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    action: str = Field(min_length=1)
    proposal: str = Field(min_length=1)
    metric: str = Field(min_length=1)
    happened: str = Field(min_length=1)
    source: str = ""


class _Proposals(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    item: tuple[Proposal, ...]


@dataclass(frozen=True)
class Item:
    """A proposal with its numbers, in the unit of its metric; `done` is a share.

    `missing` and `done` are None where a value is, `done` also where nothing measurable was asked.
    """

    id: str
    action: str
    proposal: str
    metric: str
    status_quo: float | None
    asked: float | None
    state: float | None
    happened: str
    source: str

    @property
    def missing(self) -> float | None:
        """What there is less than asked; negative where less of the metric was asked."""
        if self.asked is None or self.state is None:
            return None
        return round(self.asked - self.state, 6) + 0.0

    @property
    def done(self) -> float | None:
        """Share of the way from the status quo to what was asked."""
        if self.status_quo is None or self.asked is None or self.state is None:
            return None
        way = self.asked - self.status_quo
        return round((self.state - self.status_quo) / way, 6) + 0.0 if abs(way) > 1e-9 else None

    @property
    def standing(self) -> Standing:
        """Done, partly done, as before, or moved away."""
        if self.done is None:
            return Standing.UNKNOWN
        if self.done >= _DONE:
            return Standing.DONE
        if self.done < -_UNMOVED:
            return Standing.AWAY
        return Standing.PARTLY if self.done > _UNMOVED else Standing.UNMOVED

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return asdict(self) | {
            "missing": self.missing,
            "done": self.done,
            "standing": self.standing.value,
        }


@cache
def proposals(file: Path = FILE) -> tuple[Proposal, ...]:
    """The proposals of tracker.toml, in the order of the file."""
    return _Proposals.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))).item


def track(
    base: Outcome,
    package: Outcome,
    asof: Outcome,
    asked: tuple[Proposal, ...] | None = None,
) -> tuple[Item, ...]:
    """Every proposal with its value in the status quo, the package and the record of 2026."""
    return tuple(
        Item(
            one.id,
            one.action,
            one.proposal,
            one.metric,
            base.values.get(one.metric),
            package.values.get(one.metric),
            asof.values.get(one.metric),
            one.happened,
            one.source,
        )
        for one in asked or proposals()
    )
