"""A small command structure for tests: one supreme headquarters, one joint, one division, three
units, an area on land and two waters side by side."""

from __future__ import annotations

from typing import Any

import small
from amberway.deployment import Deployment, Movement, Stage
from amberway.scenario import Scenario

Rows = list[dict[str, Any]]


def headquarters(name: str, /, echelon: str, **more: Any) -> dict[str, Any]:
    """A headquarters of Poland at d."""
    row = {"id": name, "name": name.upper(), "echelon": echelon, "place": "d"}
    return {**row, "lead_nation": "pol"} | more


def relation(superior: str, subordinate: str, kind: str, **more: Any) -> dict[str, Any]:
    """A command relation."""
    name = f"{superior}-{subordinate}-{kind}"
    row = {"id": name, "superior": superior, "subordinate": subordinate, "relation": kind}
    return row | more


HEADQUARTERS = [
    headquarters("top", "strategic", domains="cyber space", areas="land east west",
                 lead_nation="deu"),
    headquarters("joint", "joint", domains="land sea air", areas="land east west",
                 capacity=10000, lead_nation="deu"),
    headquarters("north", "division", domains="land", areas="land", capacity=9000),
    headquarters("home", "joint", lead_nation="deu", national=True),
]  # fmt: skip
RELATIONS = [
    relation("top", "joint", "opcom"),
    relation("joint", "north", "opcon"),
    relation("home", "f1", "full"),
    relation("home", "f2", "full"),
    relation("north", "f3", "opcon"),
    relation("north", "f1", "opcon"),
    relation("joint", "f2", "tacon"),
]


def square(name: str, west: float) -> dict[str, Any]:
    """An outline of one degree by one."""
    ring = [[west, 55], [west + 1, 55], [west + 1, 56], [west, 56], [west, 55]]
    return {
        "type": "Feature",
        "id": name,
        "properties": {"id": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def changed(rows: Rows, name: str, /, **more: Any) -> Rows:
    """The rows with one of them changed."""
    assert any(row["id"] == name for row in rows)
    return [row | more if row["id"] == name else row for row in rows]


def without(rows: Rows, name: str) -> Rows:
    """The rows without one of them."""
    assert any(row["id"] == name for row in rows)
    return [row for row in rows if row["id"] != name]


def build(rows: Rows | None = None, relations: Rows | None = None) -> Scenario:
    """A sound structure, or one with other headquarters or relations."""
    made = small.unchecked(
        nations=[small.nation(n) for n in ("deu", "pol")],
        places=[small.place("a", 52, 10, "deu"), small.place("d", 54, 24, "pol")],
        areas=[
            {"id": "land", "name": "Land", "nations": "pol", "domain": "land"},
            {"id": "east", "name": "East Water", "domain": "sea"},
            {"id": "west", "name": "West Water", "domain": "sea"},
        ],
        unit_types=[small.unit("bde", 4000)],
        forces=[
            {"id": "f1", "name": "First", "nation": "deu", "unit_type": "bde", "home": "a",
             "area": "land", "destination": "d", "ntm_days": 5},
            {"id": "f2", "name": "Second", "nation": "deu", "unit_type": "bde", "home": "a",
             "area": "land", "destination": "d", "ntm_days": 5, "strength": 0.5},
            {"id": "f3", "name": "Third", "nation": "pol", "unit_type": "bde", "home": "d",
             "area": "land", "destination": "d", "ntm_days": 1, "in_place_since": "2017-01-01"},
        ],
        headquarters=HEADQUARTERS if rows is None else rows,
        command_relations=RELATIONS if relations is None else relations,
    )  # fmt: skip
    outlines = [square("east", 20), square("west", 19)]
    made.geometry.update({"type": "FeatureCollection", "features": outlines})
    return made


def lot(name: str, force: str, persons: int, start: float, end: float | None) -> Movement:
    """A lot that goes from a to d by train."""
    stage = Stage("train", "a", "d", start, start + 2)
    return Movement(name, force, persons, start, (stage,), end)


def delivered() -> Deployment:
    """f1 in two lots by C+8 and C+10, f2 by C+6; f3 stands there, ready on C+1."""
    moves = (
        lot("f1.1", "f1", 3000, 6, 8),
        lot("f1.2", "f1", 1000, 7, 10),
        lot("f2.1", "f2", 2000, 4, 6),
    )
    return Deployment(moves, {"f1": 10.0, "f2": 6.0, "f3": 1.0})
