"""A table as a polars frame: what analysis, plots and spreadsheets take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from amberway.scenario.describe import columns
from amberway.scenario.row import Row

_TYPES: dict[str, Any] = {
    "number": pl.Float64,
    "whole number": pl.Int64,
    "true or false": pl.Boolean,
    "date": pl.Date,
    "ids": pl.List(pl.String),
    "whole numbers": pl.List(pl.Int64),
    "several of a list": pl.List(pl.String),
}


def frame(table: str, rows: Mapping[str, Row]) -> pl.DataFrame:
    """The rows of a table, columns as in its file; a blank cell is null, several values a list."""
    schema = {column.name: _TYPES.get(column.type, pl.String) for column in columns(table)}
    dates = [name for name, kind in schema.items() if kind == pl.Date]
    # Dumped as JSON so that named values become text; dates become text too, and come back.
    as_text = {name: pl.String if name in dates else kind for name, kind in schema.items()}
    data = [row.model_dump(mode="json", by_alias=True) for row in rows.values()]
    return pl.DataFrame(data, schema=as_text).with_columns(pl.col(dates).str.to_date())
