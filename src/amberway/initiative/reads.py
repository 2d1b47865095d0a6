"""What each assessment reads, and the content key that follows: same key, same result.

A key is the SHA-256 of the rows of those tables in the order of the file, of those settings, of the
source of the rooms that compute the result, of the libraries that its numbers come through, and of
the plan received. Source, note and release of a row are said beside a number and never enter one;
its confidence enters presence only.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from amberway.mobility.certified import Effort
from amberway.scenario import Scenario

_ROOT = Path(__file__).parent.parent
_SAID = frozenset({"source", "note", "release", "confidence"})
_LIBRARIES = ("highspy", "numba", "numpy", "pydantic", "pyproj", "scipy", "shapely")
_DIGITS = 32  # hexadecimal digits of a key


@dataclass(frozen=True)
class Reads:
    """Tables, settings and rooms of the source that an assessment depends on.

    `reach`: it asks the planner how soon units could be where, so what the plan reads counts too.
    """

    tables: tuple[str, ...]
    settings: tuple[str, ...]
    rooms: tuple[str, ...]
    reach: bool = False
    geometry: bool = False
    confidence: bool = False

    @property
    def every(self) -> Reads:
        """With what the plan reads, if that counts, and what every assessment is built on."""
        if not self.reach:
            return replace(self, rooms=(*_GROUND, *self.rooms))
        return replace(
            self,
            tables=tuple(dict.fromkeys((*_MOVES, *self.tables))),
            settings=tuple(dict.fromkeys((*_MOVED, *self.settings))),
            rooms=(*_GROUND, *_PLANNER, *self.rooms),
        )


_MOVES = ("nations", "places", "terminals", "links", "equipment", "unit_types", "unit_equipment",
          "forces", "lift", "areas", "disruptions", "pins")  # fmt: skip
_MOVED = ("c_day", "grid_hours", "horizon_days", "phases", "factors")
_GROUND = ("errors.py", "units.py", "deployment.py", "shortfall.py", "scenario")
_PLANNER = ("network", "mobility")

READS: dict[str, Reads] = {
    "mobility": Reads(_MOVES, _MOVED, _PLANNER),
    "responsibility": Reads(
        ("requirements", "pledges", "forces", "unit_types", "areas", "nations"),
        ("c_day", "responsibility", "presence"), ("responsibility", "presence"), reach=True,
    ),
    "presence": Reads(
        ("rotations", "host_support", "forces", "unit_types", "areas", "nations", "places"),
        ("c_day", "presence"), ("presence",), reach=True, confidence=True,
    ),
    "airdefence": Reads(
        ("places", "forces", "air_defence", "defended_assets", "fighters"),
        ("c_day", "airdefence"), ("airdefence",),
    ),
    "command": Reads(
        ("nations", "places", "forces", "unit_types", "areas", "headquarters",
         "command_relations"), (), ("command",), geometry=True,
    ),
}  # fmt: skip
# The values of metrics are kept with a result, so what computes them counts for it too.
_METRICS = ("initiative/metric.py", "initiative/metrics.py", "initiative/evidence.py",
            "initiative/record.py", "initiative/reads.py")  # fmt: skip


class Content:
    """A scenario as its keys see it: each table is digested once, whatever asks for it."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._digests: dict[tuple[str, bool], str] = {}

    def of(self, reads: Reads) -> list[Any]:
        """Digests of the tables read, and the settings."""
        scenario = self._scenario
        return [
            [[name, self._table(name, reads.confidence)] for name in reads.tables],
            scenario.settings.model_dump(mode="json", include=set(reads.settings)),
            scenario.geometry if reads.geometry else None,
        ]

    def _table(self, name: str, confidence: bool) -> str:
        if (name, confidence) not in self._digests:
            said = set(_SAID - {"confidence"} if confidence else _SAID)
            rows = (
                row.model_dump_json(exclude=said) for row in self._scenario.table(name).values()
            )
            digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            self._digests[name, confidence] = digest
        return self._digests[name, confidence]


def plan_key(content: Content, method: str, effort: Effort) -> str:
    """Key of the deployment plan."""
    reads = READS["mobility"].every
    return _key("plan", content.of(reads), _code(reads.rooms), method, asdict(effort))


def reach_key(content: Content, pairs: Iterable[tuple[str, str]]) -> str:
    """Key of the days on which force elements could be in areas."""
    reads = READS["mobility"].every
    return _key("reach", content.of(reads), _code(reads.rooms), sorted(pairs))


def ground_key(content: Content) -> str:
    """Key of all that reach depends on but the forces: `reaches` takes those of one key at once."""
    reads = READS["mobility"]
    tables = tuple(name for name in reads.tables if name not in ("forces", "pins"))
    return _key("ground", content.of(replace(reads, tables=tables)))


def record_key(action: str, content: Content, plan: str) -> str:
    """Key of the result of one action's assessment with the plan of this key."""
    reads = READS[action].every
    return _key(action, content.of(reads), _code((*reads.rooms, *_METRICS)), plan)


def call_key(files: Iterable[tuple[str, bytes]], *what: Any) -> str:
    """Key of a whole comparison: the bytes of every file of the scenario, and what was asked."""
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    rooms = sorted({room for reads in READS.values() for room in reads.every.rooms})
    return _key("call", digest.hexdigest(), _code((*rooms, "initiative")), *what)


def _key(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


@cache
def _code(rooms: tuple[str, ...]) -> str:
    """Digest of the source of these rooms, and of the versions of the libraries."""
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\0".encode())
    for room in rooms:
        path = _ROOT / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(f"{file.relative_to(_ROOT)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
