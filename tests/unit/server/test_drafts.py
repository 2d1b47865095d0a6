"""Drafts: what may be changed, what is refused and beside which field, what the terminal makes of
them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from amberway.cli import app as program
from amberway.scenario import load
from workbenches import opened


@pytest.fixture
def draft(idle: TestClient) -> str:
    """The address of an empty draft."""
    answer = idle.post("/api/drafts", json={"title": "What if: “two” = 2"})
    assert answer.status_code == 201
    assert answer.json()["id"] == "what-if-two-2"
    return "/api/drafts/what-if-two-2"


def put(client: TestClient, address: str, **cells: Any) -> Any:
    return client.put(address, json={"cells": cells})


def ferry(client: TestClient, query: str = "") -> Any:
    rows = client.get(f"/api/tables/lift{query}").json()["rows"]
    return next(row for row in rows if row["id"] == "ferry")


def problems(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 422, answer.text
    found: list[dict[str, Any]] = answer.json()["error"]["problems"]
    return found


def test_edit_keeps_the_other_cells(idle: TestClient, draft: str) -> None:
    """Proves that an edit of one cell leaves the rest of the row, and tells what was there."""
    (change,) = put(idle, f"{draft}/rows/lift/ferry", lane_m=2500).json()["changes"]
    assert change["cells"]["lane_m"] == "2500"
    assert change["was"]["lane_m"] == "2000"
    assert change["cells"]["name"] == change["was"]["name"] == "MS Ferry"
    lift = {
        row["id"]: row for row in idle.get("/api/tables/lift?draft=what-if-two-2").json()["rows"]
    }
    assert lift["ferry"]["lane_m"] == 2500
    base = {row["id"]: row for row in idle.get("/api/tables/lift").json()["rows"]}
    assert base["ferry"]["lane_m"] == 2000


def test_changed_figures_lose_their_source(idle: TestClient, draft: str) -> None:
    """Proves that a figure changed here does not borrow the source of the one before."""
    put(idle, f"{draft}/rows/lift/ferry", source="atlas", confidence="high")
    (change,) = put(idle, f"{draft}/rows/lift/ferry", speed_kn=20).json()["changes"]
    assert change["cells"]["source"] == "atlas", "said in this draft"
    other = put(idle, "/api/drafts/what-if-two-2/rows/terminals/west-port-berths", slots=1)
    cells = other.json()["changes"][-1]["cells"]
    assert cells["confidence"] == "assumed"
    assert "source" not in cells


def test_row_is_added_removed_and_taken_back(idle: TestClient, draft: str) -> None:
    """Proves the three edits: a row of a new id, a row less, and both taken back."""
    ship = {"name": "MS Two", "kind": "ship", "home": "west-port", "notice_days": 1, "lane_m": 900,
            "speed_kn": 16, "draught_m": 6, "length_m": 150, "beam_m": 22}  # fmt: skip
    assert put(idle, f"{draft}/rows/lift/two", **ship).status_code == 200
    assert idle.put(f"{draft}/rows/lift/trucks", json={"remove": True}).status_code == 200
    changes = {(c["row"], c["removed"]) for c in idle.get(draft).json()["changes"]}
    assert changes == {("two", False), ("trucks", True)}
    rows = {r["id"] for r in idle.get("/api/tables/lift?draft=what-if-two-2").json()["rows"]}
    assert "two" in rows
    assert "trucks" not in rows
    for row in ("two", "trucks"):
        assert idle.delete(f"{draft}/rows/lift/{row}").status_code == 200
    assert idle.get(draft).json()["changes"] == []


@pytest.mark.parametrize(
    ("address", "cells", "column", "word"),
    [
        ("lift/ferry", {"lane_m": "many"}, "lane_m", "number"),
        ("lift/ferry", {"count": -1}, "count", "range"),
        ("lift/ferry", {"kind": "shipp"}, "kind", "allowed"),
        ("lift/ferry", {"home": "west-prot"}, "home", "not in"),
        ("lift/ferry", {"lanes": 3}, "lanes", "column"),
        ("lift/ferry", {"name": ""}, "name", "missing"),
        ("lift/new", {"name": "New"}, "kind", "missing"),
        (
            "disruptions/close",
            {"resource": "east-road", "from_day": 3},
            "remaining_share",
            "missing",
        ),
    ],
)
def test_invalid_edit_is_explained_beside_the_field(
    idle: TestClient, draft: str, address: str, cells: dict[str, Any], column: str, word: str
) -> None:
    """Proves that an invalid edit names table, row and column, says how to mend it, and that
    nothing of it is saved."""
    table, row = address.split("/")
    found = problems(put(idle, f"{draft}/rows/{address}", **cells))
    hits = [one for one in found if one["column"] == column and word in one["what"]]
    assert hits, found
    assert (hits[0]["table"], hits[0]["id"]) == (table, row) or word == "column"
    assert all(one["mend"] for one in hits)
    assert idle.get(draft).json()["changes"] == []


def test_named_checks_hold_for_drafts(idle: TestClient, draft: str) -> None:
    """Proves that the checks of the whole scenario judge an edit as they judge a file."""
    found = problems(idle.put(f"{draft}/rows/places/west-port", json={"remove": True}))
    assert {"dangling-reference"} <= {one["check"] for one in found}


def test_edits_that_need_each_other(idle: TestClient, draft: str) -> None:
    """Proves that a place and its link are refused one by one and saved together."""
    place = {"name": "New camp", "nation": "eas", "lat": 55.6, "lon": 23, "kind": "barracks"}
    link = {"from": "new-camp", "to": "east-camp", "mode": "road", "km": 90, "speed_kmh": 40}
    assert problems(put(idle, f"{draft}/rows/links/new-road", **link))
    edits = [{"table": "places", "row": "new-camp", "cells": place},
             {"table": "links", "row": "new-road", "cells": link}]  # fmt: skip
    answer = idle.put(f"{draft}/rows", json={"edits": edits})
    assert answer.status_code == 200, answer.text
    found = problems(idle.delete(f"{draft}/rows/places/new-camp"))
    assert found[0]["check"] == "dangling-reference"
    assert len(idle.get(draft).json()["changes"]) == 2


def test_actions_are_switched_on_below(idle: TestClient, draft: str) -> None:
    """Proves that a draft lies over the actions that are switched on with it."""
    answer = idle.patch(draft, json={"actions": ["1-deeper-port", "2-second-ship"]})
    assert answer.json()["actions"] == ["1-deeper-port", "2-second-ship"]
    folder = Path(answer.json()["folder"]).parents[1]
    (ship,) = set(load(folder, answer.json()["actions"]).lift) - set(load(folder).lift)
    (change,) = put(idle, f"{draft}/rows/lift/{ship}", notice_days=9).json()["changes"]
    assert change["was"] is not None
    assert problems(idle.patch(draft, json={"actions": ["9-peace"]}))[0]["column"] == "actions"


def test_download_works_on_the_command_line(
    finished: TestClient, minimal: Path, tmp_path: Path
) -> None:
    """Proves that an unpacked draft is an action of the scenario: the same content hash as the run
    of the workbench."""
    folder = tmp_path / "scenario"
    shutil.copytree(minimal, folder)
    answer = finished.get("/api/drafts/second-ferry/download")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert sorted(packed.namelist()) == [
            "actions/second-ferry/action.toml", "actions/second-ferry/lift.csv"
        ]  # fmt: skip
        packed.extractall(folder)
    arguments = ["check", str(folder), "--with", "1-deeper-port,second-ferry", "--json"]
    done = CliRunner().invoke(program, arguments)
    assert done.exit_code == 0, done.output
    run = finished.get("/api/runs/deeper").json()
    assert json.loads(done.stdout)["content_hash"] == run["headline"]["content_hash"]


def test_draft_is_usable_where_it_is(finished: TestClient) -> None:
    """Proves that the command which a draft tells is one that works."""
    words = finished.get("/api/drafts/second-ferry").json()["command"].split()
    done = CliRunner().invoke(program, ["check", *words[2:]])
    assert done.exit_code == 0, done.output


def test_runs_keep_the_draft_as_it_was(idle: TestClient, draft: str, tmp_path: Path) -> None:
    """Proves that a run uses its draft as it was when it was asked for."""
    put(idle, f"{draft}/rows/lift/ferry", count=2)
    run = idle.post("/api/runs", json={"draft": "what-if-two-2"}).json()
    put(idle, f"{draft}/rows/lift/ferry", count=3)
    assert idle.delete(draft).status_code == 204
    kept = tmp_path / "space/runs" / run["id"] / "input"
    assert load(kept, ["what-if-two-2"]).lift["ferry"].count == 2
    assert run["draft_title"] == "What if: “two” = 2"


def test_two_editors_lose_nothing(idle: TestClient, draft: str) -> None:
    """Proves that edits of two browsers at once are all there in the end."""
    names = ["ferry", "coaches", "trucks", "airlifters", "trains-west", "trains-east"]

    def edit(some: list[str]) -> None:
        for name in some:
            assert put(idle, f"{draft}/rows/lift/{name}", note=f"seen {name}").status_code == 200

    threads = [threading.Thread(target=edit, args=(names[i::2],)) for i in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    changes = {c["row"]: c["cells"]["note"] for c in idle.get(draft).json()["changes"]}
    assert changes == {name: f"seen {name}" for name in names}


def test_draft_tells_when_the_tables_below_have_changed(minimal: Path, tmp_path: Path) -> None:
    """Proves that a draft whose scenario was edited under it opens and says what no longer fits,
    and that a run with it is refused."""
    folder = tmp_path / "scenario"
    shutil.copytree(minimal, folder)
    with opened(tmp_path / "space", folder, workers=0) as client:
        client.post("/api/drafts", json={"title": "Closed", "name": "closed"})
        cells = {"resource": "east-road", "from_day": 3, "remaining_share": 0}
        assert (
            put(client, "/api/drafts/closed/rows/disruptions/no-road", **cells).status_code == 200
        )
        assert client.get("/api/drafts/closed").json()["problems"] == []
        text = (folder / "links.csv").read_text(encoding="utf-8")
        (folder / "links.csv").write_text(
            text.replace("east-road,", "other-road,"), encoding="utf-8"
        )
        (hit,) = [p for p in client.get("/api/drafts/closed").json()["problems"] if p["table"]]
        assert (hit["table"], hit["id"], hit["column"]) == ("disruptions", "no-road", "resource")
        assert client.post("/api/runs", json={"draft": "closed"}).status_code == 422


def test_names_do_not_hide_actions(idle: TestClient, draft: str) -> None:
    """Proves that a draft cannot take the name of an action or of another draft."""
    for name in ("1-deeper-port", "what-if-two-2"):
        answer = idle.post("/api/drafts", json={"title": "x", "name": name})
        assert answer.status_code == 409
    assert (
        idle.post("/api/drafts", json={"title": "1 deeper port"}).json()["id"] == "1-deeper-port-2"
    )


@pytest.mark.parametrize("note", ["=1+1", "+cmd", "-x", "@sum", "-5", "plain", "a=1"])
def test_export_is_safe_in_a_spreadsheet(idle: TestClient, draft: str, note: str) -> None:
    """Proves that a text that a spreadsheet would take for a formula is quoted, numbers are not."""
    assert put(idle, f"{draft}/rows/lift/ferry", note=note).status_code == 200
    text = idle.get("/api/tables/lift.csv?draft=what-if-two-2").text
    cell = next(row["note"] for row in csv.DictReader(io.StringIO(text)) if row["id"] == "ferry")
    assert cell == ("'" + note if note in ("=1+1", "+cmd", "-x", "@sum") else note)
