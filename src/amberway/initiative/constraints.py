"""What limits movement in two scenarios, side by side: resources of the network, and clearance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amberway.network.resources import build
from amberway.scenario import Scenario
from amberway.units import HOURS_PER_DAY

_TABLE = {"link": "links", "terminal": "terminals", "lift": "lift"}
# The apron of an airfield counts stand-minutes a period.
_UNIT = {"link": "lots a day", "terminal": "slots or stand-minutes", "lift": "assets"}
_CLEARANCE = ("clearance_peace_days", "clearance_crisis_days", "clearance_article5_days")


@dataclass(frozen=True)
class Constraint:
    """A limit that is not the same in the variant.

    `before` and `after` are means over the horizon, in `unit`; None: there is no such limit.
    `because` names rows that explain it, as table/id (action); empty if none does.
    """

    name: str
    before: float | None
    after: float | None
    unit: str
    because: tuple[str, ...]

    @property
    def vanished(self) -> bool:
        """Is there no such limit any more?"""
        return self.before is not None and self.after is None

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return asdict(self) | {"vanished": self.vanished}


def constraints(
    base: Scenario, variant: Scenario, by: Mapping[tuple[str, str], str | None]
) -> tuple[Constraint, ...]:
    """Every limit that differs; `by` has the action of each changed row, by table and id."""
    return (*_resources(base, variant, by), *_clearance(base, variant, by))


def _resources(
    base: Scenario, variant: Scenario, by: Mapping[tuple[str, str], str | None]
) -> Iterator[Constraint]:
    one, two = build(base), build(variant)
    for name in dict.fromkeys((*one.names, *two.names)):
        was = one.capacity[one.index[name]] if name in one.index else None
        now = two.capacity[two.index[name]] if name in two.index else None
        if was is not None and now is not None and np.array_equal(was, now):
            continue
        kind, _, row = name.partition(":")
        row = row[:-1] if kind == "link" else row
        rows = [(_TABLE[kind], row), ("scenario.toml", "c_day")]
        rows += [
            ("disruptions", disruption.id)
            for scenario in (base, variant)
            for disruption in scenario.disruptions.values()
            if disruption.resource == row
        ]
        before, after = (_mean(level, kind, base.settings.grid_hours) for level in (was, now))
        yield Constraint(name, before, after, _UNIT[kind], _because(rows, by))


def _clearance(
    base: Scenario, variant: Scenario, by: Mapping[tuple[str, str], str | None]
) -> Iterator[Constraint]:
    for name in dict.fromkeys((*base.nations, *variant.nations)):
        for column in _CLEARANCE:
            was, now = (getattr(one.nations.get(name), column, None) for one in (base, variant))
            if was != now:
                limit = f"clearance:{name}:{column.split('_')[1]}"
                yield Constraint(limit, was, now, "days", _because([("nations", name)], by))


def _because(
    rows: list[tuple[str, str]], by: Mapping[tuple[str, str], str | None]
) -> tuple[str, ...]:
    """Changed rows among these that an action explains."""
    return tuple(
        f"{table}/{row} ({action})"
        for table, row in dict.fromkeys(rows)
        if (action := by.get((table, row))) is not None
    )


def _mean(capacity: NDArray[np.int32] | None, kind: str, grid_hours: float) -> float | None:
    """Mean of a capacity over the horizon: per day what enters, else what is held at once."""
    if capacity is None:
        return None
    mean = float(capacity.mean())
    return round(mean * HOURS_PER_DAY / grid_hours if kind == "link" else mean, 6)
