"""Bring the rows that published cases share with the reference scenario up to date.

    .venv/bin/python scripts/cases.py

A row of data/cases/*/ with the id of a row of data/baltic is the same row, so that nothing can be
tuned to a case; tests/validation says so. Nations are left alone: exercises were cleared ahead.
Run it after a change of data/baltic, then scripts/generate.py for docs/validation.md.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from amberway.scenario.folders import DATA
from amberway.scenario.tables import TABLES, header


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV table, no rows if there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def refreshed(case: Path, table: str) -> str:
    """The text of a case's table with the rows of the reference scenario that it shares."""
    reference = {row["id"]: row for row in rows(DATA / "baltic" / f"{table}.csv")}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header(table), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(reference.get(row["id"], row) for row in rows(case / f"{table}.csv"))
    return text.getvalue()


def main() -> None:
    """Rewrite what differs and name it."""
    for case in sorted((DATA / "cases").iterdir()):
        for table in TABLES:
            path = case / f"{table}.csv"
            if table == "nations" or not path.is_file():
                continue
            text = refreshed(case, table)
            if path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                print(f"{case.name}/{path.name} written")


if __name__ == "__main__":
    main()
