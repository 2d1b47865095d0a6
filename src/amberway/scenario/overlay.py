"""Actions and extensions: tables laid over tables.

A row with a new id is added, a row with a known id replaces the whole row, a row whose id is
written `-id` removes it. This works on raw rows, so that every later problem still names the file
in which the row stands.
"""

from __future__ import annotations

from amberway.errors import Problem
from amberway.scenario.read import RawRow, suggestion

RawTable = dict[str, RawRow]


def as_table(rows: list[RawRow], problems: list[Problem]) -> RawTable:
    """Rows by id; a missing or repeated id is a problem."""
    table: RawTable = {}
    for row in rows:
        name = row.cells.get("id")
        if name is None:
            problems.append(Problem("missing-id", row.file, row.line, "id", None, "is blank",
                                    "Give every row a unique id."))
        elif name in table:
            problems.append(Problem(
                "duplicate-id", row.file, row.line, "id", name,
                f"stands already in row {table[name].line}", "Give every row a unique id."))
        else:
            table[name] = row
    return table


def lay_over(base: RawTable, rows: list[RawRow], problems: list[Problem]) -> RawTable:
    """`base` with the overlay's rows added, replaced and removed; order of ids is kept."""
    table = dict(base)
    for name, row in as_table(rows, problems).items():
        if not name.startswith("-"):
            table[name] = row
        elif table.pop(name[1:], None) is None:
            problems.append(Problem(
                "overlay-removes-nothing", row.file, row.line, "id", name,
                "removes a row that is not there",
                suggestion(name[1:], base, "Remove this row.")))
    return table
