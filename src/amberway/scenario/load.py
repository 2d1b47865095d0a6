"""From a folder of tables to a `Scenario`, or to everything that is wrong with it at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from amberway.errors import Problem, ScenarioError
from amberway.scenario.checks import check
from amberway.scenario.overlay import RawTable, as_table, lay_over
from amberway.scenario.read import RawRow, read_tables, read_toml, suggestion
from amberway.scenario.row import Row
from amberway.scenario.scenario import Scenario
from amberway.scenario.settings import Settings
from amberway.scenario.tables import TABLES, header

Model = TypeVar("Model", bound=BaseModel)

DATA = Path(__file__).parent.parent / "data"


def packaged() -> list[str]:
    """Names of the scenarios that come with Amberway."""
    return sorted(path.parent.name for path in DATA.glob("*/scenario.toml"))


def locate(name: str | Path) -> Path:
    """The folder of a packaged scenario, or the path itself.

    Raises ScenarioError if there is no scenario.
    """
    inside = DATA / str(name)
    if str(name) in packaged():
        return inside
    folder = Path(name)
    if (folder / "scenario.toml").is_file():
        return folder
    if folder.is_dir():
        what = "is a folder, but holds no scenario.toml"
        mend = "Name the folder of a scenario, or make one with `amberway new`."
    elif folder.exists():
        what, mend = "is a file, not the folder of a scenario", "Name the folder that holds it."
    else:
        what = "does not exist"
        mend = suggestion(str(name), packaged(),
                          f"Packaged scenarios: {', '.join(packaged()) or 'none'}.")
    raise ScenarioError([Problem("no-scenario", str(name), None, None, None, what, mend)])


def load(name: str | Path, actions: Sequence[str] = ()) -> Scenario:
    """Load a scenario with actions laid over it, and check it.

    `name` is a packaged name or a folder; `actions` are folder names under its `actions/`.
    Raises ScenarioError that carries every problem found.
    """
    problems: list[Problem] = []
    scenario = read(name, actions, problems)
    if scenario is not None:
        problems.extend(check(scenario))
    if problems or scenario is None:
        raise ScenarioError(problems)
    return scenario


def read(
    name: str | Path, actions: Sequence[str], problems: list[Problem]
) -> Scenario | None:
    """The scenario as far as its rows are well-formed; their faults go to `problems`.

    None if the settings are unusable, or a row is malformed: the named checks would then only
    repeat its consequences.
    """
    folder = locate(name)
    raw, geometry, settings_data = _layers(folder, problems, seen=())
    for action in actions:
        _lay_action(folder, action, raw, problems)
    settings = _validated(Settings, settings_data, "scenario.toml", problems)
    tables: dict[str, dict[str, Row]] = {}
    origin: dict[tuple[str, str], tuple[str, int]] = {}
    for table, rows in raw.items():
        tables[table] = {}
        for row_id, raw_row in rows.items():
            row = _row(table, raw_row, problems)
            if row is not None:
                tables[table][row_id] = row
                origin[table, row_id] = (raw_row.file, raw_row.line)
    if settings is None or problems:
        return None
    return Scenario(settings=settings, geometry=geometry, actions=tuple(actions), origin=origin,
                    **tables)  # type: ignore[arg-type]  # typed by TABLES


def _layers(
    folder: Path, problems: list[Problem], seen: tuple[Path, ...]
) -> tuple[dict[str, RawTable], dict[str, Any], dict[str, Any]]:
    """Raw tables, geometry and settings of a folder laid over the scenario that it extends."""
    settings = read_toml(folder / "scenario.toml", problems)
    rows = read_tables(folder, problems)
    raw: dict[str, RawTable] = {}
    geometry: dict[str, Any] = {}
    base_name = settings.get("extends")
    if isinstance(base_name, str):
        base = DATA / base_name if base_name in packaged() else (folder / base_name).resolve()
        if base in (*seen, folder.resolve()) or not (base / "scenario.toml").is_file():
            problems.append(Problem(
                "extends", "scenario.toml", None, "extends", base_name,
                "names no other scenario", f"Packaged scenarios: {', '.join(packaged())}."))
        else:
            raw, geometry, below = _layers(base, problems, (*seen, folder.resolve()))
            settings = below | settings
    for table, table_rows in rows.items():
        raw[table] = (lay_over(raw[table], table_rows, problems) if table in raw
                      else as_table(table_rows, problems))
    path = folder / "areas.geojson"
    if path.is_file():
        try:
            geometry = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            problems.append(Problem("geojson", path.name, None, None, None,
                                    f"is not valid GeoJSON ({error})", "Save it as GeoJSON."))
    return raw, geometry, settings


def _lay_action(
    folder: Path, action: str, raw: dict[str, RawTable], problems: list[Problem]
) -> None:
    overlay = folder / "actions" / action
    if not (overlay / "action.toml").is_file():
        known = sorted(p.parent.name for p in (folder / "actions").glob("*/action.toml"))
        problems.append(Problem(
            "no-action", f"actions/{action}", None, None, None, "is not an action",
            suggestion(action, known, f"Actions here: {', '.join(known) or 'none'}.")))
        return
    for table, rows in read_tables(overlay, problems).items():
        rows = [RawRow(r.cells, f"actions/{action}/{r.file}", r.line) for r in rows]
        raw[table] = lay_over(raw.get(table, {}), rows, problems)


def _row(table: str, raw: RawRow, problems: list[Problem]) -> Row | None:
    try:
        return TABLES[table].model_validate(raw.cells)
    except ValidationError as error:
        for detail in error.errors():
            column = str(detail["loc"][0]) if detail["loc"] else None
            value = raw.cells.get(column) if column else None
            problems.append(Problem(f"cell-{_kind(detail)}", raw.file, raw.line, column, value,
                                    *_words(detail, table)))
        return None


def _validated(
    model: type[Model], data: dict[str, Any], file: str, problems: list[Problem]
) -> Model | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            where = ".".join(str(part) for part in detail["loc"]) or None
            value = None if detail["type"] == "missing" else str(detail["input"])[:60]
            problems.append(Problem("setting", file, None, where, value, *_words(detail, "")))
        return None


def _kind(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "missing":
        return "missing"
    if kind.startswith(("greater", "less", "too", "string_too")):
        return "range"
    return "form"


def _words(detail: ErrorDetails, table: str) -> tuple[str, str]:
    """What is wrong and how to mend it, in a planner's words."""
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "missing":
        return "is missing", "Fill it in; it has no default."
    if kind == "extra_forbidden":
        known = header(table) if table else ()
        return "is not known here", suggestion(str(detail["loc"][-1]), known, "Remove it.")
    if kind in ("float_parsing", "int_parsing", "float_type", "int_type", "int_from_float"):
        return "is not a number of the right kind", "Write a plain number without unit."
    if kind == "enum":
        return "is not one of the values allowed", f"Use {context.get('expected', '')}."
    if kind == "string_pattern_mismatch":
        return ("is not of the form allowed",
                "Use lower-case letters, digits and single hyphens (nations: three letters).")
    if kind.startswith(("greater", "less")):
        limit = next(iter(context.values()), "")
        words = {"greater_than": "more than", "greater_than_equal": "at least",
                 "less_than": "less than", "less_than_equal": "at most"}
        return "is out of range", f"It must be {words.get(kind, kind)} {limit}."
    message = detail["msg"]
    return message[:1].lower() + message[1:], "See docs/format.md for what the column holds."
