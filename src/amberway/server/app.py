"""The application: routes, guard, the built workbench."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Lifespan, Scope

from amberway.server import faults
from amberway.server.drafts import Drafts
from amberway.server.guard import LOOPBACK, Guard
from amberway.server.routes import drafts, runs, scenario
from amberway.server.routes.common import Workbench
from amberway.server.runner import Runner
from amberway.server.workspace import Workspace
from amberway.server.worlds import Worlds

STATIC = Path(__file__).parent / "static"
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Amberway</title>
<h1>The workbench is not built</h1>
<p>This checkout holds its sources only. Build it once with <code>make web</code>, then load this
page again. The API works: <a href="/api/scenario">/api/scenario</a>,
<a href="/api/openapi.json">/api/openapi.json</a>.</p></html>
"""
_COMPRESSED_FROM = 1000  # bytes


def create(
    workspace: Workspace,
    *,
    host: str = LOOPBACK[0],
    token: str | None = None,
    workers: int = 1,
    static: Path = STATIC,
) -> FastAPI:
    """The application of a workspace. `host` is the address that it will be bound to; with
    `workers=0` runs only wait. Raises ScenarioError if the scenario cannot be used.
    """
    worlds = Worlds(workspace)
    bench = Workbench(
        workspace, worlds, Drafts(workspace, worlds), Runner(workspace, workers=workers)
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        bench.runner.proceed()
        yield
        await bench.runner.end()

    app = _bare(lifespan)
    app.state.workbench = bench
    if (static / "index.html").is_file():
        app.mount("/", _Built(directory=static, html=True), name="static")
    else:

        @app.get("/", include_in_schema=False)
        def not_built() -> HTMLResponse:
            return HTMLResponse(_NOT_BUILT)

    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED_FROM, compresslevel=5)
    app.add_middleware(Guard, host=host, token=token)
    return app


def openapi() -> dict[str, Any]:
    """The OpenAPI document of the API, the same for every scenario."""
    return _bare().openapi()


def _bare(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The routes and the shape of failures, without anything behind them."""
    app = FastAPI(
        title="Amberway workbench",
        version=importlib.metadata.version("amberway"),
        description="A scenario, its runs and drafts. Days are counted from C-day.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        responses=faults.may_fail(*faults.ANYWHERE),
        generate_unique_id_function=_operation,
        redirect_slashes=False,
    )
    faults.install(app)
    for theme in (scenario, runs, drafts):
        app.include_router(theme.router)
    return app


class _Built(StaticFiles):
    """The built workbench; a file whose name holds a hash of it never changes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path == "." and scope["path"] != "/":
            raise HTTPException(404)  # the page has one address, whatever comes to the same folder
        answer = await super().get_response(path, scope)
        if re.match(r"assets/.*-[\w-]{8}\.\w+$", path):
            answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def _operation(route: APIRoute) -> str:
    """Operation ids as the web client names its calls: `runs_cancel`."""
    return f"{route.tags[0]}_{route.name}" if route.tags else route.name
