"""Who may ask: foreign names, foreign pages, tokens, large bodies, ways out of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from amberway.server.guard import HEADERS, LARGEST_BODY
from workbenches import opened

TOKEN = "a-secret-of-this-test"


@pytest.fixture
def elsewhere(minimal: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A workbench bound to all addresses, with a token."""
    with opened(tmp_path / "space", minimal, workers=0, host="0.0.0.0", token=TOKEN) as client:
        client.base_url = "http://192.0.2.7:8000"  # type: ignore[assignment]
        yield client


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:5173", "[::1]:8000", "LOCALHOST"])
def test_own_names_are_answered(idle: TestClient, host: str) -> None:
    """Proves that every name of this machine's loopback is answered, on any port."""
    assert idle.get("/api/runs", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "", "192.168.1.5:8000",
     "localhost@evil.example", "localhost:x", "localhost/evil", "[::1", "user:pw@localhost"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/scenario"])
def test_foreign_names_are_refused(idle: TestClient, host: str, path: str) -> None:
    """Proves that a foreign name that is made to point here (DNS rebinding) gets nothing."""
    answer = idle.get(path, headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["error"]["kind"] == "foreign-host"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9000", "http://127.0.0.1", ""]
)
def test_foreign_pages_may_not_post(idle: TestClient, origin: str) -> None:
    """Proves that a page of another origin, port included, can change nothing here."""
    answer = idle.post("/api/drafts", json={"title": "x"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert answer.json()["error"]["kind"] == "foreign-origin"
    assert idle.get("/api/drafts").json() == []


def test_own_pages_may_post(idle: TestClient) -> None:
    """Proves that the workbench itself may, also through a development server."""
    for name in ("127.0.0.1:8000", "localhost:5173"):
        headers = {"origin": f"http://{name}", "host": name}
        assert idle.post("/api/drafts", json={"title": "x"}, headers=headers).status_code == 201


def test_headers_on_every_answer(idle: TestClient) -> None:
    """Proves that answers and refusals alike carry the headers, and none allows other origins."""
    for answer in (idle.get("/"), idle.get("/api/runs"), idle.get("/nix"),
                   idle.get("/", headers={"host": "evil.example"})):  # fmt: skip
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_large_bodies_are_refused(idle: TestClient) -> None:
    """Proves that a body beyond the bound is refused, whether its length is told or not."""
    large = b'{"title": "' + b"x" * LARGEST_BODY + b'"}'

    def pieces() -> Iterator[bytes]:
        for at in range(0, len(large), 1 << 16):
            yield large[at : at + (1 << 16)]

    for content in (large, pieces()):
        answer = idle.post(
            "/api/drafts", content=content, headers={"content-type": "application/json"}
        )
        assert answer.status_code == 413
        assert answer.json()["error"]["kind"] == "too-large"


@pytest.mark.parametrize(
    "name",
    ["..", "%2e%2e", "..%2f..%2fetc", "%2fetc%2fpasswd", "a%00b", "A", "a--b", "-a", "a" * 61,
     "as-it-is%2f..%2fas-it-is", "..%5c..", "%c3%a9", ".gone"],
)  # fmt: skip
@pytest.mark.parametrize(
    "path",
    ["/api/runs/{}", "/api/runs/{}/movements", "/api/drafts/{}", "/api/drafts/{}/download",
     "/api/drafts/{}/rows/lift/ferry", "/api/compare?a={}&b=deeper", "/api/map?run={}",
     "/api/units?draft={}", "/api/tables/places?actions={}"],
)  # fmt: skip
def test_no_name_leads_out_of_the_workspace(finished: TestClient, path: str, name: str) -> None:
    """Proves that what is no slug is refused or not found before any path is made of it."""
    method = "DELETE" if "rows" in path else "GET"
    answer = finished.request(method, path.format(name))
    assert answer.status_code in (404, 405, 422), answer.text
    assert "error" in answer.json()


def test_deleting_stays_inside(finished: TestClient, tmp_path: Path) -> None:
    """Proves that deletions with ways out in them delete nothing."""
    before = sorted(tmp_path.rglob("*"))
    for name in ("..", "%2e%2e", "..%2fruns", "%2e%2e%2f%2e%2e"):
        for kind in ("runs", "drafts"):
            assert finished.delete(f"/api/{kind}/{name}").status_code in (404, 405, 422)
    assert sorted(tmp_path.rglob("*")) == before


# --- elsewhere than on loopback -----------------------------------------------------------------


def test_token_is_asked_for(elsewhere: TestClient) -> None:
    """Proves that without the token there is neither data nor page, only the question for it."""
    answer = elsewhere.get("/api/scenario")
    assert answer.status_code == 401
    assert answer.json()["error"]["kind"] == "no-token"
    page = elsewhere.get("/", headers={"accept": "text/html"})
    assert page.status_code == 401
    assert 'name="token"' in page.text
    assert TOKEN not in page.text


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_wrong_token_is_refused(elsewhere: TestClient, shown: str) -> None:
    """Proves that only the token itself opens."""
    assert elsewhere.get("/api/runs", headers={"authorization": shown}).status_code == 401
    assert elsewhere.get("/api/runs", headers={"cookie": "amberway=x"}).status_code == 401
    assert elsewhere.get("/api/runs?token=x").status_code == 401
    assert elsewhere.get(f"/api/runs?token={TOKEN}").status_code == 401, "never in an API address"


def test_bearer_opens(elsewhere: TestClient) -> None:
    """Proves that programs may show the token in a header."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert elsewhere.get("/api/runs", headers=headers).status_code == 200


def test_link_becomes_a_cookie(elsewhere: TestClient) -> None:
    """Proves that a link with the token sets a cookie that scripts cannot read, and drops it from
    the address."""
    answer = elsewhere.get(f"/?token={TOKEN}&x=1", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?x=1"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert elsewhere.get("/api/runs").status_code == 200
    assert elsewhere.get("/", headers={"accept": "text/html"}).status_code == 200


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "///evil.example/"])
def test_link_leads_nowhere_else(elsewhere: TestClient, path: str) -> None:
    """Proves that the redirect after the token stays on this host."""
    answer = elsewhere.get(f"http://192.0.2.7:8000{path}?token={TOKEN}", follow_redirects=False)
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(("host", "status"), [("203.0.113.9", 401), ("evil.example", 403)])
def test_names_elsewhere(elsewhere: TestClient, host: str, status: int) -> None:
    """Proves that addresses in numbers are ours, and foreign names are not even asked."""
    assert elsewhere.get("/api/runs", headers={"host": host}).status_code == status
