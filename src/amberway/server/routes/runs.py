"""Runs: ask for a plan, watch it, look at it, compare two."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import FileResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from amberway.server.faults import (
    ANYWHERE,
    Fault,
    RefusedError,
    conflict,
    may_fail,
    may_fail_beside_a_stream,
    not_found,
)
from amberway.server.pages.closure import Closure
from amberway.server.pages.command import CommandTree
from amberway.server.pages.compare import Comparison
from amberway.server.pages.compare import compare as compare_pages
from amberway.server.pages.explained import UnitRow, UnitWhy
from amberway.server.pages.movements import Movements
from amberway.server.pages.resources import ResourceRow, ResourceWhy
from amberway.server.pages.scoreboard import SCOREBOARD, Scoreboard
from amberway.server.pages.store import part, read
from amberway.server.records import PAGES, Asked, Renamed, Run, Trace
from amberway.server.routes.common import Bench, Workbench
from amberway.server.workspace import Slug

router = APIRouter(prefix="/api", tags=["runs"])


@router.get("/runs")
async def runs(bench: Bench) -> list[Run]:
    """Every run, the oldest first."""
    return bench.runner.all()


@router.post("/runs", status_code=201, responses=may_fail(404, 409))
async def start(asked: Asked, bench: Bench) -> Run:
    """Ask for a plan. It waits for its turn; a draft is used as it is now."""
    title = await run_in_threadpool(_check, asked, bench)
    return await bench.runner.start(asked, title)


def _check(asked: Asked, bench: Workbench) -> str | None:
    """The title of the draft. Raises what is wrong with actions and draft."""
    known = bench.worlds.actions()
    unknown = [name for name in asked.actions if name not in known]
    if unknown:
        raise RefusedError(
            [
                Fault(
                    check="no-action",
                    file="request",
                    column="actions",
                    value=name,
                    what="is not an action of the scenario",
                    mend=f"Actions here: {', '.join(known) or 'none'}.",
                )
                for name in unknown
            ]
        )
    title = None if asked.draft is None else bench.drafts.get(asked.draft).title
    bench.worlds.get(asked.actions, asked.draft)
    return title


@router.get("/runs/{run}", responses=may_fail(404, 409))
async def run(run: Slug, bench: Bench) -> Run:
    """One run."""
    return bench.runner.get(run)


@router.patch("/runs/{run}", responses=may_fail(404, 409))
async def rename(run: Slug, renamed: Renamed, bench: Bench) -> Run:
    """Call a run something else."""
    return await bench.runner.rename(run, renamed.name)


@router.delete("/runs/{run}", status_code=204, responses=may_fail(404, 409))
async def delete(run: Slug, bench: Bench) -> None:
    """Delete a run and its folder."""
    await bench.runner.delete(run)


@router.post("/runs/{run}/cancel", responses=may_fail(404, 409))
async def cancel(run: Slug, bench: Bench) -> Run:
    """End the planning; the best plan so far is kept, with its certificate."""
    return await bench.runner.cancel(run)


def _known(run: Slug, bench: Bench) -> str:
    """A run that there is: once a stream has begun it is too late to say no."""
    return bench.runner.get(run).id


Known = Annotated[str, Depends(_known)]


@router.get(
    "/runs/{run}/events",
    response_class=EventSourceResponse,
    responses=may_fail_beside_a_stream(*ANYWHERE, 404, 409),
)
async def events(run: Known, bench: Bench) -> AsyncIterator[ServerSentEvent]:
    """Events `progress`, each with the run as JSON, until it has ended."""
    async for now in bench.runner.follow(run):
        yield ServerSentEvent(data=now, event="progress")


@router.get("/runs/{run}/trace", responses=may_fail(404, 409))
async def trace(run: Slug, bench: Bench) -> Trace:
    """How plan and bound came together."""
    return bench.runner.trace(run)


@router.get("/runs/{run}/movements", response_model=Movements, responses=may_fail(404, 409))
def movements(run: Slug, bench: Bench) -> Response:
    """Where every lot is at every moment."""
    return _page(bench, run, "movements")


@router.get("/runs/{run}/closure", response_model=Closure, responses=may_fail(404, 409))
def closure(run: Slug, bench: Bench) -> Response:
    """The closure curves."""
    return _page(bench, run, "closure")


@router.get("/runs/{run}/units", response_model=list[UnitRow], responses=may_fail(404, 409))
def units(run: Slug, bench: Bench) -> Response:
    """When each unit closes."""
    return _page(bench, run, "units")


@router.get("/runs/{run}/units/{force}", response_model=UnitWhy, responses=may_fail(404, 409))
def unit_why(run: Slug, force: str, bench: Bench) -> Response:
    """Why a unit closes when it does."""
    return _part(bench, run, "unit-why", force, "unit")


@router.get("/runs/{run}/resources", response_model=list[ResourceRow], responses=may_fail(404, 409))
def resources(run: Slug, bench: Bench) -> Response:
    """What is scarce, the most waited for first."""
    return _page(bench, run, "resources")


@router.get(
    "/runs/{run}/resources/{resource}", response_model=ResourceWhy, responses=may_fail(404, 409)
)
def resource_why(run: Slug, resource: str, bench: Bench) -> Response:
    """Use, price, who waits, what one more buys (the name as in the list, percent-encoded)."""
    return _part(bench, run, "resource-why", resource, "resource")


@router.get("/runs/{run}/command", response_model=CommandTree, responses=may_fail(404, 409))
def command(run: Slug, bench: Bench) -> Response:
    """Who commands whom by phase, and the load of each headquarters."""
    return _page(bench, run, "command")


@router.get("/runs/{run}/scoreboard", response_model=Scoreboard, responses=may_fail(404, 409))
def scoreboard(run: Slug, bench: Bench) -> Response:
    """The five actions in numbers, and what is missing."""
    return _page(bench, run, SCOREBOARD)


@router.get("/compare", responses=may_fail(404, 409))
def compare(
    bench: Bench,
    a: Annotated[Slug, Query(description="a run")],
    b: Annotated[Slug, Query(description="another")],
) -> Comparison:
    """Two runs side by side."""
    first, second = (_file(bench, name, SCOREBOARD).parent for name in (a, b))
    return compare_pages(
        (a, b),
        (read(first, "closure", Closure), read(second, "closure", Closure)),
        (read(first, "units", list[UnitRow]), read(second, "units", list[UnitRow])),
        (read(first, "scoreboard", Scoreboard), read(second, "scoreboard", Scoreboard)),
    )


def _pages(bench: Workbench, run: str) -> Path:
    folder = bench.workspace.run(run) / PAGES
    if not folder.is_dir():
        raise conflict("The run has no plan (yet).")
    return folder


def _page(bench: Workbench, run: str, page: str) -> Response:
    return FileResponse(_file(bench, run, page), media_type="application/json")


def _file(bench: Workbench, run: str, page: str) -> Path:
    path = _pages(bench, run) / f"{page}.json"
    if not path.is_file():
        raise conflict("The five actions of the run are not assessed (yet).")
    return path


def _part(bench: Workbench, run: str, page: str, name: str, what: str) -> Response:
    found = part(_pages(bench, run), page, name)
    if found is None:
        raise not_found(f"{what} of this run", name)
    return Response(found, media_type="application/json")
