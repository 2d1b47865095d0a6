"""The pages of a run: made once by its worker, kept as files, read by the server."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from amberway import command
from amberway.deployment import Reach
from amberway.initiative.assessment import assess, reachable
from amberway.mobility.deploy import deployment
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario
from amberway.server.pages.closure import closure
from amberway.server.pages.command import command_tree
from amberway.server.pages.explained import unit_rows, unit_why
from amberway.server.pages.movements import movements
from amberway.server.pages.resources import resource_rows, resource_why
from amberway.server.pages.scoreboard import SCOREBOARD, scoreboard
from amberway.server.workspace import write_text

Model = TypeVar("Model")


def store(result: MobilityResult, folder: Path) -> None:
    """Write every page of a plan into `folder`, which appears whole or not at all."""
    plan = result.plan
    resources = resource_rows(result)
    pages: dict[str, Any] = {
        "movements": movements(plan),
        "closure": closure(result),
        "units": unit_rows(result),
        "unit-why": {force: unit_why(plan, force) for force in plan.scenario.forces},
        "resources": resources,
        "resource-why": {row.resource: resource_why(plan, row.resource) for row in resources},
        "command": command_tree(command.assess(plan.scenario, deployment(plan))),
    }
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, page in pages.items():
            (beside / f"{name}.json").write_bytes(TypeAdapter(Any).dump_json(page))
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def store_scoreboard(
    result: MobilityResult, folder: Path, run: Path, cache: Path, *, valid: bool
) -> None:
    """Assess all five actions: the scoreboard goes into `folder`, the scorecard into the run folder
    (as `amberway assess` writes it). `valid` is the verifier's answer about the plan.

    What takes long, how soon every unit could be where, depends on the tables alone and is kept in
    `cache` by their hash.
    """
    scenario = result.plan.scenario
    assessment = assess(scenario, result, known=_reach(scenario, cache))
    page = TypeAdapter(Any).dump_json(scoreboard(assessment)).decode()
    write_text(folder / f"{SCOREBOARD}.json", page)
    scorecard = assessment.scorecard()
    scorecard["mobility"]["valid"] = valid
    card = {"scenario": scenario.name, "actions": scorecard}
    text = json.dumps(card, indent=1, ensure_ascii=False, default=str) + "\n"
    write_text(run / "scorecard.json", text)


def _reach(scenario: Scenario, cache: Path) -> Reach:
    path = cache / f"reach-{scenario.content_hash()}.json"
    try:
        return {(force, area): day for force, area, day in json.loads(path.read_bytes())}
    except (OSError, ValueError):
        found = reachable(scenario)
    rows = [[force, area, day] for (force, area), day in found.items()]
    cache.mkdir(exist_ok=True)
    write_text(path, json.dumps(rows))
    return found


def read(folder: Path, page: str, model: type[Model]) -> Model:
    """A page as it was stored. Raises FileNotFoundError if the run has none."""
    return TypeAdapter(model).validate_json((folder / f"{page}.json").read_bytes())


def part(folder: Path, page: str, name: str) -> bytes | None:
    """One entry of a page that holds one for every unit or resource, as JSON; None if it has none.

    Raises FileNotFoundError if the run has no such page.
    """
    entries: Mapping[str, Any] = json.loads((folder / f"{page}.json").read_bytes())
    if name not in entries:
        return None
    return json.dumps(entries[name], ensure_ascii=False).encode()
