"""The carry-over audit: nothing of the base vanished or changed in a variant but by its actions.

A published solution of the case "Aiding Allies" dropped a limit from one variant to the next
without a word, and its answer became meaningless (docs/validation.md, case A1). So a comparison
first goes through everything that base and variant are made of: each row of each table, each
setting, each outline, and each resource of the network that follows (docs/methods/initiative.md).
It reads the files of the actions again and lays their rows over the base itself; what is different
in the variant and is not exactly that, is unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from amberway.errors import Problem, ScenarioError, UsageError
from amberway.initiative.constraints import Constraint, constraints
from amberway.scenario import Scenario
from amberway.scenario.geometry import outlines, read_geometry
from amberway.scenario.layers import action_folders, chain, read_action, rows_of
from amberway.scenario.overlay import REMOVE
from amberway.scenario.row import Row
from amberway.scenario.tables import TABLES
from amberway.scenario.validate import validated_row

GEOMETRY, SETTINGS = "areas.geojson", "scenario.toml"


class Kind(StrEnum):
    """What happened to a row; not applied: an action has it, but the variant is as before."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"
    NOT_APPLIED = "not applied"


@dataclass(frozen=True)
class Change:
    """One row that is not the same in the variant.

    `fields` has the values before and after of what differs (all that are not blank if the row is
    new or gone); `action`, `file` and `line` say which row of which action did it, None if none.
    """

    table: str
    id: str
    kind: Kind
    fields: dict[str, tuple[Any, Any]]
    action: str | None
    file: str | None
    line: int | None

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return asdict(self)


@dataclass(frozen=True)
class Overridden:
    """A row that one action lays over and a later one lays over again: the first has no effect."""

    table: str
    id: str
    first: str
    second: str


@dataclass(frozen=True)
class Audit:
    """Everything that is different between a base and a variant, and what nobody explains."""

    base: str
    variant: str
    actions: tuple[str, ...]
    changes: tuple[Change, ...]
    constraints: tuple[Constraint, ...]
    overridden: tuple[Overridden, ...]

    @property
    def unexplained(self) -> tuple[Change | Constraint, ...]:
        """Differences that no row of the actions gives: with one of them there is no answer."""
        return (
            *(one for one in self.changes if one.action is None),
            *(one for one in self.constraints if not one.because),
        )

    @property
    def clean(self) -> bool:
        """Is every difference a row of an action?"""
        return not self.unexplained

    def counts(self, action: str | None = None) -> dict[str, int]:
        """Changed rows by table, of all actions or of one."""
        found: dict[str, int] = {}
        for one in self.changes:
            if action is None or one.action == action:
                found[one.table] = found.get(one.table, 0) + 1
        return found

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return {
            "base": self.base,
            "variant": self.variant,
            "actions": list(self.actions),
            "clean": self.clean,
            "rows": [one.to_dict() for one in self.changes],
            "constraints": [one.to_dict() for one in self.constraints],
            "overridden": [asdict(one) for one in self.overridden],
            "unexplained": [one.to_dict() for one in self.unexplained],
        }


@dataclass(frozen=True)
class _Laid:
    """What an action puts in place of a row: another one, or none."""

    row: Any
    action: str
    file: str
    line: int | None


def audit(base: Scenario, variant: Scenario, actions: Sequence[str] | None = None) -> Audit:
    """Compare what two scenarios are made of.

    `actions` are those that may explain differences (default: those that the variant has and the
    base has not). Raises UsageError if the base was not loaded from a folder, ScenarioError if a
    file of an action cannot be read.
    """
    if actions is None:
        actions = [name for name in variant.actions if name not in base.actions]
    laid, overridden, c_day = _laid(base, actions)
    changes = tuple(_changes(base, variant, laid, c_day))
    return Audit(
        base.name, variant.name, tuple(actions), changes,
        constraints(base, variant, {(c.table, c.id): c.action for c in changes}),
        tuple(overridden),
    )  # fmt: skip


def _laid(
    base: Scenario, actions: Sequence[str]
) -> tuple[dict[tuple[str, str], _Laid], list[Overridden], _Laid | None]:
    """Every row of the actions by table and id, as their files have them now; their C-day."""
    if base.loaded is None:
        raise UsageError(f"{base.name} was not loaded from a folder: its actions cannot be read.")
    problems: list[Problem] = []
    folders = action_folders(list(reversed(chain(base.loaded[0], problems))))
    laid: dict[tuple[str, str], _Laid] = {}
    overridden, c_day = [], None
    for name in actions:
        if name not in folders:
            continue
        found: list[tuple[str, str, _Laid]] = []
        for table, rows in rows_of(folders[name], problems).items():
            for raw in rows:
                row_id = raw.cells.get("id", "")
                gone = row_id.startswith(REMOVE)
                row = None if gone else validated_row(table, raw, problems)
                found.append(
                    (table, row_id.removeprefix(REMOVE), _Laid(row, name, raw.file, raw.line))
                )
        prefix = f"actions/{name}/"
        for feature, outline in outlines(read_geometry(folders[name], prefix, problems)).items():
            found.append((GEOMETRY, feature, _Laid(outline, name, prefix + GEOMETRY, None)))
        for table, row_id, one in found:
            if (before := laid.get((table, row_id))) is not None:
                overridden.append(Overridden(table, row_id, before.action, name))
            laid[table, row_id] = one
        action = read_action(folders[name], problems)
        if action is not None and action.c_day is not None:
            c_day = _Laid(action.c_day.isoformat(), name, f"{prefix}action.toml", None)
    if problems:
        raise ScenarioError(problems)
    return laid, overridden, c_day


def _changes(
    base: Scenario,
    variant: Scenario,
    laid: Mapping[tuple[str, str], _Laid],
    c_day: _Laid | None,
) -> Iterator[Change]:
    settings = variant.settings.model_dump(mode="json")
    for key, was in base.settings.model_dump(mode="json").items():
        now = settings[key]
        if was != now:
            by = c_day if key == "c_day" and c_day and c_day.row == now else None
            yield _change(SETTINGS, key, was, now, by)
    for table in TABLES:
        rows, others = base.table(table), variant.table(table)
        new = (row_id for name, row_id in laid if name == table)
        for row_id in dict.fromkeys((*rows, *others, *new)):
            was, now = rows.get(row_id), others.get(row_id)
            by = laid.get((table, row_id))
            if was != now:
                yield _change(table, row_id, was, now, by if by and by.row == now else None)
            elif by is not None and by.row != was:
                fields = _fields(was, by.row)
                yield Change(table, row_id, Kind.NOT_APPLIED, fields, None, by.file, by.line)
    outline, other = outlines(base.geometry), outlines(variant.geometry)
    for feature in dict.fromkeys((*outline, *other)):
        one, two = outline.get(feature), other.get(feature)
        if one != two:
            by = laid.get((GEOMETRY, feature))
            yield _change(GEOMETRY, feature, one, two, by if by and by.row == two else None)


def _change(table: str, row_id: str, was: Any, now: Any, by: _Laid | None) -> Change:
    kind = Kind.ADDED if was is None else Kind.REMOVED if now is None else Kind.REPLACED
    if isinstance(was, Row) or isinstance(now, Row):
        fields = _fields(was, now)
    else:  # an outline is too long to print, and its name says which one
        fields = {} if table == GEOMETRY else {row_id: (was, now)}
    return Change(
        table, row_id, kind, fields, *((by.action, by.file, by.line) if by else (None, None, None))
    )


def _fields(was: Row | None, now: Row | None) -> dict[str, tuple[Any, Any]]:
    one = was.model_dump(mode="json") if was else {}
    two = now.model_dump(mode="json") if now else {}
    pairs = {name: (one.get(name), two.get(name)) for name in dict.fromkeys((*one, *two))}
    blank = ("", None)
    return {
        name: pair
        for name, pair in pairs.items()
        if name != "id" and pair[0] != pair[1] and not (pair[0] in blank and pair[1] in blank)
    }
