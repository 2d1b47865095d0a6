"""What the repository promises about its own files."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

# Hosts and keys that tie a checkout to one package registry, put together from halves so that
# this file does not find itself.
ADDRESS = re.compile(
    "|".join(
        (
            r"pypi\." + r"(?:org|python\.org)",
            r"files\.python" + r"hosted",
            r"npm" + r"js\.(?:org|com)",
            r"yarn" + r"pkg\.com",
            r"(?:deb|ftp\w*|security)(?:\.\w+)?\.debian" + r"\.org",
            r"^\s*--?(?:extra-)?index" + r"-url\b",
            r"^\s*--?find" + r"-links\b",
            r"^\s*(?:extra-)?index" + r"-url\s*=\s*\S",
            r"\bregistry" + r"\s*=\s*[\"']?(?:https?|file):",
            r"\"resolved" + r"\"\s*:",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
BINARY = {".png", ".jpg", ".ico", ".gpkg", ".xlsx", ".parquet", ".pdf", ".woff2", ".npz"}


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    if not (repository / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, check=True, capture_output=True, text=True
    )
    paths = [repository / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


@pytest.mark.parametrize(
    "line",
    [
        "https://pypi" + ".org/simple",
        "--index" + "-url https://mirror.example/simple",
        "index" + "-url = https://mirror.example/simple",
        '"resolved' + '": "https://mirror.example/x.tgz"',
        "http://deb.debian" + ".org/debian",
        "registry" + "=https://mirror.example",
    ],
)
def test_pattern_finds_an_address(line: str) -> None:
    """Proves that the search below would see each kind of address."""
    assert ADDRESS.search(line)


def test_no_registry_address_is_committed(tracked: list[Path], repository: Path) -> None:
    """Proves that no tracked file names a package registry: a checkout works behind any mirror."""
    found = []
    for path in tracked:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [
            f"{path.relative_to(repository)}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}"
            for hit in ADDRESS.finditer(text)
        ]
    assert not found, "\n".join(found)


def test_lock_pins_every_package_by_hash(repository: Path) -> None:
    """Proves that each entry of the lock has one exact version and at least one hash."""
    text = (repository / "requirements.lock").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if entry]
    assert len(entries) > 30
    loose = [
        entry.splitlines()[0]
        for entry in entries
        if not re.match(r"[\w.-]+==\S+", entry) or "--hash=sha256:" not in entry
    ]
    assert not loose


def test_base_map_has_both_layers_and_the_three_states(repository: Path) -> None:
    """Proves that the committed base map is whole, light and free of features without a code."""
    path = repository / "src/amberway/report/basemap.geojson"
    assert path.stat().st_size < 900_000
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["properties"]["licence"] == "public domain"
    for layer in ("theatre", "atlantic"):
        codes = {
            feature["properties"]["iso"]
            for feature in collection["features"]
            if feature["properties"]["layer"] == layer
        }
        assert {"EST", "LVA", "LTU", "POL", "NOR", "GBR"} <= codes
        assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
