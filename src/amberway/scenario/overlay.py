"""Actions and extensions: tables laid over tables.

A row with a new id is added, a row with a known id replaces the whole row, a row whose id is
written `-id` removes it. This works on raw rows, so that every later problem still names the file
in which the row stands.
"""

from __future__ import annotations

from amberway.errors import Problem
from amberway.scenario.read import RawRow, suggestion

RawTable = dict[str, RawRow]
REMOVE = "-"


def as_table(rows: list[RawRow], problems: list[Problem]) -> RawTable:
    """Rows by id; a missing or repeated id is a problem."""
    table: RawTable = {}
    lines: dict[str, int] = {}
    for row in rows:
        name = row.cells.get("id")
        if name is None:
            what, mend = "is blank", "Give every row a unique id."
            problems.append(Problem("missing-id", row.file, what, mend, row=row.line, column="id"))
            continue
        # `x` and `-x` in one overlay contradict each other.
        first = lines.setdefault(name.removeprefix(REMOVE), row.line)
        if first != row.line:
            problems.append(
                Problem(
                    "duplicate-id",
                    row.file,
                    f"stands already in row {first}",
                    "Give every row a unique id.",
                    row=row.line,
                    column="id",
                    value=name,
                )
            )
        else:
            table[name] = row
    return table


def lay_over(base: RawTable, rows: list[RawRow], problems: list[Problem]) -> RawTable:
    """`base` with the overlay's rows added, replaced and removed; order of ids is kept."""
    table = dict(base)
    for name, row in as_table(rows, problems).items():
        if not name.startswith(REMOVE):
            table[name] = row
        elif table.pop(name.removeprefix(REMOVE), None) is None:
            problems.append(
                Problem(
                    "overlay-removes-nothing",
                    row.file,
                    "removes a row that is not there",
                    suggestion(name.removeprefix(REMOVE), base, "Remove this row."),
                    row=row.line,
                    column="id",
                    value=name,
                )
            )
    return table
