"""What every table row has in common, and how a column says its unit, meaning and reference."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
NationId = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
# Free text stays on one line, so that a row of a table is a line of its file.
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=4000)]
Text = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", min_length=1, max_length=400)
]


def split(cell: Any) -> Any:
    """The words of a cell that holds several values."""
    return tuple(cell.split()) if isinstance(cell, str) else cell


def _date(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    try:
        # The format, not the function: Python also reads 20240313 and week dates.
        return dt.datetime.strptime(cell, "%Y-%m-%d").date()
    except ValueError:
        raise PydanticCustomError("iso_date", "is not a date") from None


Ids = Annotated[tuple[Id, ...], BeforeValidator(split)]
Gauge = Annotated[int, Field(ge=600, le=2000)]
Gauges = Annotated[tuple[Gauge, ...], BeforeValidator(split)]
Date = Annotated[dt.date, BeforeValidator(_date)]


class Confidence(StrEnum):
    """How sure a row is; `assumed` rows need no source."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    ASSUMED = "assumed"


class Release(StrEnum):
    """Who may see a row; restricted rows never reach a public announcement."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


def column(
    meaning: str,
    *,
    unit: str = "",
    ref: str = "",
    default: Any = ...,
    **limits: Any,
) -> Any:
    """A table column: its meaning, unit, range (`ge`, `gt`, `le`) and the table it refers to.

    `ref` names the table whose ids the cell holds; several tables are joined by `|`.
    """
    extra: dict[str, Any] = {k: v for k, v in (("unit", unit), ("ref", ref)) if v}
    return Field(default, description=meaning, json_schema_extra=extra or None, **limits)


class Row(BaseModel):
    """One row of a table. Blank cells take the column's default."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        allow_inf_nan=False,
        str_strip_whitespace=True,
        validate_default=True,
    )

    id: Id = column("unique name of the row in its table")
    source: Id | None = column("where the row's figures come from", ref="sources", default=None)
    confidence: Confidence = column("how sure the row is", default=Confidence.ASSUMED)
    release: Release = column("who may see the row", default=Release.PUBLIC)
    note: Line = column("anything a reader should know", default="")
