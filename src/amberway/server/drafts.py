"""Drafts: what if, as action folders that are always valid.

An edit is laid over the scenario, its actions and the rest of the draft, and read by the same
models and checks as files are. What has problems is refused with them and nothing is saved; so a
draft on disk can be planned, downloaded and used from the command line at any time.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from amberway.errors import Problem, ScenarioError
from amberway.scenario import Scenario
from amberway.scenario.load import read
from amberway.scenario.overlay import REMOVE
from amberway.scenario.read import read_tables, read_toml
from amberway.scenario.row import Id, Line
from amberway.scenario.tables import TABLES, header
from amberway.scenario.write import cell
from amberway.server.faults import Fault, RefusedError, conflict, fault, not_found
from amberway.server.records import Name
from amberway.server.workspace import Slug, Workspace, remove, slug, write_text
from amberway.server.worlds import Worlds

MOST_DRAFTS, MOST_ROWS = 200, 2000
_EXTRA = "draft.json"

CellIn = Line | bool | int | float | list[Line] | None
Word = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""Name of a table or column, known or not."""


class NewDraft(BaseModel):
    """A draft to be made. `actions` are switched on below it."""

    model_config = ConfigDict(extra="forbid")

    title: Name
    name: Slug | None = Field(default=None, description="folder name; null: made from the title")
    summary: Line = ""
    actions: list[Slug] = Field(default_factory=list, max_length=20)


class DraftChange(BaseModel):
    """What is to change of a draft; null leaves it."""

    model_config = ConfigDict(extra="forbid")

    title: Name | None = None
    summary: Line | None = None
    actions: list[Slug] | None = Field(default=None, max_length=20)


class RowEdit(BaseModel):
    """An edit of a row: cells by column over what the row holds now (a new id adds a row, null or
    blank empties a cell), or its removal from the scenario."""

    model_config = ConfigDict(extra="forbid")

    cells: dict[Word, CellIn] = Field(default_factory=dict, max_length=60)
    remove: bool = False


class TableEdit(RowEdit):
    """An edit that names its table and row."""

    table: Word
    row: Id


class Edits(BaseModel):
    """Edits that belong together, such as a place and its links: all are saved or none."""

    model_config = ConfigDict(extra="forbid")

    edits: list[TableEdit] = Field(min_length=1, max_length=200)


class DraftRow(BaseModel):
    """A row that a draft lays over. `was` is the row below, null if the draft adds it."""

    table: str
    row: str
    removed: bool
    cells: dict[str, str]
    was: dict[str, str] | None


class DraftSummary(BaseModel):
    """A draft in the list."""

    id: Slug
    title: str
    summary: str
    actions: list[str]
    rows: int
    created: dt.datetime


class Draft(DraftSummary):
    """A draft with its rows. `problems` is empty unless the tables below it have changed since."""

    changes: list[DraftRow]
    problems: list[Fault]
    folder: str
    command: str = Field(description="how to plan it from the command line")


class _Extra(BaseModel):
    """What an action folder has no place for."""

    actions: list[str] = Field(default_factory=list)
    created: dt.datetime


Rows = dict[str, dict[str, dict[str, str]]]
"""Table → row (`-id` removes) → cells."""


class Drafts:
    """The drafts of a workspace. One edit at a time."""

    def __init__(self, workspace: Workspace, worlds: Worlds) -> None:
        self._workspace, self._worlds = workspace, worlds
        self._lock = threading.RLock()

    def all(self) -> list[DraftSummary]:
        """Every draft, the oldest first."""
        paths = self._workspace.drafts.glob("*/action.toml")
        found = [self._summary(path.parent) for path in paths]
        return sorted(found, key=lambda one: (one.created, one.id))

    def get(self, name: str) -> Draft:
        """A draft with its rows. Raises ServerError 404 if there is none."""
        with self._lock:
            folder = self._workspace.draft(name)
            summary = self._summary(folder)
            problems: list[Problem] = []
            try:
                self._worlds.get(summary.actions, name)
            except ScenarioError as error:
                problems = list(error.problems)
            return Draft(
                **summary.model_dump(),
                changes=self._changes(summary, _rows(folder)),
                problems=_located(problems, folder),
                folder=str(folder),
                command=f"amberway plan {self._workspace.scenario} --with "
                + ",".join([*summary.actions, name]),
            )

    def create(self, new: NewDraft) -> Draft:
        """Make an empty draft."""
        with self._lock:
            self._check_actions(new.actions)
            taken = self._worlds.actions()
            drafts = self._workspace.drafts
            if sum(1 for _ in drafts.glob("*/action.toml")) >= MOST_DRAFTS:
                raise conflict(f"There are {MOST_DRAFTS} drafts; delete some.")
            if new.name is not None and (new.name in taken or (drafts / new.name).exists()):
                raise conflict(f"There is an action or draft {new.name!r} already.")
            name = new.name or slug(
                new.title, lambda one: one in taken or (drafts / one).exists(), "draft"
            )
            extra = _Extra(actions=new.actions, created=dt.datetime.now(dt.UTC))
            with tempfile.TemporaryDirectory(prefix=".new-", dir=drafts) as beside:
                folder = Path(beside) / name
                folder.mkdir()
                _describe(folder, new.title, new.summary, self._year(), extra)
                folder.rename(drafts / name)
            return self.get(name)

    def change(self, name: str, change: DraftChange) -> Draft:
        """Call a draft something else, or switch actions on and off below it."""
        with self._lock:
            folder = self._workspace.draft(name)
            summary = self._summary(folder)
            actions = summary.actions if change.actions is None else change.actions
            if change.actions is not None:
                self._check_actions(actions)
                self._check(name, actions, _rows(folder))
            extra = _Extra(actions=actions, created=summary.created)
            title = change.title or summary.title
            text = summary.summary if change.summary is None else change.summary
            _describe(folder, title, text, self._year(), extra)
            return self.get(name)

    def edit(self, name: str, edits: Sequence[TableEdit]) -> Draft:
        """Lay edits over; raises RefusedError with the problems that the draft would then have."""
        with self._lock:
            folder = self._workspace.draft(name)
            actions = self._summary(folder).actions
            rows = _rows(folder)
            below = self._worlds.get(actions)
            for edit in edits:
                _lay(rows, edit, below)
            if sum(map(len, rows.values())) > MOST_ROWS:
                raise conflict(f"A draft may have {MOST_ROWS} rows.")
            self._check(name, actions, rows)
            _write(folder, rows)
            return self.get(name)

    def undo(self, name: str, table: str, row: str) -> Draft:
        """Take an edit of a row back; raises RefusedError if the rest of the draft needs it."""
        with self._lock:
            folder = self._workspace.draft(name)
            rows = _rows(folder)
            kept = rows.get(table, {})
            if kept.pop(row, None) is None and kept.pop(f"{REMOVE}{row}", None) is None:
                raise not_found(f"edit of {table[:40]}", row)
            self._check(name, self._summary(folder).actions, rows)
            _write(folder, rows)
            return self.get(name)

    def delete(self, name: str) -> None:
        """Delete a draft; runs that were made with it keep their copy."""
        with self._lock:
            remove(self._workspace.draft(name))

    def download(self, name: str) -> bytes:
        """A zip that holds `actions/<name>/`, to be unpacked in the folder of a scenario."""
        with self._lock:
            folder = self._workspace.draft(name)
            text = io.BytesIO()
            with zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED) as packed:
                for file in sorted(folder.iterdir()):
                    if file.suffix == ".csv" or file.name == "action.toml":
                        packed.write(file, f"actions/{name}/{file.name}")
            return text.getvalue()

    def _summary(self, folder: Path) -> DraftSummary:
        action = read_toml(folder / "action.toml", "action.toml", []) or {}
        try:
            extra = _Extra.model_validate_json((folder / _EXTRA).read_bytes())
        except (OSError, ValueError):  # put there by hand
            made = dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
            extra = _Extra(created=made)
        return DraftSummary(
            id=folder.name,
            title=str(action.get("title", folder.name)),
            summary=str(action.get("summary", "")),
            actions=extra.actions,
            rows=sum(map(len, _rows(folder).values())),
            created=extra.created,
        )

    def _changes(self, summary: DraftSummary, rows: Rows) -> list[DraftRow]:
        try:
            below = self._worlds.get(summary.actions)
        except ScenarioError:  # told as the draft's problems
            below = None
        return [
            DraftRow(
                table=table,
                row=(plain := name.removeprefix(REMOVE)),
                removed=name.startswith(REMOVE),
                cells=cells,
                was=_cells(below, table, plain) if below is not None else None,
            )
            for table, edited in rows.items()
            for name, cells in edited.items()
        ]

    def _check_actions(self, actions: Sequence[str]) -> None:
        known = self._worlds.actions()
        problems = [
            Fault(
                check="no-action",
                file="request",
                column="actions",
                value=name,
                what="is not an action of the scenario, or stands twice",
                mend=f"Actions here: {', '.join(known) or 'none'}.",
            )
            for at, name in enumerate(actions)
            if name not in known or name in actions[:at]
        ]
        if problems:
            raise RefusedError(problems)

    def _check(self, name: str, actions: Sequence[str], rows: Rows) -> None:
        """Raise RefusedError with every problem that the scenario would have with these rows."""
        problems: list[Problem] = []
        with tempfile.TemporaryDirectory(prefix="amberway-") as beside:
            scenario = Path(beside)
            folder = scenario / "actions" / name
            folder.mkdir(parents=True)
            write_text(scenario / "scenario.toml", self._workspace.extends)
            shutil.copy(self._workspace.draft(name) / "action.toml", folder)
            _write(folder, rows)
            read(scenario, [*actions, name], problems)
            if problems:
                raise RefusedError(_located(problems, folder))

    def _year(self) -> int:
        return self._worlds.base().settings.c_day.year


def _lay(rows: Rows, edit: TableEdit, below: Scenario) -> None:
    """Put one edit into the rows of a draft."""
    if edit.table not in TABLES:
        raise not_found("table", edit.table)
    kept = rows.setdefault(edit.table, {})
    was = _cells(below, edit.table, edit.row)
    gone = f"{REMOVE}{edit.row}"
    if edit.remove:
        if kept.pop(edit.row, None) is None and was is None and gone not in kept:
            raise not_found(f"row of {edit.table}", edit.row)
        if was is not None:
            kept[gone] = {"id": gone}
        return
    kept.pop(gone, None)
    cells = dict(kept.get(edit.row) or was or {})
    # An edit says who made it so; the row's own source does not stand behind the new figures.
    if was is not None and edit.row not in kept and any(c not in _ABOUT for c in edit.cells):
        cells |= {"source": "", "confidence": "assumed"}
    for column, value in edit.cells.items():
        cells[column] = _text(value)
    cells["id"] = edit.row
    kept[edit.row] = {column: text for column, text in cells.items() if text}


_ABOUT = ("source", "confidence", "release", "note")


def _text(value: CellIn) -> str:
    """What stands in the cell."""
    if isinstance(value, list):
        return " ".join(value)
    return cell(value).strip()


def _cells(scenario: Scenario, table: str, row: str) -> dict[str, str] | None:
    """A row of a scenario as the cells of its file, blank ones left out."""
    found = scenario.table(table).get(row) if table in TABLES else None
    if found is None:
        return None
    values: dict[str, Any] = {
        field.alias or name: getattr(found, name)
        for name, field in TABLES[table].model_fields.items()
    }
    return {column: text for column, value in values.items() if (text := cell(value))}


def _rows(folder: Path) -> Rows:
    """The rows of a draft."""
    tables = read_tables(folder, "", [])
    return {
        table: {row.cells["id"]: row.cells for row in rows if "id" in row.cells}
        for table, rows in tables.items()
    }


def _write(folder: Path, rows: Rows) -> None:
    """The tables of a draft, each written beside and renamed; one without rows is no file."""
    for table, kept in rows.items():
        path = folder / f"{table}.csv"
        if not kept:
            path.unlink(missing_ok=True)
            continue
        known = header(table)
        # A column that is not one is kept, so that reading says so.
        names = [*known, *sorted({c for cells in kept.values() for c in cells} - set(known))]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept.values())
        write_text(path, text.getvalue())


def _located(problems: Sequence[Problem], folder: Path) -> list[Fault]:
    """Problems with the table and row that they concern, where that is one of the draft."""
    shown = f"actions/{folder.name}/"
    lines: dict[tuple[str, int], tuple[str, str]] = {}
    for table, rows in read_tables(folder, shown, []).items():
        for row in rows:
            lines[row.file, row.line] = (table, row.cells.get("id", "").removeprefix(REMOVE))
    return [fault(one, *lines.get((one.file, one.row or 0), (None, None))) for one in problems]


def _describe(folder: Path, title: str, summary: str, year: int, extra: _Extra) -> None:
    """Write action.toml, and beside it what it has no place for."""
    laid = ",".join([*extra.actions, folder.name])
    # TOML's basic strings escape as JSON's do, but for one control character.
    title_text, summary_text = (
        json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f") for text in (title, summary)
    )
    text = (
        f"# amberway plan SCENARIO --with {laid}\n"
        f"title = {title_text}\nsummary = {summary_text}\nfirst_year = {year}\n"
    )
    write_text(folder / "action.toml", text)
    write_text(folder / _EXTRA, extra.model_dump_json(indent=1) + "\n")
