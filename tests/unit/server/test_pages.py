"""Pages of a run: what they show is what the plan says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from amberway.mobility.folder import read
from amberway.mobility.result import MobilityResult
from amberway.server.pages.numbers import numbers

RUNS = ("as-it-is", "deeper")


@pytest.fixture(params=RUNS)
def run(request: pytest.FixtureRequest) -> str:
    """Each of the two finished runs."""
    name: str = request.param
    return name


def page(client: TestClient, run: str, name: str) -> Any:
    answer = client.get(f"/api/runs/{run}/{name}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def stored(client: TestClient, run: str) -> MobilityResult:
    return MobilityResult(read(Path(client.get(f"/api/runs/{run}").json()["folder"])))


def test_lots_move_without_jumps(finished: TestClient, run: str) -> None:
    """Proves that each lot's legs follow each other in place and time, along paths that begin and
    end where the leg does, and end at its arrival."""
    shown = page(finished, run, "movements")
    plan = stored(finished, run).plan
    assert {lot["id"] for lot in shown["lots"]} == {lot.id for lot in plan.lots}
    for lot in shown["lots"]:
        here, now = lot["origin"], lot["ready"]
        for _, start, end, first, last, path in lot["legs"]:
            line = shown["paths"][path]
            assert start == here
            assert now <= first <= last
            assert line[0] == shown["places"][start]
            assert line[-1] == shown["places"][end]
            here, now = end, last
        assert lot["arrival"] == (now if lot["legs"] else lot["arrival"])
    for sailing in shown["sailings"]:
        assert (
            sailing["ballast_day"] <= sailing["load_day"] <= sailing["depart"] < sailing["arrive"]
        )
        assert shown["paths"][sailing["path"]][0] == shown["places"][sailing["start"]]
        if sailing["ballast"] is not None:
            assert shown["paths"][sailing["ballast"]][-1] == shown["places"][sailing["start"]]


def test_curves_are_the_headline(finished: TestClient, run: str) -> None:
    """Proves that the curves at C+10 and C+30 are the headline's numbers, that they never fall,
    and that the parts add up to the whole."""
    shown = page(finished, run, "closure")
    headline = stored(finished, run).headline
    total = {s["key"]: s["persons"] for s in shown["series"] if s["by"] == "total"}
    at = {day: shown["days"].index(day) for day in (10.0, 30.0)}
    for name, day in (("C+10", 10.0), ("C+30", 30.0)):
        assert total["closed"][at[day]] == headline["persons_closed"][name]
        assert total["available"][at[day]] == headline["persons_available"][name]
        assert shown["brigades"][at[day]] == pytest.approx(headline["brigades_closed"][name])
    for by in ("standing", "nation", "area", "mode"):
        parts = [s["persons"] for s in shown["series"] if s["by"] == by]
        assert [sum(column) for column in zip(*parts, strict=True)] == total["closed"]
        assert all(part == sorted(part) for part in parts)


def test_units_and_their_accounts(finished: TestClient, run: str) -> None:
    """Proves that every unit has an account whose hours add up to its last lot's arrival, with
    sources for what it rests on."""
    result = stored(finished, run)
    rows = page(finished, run, "units")
    assert [row["force"] for row in rows] == [closure.force for closure in result.closures]
    for row, closure in zip(rows, result.closures, strict=True):
        assert row["closure_day"] == closure.day
        why = page(finished, run, f"units/{row['force']}")
        assert why["sentences"]
        assert {"forces", "unit_types"} <= {source["table"] for source in why["sources"]}
        critical = [lot for lot in why["itinerary"] if lot["critical"]]
        if critical and critical[0]["arrival_day"] is not None:
            assert why["itinerary"][0] == critical[0]
            spent = sum(part["hours"] for part in why["hours"])
            assert spent == pytest.approx(24 * critical[0]["arrival_day"])
            assert (
                row["waiting_hours"]
                == sum(wait["hours"] for leg in critical[0]["legs"] for wait in leg["waits"])
                or not critical[0]["legs"]
            )


def test_resources_and_their_accounts(finished: TestClient, run: str) -> None:
    """Proves that every resource listed has an account: use within capacity, waits that add up."""
    rows = page(finished, run, "resources")
    assert rows
    for row in rows:
        why = page(finished, run, f"resources/{quote(row['resource'], safe='')}")
        assert len(why["use"]) == len(why["capacity"])
        for used, most in zip(why["use"], why["capacity"], strict=True):
            assert most is None or 0 <= used <= most
        waited = sum(wait["lot_days"] for wait in why["waits"])
        assert waited == pytest.approx(row["waiting_lot_days"], abs=0.01)
        assert why["sentences"]
        assert why["sources"][0]["table"] == row["table"]
        if row["price"] and why["price"]:
            assert sum(why["price"]) == pytest.approx(row["price"], rel=0.02, abs=0.01)
    assert any(any(page(finished, run, f"resources/{quote(r['resource'], safe='')}")["use"])
               for r in rows)  # fmt: skip


def test_scoreboard_is_the_scorecard(finished: TestClient, run: str) -> None:
    """Proves that every number of the board is in the scorecard that `assess` would write, and
    that each can be asked where it comes from."""
    folder = Path(finished.get(f"/api/runs/{run}").json()["folder"])
    card = json.loads((folder / "scorecard.json").read_bytes())["actions"]
    board = page(finished, run, "scoreboard")
    shown = {s["key"]: s["value"] for action in board["actions"] for s in action["numbers"]}
    assert list(shown) == [number.key for number in numbers()]
    assert shown["mobility/persons_closed.C+10"] == card["mobility"]["persons_closed"]["C+10"]
    assert card["mobility"]["valid"] is True
    for number in numbers():
        assert shown[number.key] == number.of(card)
        why = finished.get("/api/why", params={"number": number.key, "run": run})
        assert why.status_code == 200, number.key
        assert why.json()["meaning"] == number.meaning


@pytest.mark.slow
def test_every_number_is_in_the_scorecard_of_baltic(baltic_result: MobilityResult) -> None:
    """Proves that on the reference scenario no number of the board is empty but what one-pass does
    not certify: a path that leads nowhere would be."""
    from amberway.initiative.assessment import assess

    card = assess(baltic_result.plan.scenario, baltic_result).scorecard()
    empty = {number.key for number in numbers() if number.of(card) is None}
    assert empty <= {
        "mobility/certified_gap", "mobility/certified_gap_of_delay", "mobility/improvement_of_delay"
    }  # fmt: skip


def test_compare(finished: TestClient) -> None:
    """Proves that a comparison is the difference of the two runs, its own opposite when turned
    round, and empty with itself."""
    ab = finished.get("/api/compare?a=as-it-is&b=deeper").json()
    ba = finished.get("/api/compare?a=deeper&b=as-it-is").json()
    turned = {one["key"]: one["difference"] for one in ba["scoreboard"]}
    for one in ab["scoreboard"]:
        if one["difference"] is not None:
            assert one["difference"] == pytest.approx(one["b"] - one["a"])
            assert turned[one["key"]] == pytest.approx(-one["difference"])
    units = {row["force"]: row["closure_day"] for row in page(finished, "deeper", "units")}
    assert ab["units"], "the draft changes when units close"
    for one in ab["units"]:
        assert one["b"] == units[one["force"]]
    assert len(ab["units"]) + ab["units_same"] == len(units)
    for curve in ab["curves"]:
        for part in (curve["a"], curve["b"]):
            assert part is None or len(part) == len(ab["days"])
    same = finished.get("/api/compare?a=deeper&b=deeper").json()
    assert same["units"] == []
    assert {one["difference"] for one in same["scoreboard"]} <= {0, None}


def test_pages_of_a_run_look_at_its_tables(finished: TestClient) -> None:
    """Proves that `run` shows the tables that it was planned for, draft and action included."""
    rows = finished.get("/api/tables/lift?run=deeper").json()["rows"]
    assert next(row["count"] for row in rows if row["id"] == "ferry") == 2
    hashes = {
        finished.get(f"/api/scenario{query}").json()["hash"]
        for query in ("?run=deeper", "?actions=1-deeper-port&draft=second-ferry")
    }
    assert len(hashes) == 1


def test_why_of_a_cell(idle: TestClient) -> None:
    """Proves that a cell tells its unit, meaning, source and how sure it is."""
    why = idle.get("/api/why?number=lift/ferry/lane_m").json()
    assert (why["value"], why["unit"], why["meaning"]) == (2000, "m", "ro-ro lane metres")
    assert why["row"]["confidence"] in ("high", "medium", "low", "assumed")
    factor = idle.get("/api/why?number=factors/march_hours_per_day").json()
    assert factor["value"] == 8
    assert "UK MoD" in factor["text"]
    for unknown in ("lift/ferry/lanes", "lift/nix/lane_m", "nix", "factors/nix", "a/b/c/d", "//"):
        assert idle.get("/api/why", params={"number": unknown}).status_code == 404


def test_map_of_baltic(repository: Path, tmp_path: Path) -> None:
    """Proves that the map of the reference scenario has its layers: places, all four modes, rings
    of air defence on their sites, commanders of every area."""
    from workbenches import opened

    with opened(tmp_path / "space", Path("baltic"), workers=0) as client:
        shown = client.get("/api/map").json()
        assert {link["mode"] for link in shown["links"]} == {"road", "rail", "sea", "air"}
        known = {place["id"]: place for place in shown["places"]}
        for link in shown["links"]:
            assert link["line"][0] == [known[link["start"]]["lon"], known[link["start"]]["lat"]]
        rings = shown["airdefence"]["features"]
        assert rings
        for ring in rings:
            line = ring["geometry"]["coordinates"][0]
            assert line[0] == line[-1]
            lons = [lon for lon, _ in line]
            assert min(lons) < ring["properties"]["lon"] < max(lons)
        outlines = {f["id"] for f in shown["areas"]["features"]}
        assert {"estonia", "latvia", "lithuania"} <= outlines
        held = {f["id"]: f["properties"]["commanders"] for f in shown["command"]["features"]}
        assert held["latvia"]["defence"]["land"]
        assert len(client.get("/api/units").json()) > 100
        countries = client.get("/api/basemap").json()["features"]
        assert {"EST", "LVA", "LTU"} <= {country["properties"]["iso"] for country in countries}
