"""`action.toml`: what an action is called, what it costs and when it takes effect.

An action is a folder `actions/<name>/` of a scenario: this file and the tables it lays over.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from amberway.scenario.row import Confidence, Id

Year = Annotated[int, Field(ge=1949, le=2100)]
Share = Annotated[float, Field(ge=0, le=1)]


class Action(BaseModel):
    """Everything in action.toml."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True
    )

    title: str = Field(min_length=1, description="one line that says what is done")
    summary: str = Field(default="", description="a paragraph for the report")
    first_year: Year = Field(description="first year in which anything of it is in force")
    c_day: dt.date | None = Field(
        default=None,
        description="day on which deployment starts with the action laid over, for a record of a "
        "later state; blank: as in the scenario",
    )
    cost_meur: float | None = Field(
        default=None,
        ge=0,
        le=1e6,
        description="cost over all years; blank: not known",
        json_schema_extra={"unit": "10⁶ €"},
    )
    running_meur_per_year: float | None = Field(
        default=None,
        ge=0,
        le=1e6,
        description="the part of the cost that comes up every year while the action is wholly in "
        "force; the rest is spent as it grows; blank: none",
        json_schema_extra={"unit": "10⁶ €/year"},
    )
    phases: dict[Year, Share] = Field(
        default_factory=dict,
        description="share of the action in force at the end of a year, by year; "
        "blank: the whole from the first year on",
    )
    needs: tuple[Id, ...] = Field(
        default=(),
        description="actions without which it has little effect; said on the roadmap, not enforced",
    )
    source: Id | None = Field(default=None, description="where it comes from (an id in sources)")
    confidence: Confidence = Field(
        default=Confidence.ASSUMED, description="how sure cost and years are"
    )

    @field_validator("phases")
    @classmethod
    def _in_order(cls, phases: dict[int, float]) -> dict[int, float]:
        by_year = [phases[year] for year in sorted(phases)]
        if by_year != sorted(by_year):
            raise PydanticCustomError(
                "phases",
                "shrink from one year to the next",
                {"mend": "Give the share in force at the end of each year."},
            )
        return dict(sorted(phases.items()))

    @model_validator(mode="after")
    def _running_within_cost(self) -> Self:
        if self.running_meur_per_year and self.running_meur > (self.cost_meur or 0) + 1e-6:
            raise PydanticCustomError(
                "running",
                f"running_meur_per_year comes to {self.running_meur:g} by the last year of phases, "
                "more than cost_meur",
                {"mend": "Raise cost_meur, which is the cost over all years, or lower it."},
            )
        return self

    def share(self, year: int) -> float:
        """Share in force at the end of a year: the last one listed, the whole without phases."""
        if not self.phases:
            return float(year >= self.first_year)
        listed = [share for at, share in self.phases.items() if at <= year]
        return listed[-1] if listed else 0.0

    @property
    def years(self) -> range:
        """The years in which it grows."""
        return range(self.first_year, max((self.first_year, *self.phases)) + 1)

    @property
    def running_meur(self) -> float:
        """What running it costs over `years`, at the mean of each year's first and last share."""
        shares = [self.share(year) for year in range(self.years.start - 1, self.years.stop)]
        mean = sum((before + after) / 2 for before, after in pairwise(shares))
        return (self.running_meur_per_year or 0.0) * mean

    def cost(self, year: int) -> float | None:
        """Cost of a year in 10⁶ €: what is built as the share grows, and what runs meanwhile.

        cost = (total − running) · growth of the share in the year
               + running_meur_per_year · mean of the shares at its beginning and its end,

        so that the years up to the last of `phases` add up to the total if the whole is in force
        by then. None if the total is not known.
        """
        if self.cost_meur is None:
            return None
        before, after = self.share(year - 1), self.share(year)
        building = (self.cost_meur - self.running_meur) * (after - before)
        return building + (self.running_meur_per_year or 0.0) * (before + after) / 2
