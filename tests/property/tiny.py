"""Random scenarios of a few lots that get in each other's way, small enough to try every plan.

The corridor of `corridor.py` with few of everything: tracks, berths and stands, trains, ships and
slots a day, on a coarse grid.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from amberway.scenario import Scenario
from corridor import Corridor
from small import unit

MODES = ("rail", "sea", "air")
# Grid hours and horizon in days: 16 to 24 periods.
GRIDS = ((6, 5), (12, 9), (24, 16), (24, 24))
# Of each item about what one or two lots are.
HOLDINGS = (
    {"truck": 8}, {"truck": 30}, {"truck": 60}, {"tank": 4}, {"tank": 20}, {"box": 6}, {"box": 40},
    {"persons": 90}, {"persons": 480},
)  # fmt: skip
_PER_DAY = st.sampled_from((None, 0.4, 0.5, 1, 1.5, 2))


@st.composite
def tiny(draw: st.DrawFn) -> Scenario:
    """Two or three units of one or two lots, seldom more."""
    grid, horizon = draw(st.sampled_from(GRIDS))
    factors = {"ship_hold_h": draw(st.sampled_from((0, 24))), "march_hours_per_day": 24}
    corridor = Corridor(grid_hours=grid, horizon_days=horizon, factors=factors)
    modes = draw(st.lists(st.sampled_from(MODES), max_size=2, unique=True))
    _ground(draw, corridor)
    _lift(draw, corridor)
    corridor.only("road", *modes)
    if modes and draw(st.integers(0, 2)):  # as a rule roads lead to ports and railheads only
        corridor.tables["links"] = [row for row in corridor.tables["links"] if row["id"] != "r-bc"]
    _forces(draw, corridor)
    _disruptions(draw, corridor)
    return corridor.scenario()


def _ground(draw: st.DrawFn, corridor: Corridor) -> None:
    for name in ("r-ab", "t-ab", "t-bc", "s-out", "s-in", "r-quay"):
        corridor.set(name, capacity_per_day=draw(_PER_DAY))
    for name in ("rail-a", "rail-c", "rail-d", "quay-a", "quay-d", "apron-a", "apron-d"):
        corridor.set(name, slots=draw(st.sampled_from((1, 1, 2))))
    if draw(st.booleans()):
        corridor.add(
            "terminals", id="ground-d", place="d", function="reception", slots=1,
            handling_h=draw(st.sampled_from((6, 24))),
        )  # fmt: skip
    for nation in ("pol", "ltu"):
        lead = draw(st.sampled_from((0, 0, 1, 3)))
        corridor.set(nation, clearance_peace_days=lead)


def _lift(draw: st.DrawFn, corridor: Corridor) -> None:
    one = st.sampled_from((1, 1, 2))
    notice = st.sampled_from((0, 0, 2))
    for name, count in {"wide": one, "broad": one, "plane": one, "bus": st.sampled_from((5, 10)),
                        "het": st.sampled_from((4, 10, 20)), "lorry": st.sampled_from((6, 10, 20)),
                        "ship": one}.items():  # fmt: skip
        corridor.set(name, count=draw(count), notice_days=draw(notice))
    corridor.set("ship", lane_m=draw(st.sampled_from((None, 350, 700))))
    ship = next(row for row in corridor.tables["lift"] if row["id"] == "ship")
    if draw(st.booleans()):
        corridor.add(
            "lift",
            **ship
            | {"id": "other", "name": "MS Other", "home": draw(st.sampled_from(("pa", "pd"))),
               "count": 1, "lane_m": 350, "speed_kn": draw(st.sampled_from((8, 20)))},
        )  # fmt: skip


def _forces(draw: st.DrawFn, corridor: Corridor) -> None:
    (force,) = corridor.tables["forces"]
    corridor.tables["unit_types"], corridor.tables["forces"] = [], []
    for number in range(draw(st.integers(2, 3))):
        held = dict(draw(st.sampled_from(HOLDINGS)))
        kind = f"type-{number}"
        corridor.add("unit_types", **unit(kind, held.pop("persons", 0)))
        for item, count in held.items():
            corridor.add(
                "unit_equipment", id=f"{kind}-{item}", unit_type=kind, equipment=item, count=count
            )
        changes: dict[str, Any] = {
            "id": f"unit-{number}",
            "unit_type": kind,
            "ntm_days": draw(st.sampled_from((0, 0, 0.5, 1, 2))),
            "ead_day": draw(st.sampled_from((None, None, None, 3, 6))),
            "priority": draw(st.integers(1, 3)),
        }
        corridor.add("forces", **force | changes)


def _disruptions(draw: st.DrawFn, corridor: Corridor) -> None:
    if draw(st.integers(0, 3)):
        return
    tables = ("links", "terminals", "lift")
    names = [row["id"] for table in tables for row in corridor.tables[table]]
    first = draw(st.sampled_from((0, 2)))
    corridor.add(
        "disruptions", id="d", resource=draw(st.sampled_from(names)), from_day=first,
        to_day=first + draw(st.sampled_from((1, 4))),
        remaining_share=draw(st.sampled_from((0, 0.5))),
    )  # fmt: skip
