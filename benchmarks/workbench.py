"""The workbench in a browser without a graphics card: first map, and frames with 2,000 moving lots.

    python benchmarks/workbench.py [--lots 2000] [--seconds 6] [--opens 5]

Serves `baltic`, plans it by one-pass, opens it in headless Chromium (software rendering). The first
map is the time from opening the page until coast, network and places are drawn. For the frames,
the plan's own lots are stretched and repeated until as many as asked move at once, over the ways
that the plan gives them; the clock runs, and every frame that the browser shows is counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route, sync_playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MARKS = "performance.getEntriesByName('amberway-first-map').map(mark => mark.startTime)"
FRAMES = """async seconds => {
  const times = [];
  await new Promise(done => {
    const start = performance.now();
    const frame = now => { times.push(now); now - start < seconds * 1000 ? requestAnimationFrame(frame) : done(); };
    requestAnimationFrame(frame);
  });
  return times.slice(1).map((time, i) => time - times[i]);
}"""  # noqa: E501 – a program


def ask(url: str, body: dict[str, Any] | None = None) -> Any:
    """What the API answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def planned(url: str) -> str:
    """The id of a finished one-pass run."""
    run = ask(f"{url}api/runs", {"method": "one-pass", "name": "Benchmark"})["id"]
    while ask(f"{url}api/runs/{run}")["state"] in ("waiting", "running"):
        time.sleep(1)
    return str(run)


def moving(page: dict[str, Any], lots: int) -> dict[str, Any]:
    """The movements with `lots` lots that are all on the way from day 1 to the last."""
    last = page["last_day"]
    travelling = [lot for lot in page["lots"] if any(leg[5] >= 0 for leg in lot["legs"])]
    made = []
    for number in range(lots):
        lot = travelling[number % len(travelling)]
        legs = [leg for leg in lot["legs"] if len(page["paths"][leg[5]]) > 1]
        if not legs:
            continue
        days = (last - 1) / len(legs)
        made.append(
            lot
            | {
                "id": f"{lot['id']}-{number}",
                "ready": 0,
                "legs": [
                    [*leg[:3], 1 + i * days, 1 + (i + 1) * days, leg[5]]
                    for i, leg in enumerate(legs)
                ],
            }
        )
    return page | {"lots": made}


def first_maps(browser: Browser, url: str, opens: int) -> list[float]:
    """Milliseconds to the first map, in a new browser context each."""
    found = []
    for _ in range(opens):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(url)
        marks: list[float] = []
        while not marks:  # a waiting function would be evaluated in the page, which forbids it
            page.wait_for_timeout(100)
            marks = page.evaluate(MARKS)
        found.append(marks[0])
        context.close()
    return found


def frames(
    browser: Browser, url: str, run: str, lots: int, seconds: float
) -> tuple[int, list[float]]:
    """Lots on the move, and milliseconds between frames while the clock runs."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    movements = moving(ask(f"{url}api/runs/{run}/movements"), lots)

    def answer(route: Route) -> None:
        route.fulfill(json=movements)

    page.route("**/movements", answer)
    page.goto(f"{url}#/map?run={run}&day=2")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Atlantic").click()  # everything in sight
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(500)
    between = page.evaluate(FRAMES, seconds)
    told = int(page.locator(".moving strong").inner_text())
    context.close()
    return told, between


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lots", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--opens", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "amberway", "serve", "baltic", "--port", "0", "--no-open",
             "--json", "--workspace", str(Path(folder) / "space")],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            told = ""
            assert server.stdout is not None
            while not told.rstrip().endswith("}"):
                told += server.stdout.readline()
            url = json.loads(told)["url"]
            run = planned(url)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=list(FLAGS)
                )
                opened = first_maps(browser, url, options.opens)
                lots, between = frames(browser, url, run, options.lots, options.seconds)
                browser.close()
        finally:
            server.terminate()
            server.wait()
    between.sort()
    print(
        f"first map: median {statistics.median(opened):.0f} ms, worst {max(opened):.0f} ms "
        f"of {len(opened)}\n"
        f"{lots} lots on the move: {1000 * len(between) / sum(between):.1f} frames a second; "
        f"between frames median {statistics.median(between):.1f} ms, "
        f"95 of 100 under {between[int(len(between) * 0.95)]:.1f} ms"
    )


if __name__ == "__main__":
    main()
