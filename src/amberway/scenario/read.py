"""Reading a folder's files into raw rows: text cells with the place they came from.

Nothing is interpreted here; every fault of form (not UTF-8, ragged row, unknown column) becomes
a `Problem`. The standard library's csv reader does it, because a problem must name the line and a
short row must be seen: frame readers fill it with blanks and count records instead of lines.
"""

from __future__ import annotations

import csv
import difflib
import functools
import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amberway.errors import Problem
from amberway.scenario.tables import TABLES, header, required

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class RawRow:
    """The text cells of one row, by column name, blank cells left out.

    `whole` is False under a faulty header: what its cells mean is known in part only.
    """

    cells: dict[str, str]
    file: str
    line: int
    whole: bool = True


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """'Did you mean ...?' for the closest known word, or `otherwise`."""
    close = _closest(word.lower(), tuple(sorted(known)))
    return otherwise if close is None else f"Did you mean {close!r}?"


@functools.lru_cache(maxsize=1000)  # one wrong word tends to stand in many rows
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, n=1)), None)


def read_text(path: Path, shown: str, problems: list[Problem]) -> str | None:
    """The text of a UTF-8 file without its byte order mark, or None with a problem noted."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problems.append(
            Problem(
                "unreadable",
                shown,
                f"cannot be read ({error.strerror})",
                "Check its name and permissions.",
            )
        )
    except UnicodeDecodeError as error:
        problems.append(
            Problem(
                "encoding",
                shown,
                f"is not UTF-8 text (byte {error.start + 1})",
                "Save it as UTF-8; in a spreadsheet choose 'CSV UTF-8 (comma delimited)'.",
            )
        )
    return None


def read_toml(path: Path, shown: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The parsed TOML file, or None with a problem noted."""
    text = read_text(path, shown, problems)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also integers too long for Python
        what = f"is not valid TOML ({error})"
        problems.append(Problem("toml", shown, what, "Mend the line named."))
        return None


def read_tables(folder: Path, prefix: str, problems: list[Problem]) -> dict[str, list[RawRow]]:
    """All known CSV tables of a folder as raw rows; unknown files are problems.

    `prefix` goes before the file names that problems show.
    """
    tables: dict[str, list[RawRow]] = {}
    for path in sorted(folder.glob("*.csv")):
        shown = prefix + path.name
        if path.stem in TABLES:
            tables[path.stem] = _read_table(path, shown, path.stem, problems)
        else:
            mend = suggestion(path.stem, TABLES, f"Tables are: {', '.join(TABLES)}.")
            problems.append(Problem("unknown-table", shown, "is not a table of a scenario", mend))
    return tables


def _read_table(path: Path, shown: str, table: str, problems: list[Problem]) -> list[RawRow]:
    text = read_text(path, shown, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    before, whole = 0, True
    try:
        for cells in reader:
            records.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        whole = False
        problems.append(
            Problem(
                "unreadable",
                shown,
                f"is not CSV from here on ({error})",
                "Look for a quote mark that is not closed.",
                row=before + 1,
            )
        )
    filled = [(line, cells) for line, cells in records if any(cell.strip() for cell in cells)]
    if not filled:
        if whole:
            mend = f"Its header row is {','.join(header(table))}."
            problems.append(Problem("empty-file", shown, "has no header row", mend))
        return []
    line, names = filled[0]
    names = [name.strip() for name in names]
    if _header_fits(names, line, shown, table, problems):
        return _rows(filled[1:], names, shown, problems)
    return _salvaged(filled[1:], names, shown) if names.count("id") == 1 else []


def _salvaged(records: list[tuple[int, list[str]]], names: list[str], shown: str) -> list[RawRow]:
    """Rows under a faulty header: cells of columns that stand there once; of ragged rows the id."""
    rows = []
    for line, cells in records:
        found = dict(zip(names, map(str.strip, cells), strict=False))
        kept = names if len(cells) == len(names) else ["id"]
        row = {name: found[name] for name in kept if names.count(name) == 1 and found.get(name)}
        rows.append(RawRow(row, shown, line, whole=False))
    return rows


def _rows(
    records: list[tuple[int, list[str]]], names: list[str], shown: str, problems: list[Problem]
) -> list[RawRow]:
    rows = []
    for line, cells in records:
        if len(cells) != len(names):
            problems.append(
                Problem(
                    "ragged-row",
                    shown,
                    f"has {len(cells)} cells, the header has {len(names)}",
                    "Quote a cell that holds a comma; add or remove cells.",
                    row=line,
                )
            )
            continue
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=True) if cell.strip()}
        spoilt = [name for name, cell in row.items() if _CONTROL.search(cell)]
        for name in spoilt:
            problems.append(
                Problem(
                    "control-character",
                    shown,
                    "holds a line break or another control character",
                    "One row is one line; look for a quote mark that is not closed.",
                    row=line,
                    column=name,
                    value=row[name][:60],
                )
            )
        if not spoilt:
            rows.append(RawRow(row, shown, line))
    return rows


def _header_fits(
    names: list[str], line: int, shown: str, table: str, problems: list[Problem]
) -> bool:
    """Is the header usable? If not, say everything that is wrong with it."""
    for separator, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and separator in names[0]:
            problems.append(
                Problem(
                    "separator",
                    shown,
                    f"is separated by {word}, not by commas",
                    "Save it as comma-separated CSV with decimal points; spreadsheets with a "
                    "comma as decimal sign write semicolons.",
                    row=line,
                )
            )
            return False
    before = len(problems)
    known = header(table)
    for position, name in enumerate(names, start=1):
        if name in names[: position - 1] and name:
            problems.append(
                Problem(
                    "duplicate-column",
                    shown,
                    "stands twice in the header",
                    "Remove one of the two.",
                    row=line,
                    column=name,
                )
            )
        elif name not in known:
            problems.append(
                Problem(
                    "unknown-column",
                    shown,
                    f"is not a column of {table}" if name else f"number {position} has no name",
                    suggestion(name, known, f"Columns are: {', '.join(known)}."),
                    row=line,
                    column=name,
                )
            )
    # An overlay that only removes rows may do with the ids.
    needed = required(table) if names != ["id"] else ()
    for name in needed:
        if name not in names:
            problems.append(
                Problem(
                    "missing-column",
                    shown,
                    "is missing from the header",
                    "Add it; it has no default.",
                    row=line,
                    column=name,
                )
            )
    return len(problems) == before
