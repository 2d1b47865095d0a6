"""Every address: documented, answered in the form that it promises, refused in the one shape."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from amberway.mobility.methods import METHODS
from amberway.mobility.objective import OBJECTIVES
from amberway.server.app import openapi
from amberway.server.faults import Failure
from amberway.server.pages.numbers import numbers
from amberway.server.records import Options
from amberway.server.routes import drafts, runs, scenario
from workbenches import opened

DOCUMENT = openapi()
ROUTES = [r for theme in (scenario, runs, drafts) for r in theme.router.routes]
ADDRESSES = [(m, r.path) for r in ROUTES if isinstance(r, APIRoute) for m in sorted(r.methods)]

# An answer that succeeds for every address: what stands in the path, and the body.
HAPPY: dict[tuple[str, str], tuple[dict[str, str], Any]] = {
    ("GET", "/api/scenario"): ({}, None),
    ("GET", "/api/basemap"): ({}, None),
    ("GET", "/api/map"): ({}, None),
    ("GET", "/api/units"): ({}, None),
    ("GET", "/api/tables"): ({}, None),
    ("GET", "/api/tables/{name}"): ({"name": "places"}, None),
    ("GET", "/api/tables/{name}.csv"): ({"name": "lift"}, None),
    ("GET", "/api/why"): ({"?": "number=lift/ferry/lane_m"}, None),
    ("GET", "/api/runs"): ({}, None),
    ("POST", "/api/runs"): ({}, {"method": "one-pass", "actions": ["1-deeper-port"]}),
    ("GET", "/api/runs/{run}"): ({"run": "as-it-is"}, None),
    ("PATCH", "/api/runs/{run}"): ({"run": "as-it-is"}, {"name": "As it was"}),
    ("DELETE", "/api/runs/{run}"): ({"run": "as-it-is"}, None),
    ("POST", "/api/runs/{run}/cancel"): ({"run": "waits"}, None),
    ("GET", "/api/runs/{run}/events"): ({"run": "as-it-is"}, None),
    ("GET", "/api/runs/{run}/trace"): ({"run": "as-it-is"}, None),
    ("GET", "/api/runs/{run}/movements"): ({"run": "as-it-is"}, None),
    ("GET", "/api/runs/{run}/closure"): ({"run": "as-it-is"}, None),
    ("GET", "/api/runs/{run}/units"): ({"run": "as-it-is"}, None),
    ("GET", "/api/runs/{run}/units/{force}"): (
        {"run": "as-it-is", "force": "west-battalion"},
        None,
    ),
    ("GET", "/api/runs/{run}/resources"): ({"run": "as-it-is"}, None),
    ("GET", "/api/runs/{run}/resources/{resource}"): (
        {"run": "as-it-is", "resource": "terminal:west-airfield-apron"},
        None,
    ),
    ("GET", "/api/runs/{run}/command"): ({"run": "as-it-is"}, None),
    ("GET", "/api/runs/{run}/scoreboard"): ({"run": "as-it-is"}, None),
    ("GET", "/api/compare"): ({"?": "a=as-it-is&b=deeper"}, None),
    ("GET", "/api/drafts"): ({}, None),
    ("POST", "/api/drafts"): ({}, {"title": "Another"}),
    ("GET", "/api/drafts/{draft}"): ({"draft": "second-ferry"}, None),
    ("PATCH", "/api/drafts/{draft}"): ({"draft": "second-ferry"}, {"title": "Two ferries"}),
    ("DELETE", "/api/drafts/{draft}"): ({"draft": "second-ferry"}, None),
    ("PUT", "/api/drafts/{draft}/rows"): (
        {"draft": "second-ferry"},
        {"edits": [{"table": "lift", "row": "ferry", "cells": {"count": 3}}]},
    ),
    ("PUT", "/api/drafts/{draft}/rows/{table}/{row}"): (
        {"draft": "second-ferry", "table": "lift", "row": "coaches"},
        {"cells": {"count": 30}},
    ),
    ("DELETE", "/api/drafts/{draft}/rows/{table}/{row}"): (
        {"draft": "second-ferry", "table": "lift", "row": "ferry"},
        None,
    ),
    ("GET", "/api/drafts/{draft}/download"): ({"draft": "second-ferry"}, None),
}


def ask(client: TestClient, method: str, path: str, named: dict[str, str], body: Any) -> Any:
    """Call an address with its path filled in."""
    query = named.get("?")
    address = path.format(**{k: v for k, v in named.items() if k != "?"})
    return client.request(method, address + (f"?{query}" if query else ""), json=body)


def refused(answer: Any, status: int) -> Failure:
    """The body of a failure, which has the one shape and nothing else."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json()) == {"error"}
    return Failure.model_validate(answer.json())


def test_every_address_is_tried_and_documented() -> None:
    """Proves that no address is left out of the OpenAPI document or of the tests below."""
    documented = {(m.upper(), p) for p, item in DOCUMENT["paths"].items() for m in item}
    assert set(ADDRESSES) == documented == set(HAPPY)


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_address_answers_as_documented(finished: TestClient, method: str, path: str) -> None:
    """Proves that an address answers with a status, type and body that the document names."""
    finished.post("/api/runs", json={"name": "waits"})
    answer = ask(finished, method, path, *HAPPY[method, path])
    declared = DOCUMENT["paths"][path][method.lower()]
    said = declared["responses"][str(answer.status_code)]
    assert answer.status_code < 300, answer.text
    assert declared["description"].strip()
    for name, value in {
        "nosniff": "x-content-type-options",
        "no-referrer": "referrer-policy",
    }.items():
        assert answer.headers[value] == name
    if answer.status_code != 204:
        assert answer.headers["content-type"].partition(";")[0] in said["content"]
        assert answer.content


@pytest.mark.parametrize(("method", "path"), [a for a in ADDRESSES if "{" in a[1]])
def test_what_is_not_there_is_told_in_the_one_shape(
    finished: TestClient, method: str, path: str
) -> None:
    """Proves that an unknown run, draft, table, unit or resource is a 404 with words."""
    named, body = HAPPY[method, path]
    last = re.findall(r"{(\w+)}", path)[-1]
    failure = (
        refused(ask(finished, method, path, named | {last: "nowhere"}, body), 404)
        if not (method == "PUT" and last == "row")
        else refused(ask(finished, method, path, named | {"draft": "nowhere"}, body), 404)
    )
    assert failure.error.kind == "not-found"
    assert "404" in DOCUMENT["paths"][path][method.lower()]["responses"]


@pytest.mark.parametrize("path", sorted({path for _, path in ADDRESSES}))
def test_wrong_method_is_told_in_the_one_shape(finished: TestClient, path: str) -> None:
    """Proves that a method that an address does not know is a 405 of the one shape."""
    failure = refused(finished.request("OPTIONS", re.sub(r"{\w+}", "x", path)), 405)
    assert failure.error.kind == "method-not-allowed"


@pytest.mark.parametrize(("method", "path"), [k for k, (_, body) in HAPPY.items() if body])
@pytest.mark.parametrize("body", [[1], {"nonsense": 1}, "x", {"edits": []}, {"cells": 3}])
def test_wrong_body_is_told_in_the_one_shape(
    finished: TestClient, method: str, path: str, body: Any
) -> None:
    """Proves that a body of the wrong form is a 422 that says where."""
    failure = refused(ask(finished, method, path, HAPPY[method, path][0], body), 422)
    assert failure.error.problems
    assert all(problem.what and problem.mend for problem in failure.error.problems)


@pytest.mark.parametrize("path", ["/api", "/api/", "/nix", "/api/runs/", "/api/scenario/x", "/%2f"])
def test_unknown_address_is_told_in_the_one_shape(idle: TestClient, path: str) -> None:
    """Proves that an address that does not exist is a 404 of the one shape."""
    assert refused(idle.get(path), 404).error.kind == "not-found"


def test_body_that_is_no_json(idle: TestClient) -> None:
    """Proves that bytes that are no JSON are refused in words."""
    for content in (b"{", b"\xff\xfe", b'{"title": "\\ud800"}', b"[" * 100_000):
        answer = idle.post(
            "/api/drafts", content=content, headers={"content-type": "application/json"}
        )
        assert refused(answer, answer.status_code).error.message
        assert answer.status_code in (400, 422)


def test_page_that_says_how_to_build(idle: TestClient) -> None:
    """Proves that without a built workbench the first page says how to get it."""
    from amberway.server.app import STATIC

    answer = idle.get("/")
    assert answer.status_code == 200
    assert (STATIC / "index.html").is_file() or "make web" in answer.text


def test_built_workbench_is_served(minimal: Any, tmp_path: Any) -> None:
    """Proves that files of the build are served, those with a hash in their name for ever."""
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<title>Amberway</title>", encoding="utf-8")
    (static / "assets/index-Ab3_xY9z.js").write_text("1;\n" * 2000, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    with opened(tmp_path / "space", minimal, workers=0, static=static) as client:
        assert "<title>" in client.get("/").text
        script = client.get("/assets/index-Ab3_xY9z.js", headers={"accept-encoding": "gzip"})
        assert "immutable" in script.headers["cache-control"]
        assert script.headers["content-encoding"] == "gzip"
        for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"):
            refused(client.get(path), 404)


def test_options_are_those_of_the_planner() -> None:
    """Proves that the API offers the methods and objectives that there are."""
    schema = Options.model_json_schema()["properties"]
    assert schema["method"]["enum"] == list(METHODS)
    assert schema["objective"]["enum"] == list(OBJECTIVES)


def test_numbers_are_in_the_manual(repository: Any) -> None:
    """Proves that each number of the scoreboard names a page of the manual that exists."""
    assert len({number.key for number in numbers()}) == len(numbers())
    for number in numbers():
        assert number.meaning
        assert number.better in (-1, 0, 1)
        assert (repository / number.page).is_file()
