"""Runs: kept, cancelled, killed, lost, watched by two at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from amberway.cli import app as program
from amberway.mobility.folder import read
from amberway.mobility.verify import verify
from amberway.server.records import Record, Stage, State
from workbenches import ended, opened, until, worker_of

SHORT = {"method": "one-pass"}
LONG = {"time_limit": 300, "name": "Long"}


def planning(now: dict[str, Any]) -> bool:
    return bool(now["progress"]["stage"] == "planning" and now["progress"]["bound"] is not None)


def test_run_is_an_ordinary_run_folder(finished: TestClient) -> None:
    """Proves that the plan of the workbench is one of the command line: valid, with the same
    headline and the draft in its tables."""
    run = finished.get("/api/runs/deeper").json()
    folder = Path(run["folder"])
    assert verify(folder).valid
    plan = read(folder)
    assert plan.scenario.actions == ("1-deeper-port", "second-ferry")
    assert plan.scenario.lift["ferry"].count == 2
    stored = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert run["headline"]["objective"] == stored["objective"]
    assert run["headline"]["content_hash"] == plan.scenario.content_hash()
    assert (folder / "scorecard.json").is_file()


def test_same_run_same_bytes(finished: TestClient, minimal: Path, tmp_path: Path) -> None:
    """Proves that the workbench plans as the command line does: the same files, byte for byte."""
    from typer.testing import CliRunner

    out = tmp_path / "run"
    arguments = ["plan", str(minimal), "--time-limit", "1", "--out", str(out), "--json"]
    assert CliRunner().invoke(program, arguments).exit_code == 0
    folder = Path(finished.get("/api/runs/as-it-is").json()["folder"])
    for name in ("moves.csv", "lots.csv", "sailings.csv", "prices.csv", "result.json"):
        assert (folder / name).read_bytes() == (out / name).read_bytes(), name


def test_results_survive_a_restart(finished: TestClient, minimal: Path, tmp_path: Path) -> None:
    """Proves that a new server on the same folder has the same runs and pages."""
    addresses = [f"/api/runs/{run}/{page}" for run in ("as-it-is", "deeper")
                 for page in ("movements", "closure", "units", "scoreboard", "trace")]  # fmt: skip
    shutil.copytree(tmp_path / "space", tmp_path / "copy")
    with opened(tmp_path / "copy", minimal, workers=0) as again:
        for address in addresses:
            assert again.get(address).content == finished.get(address).content
        was = [run | {"folder": ""} for run in finished.get("/api/runs").json()]
        assert [run | {"folder": ""} for run in again.get("/api/runs").json()] == was


@pytest.mark.slow
def test_cancel_keeps_the_plan(busy: Path, tmp_path: Path) -> None:
    """Proves that a run that is cancelled keeps its best plan, valid and with its certificate."""
    with opened(tmp_path / "space", busy) as client:
        run = client.post("/api/runs", json=LONG).json()["id"]
        until(client, run, planning)
        assert client.post(f"/api/runs/{run}/cancel").status_code == 200
        now = ended(client, run)
        assert now["state"] == "cancelled"
        assert now["headline"]["valid"]
        assert 0 <= now["headline"]["certified_gap"] < 1
        assert json.loads((Path(now["folder"]) / "run.json").read_bytes())["stopped"]
        assert client.get(f"/api/runs/{run}/movements").status_code == 200
        trace = client.get(f"/api/runs/{run}/trace").json()
        bounds = [bound for bound in trace["bound"] if bound is not None]
        assert bounds == sorted(bounds), "the bound only rises"
        assert client.post(f"/api/runs/{run}/cancel").status_code == 409


@pytest.mark.slow
def test_killed_worker_is_reported(busy: Path, tmp_path: Path) -> None:
    """Proves that a worker killed by the system is told with a plain reason, that the server
    lives, and that the run behind it is made."""
    with opened(tmp_path / "space", busy) as client:
        first = client.post("/api/runs", json=LONG).json()["id"]
        second = client.post("/api/runs", json=SHORT).json()
        assert second["state"] == "waiting"
        until(client, first, planning)
        os.kill(worker_of(tmp_path / "space/runs" / first), signal.SIGKILL)
        now = ended(client, first)
        assert now["state"] == "failed"
        assert "SIGKILL" in now["error"]["message"]
        assert now["headline"] is None
        assert client.get(f"/api/runs/{first}/movements").status_code == 409
        assert ended(client, second["id"])["state"] == "done"


@pytest.mark.slow
def test_two_browsers_do_not_disturb_each_other(busy: Path, tmp_path: Path) -> None:
    """Proves that two who watch get every change, and that pages come while a plan is made."""
    with opened(tmp_path / "space", busy) as client:
        run = client.post("/api/runs", json=LONG).json()["id"]
        seen: list[list[dict[str, Any]]] = [[], []]

        def watch(told: list[dict[str, Any]]) -> None:
            with client.stream("GET", f"/api/runs/{run}/events") as events:
                for line in events.iter_lines():
                    if line.startswith("data:"):
                        told.append(json.loads(line[5:]))

        threads = [threading.Thread(target=watch, args=(told,)) for told in seen]
        for thread in threads:
            thread.start()
        until(client, run, planning)
        for name in ("one", "two"):
            assert client.post("/api/drafts", json={"title": name}).status_code == 201
            edit = {"cells": {"count": 2}}
            assert client.put(f"/api/drafts/{name}/rows/lift/ferry", json=edit).status_code == 200
        slowest = 0.0
        for _ in range(5):
            start = time.monotonic()
            assert client.get("/api/map").status_code == 200
            slowest = max(slowest, time.monotonic() - start)
        assert slowest < 5
        client.post(f"/api/runs/{run}/cancel")
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive()
        assert all(told[-1]["state"] == "cancelled" for told in seen)
        assert all(len(told) > 3 for told in seen)


@pytest.mark.slow
def test_killed_server_loses_only_what_it_planned(
    busy: Path, minimal: Path, two_runs: Path, tmp_path: Path
) -> None:
    """Proves that after a killed server the finished runs are there, the one in the making is
    told as lost, its worker has ended, and one that waited is made."""
    space = tmp_path / "space"
    shutil.copytree(two_runs, space)
    command = [
        sys.executable, "-m", "amberway", "serve", str(busy), "--port", "0", "--no-open",
        "--workspace", str(space), "--json",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = json.loads("".join(server.stdout.readline() for _ in range(5)))["url"]
        run = _post(f"{url}api/runs", LONG)["id"]
        waits = _post(f"{url}api/runs", SHORT | {"name": "Waits"})["id"]
        late = time.monotonic() + 60
        while not planning(_get(f"{url}api/runs/{run}")):
            assert time.monotonic() < late
            time.sleep(0.1)
        worker = worker_of(space / "runs" / run)
        server.kill()
    late = time.monotonic() + 10
    while Path(f"/proc/{worker}/cmdline").exists() and time.monotonic() < late:
        time.sleep(0.1)
    assert not Path(f"/proc/{worker}/cmdline").exists(), "the worker outlives its server"
    with opened(space, minimal) as client:
        states = {one["id"]: one["state"] for one in client.get("/api/runs").json()}
        assert states["as-it-is"] == states["deeper"] == "done"
        assert states[run] == "lost"
        assert ended(client, waits)["state"] == "done"


@pytest.mark.slow
def test_interrupted_server_keeps_the_plan(busy: Path, tmp_path: Path) -> None:
    """Proves that Ctrl-C ends the server with exit code 0 and keeps the plan in the making."""
    space = tmp_path / "space"
    command = [
        sys.executable, "-m", "amberway", "serve", str(busy), "--port", "0", "--no-open",
        "--workspace", str(space), "--json",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = json.loads("".join(server.stdout.readline() for _ in range(5)))["url"]
        run = _post(f"{url}api/runs", LONG)["id"]
        late = time.monotonic() + 60
        while not planning(_get(f"{url}api/runs/{run}")):
            assert time.monotonic() < late
            time.sleep(0.1)
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0
    record = Record.model_validate_json((space / "runs" / run / "record.json").read_bytes())
    assert record.state == "cancelled"
    assert verify(space / "runs" / run / "plan").valid


def test_plan_outlives_its_assessment(two_runs: Path, minimal: Path, tmp_path: Path) -> None:
    """Proves that a server that went down while a plan was assessed has the plan when it comes
    back, says what is missing of it, and shows the rest."""
    space = tmp_path / "space"
    shutil.copytree(two_runs, space)
    folder = space / "runs/as-it-is"
    (folder / "pages/scoreboard.json").unlink()
    record = Record.model_validate_json((folder / "record.json").read_bytes())
    record.state, record.progress.stage = State.RUNNING, Stage.ASSESSING
    record.save(folder)
    with opened(space, minimal, workers=0) as client:
        now = client.get("/api/runs/as-it-is").json()
        assert (now["state"], now["error"]["kind"]) == ("done", "not-assessed")
        assert now["headline"]["valid"]
        assert client.get("/api/runs/as-it-is/movements").status_code == 200
        for page in ("/api/runs/as-it-is/scoreboard", "/api/compare?a=as-it-is&b=deeper"):
            assert client.get(page).status_code == 409


def test_unreadable_record_harms_no_other(two_runs: Path, minimal: Path, tmp_path: Path) -> None:
    """Proves that a record that cannot be read is told, left where it is, and harms nobody."""
    space = tmp_path / "space"
    shutil.copytree(two_runs, space)
    (space / "runs/deeper/record.json").write_text("{", encoding="utf-8")
    with opened(space, minimal, workers=0) as client:
        assert [run["id"] for run in client.get("/api/runs").json()] == ["as-it-is"]
        assert client.get("/api/runs/deeper").status_code == 409
        assert client.post("/api/runs", json={"name": "Deeper"}).json()["id"] == "deeper-2"
    assert (space / "runs/deeper/record.json").read_text(encoding="utf-8") == "{"


def test_what_the_tables_alone_decide_is_found_once(two_runs: Path) -> None:
    """Proves that the days on which units could be where are kept by the hash of the tables."""
    kept = {path.name for path in (two_runs / "cache").iterdir()}
    outcomes = [json.loads(path.read_bytes()) for path in two_runs.glob("runs/*/outcome.json")]
    assert kept == {f"reach-{one['headline']['content_hash']}.json" for one in outcomes}


def test_waiting_run_is_cancelled_and_deleted(idle: TestClient) -> None:
    """Proves that a run that waits can be cancelled and deleted, its id being free again."""
    for _ in range(2):
        run = idle.post("/api/runs", json={"name": "Être là — 2"}).json()
        assert run["id"] == "etre-la-2"
        assert run["name"] == "Être là — 2"
        assert idle.post("/api/runs/etre-la-2/cancel").json()["state"] == "cancelled"
        assert idle.delete("/api/runs/etre-la-2").status_code == 204
    assert idle.get("/api/runs").json() == []


def test_names_are_told_apart(idle: TestClient) -> None:
    """Proves that runs of one name get ids of their own, and a new name leaves the id."""
    ids = [idle.post("/api/runs", json={"name": "Base"}).json()["id"] for _ in range(3)]
    assert ids == ["base", "base-2", "base-3"]
    assert idle.patch("/api/runs/base-2", json={"name": "Other"}).json()["name"] == "Other"
    assert idle.get("/api/runs/base-2").json()["name"] == "Other"


def test_queue_is_bounded(idle: TestClient) -> None:
    """Proves that no more runs can wait than the bound, in words."""
    for _ in range(20):
        assert idle.post("/api/runs", json=SHORT).status_code == 201
    answer = idle.post("/api/runs", json=SHORT)
    assert answer.status_code == 409
    assert "waiting" in answer.json()["error"]["message"]


def test_bad_wishes_are_refused(idle: TestClient) -> None:
    """Proves that unknown actions and drafts are refused before anything is made."""
    answer = idle.post("/api/runs", json={"actions": ["9-peace"]})
    assert answer.status_code == 422
    assert answer.json()["error"]["problems"][0]["value"] == "9-peace"
    assert idle.post("/api/runs", json={"draft": "nix"}).status_code == 404
    assert idle.post("/api/runs", json={"actions": ["1-deeper-port"] * 2}).status_code == 422
    assert idle.get("/api/runs").json() == []


def test_tables_broken_after_asking_fail_in_words(minimal: Path, tmp_path: Path) -> None:
    """Proves that a run whose tables are faulty when its turn comes says so, with file, row and
    column, and that pages of these tables say the same."""
    folder = tmp_path / "scenario"
    shutil.copytree(minimal, folder)
    with opened(tmp_path / "space", folder, workers=0) as client:
        asked = SHORT | {"actions": ["1-deeper-port"]}
        run = client.post("/api/runs", json=asked).json()["id"]
    table = folder / "actions/1-deeper-port/terminals.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("east-port,sea", "east-port,ski"), encoding="utf-8")
    with opened(tmp_path / "space", folder) as client:
        now = ended(client, run)
        page = client.get("/api/map?actions=1-deeper-port")
    assert (now["state"], now["headline"]) == ("failed", None)
    (problem,) = now["error"]["problems"]
    assert problem["file"] == "actions/1-deeper-port/terminals.csv"
    assert (problem["row"], problem["column"], problem["value"]) == (2, "function", "ski")
    assert page.status_code == 422
    assert page.json()["error"]["problems"] == [problem]


def _post(url: str, body: dict[str, Any]) -> Any:
    import urllib.request

    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def _get(url: str) -> Any:
    import urllib.request

    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)
