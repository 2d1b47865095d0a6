"""Where a number comes from and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from amberway.scenario import Scenario
from amberway.scenario.describe import columns, keys
from amberway.scenario.settings import Factors
from amberway.scenario.tables import TABLES
from amberway.server.faults import not_found
from amberway.server.pages.numbers import by_key
from amberway.server.pages.shapes import Cell


class Source(BaseModel):
    """A published source."""

    id: str
    title: str
    publisher: str
    date: str
    address: str


class RowSource(BaseModel):
    """A row of the tables, and what stands behind it. `source` is null for what is assumed."""

    table: str
    row: str
    name: str
    confidence: str
    note: str
    source: Source | None


class Why(BaseModel):
    """Where a number comes from. `page` is the page of the manual that says how it is computed;
    `text` says in a sentence how sure it is."""

    number: str
    title: str
    value: Cell
    unit: str
    meaning: str
    text: str
    row: RowSource | None
    page: str | None


def row_source(scenario: Scenario, table: str, row: str) -> RowSource:
    """What stands behind one row."""
    found = scenario.table(table)[row]
    source = None if found.source is None else scenario.sources.get(found.source)
    return RowSource(
        table=table,
        row=row,
        name=str(getattr(found, "name", None) or getattr(found, "title", None) or row),
        confidence=found.confidence.value,
        note=found.note,
        source=None
        if source is None
        else Source(
            id=source.id,
            title=source.title,
            publisher=source.publisher,
            date=source.date,
            address=source.address,
        ),
    )


def row_sources(scenario: Scenario, rows: Iterable[tuple[str, str]]) -> list[RowSource]:
    """The same for several rows, each once."""
    return [
        row_source(scenario, table, row)
        for table, row in dict.fromkeys(rows)
        if row in scenario.table(table)
    ]


def why(scenario: Scenario, number: str) -> Why:
    """`TABLE/ROW/COLUMN` for a cell, `factors/KEY` for a planning factor, `ACTION/NUMBER` for a
    number of the scoreboard. Raises ServerError 404 if there is no such number.
    """
    match number.split("/", 2):
        case [table, row, column] if table in TABLES and row in scenario.table(table):
            return _of_cell(scenario, number, table, row, column)
        case ["factors", key] if key in Factors.model_fields:
            return _of_factor(scenario, number, key)
    known = by_key().get(number)
    if known is None:
        raise not_found("number", number)
    shares = scenario.assumed_shares()
    parts = [f"{shares[t]:.0%} of {t}" for t in known.rests_on if t in shares]
    return Why(
        number=number,
        title=known.label,
        value=None,
        unit=known.unit,
        meaning=known.meaning,
        text="Computed from the tables; rows that are assumed: "
        + (", ".join(parts) or "none")
        + ".",
        row=None,
        page=known.page,
    )


def _of_cell(scenario: Scenario, number: str, table: str, row: str, column: str) -> Why:
    described = next((one for one in columns(table) if one.name == column), None)
    if described is None:
        raise not_found(f"column of {table}", column)
    value = scenario.table(table)[row].model_dump(mode="json", by_alias=True)[column]
    behind = row_source(scenario, table, row)
    words = {
        "high": "Published, and sure",
        "medium": "Published, and fairly sure",
        "low": "Published, and not sure",
        "assumed": "Assumed: nobody published it",
    }
    text = words[behind.confidence]
    if behind.source is not None:
        text += f" ({behind.source.publisher}: {behind.source.title})"
    return Why(
        number=number,
        title=f"{behind.name}: {column}",
        value=value,
        unit=described.unit,
        meaning=described.meaning,
        text=f"{text}.",
        row=behind,
        page="docs/format.md",
    )


def _of_factor(scenario: Scenario, number: str, key: str) -> Why:
    described = next(one for one in keys(Factors) if one.name == key)
    value = scenario.settings.factors.model_dump(mode="json")[key]
    return Why(
        number=number,
        title=key,
        value=value if not isinstance(value, dict) else None,
        unit=described.unit,
        meaning=described.meaning,
        text=f"A planning factor: {described.source or 'no source given'}.",
        row=None,
        page="docs/format.md",
    )
