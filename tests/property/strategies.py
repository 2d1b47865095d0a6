"""Random small scenarios that pass every named check.

The ground is a belt from west to east. Towns on it are joined by roads; a railway runs along it,
whose gauge changes at one town; at both ends there may be ports, with the sea between, and
airfields. Everything else is drawn: limits, capacities, openings, disruptions, clearances, units,
lift, the grid and a horizon that is often too short.
"""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from amberway.scenario import Scenario
from amberway.scenario.checks import check
from small import CONTAINER, TANK, TRUCK, Rows, unchecked, unit

C_DAY = dt.date(2024, 3, 13)
NATIONS = ("deu", "pol", "ltu")
_KM_AT_MOST = 111.7  # kilometres of a degree, of latitude or longitude, anywhere
GRIDS = (1, 2, 3, 6, 24)
TONNES = {
    **TRUCK, "id": "lorry", "name": "Lorry 30 t", "mass_t": 30, "mlc": 35, "axle_load_t": 11,
    "length_m": 11, "height_m": 3.9,
}  # fmt: skip
EQUIPMENT = [TRUCK, TONNES, TANK, CONTAINER]


def maybe(some: st.SearchStrategy[Any], *, blank: int = 3) -> st.SearchStrategy[Any]:
    """A value, or blank; blank is `blank` times as likely."""
    return st.integers(0, blank).flatmap(lambda n: st.none() if n else some)


dates = st.integers(-3, 12).map(lambda day: C_DAY + dt.timedelta(days=day))


@st.composite
def open_days(draw: st.DrawFn) -> dict[str, Any]:
    """Opening and closing dates of a link or terminal, blank as a rule."""
    opens, closes = draw(maybe(dates, blank=24)), draw(maybe(dates, blank=24))
    if opens is not None and closes is not None and closes <= opens:
        closes = None
    return {"opens": opens, "closes": closes}


class _Builder:
    """Rows in the making, with the choices that earlier rows have left."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.places: Rows = []
        self.links: Rows = []
        self.terminals: Rows = []
        self.lift: Rows = []
        self.strait = 0

    def flip(self, one_in: int = 2) -> bool:
        """True once in `one_in`."""
        return self.draw(st.integers(1, one_in)) == 1

    def place(self, name: str, lat: float, lon: float, nation: str | None, kind: str) -> str:
        row = {"id": name, "name": name.title(), "lat": lat, "lon": lon, "nation": nation}
        self.places.append(row | {"kind": kind})
        return name

    def link(self, start: str, end: str, mode: str, **more: Any) -> None:
        """A link somewhat longer than the great circle."""
        positions = {row["id"]: (row["lat"], row["lon"]) for row in self.places}
        direct = _KM_AT_MOST * math.dist(positions[start], positions[end])
        row: dict[str, Any] = {
            "id": f"{mode}-{len(self.links)}",
            "from": start,
            "to": end,
            "mode": mode,
            "km": round(direct * self.draw(st.sampled_from((1.0, 1.05, 1.3))) + 1, 1),
            "capacity_per_day": self.draw(
                maybe(st.sampled_from((0, 0.5, 1, 2, 3, 5, 7, 10, 10, 20, 30, 40)), blank=2)
            ),
            "passage_h": self.draw(st.sampled_from((0, 0, 0, 0.5, 4))),
            "two_way": not self.flip(8),
            **self.draw(open_days()),
        }
        self.links.append(row | more)

    def terminal(self, at: str, function: str, slots: int = 3, **more: Any) -> None:
        row: dict[str, Any] = {
            "id": f"{function}-at-{at}-{len(self.terminals)}",
            "place": at,
            "function": function,
            "slots": self.draw(st.sampled_from((0, *range(1, slots + 1), *range(1, slots + 1)))),
            "hours_per_day": self.draw(st.sampled_from((24, 24, 12, 7))),
            **self.draw(open_days()),
        }
        self.terminals.append(row | more)

    def pool(self, kind: str, **more: Any) -> None:
        """Lift of a kind; seldom restricted to users or to nations where it loads."""
        row: dict[str, Any] = {
            "id": f"{kind}-{len(self.lift)}",
            "name": f"{kind} {len(self.lift)}",
            "kind": kind,
            "count": self.draw(st.integers(1, 4)),
            "notice_days": self.draw(st.sampled_from((0, 0.5, 2))),
            "users": self.draw(maybe(st.sampled_from(NATIONS), blank=6)) or "",
            "loads_in": self.draw(maybe(st.sampled_from(NATIONS), blank=4)) or "",
            "item_length_m": self.draw(maybe(st.sampled_from((9, 12)), blank=8)),
        }
        self.lift.append(row | more)

    # --- the ground ---------------------------------------------------------------------------

    def roads(self) -> list[str]:
        """Two to six towns and the roads between them."""
        count = self.draw(st.integers(2, 6))
        borders = sorted(self.draw(st.lists(st.integers(0, 2), min_size=count, max_size=count)))
        towns = [
            self.place(f"town-{i}", 52 + 0.4 * i, 13 + 1.8 * i, NATIONS[nation], "city")
            for i, nation in enumerate(borders)
        ]
        pairs = list(pairwise(towns))
        if self.flip(3):  # a strait that only ships and aircraft cross
            self.strait = self.draw(st.integers(1, count - 1))
            del pairs[self.strait - 1]
        else:
            pairs += self.draw(
                st.lists(st.permutations(towns).map(lambda t: (t[0], t[1])), max_size=3)
            )
        for a, b in pairs:
            self.link(
                a, b, "road", speed_kmh=self.draw(st.sampled_from((25, 50, 70))),
                mlc_wheeled=self.draw(maybe(st.sampled_from((16, 30, 80)))),
                mlc_tracked=self.draw(maybe(st.sampled_from((30, 80)))),
                axle_load_t=self.draw(maybe(st.sampled_from((7, 10, 12)))),
                max_width_m=self.draw(maybe(st.sampled_from((3.0, 4.0)), blank=8)),
            )  # fmt: skip
        return towns

    def rails(self, towns: list[str]) -> None:
        """A railway along the towns, 1435 mm as far as a transload yard and 1520 mm beyond."""
        stops = [t for t in towns[self.strait :] if not self.flip(4)]
        if len(stops) < 2:
            return
        turn = self.draw(st.integers(0, len(stops)))
        for i, (a, b) in enumerate(pairwise(stops)):
            self.link(
                a, b, "rail", speed_kmh=self.draw(st.sampled_from((30, 60))),
                gauge_mm=1435 if i < turn else 1520,
                axle_load_t=self.draw(maybe(st.sampled_from((15, 22.5)))),
                max_width_m=self.draw(maybe(st.sampled_from((3.15, 3.8)))),
                max_height_m=self.draw(maybe(st.sampled_from((4.3, 5.2)))),
            )  # fmt: skip
        for i, stop in enumerate(stops):
            at_break = 0 < turn == i < len(stops) - 1
            gauges = "1435 1520" if at_break else "1435" if i <= turn and turn > 0 else "1520"
            if at_break or i in (0, len(stops) - 1) or self.flip():
                hours = self.draw(st.sampled_from((2, 5, 12)))
                self.terminal(stop, "rail", handling_h=hours, gauges_mm=gauges)
                if self.flip(8):
                    self.terminal(stop, "rail", handling_h=hours, gauges_mm=gauges)
        for gauge in (1435, 1520):
            for _ in range(self.draw(st.sampled_from((0, 1, 1, 2)))):
                self.pool(
                    "train-set", gauge_mm=gauge, wagons=self.draw(st.sampled_from((20, 40))),
                    gross_t=1800, payload_t=self.draw(maybe(st.sampled_from((300, 1200)))),
                    item_mass_t=self.draw(maybe(st.sampled_from((40, 70)))),
                )  # fmt: skip
        if self.flip():
            self.pool("train-set", gauge_mm=1435, pax=self.draw(st.sampled_from((60, 400))))

    def sea(self, towns: list[str]) -> None:
        """Two or three ports with the sea between; a way may pass one port to reach another."""
        ports: list[str] = []
        for i in range(self.draw(st.integers(2, 3))):
            town = (0, len(towns) - 1, len(towns) // 2)[i]
            row = self.places[town]
            port = self.place(f"port-{i}", 54.2 + 0.3 * i, 13.1 + 2.5 * i, row["nation"], "seaport")
            self.link(towns[town], port, "road", speed_kmh=50)
            self.terminal(
                port, "sea", lane_m_per_h=self.draw(st.sampled_from((40, 250))),
                max_draught_m=self.draw(maybe(st.sampled_from((5, 9)))),
                ramp_limit_t=self.draw(maybe(st.sampled_from((35, 70)))),
            )  # fmt: skip
            if ports and self.flip():
                self.link(ports[-1], port, "sea")
            ports.append(port)
        middle = self.place("open-sea", 55.2, 15, None, "sea")
        for port in ports:
            self.link(port, middle, "sea", max_draught_m=self.draw(maybe(st.sampled_from((5, 9)))))
        for _ in range(self.draw(st.integers(1, 3))):
            self.pool(
                "ship", home=self.draw(st.sampled_from(ports)),
                lane_m=self.draw(st.sampled_from((150, 600, 2500))),
                pax=self.draw(maybe(st.sampled_from((100, 400)), blank=1)),
                speed_kn=self.draw(st.sampled_from((8, 18))), draught_m=4.5, length_m=150,
                beam_m=22, ramp_limit_t=self.draw(maybe(st.sampled_from((35, 70)))),
                item_mass_t=self.draw(maybe(st.sampled_from((35, 70)), blank=6)),
                item_height_m=self.draw(maybe(st.sampled_from((2.8, 4)), blank=6)),
            )  # fmt: skip

    def air(self, towns: list[str]) -> None:
        """Airfields near the first and the last town, with or without a waypoint between."""
        fields = []
        for i, town in enumerate((0, len(towns) - 1)):
            row = self.places[town]
            lat, lon = row["lat"] - 0.1, row["lon"] + 0.1
            field = self.place(f"field-{i}", lat, lon, row["nation"], "airfield")
            self.link(towns[town], field, "road", speed_kmh=50)
            self.terminal(
                field, "air", handling_h=self.draw(st.sampled_from((1, 3))),
                runway_m=self.draw(st.sampled_from((1500, 2800))),
            )  # fmt: skip
            fields.append(field)
        if self.flip():
            fields.insert(1, self.place("sky", 52.5, 16, None, "air"))
        for a, b in pairwise(fields):
            self.link(a, b, "air")
        for _ in range(self.draw(st.integers(1, 2))):
            self.pool(
                "aircraft", speed_kmh=600, runway_m=self.draw(st.sampled_from((1200, 2500))),
                pax=self.draw(st.sampled_from((90, 250))),
                payload_t=self.draw(maybe(st.sampled_from((20, 70)), blank=1)),
                range_km=self.draw(maybe(st.sampled_from((300, 5000)))),
                item_length_m=20, item_width_m=4, item_height_m=3.5,
            )  # fmt: skip

    # --- who moves ----------------------------------------------------------------------------

    def forces(self, towns: list[str]) -> dict[str, Rows]:
        """One to four units of one to three types and nations."""
        types = [
            unit(f"type-{i}", self.draw(st.sampled_from((0, 3, 150, 700, 700))))
            for i in range(self.draw(st.integers(1, 3)))
        ]
        holdings = [
            {"id": f"{kind['id']}-{item['id']}", "unit_type": kind["id"], "equipment": item["id"],
             "count": self.draw(st.sampled_from((1, 4, 12, 30, 100)))}
            for kind in types
            for item in EQUIPMENT
            if self.flip() or (kind["personnel"] == 0 and item is TRUCK)
        ]  # fmt: skip
        town = st.sampled_from(towns)
        forces = [
            {
                "id": f"unit-{i}", "name": f"Unit {i}",
                "nation": self.draw(st.sampled_from(NATIONS)),
                "unit_type": self.draw(st.sampled_from(types))["id"],
                "home": self.draw(town) if self.flip(4) else towns[0],
                "equipment_at": self.draw(maybe(town, blank=6)),
                "ntm_days": self.draw(st.sampled_from((0, 0.3, 2, 9))),
                "in_place_since": self.draw(maybe(st.just(C_DAY), blank=8)),
                "strength": self.draw(st.sampled_from((1, 1, 0.5, 1.37))),
                "area": "belt",
                "destination": self.draw(town) if self.flip(4) else towns[-1],
                "ead_day": self.draw(maybe(st.sampled_from((0, 4.1, 11)), blank=4)),
                "priority": self.draw(st.integers(1, 3)),
            }
            for i in range(self.draw(st.integers(1, 4)))
        ]  # fmt: skip
        return {"unit_types": types, "unit_equipment": holdings, "forces": forces}

    def disruptions(self) -> Rows:
        """Up to three conditions on links, terminals or lift."""
        names = [row["id"] for row in (*self.links, *self.terminals, *self.lift)]
        found = []
        for i in range(self.draw(st.integers(0, 3))):
            first = self.draw(st.sampled_from((0, 1.2, 5)))
            length = self.draw(maybe(st.sampled_from((0.4, 3, 30)), blank=1))
            found.append(
                {"id": f"d-{i}", "resource": self.draw(st.sampled_from(names)), "from_day": first,
                 "to_day": None if length is None else first + length,
                 "remaining_share": self.draw(st.sampled_from((0, 0.3, 0.5, 0.9)))}
            )  # fmt: skip
        return found


@st.composite
def settings_rows(draw: st.DrawFn) -> dict[str, Any]:
    """Grid, horizon, legal phases and the planning factors that matter most."""
    phases = [{"phase": "peace", "from_day": 0}, {"phase": "article5", "from_day": 3.5}]
    return {
        "name": "random",
        "title": "A random scenario",
        "c_day": C_DAY,
        "grid_hours": draw(st.sampled_from(GRIDS)),
        "horizon_days": draw(st.sampled_from((0.5, 3, 10, 25, 25, 40, 40))),
        "phases": draw(st.sampled_from((phases, phases[:1], phases[1:]))),
        "factors": {
            "march_hours_per_day": draw(st.sampled_from((8, 24, 5))),
            "person_lot": draw(st.sampled_from((50, 240))),
            "train_wagons": draw(st.sampled_from((10, 30))),
            "ship_hold_h": draw(st.sampled_from((0, 24))),
            "road_loading_h": draw(st.sampled_from((0, 2))),
            "track_march_km": draw(st.sampled_from((0, 150, 600))),
            "access_km": 2000,
        },
    }


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario that every named check finds nothing wrong with."""
    build = _Builder(draw)
    towns = build.roads()
    build.rails(towns)
    if not build.flip(3):
        build.sea(towns)
    if not build.flip(3):
        build.air(towns)
    build.pool("coach", pax=50, users="", count=draw(st.integers(2, 6)))
    if not build.flip(3):
        strong = draw(st.sampled_from(({"item_mass_t": 25}, {"payload_t": 20}, {"payload_t": 12})))
        build.pool("truck", **strong, mlc=draw(maybe(st.sampled_from((30, 70)))), count=40)
    if not build.flip(3):
        build.pool("heavy-transporter", item_mass_t=70, mlc=100, count=draw(st.integers(1, 40)))
    for _ in range(draw(st.integers(0, 2))):
        build.terminal(towns[-1], "reception", handling_h=draw(st.sampled_from((1, 6))))
    lead = maybe(st.sampled_from((0, 1, 4)), blank=0)
    scenario = unchecked(
        draw(settings_rows()),
        nations=[
            {"id": n, "name": n.upper(), "clearance_peace_days": draw(lead),
             "clearance_crisis_days": draw(lead), "clearance_article5_days": draw(lead)}
            for n in NATIONS
        ],
        places=build.places,
        links=build.links,
        terminals=build.terminals,
        equipment=EQUIPMENT,
        areas=[{"id": "belt", "name": "Belt", "domain": "land", "nations": "deu pol ltu"}],
        lift=build.lift,
        **build.forces(towns),
        disruptions=build.disruptions(),
    )  # fmt: skip
    assume(not check(scenario))
    return scenario
