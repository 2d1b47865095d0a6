"""The cases and what was published about them, from data/cases/*/expected.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from amberway.mobility import certified, one_pass
from amberway.mobility.certified import Effort
from amberway.mobility.plan import Plan
from amberway.scenario import load
from amberway.scenario.folders import DATA
from amberway.scenario.row import Id
from amberway.validation.formulas import FORMULAS
from amberway.validation.measures import MEASURES

FOLDER = DATA / "cases"
SECONDS = 10.0  # of the reference machine, for a certified plan of a case


class Kind(StrEnum):
    """What a case can show."""

    INSTANCE = "instance"
    FORMULA = "formula"
    CONVENTION = "convention"
    BACK_TEST = "back-test"


class Quantity(BaseModel):
    """One published number and how the same is taken from a plan, or computed by a formula.

    It is a hit if the computed value lies in [low, high], widened by the relative `tolerance`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    unit: str = ""
    published: str
    low: float
    high: float
    tolerance: float = Field(default=0.0, ge=0, le=1)
    source: Id
    measure: str | None = None
    formula: str | None = None
    arguments: dict[str, Any] = {}
    grid_hours: float | None = None
    method: Literal["one-pass", "certified"] = "one-pass"
    digits: int = Field(default=2, description="decimals of a computed value on the page")
    miss: str = Field(default="", description="why the tool misses; blank for a hit")

    def hit(self, value: float) -> bool:
        """Does a computed value agree?"""
        slack = 1e-9 * max(1.0, abs(self.high))
        return (
            self.low * (1 - self.tolerance) - slack
            <= value
            <= self.high * (1 + self.tolerance) + slack
        )


class Case(BaseModel):
    """A published case: what was taken from it, what was assumed, what is compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    kind: Kind
    inputs: str
    own: str = Field(default="", description="figures of the case's own, in place of the defaults")
    remark: str = ""
    quantity: tuple[Quantity, ...]
    folder: Path

    def plan(self, grid_hours: float | None = None, method: str = one_pass.METHOD) -> Plan:
        """A plan of the case's scenario, on another grid if one is named."""
        return _plan(self.folder, grid_hours, method)

    def compute(self, quantity: Quantity) -> float:
        """The quantity as Amberway has it."""
        if quantity.formula is not None:
            return FORMULAS[quantity.formula](**quantity.arguments)
        assert quantity.measure is not None
        plan = self.plan(quantity.grid_hours, quantity.method)
        return MEASURES[quantity.measure](plan, **quantity.arguments)


@dataclass(frozen=True)
class Outcome:
    """One quantity of one case, computed."""

    case: Case
    quantity: Quantity
    value: float

    @property
    def hit(self) -> bool:
        """Does it agree with what was published?"""
        return self.quantity.hit(self.value)


@cache
def cases() -> tuple[Case, ...]:
    """All cases, in the order of their ids."""
    found = [
        Case(**tomllib.loads(path.read_text(encoding="utf-8")), folder=path.parent)
        for path in FOLDER.glob("*/expected.toml")
    ]
    return tuple(sorted(found, key=lambda case: case.id))


def outcomes() -> Iterator[Outcome]:
    """Every quantity of every case, computed."""
    for case in cases():
        for quantity in case.quantity:
            yield Outcome(case, quantity, case.compute(quantity))


@cache
def _plan(folder: Path, grid_hours: float | None, method: str) -> Plan:
    scenario = load(folder)
    if grid_hours is not None:
        settings = scenario.settings.model_copy(update={"grid_hours": grid_hours})
        scenario = replace(scenario, settings=settings)
    if method == certified.METHOD:
        return certified.solve(scenario, Effort(time_limit=SECONDS))
    return one_pass.solve(scenario)
