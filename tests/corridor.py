"""A small corridor with every means of transport once, as rows that a test may change.

From the garrison `a` (Germany) by road and rail over `b` (Poland) to the transload yard `c` and
the assembly area `d` (Lithuania); by sea from the port `pa` to `pd`; by air from `fa` to `fd`. One
unit, without people or vehicles until a test gives it some.
"""

from __future__ import annotations

import copy
from typing import Any

from amberway.scenario import Scenario
from small import CONTAINER, TANK, TRUCK, Rows, link, nation, place, unchecked, unit

Tables = dict[str, Rows]

_LIFT = {
    "road": ("heavy-transporter", "truck", "coach"),
    "rail": ("train-set",),
    "sea": ("ship",),
    "air": ("aircraft",),
}

_TABLES: Tables = {
    "nations": [nation("deu"), nation("pol"), nation("ltu")],
    "places": [
        place("a", 52, 10),
        place("b", 52.2, 21, "pol"),
        place("c", 54.3, 23.5, "ltu", "transload-yard"),
        place("d", 54.9, 24, "ltu", "assembly-area"),
        place("pa", 53.9, 10.5, "deu", "seaport"),
        place("pd", 55.7, 21.1, "ltu", "seaport"),
        place("sea", 54.9, 15.8, None, "sea"),
        place("fa", 52.1, 10.2, "deu", "airfield"),
        place("fd", 54.95, 24.1, "ltu", "airfield"),
    ],
    "links": [
        link("r-ab", "a", "b", "road", 900),
        link("r-bc", "b", "c", "road", 300),
        link("r-cd", "c", "d", "road", 100),
        link("t-ab", "a", "b", "rail", 900),
        link("t-bc", "b", "c", "rail", 350),
        link("t-cd", "c", "d", "rail", 100, gauge_mm=1520),
        link("r-port", "a", "pa", "road", 250),
        link("r-quay", "pd", "d", "road", 250),
        link("s-out", "pa", "sea", "sea", 370.4),
        link("s-in", "sea", "pd", "sea", 370.4),
        link("r-field", "a", "fa", "road", 25),
        link("r-apron", "fd", "d", "road", 25),
        link("air", "fa", "fd", "air", 1000),
    ],
    "terminals": [
        {"id": "rail-a", "place": "a", "function": "rail", "slots": 2, "handling_h": 6,
         "gauges_mm": "1435"},
        {"id": "rail-c", "place": "c", "function": "rail", "slots": 2, "handling_h": 3,
         "gauges_mm": "1435 1520"},
        {"id": "rail-d", "place": "d", "function": "rail", "slots": 2, "handling_h": 6,
         "gauges_mm": "1520"},
        {"id": "quay-a", "place": "pa", "function": "sea", "slots": 1, "lane_m_per_h": 250},
        {"id": "quay-d", "place": "pd", "function": "sea", "slots": 1, "lane_m_per_h": 250},
        {"id": "apron-a", "place": "fa", "function": "air", "slots": 2, "handling_h": 2,
         "runway_m": 3000},
        {"id": "apron-d", "place": "fd", "function": "air", "slots": 2, "handling_h": 2,
         "runway_m": 3000},
    ],
    "equipment": [TRUCK, TANK, CONTAINER],
    "unit_types": [unit("type", 0)],
    "unit_equipment": [],
    "areas": [{"id": "area", "name": "Area", "nations": "ltu", "domain": "land"}],
    "forces": [
        {"id": "unit", "name": "Unit", "nation": "deu", "unit_type": "type", "home": "a",
         "ntm_days": 1, "area": "area", "destination": "d"}
    ],
    "lift": [
        {"id": "wide", "name": "Train 1435", "kind": "train-set", "count": 3, "notice_days": 0,
         "wagons": 36, "gross_t": 1700, "gauge_mm": 1435},
        {"id": "broad", "name": "Train 1520", "kind": "train-set", "count": 2, "notice_days": 0,
         "wagons": 36, "gross_t": 1700, "gauge_mm": 1520},
        {"id": "het", "name": "Transporters", "kind": "heavy-transporter", "count": 20,
         "notice_days": 0, "item_mass_t": 70, "mlc": 110},
        {"id": "lorry", "name": "Lorries", "kind": "truck", "count": 10, "notice_days": 0,
         "item_mass_t": 25, "mlc": 50},
        {"id": "bus", "name": "Coaches", "kind": "coach", "count": 10, "notice_days": 0, "pax": 50},
        {"id": "ship", "name": "MS Ship", "kind": "ship", "home": "pa", "notice_days": 0,
         "lane_m": 1000, "pax": 200, "speed_kn": 20, "draught_m": 7, "length_m": 180, "beam_m": 26},
        {"id": "plane", "name": "Planes", "kind": "aircraft", "count": 2, "notice_days": 0,
         "pax": 250, "payload_t": 60, "speed_kmh": 500, "runway_m": 2500, "range_km": 4000,
         "item_length_m": 20, "item_width_m": 4, "item_height_m": 4},
    ],
}  # fmt: skip


class Corridor:
    """The rows, to be changed; `scenario()` makes the scenario of what is left."""

    def __init__(self, **settings: Any) -> None:
        self.tables: Tables = copy.deepcopy(_TABLES)
        self.settings: dict[str, Any] = {"grid_hours": 1, "horizon_days": 30, **settings}

    def hold(self, persons: int = 0, **items: int) -> Corridor:
        """What the unit consists of: persons, and items by the id of their equipment."""
        self.tables["unit_types"] = [unit("type", persons)]
        self.tables["unit_equipment"] = [
            {"id": f"h-{name}", "unit_type": "type", "equipment": name, "count": count}
            for name, count in items.items()
        ]
        return self

    def only(self, *modes: str) -> Corridor:
        """Leave the links, terminals and lift of these modes."""
        left: dict[str, tuple[str, ...]] = {
            "links": modes,
            "terminals": ("reception", *modes),
            "lift": tuple(kind for mode in modes for kind in _LIFT[mode]),
        }
        for (table, kinds), column in zip(left.items(), ("mode", "function", "kind"), strict=True):
            self.tables[table] = [row for row in self.tables[table] if row[column] in kinds]
        return self

    def lift(self, *names: str) -> Corridor:
        """Leave this lift."""
        self.tables["lift"] = [row for row in self.tables["lift"] if row["id"] in names]
        return self

    def set(self, name: str, **cells: Any) -> Corridor:
        """Change cells of the row of this id, whatever its table."""
        rows = [row for table in self.tables.values() for row in table if row["id"] == name]
        assert rows, name
        for row in rows:
            row.update(cells)
        return self

    def add(self, table: str, **row: Any) -> Corridor:
        """Add a row."""
        self.tables.setdefault(table, []).append(row)
        return self

    def scenario(self) -> Scenario:
        """The scenario, without the named checks: tests take things away."""
        return unchecked(self.settings, **self.tables)
