"""Write the pictures of the README from the plan of the reference scenario.

    .venv/bin/python scripts/pictures.py runs/baltic-certified

Reads the run, draws the report's own figures and lets Chromium make PNG files of them in
`docs/images`: closure.png (persons closed by nation), map.png (the theatre), areas.png (the
assembly areas).
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
from amberway.report.figures import closure_curve, flow_map

TARGET = Path(__file__).parents[1] / "docs/images"
STYLE = Path(__file__).parents[1] / "src/amberway/report/templates/style.css"
WIDTH = 900


def main() -> None:
    """Draw every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    result = MobilityResult(read(parser.parse_args().run))
    pictures = {
        "closure": closure_curve.by_nation(result),
        "map": flow_map.theatre(result),
        "areas": flow_map.areas(result),
    }
    TARGET.mkdir(parents=True, exist_ok=True)
    style = STYLE.read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": WIDTH, "height": 1200}, device_scale_factor=1.5)
        for name, svg in pictures.items():
            if svg is None:
                continue
            page.set_content(
                f"<style>{style} body {{ padding: 0; max-width: none }} figure {{ margin: 0 }}"
                f"</style><figure>{svg}</figure>"
            )
            png = page.locator("figure").screenshot()
            drawn = Image.open(io.BytesIO(png)).convert("RGB")
            drawn.quantize(128, dither=Image.Dither.NONE).save(
                TARGET / f"{name}.png", optimize=True
            )
            print(f"docs/images/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
