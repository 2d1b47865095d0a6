"""A folder laid over the scenario that it extends, and actions laid over both: all still raw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amberway.errors import Problem
from amberway.scenario import folders as packages
from amberway.scenario.action import Action
from amberway.scenario.geometry import lay_geometry_over, read_geometry
from amberway.scenario.overlay import RawTable, as_table, lay_over
from amberway.scenario.read import RawRow, read_tables, read_toml, suggestion
from amberway.scenario.validate import validated_file


@dataclass
class Layers:
    """Raw tables, geometry and settings, and the folders they come from, base first.

    `settings` is None if a scenario.toml cannot be read.
    """

    folders: list[Path] = field(default_factory=list)
    tables: dict[str, RawTable] = field(default_factory=dict)
    geometry: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] | None = field(default_factory=dict)

    def lay(self, folder: Path, prefix: str, problems: list[Problem]) -> None:
        """Lay the tables and outlines of a folder over what is there."""
        for table, rows in read_tables(folder, prefix, problems).items():
            if table in self.tables:
                self.tables[table] = lay_over(self.tables[table], rows, problems)
            elif self.folders:
                self.tables[table] = lay_over({}, rows, problems)
            else:
                self.tables[table] = as_table(rows, problems)
        self.geometry = lay_geometry_over(self.geometry, read_geometry(folder, prefix, problems))


def stacked(folder: Path, problems: list[Problem]) -> Layers:
    """The folder laid over everything that it extends."""
    layers = Layers()
    for level in reversed(list(_chain(folder, problems))):
        # Problems in the folder that was named show bare file names.
        prefix = "" if level.folder == folder else f"{level.folder.name}/"
        layers.lay(level.folder, prefix, problems)
        layers.folders.append(level.folder)
        layers.settings = _settings_over(layers.settings, level.settings)
    return layers


def _settings_over(
    base: dict[str, Any] | None, above: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Keys of `above` over those of `base`; a single factor leaves the other factors alone."""
    if base is None or above is None:
        return None
    settings = base | above
    for table, under in base.items():
        over = above.get(table)
        if isinstance(under, dict) and isinstance(over, dict):
            settings[table] = under | over
    settings.pop("extends", None)
    return settings


def chain(folder: Path, problems: list[Problem]) -> list[Path]:
    """The folder and everything that it extends, the nearest first."""
    return [level.folder for level in _chain(folder, problems)]


@dataclass(frozen=True)
class _Level:
    folder: Path
    settings: dict[str, Any] | None


def _chain(folder: Path, problems: list[Problem]) -> Iterator[_Level]:
    """The folder, what it extends, what that extends ..."""
    current, seen = folder, {folder.resolve()}
    while True:
        shown = "scenario.toml" if current == folder else f"{current.name}/scenario.toml"
        settings = read_toml(current / "scenario.toml", shown, problems)
        yield _Level(current, settings)
        base = (settings or {}).get("extends")
        if base is None:
            return
        below = _base(current, base)
        if below is None or below.resolve() in seen:
            what = "names no scenario" if below is None else "leads back to the scenario itself"
            names = ", ".join(packages.packaged()) or "none"
            mend = f"Name a folder relative to this one, or a packaged scenario ({names})."
            value = str(base)[:60]
            problems.append(Problem("extends", shown, what, mend, column="extends", value=value))
            return
        seen.add(below.resolve())
        current = below


def _base(folder: Path, name: Any) -> Path | None:
    if not isinstance(name, str):
        return None
    if name in packages.packaged():
        return packages.DATA / name
    try:
        base = (folder / name).resolve()
        return base if (base / "scenario.toml").is_file() else None
    except (OSError, ValueError):
        return None


def action_folders(folders: Sequence[Path]) -> dict[str, Path]:
    """Folders of the actions by name; one nearer to the scenario hides one of what it extends."""
    return {
        path.parent.name: path.parent
        for folder in folders
        for path in sorted(folder.glob("actions/*/action.toml"))
    }


def lay_actions(layers: Layers, names: Sequence[str], problems: list[Problem]) -> dict[str, Action]:
    """Lay actions over the layers in the order named; the actions themselves by name."""
    known = action_folders(layers.folders)
    actions: dict[str, Action] = {}
    for position, name in enumerate(names):
        shown = f"actions/{name}"
        if name in names[:position]:
            what, mend = "is laid over twice", "Name each action once."
        elif name not in known:
            what = "is not an action of the scenario"
            mend = suggestion(name, known, f"Actions here: {', '.join(sorted(known)) or 'none'}.")
        else:
            layers.lay(known[name], f"{shown}/", problems)
            action = read_action(known[name], problems)
            if action is not None:
                actions[name] = action
            continue
        problems.append(Problem("no-action", shown, what, mend))
    return actions


def rows_of(folder: Path, problems: list[Problem]) -> dict[str, list[RawRow]]:
    """The rows that an action lays over each table, as its files have them."""
    return read_tables(folder, f"actions/{folder.name}/", problems)


def read_action(folder: Path, problems: list[Problem]) -> Action | None:
    """The contents of a folder's action.toml, or None with its faults noted."""
    shown = f"actions/{folder.name}/action.toml"
    data = read_toml(folder / "action.toml", shown, problems)
    if data is None:
        return None
    action = validated_file(Action, data, "action", shown, problems)
    if action is not None:
        for need in action.needs:
            others = [p.parent.name for p in folder.parent.glob("*/action.toml")]
            if need not in others or need == folder.name:
                mend = suggestion(need, others, "Remove it.")
                what = "is not another action of the scenario"
                problems.append(Problem("action", shown, what, mend, column="needs", value=need))
    return action
