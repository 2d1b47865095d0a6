"""What the sources of the workbench promise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

SOURCES = (".ts", ".svelte", ".css")


@pytest.fixture(scope="module")
def sources(repository: Path) -> dict[str, str]:
    """Text by path below web/src, without what is generated."""
    root = repository / "web/src"
    found = {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.suffix in SOURCES and path.name != "schema.d.ts"
    }
    assert found
    return found


def test_only_the_seam_knows_the_map_library(sources: dict[str, str]) -> None:
    """Proves that OpenLayers is imported by the seam and its styles alone (its CSS by main.ts)."""
    knows = {name for name, text in sources.items() if re.search(r"from '(ol|ol/[^']*)'", text)}
    assert knows == {"map/seam.ts", "map/styles.ts"}


def test_files_are_small(sources: dict[str, str]) -> None:
    """Proves that no file has outgrown one concept."""
    assert not {name: n for name, text in sources.items() if (n := text.count("\n")) > 330}


def test_no_any_and_no_markup_from_strings(sources: dict[str, str]) -> None:
    """Proves that types are not given up, and that no text becomes markup."""
    bad = re.compile(r":\s*any\b|\bas any\b|@ts-ignore|\{@html|innerHTML")
    assert not [name for name, text in sources.items() if bad.search(text)]


def test_the_client_calls_only_what_the_api_has(repository: Path, sources: dict[str, str]) -> None:
    """Proves that every path asked for is in the OpenAPI document."""
    known = set(json.loads((repository / "web/openapi.json").read_text("utf-8"))["paths"])
    asked = {path for text in sources.values() for path in re.findall(r"'(/api/[^'?]*)'", text)}
    assert asked
    assert asked <= known


def test_packages_are_pinned_by_hash(repository: Path) -> None:
    """Proves that each package of the lock has its hash."""
    lock = json.loads((repository / "web/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert not [name for name, entry in packages.items() if "integrity" not in entry]
