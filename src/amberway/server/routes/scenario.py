"""Pages of the tables: scenario, base map, map, units, tables, where a number comes from.

Each takes `actions`, `draft` or `run` to look at the scenario with something laid over, or at the
one that a run was planned for.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from amberway.report.figures.view import BASEMAP
from amberway.server.faults import may_fail
from amberway.server.pages.map import ScenarioMap, scenario_map
from amberway.server.pages.scenario import ScenarioSummary
from amberway.server.pages.scenario import summary as scenario_summary
from amberway.server.pages.shapes import FeatureCollection
from amberway.server.pages.tables import Table, TableSummary, as_csv, summaries
from amberway.server.pages.tables import table as one_table
from amberway.server.pages.units import Unit
from amberway.server.pages.units import units as all_units
from amberway.server.pages.why import Why
from amberway.server.pages.why import why as where_from
from amberway.server.routes.common import Bench, World

router = APIRouter(prefix="/api", tags=["scenario"])


@router.get("/scenario", responses=may_fail(404))
def scenario(bench: Bench, world: World) -> ScenarioSummary:
    """What is served, its actions, how much of it is assumed."""
    return scenario_summary(world, bench.worlds.actions(), str(bench.workspace.folder))


@cache
def _basemap() -> bytes:
    return BASEMAP.read_bytes()


@router.get("/basemap", response_model=FeatureCollection)
def basemap() -> Response:
    """Coast and countries: features with `layer` (theatre, or atlantic, which is coarser), `iso`
    and `name`. Natural Earth, public domain."""
    return Response(
        _basemap(), media_type="application/json", headers={"cache-control": "max-age=86400"}
    )


@router.get("/map", responses=may_fail(404))
def map_layers(world: World) -> ScenarioMap:
    """Places, links, areas, what covers the sky, who commands where."""
    return scenario_map(world)


@router.get("/units", responses=may_fail(404))
def units(world: World) -> list[Unit]:
    """Every force element."""
    return all_units(world)


@router.get("/tables", responses=may_fail(404))
def tables(world: World) -> list[TableSummary]:
    """The tables and how many rows they have."""
    return summaries(world)


@router.get(
    "/tables/{name}.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}, **may_fail(404)},
)
def table_csv(name: str, world: World) -> Response:
    """A table for a spreadsheet."""
    return Response(
        as_csv(world, name),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


@router.get("/tables/{name}", responses=may_fail(404))
def table(name: str, world: World) -> Table:
    """A table with what its columns mean."""
    return one_table(world, name)


@router.get("/why", responses=may_fail(404))
def why(
    world: World,
    number: Annotated[
        str,
        Query(
            description="`TABLE/ROW/COLUMN`, `factors/KEY`, or the `key` of a number of the "
            "scoreboard",
            max_length=200,
        ),
    ],
) -> Why:
    """Where a number comes from and how sure it is."""
    return where_from(world, number)
