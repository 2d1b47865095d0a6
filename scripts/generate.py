"""Write the files that are made from the models: schemas, reference pages, marked blocks.

    .venv/bin/python scripts/generate.py            write what is out of date
    .venv/bin/python scripts/generate.py --check    write nothing; exit 1 naming what is

`TARGETS` is the list. A target is a path in the repository and a function that gives its text; a
page of which only a block is generated takes its present text from the file and calls `refresh`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import format_page
from pydantic import BaseModel

from amberway.errors import AmberwayError
from amberway.scenario import load, packaged
from amberway.scenario.action import Action
from amberway.scenario.settings import Settings
from amberway.scenario.tables import TABLES
from amberway.server.app import openapi
from amberway.validation import page as validation_page

ROOT = Path(__file__).resolve().parents[1]


def schema(model: type[BaseModel], title: str) -> str:
    """The JSON Schema of one row of a table, or of a TOML file."""
    text: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    text |= model.model_json_schema(by_alias=True) | {"title": title}
    return json.dumps(text, indent=2, ensure_ascii=False) + "\n"


def data_page() -> str:
    """docs/data.md with the shares of assumed rows as they are now."""
    return refresh(ROOT / "docs/data.md", "shares", _shares())


def refresh(page: Path, name: str, text: str) -> str:
    """The page's text with the block between its marks replaced.

    The marks are `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`, each on its own line.
    """
    begin, end = f"<!-- generated:{name} -->\n", f"<!-- /generated:{name} -->"
    present = page.read_text(encoding="utf-8")
    if present.count(begin) != 1 or present.count(end) != 1:
        raise SystemExit(f"{page.relative_to(ROOT)}: the marks of the block {name!r} are not there")
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    return pattern.sub(lambda _: f"{begin}{text.rstrip()}\n{end}", present)


def _shares() -> str:
    lines = []
    for name in packaged():
        scenario = load(name)
        lines += [
            f"**{name}**, {scenario.settings.title}",
            "",
            "| Table | Rows | Assumed | Share |",
            "|---|---:|---:|---:|",
        ]
        for table, share in scenario.assumed_shares().items():
            rows = len(scenario.table(table))
            lines.append(f"| {table} | {rows} | {round(share * rows)} | {share:.0%} |")
        lines.append("")
    return "\n".join(lines) or "No scenario comes with this version."


TARGETS: list[tuple[str, Callable[[], str]]] = [
    *(
        (f"docs/schema/{table}.json", lambda table=table: schema(TABLES[table], table))
        for table in TABLES
    ),
    ("web/openapi.json", lambda: json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n"),
    ("docs/schema/scenario.toml.json", lambda: schema(Settings, "scenario.toml")),
    ("docs/schema/action.toml.json", lambda: schema(Action, "action.toml")),
    ("docs/format.md", format_page.text),
    ("docs/data.md", data_page),
    ("docs/validation.md", validation_page.text),
]


def stale() -> dict[Path, str]:
    """New text by path, of every target whose file differs from it."""
    found = {}
    for name, function in TARGETS:
        path, text = ROOT / name, function()
        if not path.is_file() or path.read_bytes() != text.encode():
            found[path] = text
    known = {ROOT / name for name, _ in TARGETS}
    for path in sorted((ROOT / "docs/schema").glob("*.json")):
        if path not in known:
            raise SystemExit(f"{path.relative_to(ROOT)} belongs to no table; remove it")
    return found


def main() -> int:
    """Write, or check; the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated files.")
    parser.add_argument("--check", action="store_true", help="exit 1 if a file is out of date")
    check = parser.parse_args().check
    try:
        found = stale()
    except AmberwayError as error:
        print(error, file=sys.stderr)
        return 2
    for path, text in found.items():
        print(f"{path.relative_to(ROOT)} {'is out of date: make docs' if check else 'written'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
