"""Write the map of the guide from the plan of the reference scenario.

    .venv/bin/python scripts/pictures.py runs/baltic-certified

Reads the run, draws the report's own figure of the theatre and lets Chromium make
`docs/images/map.png` of it.
"""

from __future__ import annotations

import argparse
import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from amberway.mobility.folder import read
from amberway.mobility.result import MobilityResult
from amberway.report.figures import flow_map

TARGET = Path(__file__).parents[1] / "docs/images/map.png"
STYLE = Path(__file__).parents[1] / "src/amberway/report/templates/style.css"
WIDTH = 900


def main() -> None:
    """Draw the theatre."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    svg = flow_map.theatre(MobilityResult(read(parser.parse_args().run)))
    if svg is None:
        parser.error("nothing moves in this run")
    style = STYLE.read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": WIDTH, "height": 1200}, device_scale_factor=1.5)
        page.set_content(
            f"<style>{style} body {{ padding: 0; max-width: none }} figure {{ margin: 0 }}"
            f"</style><figure>{svg}</figure>"
        )
        png = page.locator("figure").screenshot()
        browser.close()
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    drawn.quantize(128, dither=Image.Dither.NONE).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
