"""Bind an address and serve until Ctrl-C."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from amberway.errors import UsageError
from amberway.scenario import load, locate, packaged
from amberway.server.app import create
from amberway.server.guard import LEAST_TOKEN, LOOPBACK
from amberway.server.routes.common import Workbench
from amberway.server.workspace import Workspace

_GRACE = 5  # seconds for open connections when the server ends


@dataclass(frozen=True)
class Where:
    """Where a server is reached and what it serves. `url` carries the token, if there is one."""

    url: str
    scenario: str
    workspace: Path


def serve(
    scenario: str,
    *,
    host: str,
    port: int,
    workspace: Path | None,
    token: str | None,
    opened: bool,
    ready: Callable[[Where], None],
) -> None:
    """Serve a scenario until it is interrupted; `ready` is told where once the port is bound.

    Port 0 takes any that is free. Raises UsageError for an address or workspace that cannot be
    used, and for an address beyond this machine without a token; ScenarioError for a scenario that
    cannot be used.
    """
    check_token(host, token)
    name = load(scenario).settings.name
    base = scenario if scenario in packaged() else str(locate(scenario).resolve())
    with (
        _listen(host, port) as listening,
        contextlib.closing(Workspace(workspace or Path(f"workbench-{name}"), base)) as space,
    ):
        app = create(space, host=host, token=token)
        where = Where(_url(host, listening, token), name, space.folder)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False,
            timeout_graceful_shutdown=_GRACE, ws="none", proxy_headers=False,
        )  # fmt: skip
        ready(where)
        if opened:
            threading.Timer(0.5, webbrowser.open, [where.url]).start()
        with contextlib.suppress(KeyboardInterrupt):  # raised again when all is closed
            _Server(config, app.state.workbench).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Lets go of those who listen to events before it waits for open connections."""

    def __init__(self, config: uvicorn.Config, bench: Workbench) -> None:
        super().__init__(config)
        self._bench = bench

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._bench.runner.end()
        await super().shutdown(sockets)


def check_token(host: str, token: str | None) -> None:
    """Raise UsageError if an address beyond this machine has no token, or the token is no good."""
    if token is None and host not in LOOPBACK:
        raise UsageError(
            f"on {host} others can reach the workbench: give it a secret of at least "
            f"{LEAST_TOKEN} characters with --token or in AMBERWAY_TOKEN, or leave --host out."
        )
    if token is not None and not re.fullmatch(rf"[A-Za-z0-9_.~-]{{{LEAST_TOKEN},200}}", token):
        raise UsageError(
            f"the token needs {LEAST_TOKEN} to 200 characters, letters, digits and - . _ ~ only."
        )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            f"cannot listen on {host} port {port} ({why}); choose another with --port (0 takes "
            "any that is free)."
        ) from error


def _url(host: str, listening: socket.socket, token: str | None) -> str:
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    shown = f"[{name}]" if ":" in name else name
    link = "" if token is None else f"?token={token}"
    return f"http://{shown}:{listening.getsockname()[1]}/{link}"
