"""Tables as frames, and what the columns say about themselves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from amberway.scenario import load
from amberway.scenario.action import Action
from amberway.scenario.describe import columns, keys
from amberway.scenario.settings import Factors, Settings
from amberway.scenario.tables import TABLES, header


def test_frame_has_the_values_of_the_table(data: Path) -> None:
    """Proves that a frame has typed columns: numbers, dates, lists, nulls for blank cells."""
    scenario = load(data / "minimal")
    forces = scenario.frame("forces")
    assert tuple(forces.columns) == header("forces")
    assert forces["in_place_since"].to_list() == [None, None, dt.date(2020, 1, 1)]
    assert forces["priority"].sum() == 5
    terminals = scenario.frame("terminals").filter(pl.col("id") == "yard-tracks")
    assert terminals["gauges_mm"].to_list() == [[1435, 1520]]


@pytest.mark.parametrize("table", TABLES)
def test_empty_frame_has_the_same_columns(table: str, data: Path) -> None:
    """Proves that a table without rows still has its columns, with their types."""
    scenario = load(data / "minimal")
    scenario.table(table).clear()
    frame = scenario.frame(table)
    assert frame.height == 0
    assert tuple(frame.columns) == header(table)


def test_columns_are_described() -> None:
    """Proves type, unit, range, default, options and reference of telling columns."""
    links = {column.name: column for column in columns("links")}
    assert (links["km"].type, links["km"].unit, links["km"].range) == (
        "number",
        "km",
        "> 0, ≤ 25000",
    )
    assert (links["km"].default, links["opens"].default, links["two_way"].default) == (
        None,
        "",
        "true",
    )
    assert links["from"].refers == ("places",)
    assert links["mode"].options == ("road", "rail", "sea", "air")
    terminals = {column.name: column for column in columns("terminals")}
    assert terminals["gauges_mm"].type == "whole numbers"


@pytest.mark.parametrize("model", [Settings, Factors, Action])
def test_keys_are_described(model: type[Settings | Factors | Action]) -> None:
    """Proves that every key of the TOML files has a meaning, and every factor its source."""
    for key in keys(model):
        assert key.meaning, key.name
        assert key.type
        if model is Factors:
            assert key.source, key.name
            assert key.unit, key.name
