"""The tables of a scenario with what their columns mean, and as files for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

from pydantic import BaseModel

from amberway.scenario import Scenario
from amberway.scenario.describe import columns
from amberway.scenario.tables import TABLES
from amberway.scenario.write import cell
from amberway.server.faults import not_found
from amberway.server.pages.shapes import Cell

# What a spreadsheet would take for a formula; a plain number is none.
_FORMULA = re.compile(r"^[=+\-@\t\r](?!\d+(\.\d+)?$)")


class TableSummary(BaseModel):
    """A table: its name, what it holds, how many rows."""

    name: str
    title: str
    rows: int


class TableColumn(BaseModel):
    """A column. `default` is null if it has to be filled in; `refers` names tables whose ids it
    holds; `options` are the values allowed, if they are a list."""

    name: str
    type: str
    unit: str
    range: str
    default: str | None
    meaning: str
    refers: list[str]
    options: list[str]


class Table(BaseModel):
    """A table with its rows. `place_of` is the column that says where a row is on the map."""

    name: str
    title: str
    columns: list[TableColumn]
    rows: list[dict[str, Cell]]
    place_of: str | None


def summaries(scenario: Scenario) -> list[TableSummary]:
    """All tables of the format, empty ones too."""
    return [
        TableSummary(name=name, title=_title(name), rows=len(scenario.table(name)))
        for name in TABLES
    ]


def table(scenario: Scenario, name: str) -> Table:
    """One table. Raises ServerError 404 if there is none of that name."""
    _check(name)
    found = columns(name)
    return Table(
        name=name,
        title=_title(name),
        columns=[
            TableColumn(
                name=one.name,
                type=one.type,
                unit=one.unit,
                range=one.range,
                default=one.default,
                meaning=one.meaning,
                refers=list(one.refers),
                options=list(one.options),
            )
            for one in found
        ],
        rows=[row.model_dump(mode="json", by_alias=True) for row in scenario.table(name).values()],
        place_of="id"
        if name == "places"
        else next((one.name for one in found if one.refers == ("places",)), None),
    )


def as_csv(scenario: Scenario, name: str) -> str:
    """One table as CSV text; a text that a spreadsheet would take for a formula is quoted with '.

    Raises ServerError 404 if there is none of that name.
    """
    _check(name)
    fields = {field.alias or key: key for key, field in TABLES[name].model_fields.items()}
    names = [one.name for one in columns(name)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in scenario.table(name).values():
        cells = (cell(getattr(row, fields[column])) for column in names)
        writer.writerow(["'" + c if _FORMULA.match(c) else c for c in cells])
    return text.getvalue()


def _check(name: str) -> None:
    if name not in TABLES:
        raise not_found("table", name)


def _title(name: str) -> str:
    """The first sentence of the model's docstring."""
    text = " ".join((TABLES[name].__doc__ or name).split())
    return text.partition(". ")[0].rstrip(".")
