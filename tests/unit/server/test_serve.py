"""The verb `serve`: where it listens, what it refuses, whose folder it is."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from amberway.cli import app
from amberway.errors import UsageError
from amberway.server.serve import check_token
from amberway.server.workspace import Workspace

TOKEN = "abcdefghijkl"


def refused(*arguments: object) -> str:
    """What the program says when it does not start."""
    done = CliRunner().invoke(app, ["serve", *map(str, arguments), "--no-open"])
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    return done.stderr


def test_elsewhere_without_a_token_does_not_start(minimal: Path, tmp_path: Path) -> None:
    """Proves that an address that others can reach asks for a token before anything is opened."""
    for host in ("0.0.0.0", "192.168.1.2", "::"):
        said = refused(minimal, "--host", host, "--workspace", tmp_path / "space")
        assert "--token" in said
    assert not (tmp_path / "space").exists()


@pytest.mark.parametrize("token", ["short", "x" * 201, "with a blank in it", "semi;colon;semi"])
def test_bad_tokens_are_refused(token: str) -> None:
    """Proves that a token is long enough, and fits into a link and a cookie."""
    for host in ("127.0.0.1", "0.0.0.0"):
        with pytest.raises(UsageError, match="12 to 200"):
            check_token(host, token)
    check_token("0.0.0.0", TOKEN)


def test_what_cannot_be_served(minimal: Path, tmp_path: Path) -> None:
    """Proves that a wrong scenario, a port in use and a folder of something else are told."""
    assert "does not exist" in refused(tmp_path / "nix", "--workspace", tmp_path / "space")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(minimal, "--port", port, "--workspace", tmp_path / "space")
        assert f"port {port}" in said
        assert "--port" in said
    (tmp_path / "other").mkdir()
    (tmp_path / "other/letter.txt").write_text("mine", encoding="utf-8")
    assert "not a workspace" in refused(minimal, "--port", 0, "--workspace", tmp_path / "other")
    assert (tmp_path / "other/letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_workspace_is_of_one_server(minimal: Path, idle: TestClient, tmp_path: Path) -> None:
    """Proves that a folder in use is not opened a second time."""
    assert idle.get("/api/runs").status_code == 200
    with pytest.raises(UsageError, match="in use"):
        Workspace(tmp_path / "space", str(minimal))


def test_serve_with_a_token(minimal: Path, tmp_path: Path) -> None:
    """Proves that the program listens where it says, asks for its token, and ends on a signal."""
    command = [
        sys.executable, "-m", "amberway", "serve", str(minimal), "--port", "0", "--no-open",
        "--host", "0.0.0.0", "--workspace", str(tmp_path / "space"), "--json",
    ]  # fmt: skip
    environment = {"PATH": "/usr/bin:/bin", "AMBERWAY_TOKEN": TOKEN}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        told = json.loads("".join(server.stdout.readline() for _ in range(5)))
        assert told["url"].endswith(f"/?token={TOKEN}")
        port = int(told["url"].rpartition(":")[2].partition("/")[0])
        assert _status(port, {}) == 401
        assert _status(port, {"authorization": f"Bearer {TOKEN}"}) == 200
        server.terminate()
        server.wait(20)
    assert told["scenario"] == "minimal"


def test_base_by_name_and_by_folder(minimal: Path, tmp_path: Path) -> None:
    """Proves that a workspace extends the scenario served: by its name if packaged, else by its
    folder."""
    from amberway.scenario import load

    for base, name in (("baltic", "baltic"), (str(minimal), "minimal")):
        space = Workspace(tmp_path / name, base)
        try:
            assert load(space.scenario).settings.name == name
            assert load(space.scenario).content_hash() == load(base).content_hash()
        finally:
            space.close()


def _status(port: int, headers: dict[str, str]) -> Any:
    import urllib.error
    import urllib.request

    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/runs", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
