"""A run folder as rows. Whatever cannot be read as such is a PlanError that says where and why.

Nothing is judged here: a plan that reads well may still be nonsense.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from amberway.errors import PlanError
from amberway.mobility.verify.rows import Lot, Move, Plan, PriceRow, Sailing, Steps

# Later periods cannot be meant (a period is at least a second of 366 days); they would only make
# numbers overflow.
_LAST_PERIOD = 10**8

HEADERS = {
    "lots.csv": "id force cargo origin destination ready weight persons items",
    "moves.csv": "lot leg means from to start end lift assets sailing links waits handling",
    "sailings.csv": "id ship from to ballast_start load_start depart arrive discharged links "
    "ballast_links lane_m pax",
    "unmoved.csv": "lot cause",
}
PRICES = "prices.csv"
_OPTIONAL = {PRICES: "resource first prices"}

Item = TypeVar("Item")


class _Cells:
    """The cells of one row, turned into what they mean or into a PlanError with the place."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self.file, self.line, self.cells = file, line, cells

    def fault(self, column: str, what: str) -> PlanError:
        return PlanError(
            f"{self.file}, row {self.line}, column {column}: {self.cells[column]!r} {what}."
        )

    def text(self, column: str) -> str:
        if not self.cells[column]:
            raise self.fault(column, "must not be blank")
        return self.cells[column]

    def count(self, column: str, blank: int | None = None) -> int:
        """A whole number that is not negative."""
        cell = self.cells[column]
        if not cell and blank is not None:
            return blank
        return self._whole(column, cell)

    def _whole(self, column: str, cell: str) -> int:
        if not (cell.isascii() and cell.isdigit()):
            raise self.fault(column, "is not a whole number")
        if len(cell) > 9 or int(cell) > _LAST_PERIOD:
            raise self.fault(column, "is too large a number")
        return int(cell)

    def number(self, column: str, blank: float | None = None) -> float:
        """A finite number that is not negative."""
        cell = self.cells[column]
        if not cell and blank is not None:
            return blank
        try:
            value = float(cell)
        except ValueError:
            raise self.fault(column, "is not a number") from None
        if not math.isfinite(value) or value < 0:
            raise self.fault(column, "is not a number from 0 up")
        return value

    def pairs(self, column: str) -> tuple[tuple[str, int], ...]:
        """`name:count name:count`; the name may hold colons itself."""
        found = []
        for word in self.cells[column].split():
            name, _, number = word.rpartition(":")
            if not name:
                raise self.fault(column, "is not of the form name:number")
            found.append((name, self._whole(column, number)))
        return tuple(found)

    def numbers(self, column: str) -> tuple[float, ...]:
        """Numbers of any kind."""
        try:
            return tuple(map(float, self.cells[column].split()))
        except ValueError:
            raise self.fault(column, "is not a list of numbers") from None

    def steps(self, column: str) -> Steps:
        """`link> other-link<`."""
        found = []
        for word in self.cells[column].split():
            if word[-1] not in "<>" or len(word) < 2:
                raise self.fault(column, "is not of the form link> or link<")
            found.append((word[:-1], word[-1] == ">"))
        return tuple(found)


def read(folder: Path) -> Plan:
    """The plan in a run folder. Raises PlanError if a file is missing or malformed."""
    if not (folder / "run.json").is_file():
        raise PlanError(f"{folder} is not a run folder; `amberway plan` writes one.")
    run, _ = _json(folder, "run.json")
    for key, kind in (
        ("format", int),
        ("content_hash", str),
        ("files", dict),
        ("actions", list),
        ("grid_hours", (int, float)),
        ("horizon_days", (int, float)),
    ):
        if not isinstance(run.get(key), kind):
            raise PlanError(f"run.json: {key!r} is missing or not of the right kind.")
    if run["format"] != 1:
        raise PlanError(f"run.json: format {run['format']!r} is not known; this version reads 1.")
    digests: dict[str, str] = {}
    result, digests["result.json"] = _json(folder, "result.json")
    lots = _keyed("lots.csv", _rows(folder, "lots.csv", digests), _lot)
    moves: dict[str, list[Move]] = {}
    for cells in _rows(folder, "moves.csv", digests):
        move = _move(cells)
        moves.setdefault(move.lot, []).append(move)
    sailings = _keyed("sailings.csv", _rows(folder, "sailings.csv", digests), _sailing)
    unmoved = _keyed(
        "unmoved.csv",
        _rows(folder, "unmoved.csv", digests),
        lambda c: (c.text("lot"), c.cells["cause"]),
    )
    prices = None
    if (folder / PRICES).exists():
        rows = _rows(folder, PRICES, digests)
        prices = tuple(
            PriceRow(c.line, c.text("resource"), c.count("first"), c.numbers("prices"))
            for c in rows
        )
    for name in run["files"]:
        if name not in digests:
            digests[name] = hashlib.sha256(_bytes(folder, name)).hexdigest()
    return Plan(
        run,
        result,
        lots,
        {lot: tuple(sorted(found, key=lambda m: m.leg)) for lot, found in moves.items()},
        sailings,
        unmoved,
        prices,
        digests,
    )


def _lot(c: _Cells) -> tuple[str, Lot]:
    return c.text("id"), Lot(
        c.text("id"),
        c.text("force"),
        c.text("cargo"),
        c.text("origin"),
        c.text("destination"),
        c.count("ready"),
        c.number("weight"),
        c.count("persons", blank=0),
        c.pairs("items"),
    )


def _move(c: _Cells) -> Move:
    return Move(
        c.text("lot"),
        c.count("leg"),
        c.text("means"),
        c.text("from"),
        c.text("to"),
        c.count("start"),
        c.count("end"),
        c.cells["lift"],
        c.count("assets", blank=0),
        c.cells["sailing"],
        c.steps("links"),
        c.pairs("waits"),
        c.count("handling", blank=0),
    )


def _sailing(c: _Cells) -> tuple[str, Sailing]:
    ballast_start = c.count("ballast_start") if c.cells["ballast_start"] else None
    return c.text("id"), Sailing(
        c.text("id"),
        c.text("ship"),
        c.text("from"),
        c.text("to"),
        ballast_start,
        c.count("load_start"),
        c.count("depart"),
        c.count("arrive"),
        c.count("discharged"),
        c.steps("links"),
        c.steps("ballast_links"),
        c.number("lane_m", blank=0),
        c.count("pax", blank=0),
    )


def _keyed(
    file: str, rows: list[_Cells], build: Callable[[_Cells], tuple[str, Item]]
) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for cells in rows:
        key, item = build(cells)
        if key in found:
            raise PlanError(f"{file}, row {cells.line}: {key!r} stands there twice.")
        found[key] = item
    return found


def _rows(folder: Path, name: str, digests: dict[str, str]) -> list[_Cells]:
    content = _bytes(folder, name)
    digests[name] = hashlib.sha256(content).hexdigest()
    expected = (HEADERS | _OPTIONAL)[name].split()
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise PlanError(f"{name}: is not UTF-8 text (byte {error.start}).") from None
    except csv.Error as error:
        raise PlanError(f"{name}: is not well-formed CSV ({error}).") from None
    if not lines or lines[0] != expected:
        raise PlanError(f"{name}: the header must be {','.join(expected)}.")
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(expected):
            raise PlanError(
                f"{name}, row {number}: has {len(cells)} cells, the header has {len(expected)}."
            )
        rows.append(_Cells(name, number, dict(zip(expected, cells, strict=True))))
    return rows


def _json(folder: Path, name: str) -> tuple[dict[str, Any], str]:
    content = _bytes(folder, name)
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PlanError(f"{name}: is not valid JSON ({error}).") from None
    if not isinstance(data, dict):
        raise PlanError(f"{name}: must hold one JSON object.")
    return data, hashlib.sha256(content).hexdigest()


def _bytes(folder: Path, name: str) -> bytes:
    try:
        path = (folder / name).resolve()
        if folder.resolve() not in path.parents:
            raise PlanError(f"run.json: {name!r} lies outside the run folder.")
        return path.read_bytes()
    except OSError as error:
        raise PlanError(f"{name}: cannot be read ({error.strerror}).") from None
    except ValueError:  # a null byte
        raise PlanError(f"run.json: {name!r} is not the name of a file.") from None
