"""What every table row has in common, and how a column says its unit, meaning and reference."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
NationId = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=400)]


def _split(cell: Any) -> Any:
    return tuple(cell.split()) if isinstance(cell, str) else cell


def _date(cell: Any) -> Any:
    return dt.date.fromisoformat(cell) if isinstance(cell, str) else cell


Ids = Annotated[tuple[Id, ...], BeforeValidator(_split)]
Numbers = Annotated[tuple[int, ...], BeforeValidator(_split)]
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
    extra = {key: value for key, value in (("unit", unit), ("ref", ref)) if value}
    return Field(default, description=meaning, json_schema_extra=extra or None, **limits)


class Row(BaseModel):
    """One row of a table. Blank cells take the column's default."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True,
                              allow_inf_nan=False)

    id: Id = column("unique name of the row in its table")
    source: Id | None = column("where the row's figures come from", ref="sources", default=None)
    confidence: Confidence = column("how sure the row is", default=Confidence.ASSUMED)
    release: Release = column("who may see the row", default=Release.PUBLIC)
    note: str = column("anything a reader should know", default="")
