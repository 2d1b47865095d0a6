"""Writing a scenario as a folder that loads to the same scenario, and copying one to edit."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from amberway.errors import UsageError
from amberway.scenario import folders
from amberway.scenario.geometry import FILE as OUTLINES
from amberway.scenario.read import suggestion
from amberway.scenario.row import Row
from amberway.scenario.scenario import Scenario
from amberway.scenario.tables import TABLES, header


def write(scenario: Scenario, folder: Path) -> None:
    """Write scenario.toml, every table that has rows, and areas.geojson.

    `load(folder)` gives an equal scenario with the same content hash; actions that were laid over
    stay laid over, and are named in scenario.toml. The folder appears whole or not at all; one
    that holds nothing but an earlier copy is replaced. Raises UsageError if it cannot be written
    or holds anything else.
    """
    if folder.exists() and not _is_stored_copy(folder):
        raise UsageError(f"{folder} holds something else than a stored scenario; nothing written")
    with _appearing(folder) as partial:
        (partial / "scenario.toml").write_bytes(_settings_text(scenario).encode())
        for table in TABLES:
            if rows := scenario.table(table):
                (partial / f"{table}.csv").write_bytes(_table_text(table, rows).encode())
        if scenario.geometry:
            text = json.dumps(scenario.geometry, ensure_ascii=False, indent=1) + "\n"
            (partial / OUTLINES).write_bytes(text.encode())


def new(target: Path, base: str = "baltic") -> Path:
    """Copy a packaged scenario, its actions included, to edit; returns the new folder.

    The copy takes the folder's name. Raises UsageError if `base` is not packaged, if the target
    exists, or if it cannot be written.
    """
    if base not in folders.packaged():
        names = ", ".join(folders.packaged()) or "none"
        mend = suggestion(base, folders.packaged(), f"Packaged scenarios: {names}.")
        raise UsageError(f"{base!r} is not a packaged scenario. {mend}")
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} exists already; name a folder that does not")
    name = re.sub(r"[^a-z0-9]+", "-", target.resolve().name.lower()).strip("-")[:60].strip("-")
    if not name or name in folders.packaged():
        raise UsageError(f"{target.name!r} cannot be the name of a scenario; choose another")
    with _appearing(target) as partial:
        shutil.copytree(folders.DATA / base, partial, dirs_exist_ok=True)
        settings = partial / "scenario.toml"
        text = settings.read_text(encoding="utf-8")
        text = re.sub(r"^name\s*=.*$", f'name = "{name}"', text, count=1, flags=re.MULTILINE)
        settings.write_text(text, encoding="utf-8")
    return target


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A folder to fill that takes its name only when it is complete."""
    partial = folder.with_name(f".{folder.name}-{uuid.uuid4().hex[:8]}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
        yield partial
        if folder.exists():
            old = folder.with_name(f"{partial.name}-old")
            folder.rename(old)
            partial.rename(folder)
            shutil.rmtree(old)
        else:
            partial.rename(folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _is_stored_copy(folder: Path) -> bool:
    ours = {"scenario.toml", OUTLINES, *(f"{table}.csv" for table in TABLES)}
    return folder.is_dir() and all(path.name in ours for path in folder.iterdir())


def _table_text(table: str, rows: dict[str, Row]) -> str:
    """The CSV text of a table, every column in the order of `header`."""
    columns = header(table)
    names = {field.alias or name: name for name, field in TABLES[table].model_fields.items()}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows.values():
        writer.writerow([cell(getattr(row, names[column])) for column in columns])
    return text.getvalue()


def cell(value: Any) -> str:
    """What a value looks like in a table; it reads back to the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return str(value)


def _settings_text(scenario: Scenario) -> str:
    """The TOML text of the settings: plain keys first, then the tables."""
    values = scenario.settings.model_dump() | {"actions_applied": scenario.actions}
    return "\n".join(_toml_table("", values)).lstrip("\n") + "\n"


def _toml_table(name: str, values: dict[str, Any]) -> Iterator[str]:
    """Lines of a table: its plain keys, then its tables and lists of tables, in their order."""
    tables = {key: v for key, v in values.items() if isinstance(v, dict) or _is_tables(v)}
    for key, value in values.items():
        if key not in tables and value is not None:
            yield f"{key} = {_toml(value)}"
    for key, value in tables.items():
        inner = f"{name}.{key}" if name else key
        several = not isinstance(value, dict)
        for one in value if several else (value,):
            yield ""
            yield f"[[{inner}]]" if several else f"[{inner}]"
            yield from _toml_table(inner, one)


def _is_tables(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], dict)


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # TOML's basic strings escape as JSON's do, but for one control character.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
