"""A small question of responsibility: two land areas, a host with half a brigade of its own, three
allies with a brigade each, one of which has a battlegroup in place."""

from __future__ import annotations

from typing import Any

import small
from amberway.deployment import Deployment, Reach
from amberway.scenario import Scenario

Rows = list[dict[str, Any]]
NATIONS = ("can", "deu", "fra", "lva")
BATTALION = "10031000161303000000"


def force(name: str, nation: str, area: str, /, unit: str = "heavy", **more: Any) -> dict[str, Any]:
    """A force element at home, planned for an area."""
    row = {"id": name, "name": f"Unit {name}", "nation": nation, "unit_type": unit, "home": "home"}
    return row | {"destination": "home", "ntm_days": 1, "area": area} | more


def need(area: str, capability: str, quantity: float, by_day: float, **more: Any) -> dict[str, Any]:
    """A requirement."""
    row = {"id": f"{area}-{capability}-c{by_day:g}", "area": area, "capability": capability}
    return row | {"quantity": quantity, "by_day": by_day} | more


def pledge(name: str, nation: str, area: str, /, capability: str, **more: Any) -> dict[str, Any]:
    """A pledge of one unit from C+0 on."""
    row = {"id": name, "nation": nation, "area": area, "capability": capability, "quantity": 1}
    return row | {"from_day": 0} | more


FORCES = [
    force("host", "lva", "north", strength=0.5, in_place_since="2010-01-01"),
    force("group", "can", "north", "medium", strength=0.25, in_place_since="2017-01-01"),
    force("canadian", "can", "north", "medium"),
    force("french", "fra", "south"),
    force("french-guns", "fra", "south", "guns", parent="french"),
    force("german", "deu", "south"),
]
NEEDS = [
    need("north", "heavy-brigade", 1, 30, priority=1),
    need("north", "light-brigade", 2, 10, priority=1),
    need("north", "engineers", 1, 10),
    need("south", "heavy-brigade", 2, 30),
    need("south", "artillery", 1, 30),
]
PLEDGES = [
    pledge("group-north", "can", "north", "medium-brigade", quantity=0.25, force="group",
           leads=True),
    pledge("german-south", "deu", "south", "heavy-brigade", force="german", leads=True),
]  # fmt: skip
REACH: Reach = {
    (row["id"], area): day
    for row in FORCES
    for area, day in (("north", 20.0), ("south", 8.0))
    if "in_place_since" not in row
}
"""Free days of what moves: 20 to the north, 8 to the south."""


def build(
    settings: dict[str, Any] | None = None,
    forces: Rows | None = None,
    needs: Rows | None = None,
    pledges: Rows | None = None,
) -> Scenario:
    """The question, or one with other rows; `settings` are those of [responsibility]."""
    return small.unchecked(
        {"responsibility": {"rules": []} | (settings or {})},
        nations=[small.nation(name) for name in NATIONS],
        places=[small.place("home", 50, 10)],
        unit_types=[
            small.unit("heavy", 4000),
            small.unit("medium", 4000, "medium"),
            small.unit("guns", 600, "fires", 0) | {"sidc": BATTALION},
        ],
        areas=[
            {"id": "north", "name": "North", "domain": "land", "nations": "lva"},
            {"id": "south", "name": "South", "domain": "land"},
        ],
        forces=FORCES if forces is None else forces,
        requirements=NEEDS if needs is None else needs,
        pledges=PLEDGES if pledges is None else pledges,
    )


def closed(scenario: Scenario, **days: float | None) -> Deployment:
    """A deployment that closes everybody on C+12, or on the days given (`_` for `-`)."""
    closure: dict[str, float | None] = dict.fromkeys(scenario.forces, 12.0)
    for row in scenario.forces.values():
        if row.in_place(scenario.settings.c_day):
            closure[row.id] = row.ntm_days
    return Deployment((), closure | {name.replace("_", "-"): day for name, day in days.items()})
