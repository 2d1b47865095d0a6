"""The pages of a run: made once by its worker, kept as files, read by the server."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from amberway.mobility.result import MobilityResult
from amberway.server.pages.closure import closure
from amberway.server.pages.command import command_tree
from amberway.server.pages.explained import unit_rows, unit_why
from amberway.server.pages.movements import movements
from amberway.server.pages.resources import resource_rows, resource_why
from amberway.server.pages.scoreboard import scoreboard

Model = TypeVar("Model")


def store(result: MobilityResult, folder: Path, run: Path, *, valid: bool) -> None:
    """Write every page of a result into `folder`, and the scorecard into the run folder.

    The folder appears whole or not at all. The assessment of all five actions takes most of the
    time. `valid` is the verifier's answer about the plan.
    """
    from amberway.initiative.assessment import assess

    plan = result.plan
    resources = resource_rows(result)
    assessment = assess(plan.scenario, result)
    pages: dict[str, Any] = {
        "movements": movements(plan),
        "closure": closure(result),
        "units": unit_rows(result),
        "unit-why": {force: unit_why(plan, force) for force in plan.scenario.forces},
        "resources": resources,
        "resource-why": {row.resource: resource_why(plan, row.resource) for row in resources},
        "command": command_tree(assessment.command),
        "scoreboard": scoreboard(assessment),
    }
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, page in pages.items():
            (beside / f"{name}.json").write_bytes(TypeAdapter(Any).dump_json(page))
        scorecard = assessment.scorecard()
        scorecard["mobility"]["valid"] = valid
        card = {"scenario": plan.scenario.name, "actions": scorecard}
        (run / "scorecard.json").write_text(
            json.dumps(card, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8"
        )
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


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
