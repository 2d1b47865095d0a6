"""The numbers that the workbench names: scoreboard, comparison and the question where from.

numbers.csv lists them: each is a path in the scorecard of `amberway assess --json`, its steps
parted by ` > `, with its words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_LIST = Path(__file__).with_name("numbers.csv")


@dataclass(frozen=True)
class Number:
    """A number of the scorecard. `better` is 1 if more is better, -1 if less is, 0 if neither;
    `rests_on` names the tables that it comes from."""

    action: str
    path: tuple[str, ...]
    label: str
    unit: str
    better: int
    meaning: str
    rests_on: tuple[str, ...]

    @property
    def key(self) -> str:
        """`ACTION/PATH`, as the workbench asks for it."""
        return f"{self.action}/{'.'.join(self.path)}"

    @property
    def page(self) -> str:
        """The page of the manual that says how it is computed."""
        return f"docs/methods/{self.action}.md"

    def of(self, scorecard: Mapping[str, Any]) -> float | int | str | None:
        """Its value in a scorecard; None where the scorecard has none.

        `*` in the path adds up over all keys, `@` is the reference altitude.
        """
        return _at(scorecard[self.action], self.path, scorecard[self.action].get("reference_m"))


def _at(value: Any, path: tuple[str, ...], altitude: float | None) -> float | int | str | None:
    if not path:
        return value if isinstance(value, float | int | str) else None
    if not isinstance(value, Mapping):
        return None
    if path[0] == "*":
        parts = [_at(one, path[1:], altitude) for one in value.values()]
        return round(sum(part for part in parts if isinstance(part, float | int)), 3)
    step = f"{altitude:g} m" if path[0] == "@" and altitude is not None else path[0]
    return _at(value.get(step), path[1:], altitude)


@cache
def numbers() -> tuple[Number, ...]:
    """All of them, in the order of the actions."""
    with _LIST.open(encoding="utf-8", newline="") as file:
        return tuple(
            Number(
                row["action"],
                tuple(row["path"].split(" > ")),
                row["label"],
                row["unit"],
                int(row["better"]),
                row["meaning"],
                tuple(row["rests_on"].split()),
            )
            for row in csv.DictReader(file)
        )


@cache
def by_key() -> Mapping[str, Number]:
    """The numbers by their key."""
    return {number.key: number for number in numbers()}
