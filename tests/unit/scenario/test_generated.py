"""The generated files are those of the models."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from amberway.scenario.tables import TABLES


def test_generated_files_are_up_to_date(repository: Path) -> None:
    """Proves that schemas, format page and marked blocks are what the models say now."""
    script = repository / "scripts/generate.py"
    run = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_schema_names_unit_and_reference(repository: Path) -> None:
    """Proves that a table's schema carries what a form or a spreadsheet needs."""
    schema = json.loads((repository / "docs/schema/links.json").read_text(encoding="utf-8"))
    assert schema["properties"]["from"]["ref"] == "places"
    assert schema["properties"]["km"]["unit"] == "km"
    assert schema["additionalProperties"] is False


def test_format_page_describes_every_table(repository: Path) -> None:
    """Proves that no table and no column is left out of the reference page."""
    page = (repository / "docs/format.md").read_text(encoding="utf-8")
    for table, model in TABLES.items():
        section = page.partition(f"\n### {table}\n")[2].partition("\n### ")[0]
        for name, field in model.model_fields.items():
            if name not in ("source", "confidence", "release", "note"):
                assert f"| `{field.alias or name}` |" in section
