"""A small deployment over all modes, and the plan for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import small
from amberway.mobility import certified as certified_method
from amberway.mobility import one_pass
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario

Build = Callable[..., Scenario]


def build(text: str = "", forces: list[dict[str, Any]] | None = None) -> Scenario:
    """A scenario with road, rail, sea and air ways; every free text ends with `text`."""

    def place(name: str, lat: float, lon: float, nation: str | None, kind: str) -> dict[str, Any]:
        return small.place(name, lat, lon, nation, kind) | {"name": f"Place {name}{text}"}

    if forces is None:
        forces = [
            {"id": "f1", "name": f"First{text}", "ntm_days": 5, "priority": 1},
            {"id": "f2", "name": f"Second{text}", "ntm_days": 3},
            {"id": "f3", "name": f"Third{text}", "ntm_days": 1, "in_place_since": "2017-01-01"},
            {"id": "f4", "name": f"Fourth{text}", "ntm_days": 2, "nation": "ltu",
             "in_place_since": "2017-01-01"},
        ]  # fmt: skip
    common = {"nation": "deu", "unit_type": "bde", "home": "a", "area": "l", "destination": "d"}
    return small.scenario(
        settings={"title": f"Small{text}", "summary": f"Summary{text}"},
        nations=[small.nation(n) | {"name": f"{n.upper()}{text}"} for n in ("deu", "pol", "ltu")],
        places=[
            place("a", 52, 10, "deu", "barracks"),
            place("b", 52.2, 21, "pol", "border-crossing"),
            place("c", 54.3, 23.5, "ltu", "transload-yard"),
            place("d", 54.9, 24, "ltu", "assembly-area"),
            place("pa", 53.9, 10.5, "deu", "seaport"),
            place("pd", 55.7, 21.1, "ltu", "seaport"),
            place("sea", 54.9, 15, None, "sea"),
            place("fa", 52.1, 10.2, "deu", "airfield"),
            place("fd", 54.95, 24.1, "ltu", "airfield"),
        ],
        links=[
            small.link("ab", "a", "b", "road", 900),
            small.link("bc", "b", "c", "road", 300, capacity_per_day=5),
            small.link("cd", "c", "d", "road", 90, mlc_wheeled=60, mlc_tracked=50),
            small.link("rab", "a", "b", "rail", 900),
            small.link("rbc", "b", "c", "rail", 330, capacity_per_day=6),
            small.link("rcd", "c", "d", "rail", 95, gauge_mm=1520),
            small.link("apa", "a", "pa", "road", 220),
            small.link("pdd", "pd", "d", "road", 230),
            small.link("s1", "pa", "sea", "sea", 320),
            small.link("s2", "sea", "pd", "sea", 420),
            small.link("afa", "a", "fa", "road", 20),
            small.link("fdd", "fd", "d", "road", 15),
            small.link("air", "fa", "fd", "air", 1020),
        ],
        terminals=[
            _rail("ra", "a", "1435"),
            _rail("rc", "c", "1435 1520"),
            _rail("rd", "d", "1520"),
            _berth("ba", "pa"),
            _berth("bd", "pd"),
            _apron("sa", "fa"),
            _apron("sd", "fd"),
            {"id": "rec", "place": "d", "function": "reception", "slots": 4, "handling_h": 3},
        ],
        equipment=[small.TRUCK, small.TANK, small.CONTAINER],
        unit_types=[small.unit("bde", 900)],
        unit_equipment=[
            {"id": "x1", "unit_type": "bde", "equipment": "tank", "count": 30},
            {"id": "x2", "unit_type": "bde", "equipment": "truck", "count": 150},
            {"id": "x3", "unit_type": "bde", "equipment": "box", "count": 20},
        ],
        areas=[{"id": "l", "name": f"Area{text}", "nations": "ltu", "domain": "land"}],
        forces=[common | force for force in forces],
        lift=[
            _pool("t1", "train-set", 4, wagons=36, gross_t=1700, gauge_mm=1435, name=f"set{text}"),
            _pool("t2", "train-set", 2, wagons=36, gross_t=1700, gauge_mm=1520),
            _pool("h", "heavy-transporter", 20, item_mass_t=70),
            _pool("k", "truck", 25, item_mass_t=25),
            _pool("co", "coach", 40, pax=50),
            _pool("ship", "ship", 2, home="pa", lane_m=1500, speed_kn=18, draught_m=7,
                  length_m=190, beam_m=26, pax=200, name=f"MS Ship{text}"),
            _pool("pl", "aircraft", 2, pax=250, speed_kmh=700, runway_m=2500, range_km=5000),
        ],
        sources=[{"id": "s", "title": f"Title{text}", "publisher": f"Publisher{text}",
                  "date": "2024", "address": "https://example.org/page", "source": "s"}],
    )  # fmt: skip


def _rail(name: str, place: str, gauges: str) -> dict[str, Any]:
    return {"id": name, "place": place, "function": "rail", "slots": 2, "handling_h": 6,
            "gauges_mm": gauges}  # fmt: skip


def _berth(name: str, place: str) -> dict[str, Any]:
    return {"id": name, "place": place, "function": "sea", "slots": 1, "lane_m_per_h": 250,
            "max_draught_m": 9}  # fmt: skip


def _apron(name: str, place: str) -> dict[str, Any]:
    return {"id": name, "place": place, "function": "air", "slots": 2, "handling_h": 2,
            "runway_m": 3000}  # fmt: skip


def _pool(ident: str, kind: str, count: int, **more: Any) -> dict[str, Any]:
    return {"id": ident, "name": ident, "kind": kind, "count": count, "notice_days": 1} | more


@pytest.fixture(scope="session")
def make() -> Build:
    """The builder of the small deployment."""
    return build


@pytest.fixture(scope="session")
def result() -> MobilityResult:
    """Its plan."""
    return MobilityResult(one_pass.solve(build()))


@pytest.fixture(scope="session")
def certified() -> MobilityResult:
    """The same by the certified method, with few resources so that some have prices."""
    return MobilityResult(certified_method.solve(build(), certified_method.Effort(time_limit=1)))
