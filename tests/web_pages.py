"""A real server and a real browser for the tests of the workbench's pages."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZES = {"1280": (1280, 800), "1920": (1920, 1080)}
SCREENSHOTS = Path(__file__).parent / "web/screenshots"
PATIENCE = 20_000  # milliseconds: both cores may be planning


class Served:
    """`amberway serve` in a process of its own."""

    def __init__(self, scenario: str, workspace: Path, port: int = 0) -> None:
        command = [sys.executable, "-m", "amberway", "serve", scenario, "--port", str(port)]
        self._process = subprocess.Popen(
            [*command, "--no-open", "--json", "--workspace", str(workspace)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.url: str = json.loads(self._first_object())["url"]
        # What it says later has to go somewhere, or the pipe fills.
        threading.Thread(target=self._process.stderr.read, daemon=True).start()  # type: ignore[union-attr]

    def _first_object(self) -> str:
        lines = ""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            lines += line
            if line.startswith("}"):
                return lines
        _, said = self._process.communicate(timeout=10)
        raise AssertionError(f"the server did not start: {said}")

    def ask(self, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        """What the API answers to a GET, or to a POST (or `method`) of `body`."""
        request = urllib.request.Request(
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def planned(self, seconds: float = 240, **asked: Any) -> str:
        """The id of a run that has ended with a plan."""
        run = self.ask("api/runs", asked)["id"]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            told = self.ask(f"api/runs/{run}")
            if told["state"] not in ("waiting", "running"):
                assert told["state"] == "done", told
                return str(run)
            time.sleep(0.3)
        raise AssertionError(f"no plan within {seconds} s: {told}")

    def end(self, killed: bool = False) -> None:
        """Ends the server, if need be without a word of warning, and waits for it."""
        if killed:
            self._process.kill()
        else:
            self._process.terminate()
        self._process.wait(timeout=30)
        assert self._process.stdout is not None
        self._process.stdout.close()
        if self._process.stderr is not None:
            self._process.stderr.close()


@contextmanager
def serving(scenario: str | Path, workspace: Path) -> Iterator[Served]:
    """The workbench of a scenario, ended at the end."""
    served = Served(str(scenario), workspace)
    try:
        yield served
    finally:
        served.end()


@contextmanager
def watched(
    browser: Browser, served: Served, size: str = "1280", dark: bool = False, fine: str = "422"
) -> Iterator[Page]:
    """A page that fails the test for an error in the browser, or a request to anywhere else.

    `fine` is what the browser may note: a refused edit, say, is an answer.
    """
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light",
        reduced_motion="reduce", base_url=served.url,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    here = urlsplit(served.url).netloc

    def asked(url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != here:
            wrong.append(f"asked {url}")

    page.on("request", lambda request: asked(request.url))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on(
        "console",
        lambda told: (
            wrong.append(told.text)
            if told.type in ("error", "warning") and fine not in told.text
            else None
        ),
    )
    yield page
    context.close()
    assert not wrong, "\n".join(wrong)


def keep(page: Page, name: str) -> None:
    """A screenshot, to be looked at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
