"""What the routes share: the state of the application, and which scenario a page looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request

from amberway.scenario import Scenario
from amberway.server.drafts import Drafts
from amberway.server.runner import Runner
from amberway.server.workspace import SLUG, Workspace
from amberway.server.worlds import Worlds


@dataclass(frozen=True)
class Workbench:
    """Everything that a request may need."""

    workspace: Workspace
    worlds: Worlds
    drafts: Drafts
    runner: Runner


def workbench(request: Request) -> Workbench:
    """The workbench of the application that answers."""
    found: Workbench = request.app.state.workbench
    return found


Bench = Annotated[Workbench, Depends(workbench)]
_Name = Annotated[str | None, Query(pattern=SLUG, max_length=60)]


def world(
    bench: Bench,
    actions: Annotated[
        str,
        Query(
            description="actions to lay over, separated by commas",
            max_length=400,
            pattern=r"^([a-z0-9]+([-,][a-z0-9]+)*)?$",
        ),
    ] = "",
    draft: _Name = None,
    run: _Name = None,
) -> Scenario:
    """The scenario that a page looks at: as served, with actions and a draft, or of a run."""
    return bench.worlds.get([name for name in actions.split(",") if name], draft, run)  # fmt: skip


World = Annotated[Scenario, Depends(world)]
