"""`action.toml`: what an action is called, what it costs and when it takes effect.

An action is a folder `actions/<name>/` of a scenario: this file and the tables it lays over.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator
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
