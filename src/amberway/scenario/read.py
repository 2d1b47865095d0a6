"""Reading a folder's files into raw rows: text cells with the place they came from.

Nothing is interpreted here; every fault of form (not UTF-8, ragged line, unknown column) becomes
a `Problem`.
"""

from __future__ import annotations

import csv
import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from amberway.errors import Problem
from amberway.scenario.tables import TABLES, header


@dataclass(frozen=True)
class RawRow:
    """The text cells of one row, by column name, blank cells left out."""

    cells: dict[str, str]
    file: str
    line: int


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """'Did you mean ...?' for the closest known word, or `otherwise`."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean {close[0]!r}?" if close else otherwise


def read_toml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """The parsed TOML file, or an empty dict with a problem noted."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        what, mend = f"cannot be read ({error.strerror})", "Check its name and permissions."
    except UnicodeDecodeError:
        what, mend = "is not UTF-8 text", "Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        what, mend = f"is not valid TOML ({error})", "Mend the line named."
    problems.append(Problem("toml", path.name, None, None, None, what, mend))
    return {}


def read_tables(folder: Path, problems: list[Problem]) -> dict[str, list[RawRow]]:
    """All known CSV tables of a folder as raw rows; unknown files are problems."""
    tables: dict[str, list[RawRow]] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem in TABLES:
            tables[path.stem] = _read_table(path, path.stem, problems)
        else:
            problems.append(Problem(
                "unknown-table", path.name, None, None, None, "is not a table of a scenario",
                suggestion(path.stem, TABLES, f"Tables are: {', '.join(TABLES)}.")))
    return tables


def _read_table(path: Path, table: str, problems: list[Problem]) -> list[RawRow]:
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except pl.exceptions.NoDataError:
        problems.append(Problem("empty-file", path.name, None, None, None, "is empty",
                                f"Write the header row: {','.join(header(table))}"))
        return []
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        problems.extend(_why_unreadable(path, str(error)))
        return []
    known = header(table)
    fatal = False
    for name in frame.columns:
        if name not in known:
            fatal = True
            problems.append(Problem(
                "unknown-column", path.name, 1, name, None, f"is not a column of {table}",
                suggestion(name, known, f"Columns are: {', '.join(known)}.")))
    if "id" not in frame.columns:
        fatal = True
        problems.append(Problem("missing-column", path.name, 1, "id", None, "is missing",
                                "Every table has a column id."))
    if fatal:
        return []
    rows = []
    for line, record in enumerate(frame.iter_rows(named=True), start=2):
        cells = {k: v.strip() for k, v in record.items() if v is not None and v.strip()}
        if cells:
            rows.append(RawRow(cells, path.name, line))
    return rows


def _why_unreadable(path: Path, reason: str) -> list[Problem]:
    """Find the lines at fault when the table reader only says that it failed."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except UnicodeDecodeError as error:
        return [Problem("encoding", path.name, None, None, None,
                        f"is not UTF-8 text (byte {error.start})", "Save it as CSV UTF-8.")]
    except (OSError, csv.Error) as error:
        return [Problem("unreadable", path.name, None, None, None, f"cannot be read ({error})",
                        "Check its permissions and that it is plain CSV.")]
    wide = len(lines[0]) if lines else 0
    ragged = [
        Problem("ragged-row", path.name, number, None, None,
                f"has {len(cells)} cells, the header has {wide}",
                "Quote cells that hold a comma, or remove the extra cells.")
        for number, cells in enumerate(lines, start=1) if cells and len(cells) != wide
    ]
    return ragged or [Problem("unreadable", path.name, None, None, None,
                              f"cannot be read ({reason.splitlines()[0]})",
                              "Save it as plain CSV UTF-8.")]
