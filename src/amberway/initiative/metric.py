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
    None where an assessment has no such number. `plan` says that it hangs on the deployment plan,
    so that a difference between two plans has to be larger than they are uncertain.
    """

    name: str
    action: str
    title: str
    unit: str
    better: Literal["higher", "lower"]
    value: Callable[[Assessment], float | None]
    plan: bool = False
