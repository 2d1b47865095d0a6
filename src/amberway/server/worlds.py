"""Scenarios that pages look at: the tables as they are, with actions and a draft, or of a run.

A scenario is read again when one of its files has changed, so that a table edited in a spreadsheet
shows when the page is loaded again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path

from amberway.scenario import Scenario, actions_of, load
from amberway.scenario.action import Action
from amberway.scenario.layers import stacked
from amberway.server.faults import not_found
from amberway.server.records import PLAN
from amberway.server.workspace import Workspace

_KEPT = 12
Stamp = tuple[tuple[str, int, int], ...]


class Worlds:
    """Scenarios by what is laid over them, the last few kept."""

    def __init__(self, workspace: Workspace) -> None:
        """Raises ScenarioError if the scenario served cannot be used."""
        self._workspace = workspace
        self._lock = threading.RLock()
        self._kept: OrderedDict[tuple[object, ...], Scenario] = OrderedDict()
        self._folders = stacked(workspace.scenario, []).folders[:-1]
        self.base()

    def base(self) -> Scenario:
        """The scenario as it is served, without actions."""
        return self.get()

    def actions(self) -> dict[str, Action]:
        """The actions that come with the scenario, drafts left out."""
        drafts = {path.parent.name for path in self._workspace.drafts.glob("*/action.toml")}
        found = actions_of(self._workspace.scenario)
        return {name: action for name, action in found.items() if name not in drafts}

    def get(
        self, actions: Sequence[str] = (), draft: str | None = None, run: str | None = None
    ) -> Scenario:
        """The scenario with actions and a draft laid over, or the one that a run was planned for.

        Raises ServerError 404 for what is not there, ScenarioError for what cannot be used.
        """
        if run is not None:
            folder = self._workspace.run(run) / PLAN / "scenario"
            if not (folder / "scenario.toml").is_file():
                raise not_found("plan of the run", run)
            return self._load(folder, (), [folder])
        over = tuple(actions)
        watched = [*self._folders, *(f / "actions" / one for f in self._folders for one in over)]
        if draft is not None:
            folder = self._workspace.draft(draft)
            over, watched = (*over, folder.name), [*watched, folder]
        return self._load(self._workspace.scenario, over, watched)

    def _load(self, folder: Path, over: tuple[str, ...], watched: Iterable[Path]) -> Scenario:
        key = (str(folder), over, _stamp(watched))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = load(folder, over)
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]


def _stamp(folders: Iterable[Path]) -> Stamp:
    """Name, time and size of every file that a scenario is made from."""
    files = sorted(file for folder in folders for file in folder.glob("*.*"))
    return tuple(
        (str(file), (stat := file.stat()).st_mtime_ns, stat.st_size)
        for file in files
        if not file.name.startswith(".")
    )
