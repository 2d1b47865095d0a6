"""What a metric is: one number of an assessment, with its title, unit and better direction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from amberway.initiative.assessment import Assessment


@dataclass(frozen=True)
class Metric:
    """A number by which variants are compared.

    `name` is stable; `action` is the name of the result that `value` reads, and reads alone;
    None where an assessment has no such number.
    """

    name: str
    action: str
    title: str
    unit: str
    better: Literal["higher", "lower"]
    value: Callable[[Assessment], float | None]
