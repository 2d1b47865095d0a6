"""From a folder of tables to a `Scenario`, or to everything that is wrong with it at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from amberway.errors import Problem, ScenarioError
from amberway.scenario.action import Action
from amberway.scenario.checks import check
from amberway.scenario.folders import locate
from amberway.scenario.layers import action_folders, chain, lay_actions, read_action, stacked
from amberway.scenario.row import Confidence, Row
from amberway.scenario.scenario import Scenario
from amberway.scenario.settings import Settings
from amberway.scenario.validate import validated_file, validated_row

# Faults of a header; the ids of its rows are known all the same, if `id` is none of the columns.
_OF_HEADER = frozenset({"unknown-column", "missing-column", "duplicate-column"})
# Stands in for settings that are faulty, so that the rows can still be checked.
_NO_SETTINGS = Settings(name="unknown", title="unknown", c_day=dt.date(2000, 1, 1))


def load(name: str | Path, actions: Sequence[str] = ()) -> Scenario:
    """Load a scenario with actions laid over it, and check it.

    `name` is a packaged name or a folder; `actions` are folder names under its `actions/`, laid
    over in the order given. Raises ScenarioError that carries every problem found.
    """
    problems: list[Problem] = []
    scenario = read(name, actions, problems)
    if problems:
        raise ScenarioError(problems)
    return scenario


def actions_of(name: str | Path) -> dict[str, Action]:
    """The actions that a scenario has, by name, in order of their names.

    Raises ScenarioError if there is no such scenario, or an action.toml is faulty.
    """
    problems: list[Problem] = []
    layers = stacked(locate(name), problems)
    found = {
        name: action
        for name, folder in sorted(action_folders(layers.folders).items())
        if (action := read_action(folder, problems)) is not None
    }
    if problems:
        raise ScenarioError(problems)
    return found


def files_of(name: str | Path) -> dict[str, Path]:
    """Every file that a scenario and its actions are read from, by the name it is shown under.

    Raises ScenarioError if there is no such scenario.
    """
    problems: list[Problem] = []
    folders = chain(locate(name), problems)
    if problems:
        raise ScenarioError(problems)
    found = {}
    for number, folder in enumerate(folders):
        for part in (folder, *sorted(folder.glob("actions/*"))):
            for path in sorted(part.glob("*.*")):
                if path.suffix in (".csv", ".toml", ".geojson"):
                    found[f"{number}/{path.relative_to(folder).as_posix()}"] = path
    return found


def read(
    name: str | Path, actions: Sequence[str], problems: list[Problem], *, checked: bool = True
) -> Scenario:
    """The scenario as far as its rows are well-formed; everything wrong with it in `problems`.

    A file whose rows are not all known by their ids leaves too much open for the named checks to
    run. A malformed row does not, nor do all rows of a table whose header is faulty: the checks
    that judge a row by itself run on the others; those that judge the scenario as a whole would
    report consequences, and wait until the rows are mended.
    `checked=False` leaves the named checks out.
    """
    folder = locate(name)
    layers = stacked(folder, problems)
    action_models = lay_actions(layers, actions, problems)
    readable = all(p.check in _OF_HEADER and p.column != "id" for p in problems)
    settings = None
    if layers.settings is not None:
        settings = validated_file(Settings, layers.settings, "setting", "scenario.toml", problems)
    tables: dict[str, dict[str, Row]] = {}
    origin: dict[tuple[str, str], tuple[str, int]] = {}
    malformed: dict[tuple[str, str], dict[str, str]] = {}
    for table, raw_rows in layers.tables.items():
        tables[table] = {}
        for row_id, raw_row in raw_rows.items():
            origin[table, row_id] = (raw_row.file, raw_row.line)
            before = len(problems)
            row = validated_row(table, raw_row, problems) if raw_row.whole else None
            if row is None:
                faulty = {problem.column for problem in problems[before:]}
                kept = {name: cell for name, cell in raw_row.cells.items() if name not in faulty}
                malformed[table, row_id] = kept
            else:
                tables[table][row_id] = row
    settings = settings or _NO_SETTINGS
    scenario = Scenario(
        settings=settings.model_copy(
            update={"actions_applied": (), "c_day": _c_day(settings, action_models)}
        ),
        geometry=layers.geometry,
        actions=(*settings.actions_applied, *actions),
        origin=origin,
        malformed=malformed,
        loaded=(folder, tuple(actions)),
        **tables,  # type: ignore[arg-type]  # each table's rows are of its own model
    )
    if checked and readable:
        whole = not problems
        problems.extend(_unsourced(action_models, scenario))
        problems.extend(check(scenario, whole=whole))
    return scenario


def _c_day(settings: Settings, actions: dict[str, Action]) -> dt.date:
    """C-day of the last action laid over that names one, or else the scenario's own."""
    named = [action.c_day for action in actions.values() if action.c_day is not None]
    return named[-1] if named else settings.c_day


def _unsourced(actions: dict[str, Action], scenario: Scenario) -> list[Problem]:
    """Actions whose source is not in sources, or that have none and do not say assumed."""
    problems = []
    for name, action in actions.items():
        if action.source is not None and action.source not in scenario.known("sources"):
            what, mend = "is not in sources", "Add it there, or name one that is there."
        elif action.source is None and action.confidence is not Confidence.ASSUMED:
            what, mend = "is blank", "Name a source, or set confidence to assumed."
        else:
            continue
        file = f"actions/{name}/action.toml"
        problems.append(Problem("action", file, what, mend, column="source", value=action.source))
    return problems
