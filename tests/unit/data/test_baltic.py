"""What the reference scenario promises: size, named places, gauges, passages, ships, clearance."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cache

import pytest

from amberway.network.clearance import release_periods
from amberway.scenario import Scenario, load
from amberway.scenario.geography import Function, Mode, PlaceKind, Terminal
from amberway.scenario.lift import LiftKind
from amberway.scenario.row import Confidence

MARCH_2024 = dt.date(2024, 3, 13)
PORTS = """
klaipeda liepaja ventspils riga paldiski paldiski-north muuga sillamae gdynia gdansk swinoujscie
szczecin rostock travemuende kiel bremerhaven emden cuxhaven wilhelmshaven vlissingen eemshaven
rotterdam zeebrugge esbjerg kalundborg goteborg karlshamn nynashamn norrkoping hanko helsinki turku
oslo drammen trondheim narvik southampton marchwood immingham le-havre la-rochelle toulon beaumont
charleston savannah jacksonville baltimore montreal halifax
""".split()
AIRFIELDS = """
tallinn amari tartu parnu kuressaare riga lielvarde liepaja siauliai kaunas vilnius palanga
panevezys gdansk malbork powidz warsaw modlin lask rzeszow szczecin ramstein spangdahlem wunstorf
leipzig
cologne laage eindhoven papa orleans istres zaragoza brize-norton aalborg karup gardermoen vaernes
arlanda helsinki tampere rovaniemi dover mcguire charleston trenton
""".split()
CORES = ("est", "lva", "ltu", "pol", "deu", "nld", "bel", "dnk", "swe", "fin", "nor", "gbr", "fra")
# Outlets that the facts call partisan or machine-rewritten.
LOW_RELIABILITY = re.compile(r"news-pravda|chinamil|mixedtimes|rt\.com|sputnik", re.IGNORECASE)


@cache
def tables(name: str = "baltic") -> Scenario:
    """The scenario, loaded once."""
    return load(name)


def terminals(place: str, function: Function) -> list[Terminal]:
    """Terminals of a function at a place."""
    found = tables().terminals.values()
    return [t for t in found if t.place == place and t.function is function]


def usable(opens: dt.date | None) -> bool:
    """Open in March 2024?"""
    return opens is None or opens <= MARCH_2024


def test_size() -> None:
    """Proves the size that the design asks for, over all four modes."""
    scenario = tables()
    hubs = [
        p for p in scenario.places.values() if p.kind in (PlaceKind.SEAPORT, PlaceKind.AIRFIELD)
    ]
    ships = [lift for lift in scenario.lift.values() if lift.kind is LiftKind.SHIP]
    assert len(scenario.places) >= 130
    assert len(scenario.links) >= 250
    assert {link.mode for link in scenario.links.values()} == set(Mode)
    assert len(hubs) >= 45
    assert len(scenario.nations) >= 25
    assert len(scenario.forces) >= 90
    assert len(ships) >= 40


@pytest.mark.parametrize("name", ["baltic", "baltic-nfm"])
def test_every_row_is_sourced_or_assumed(name: str) -> None:
    """Proves that no row is without a mark, and that the sources are ones that may be cited."""
    scenario = tables(name)
    for table in ("nations", "places", "terminals", "links", "equipment", "unit_types", "forces"):
        for row in scenario.table(table).values():
            marked = row.confidence is Confidence.ASSUMED or bool(row.source)
            assert marked, f"{table} {row.id}"
    for source in scenario.sources.values():
        assert not LOW_RELIABILITY.search(f"{source.publisher} {source.address}"), source.id


def test_geonames_is_credited() -> None:
    """Proves that positions taken from GeoNames name its licence."""
    assert "CC BY 4.0" in tables().sources["geonames-cities"].title


@pytest.mark.parametrize("name", PORTS)
def test_port(name: str) -> None:
    """Proves that a port has berths with draught, length and rate, and a way in by sea and land."""
    place = f"{name}-port"
    (berths,) = terminals(place, Function.SEA)
    assert berths.slots
    assert berths.max_draught_m
    assert berths.max_length_m
    assert berths.lane_m_per_h
    modes = {x.mode for x in tables().links.values() if place in (x.from_place, x.to_place)}
    assert {Mode.SEA, Mode.ROAD} <= modes


@pytest.mark.parametrize("name", AIRFIELDS)
def test_airfield(name: str) -> None:
    """Proves that an airfield has a runway, stands and a ground time."""
    (apron,) = terminals(f"{name}-airfield", Function.AIR)
    assert apron.slots
    assert apron.runway_m
    assert apron.handling_h


def test_kiel_canal_and_straits() -> None:
    """Proves the named passages and their limits on ships."""
    links = tables().links
    canal, sound, belt, skaw = (
        links[i] for i in ("kiel-canal", "the-sound", "great-belt", "skagen")
    )
    assert (canal.max_length_m, canal.max_beam_m) == (235, 32.5)
    assert canal.max_draught_m == 8
    assert canal.passage_h > 0
    assert sound.max_draught_m == pytest.approx(7.7)
    assert belt.max_draught_m == 15
    assert skaw.max_draught_m == 17


def test_transload_yards() -> None:
    """Proves that gauge is changed at Mockava, Šeštokai and Palemonas, and nowhere else there."""
    yards = {
        t.place
        for t in tables().terminals.values()
        if {1435, 1520} <= set(t.gauges_mm) and usable(t.opens)
    }
    assert yards == {"mockava", "sestokai", "palemonas"}


def test_standard_gauge_ends_at_kaunas() -> None:
    """Proves where 1435 mm from Poland leads to, before and after Rail Baltica opens."""
    assert standard_gauge(MARCH_2024) == {
        "mockava",
        "sestokai",
        "marijampole",
        "kazlu-ruda",
        "kaunas",
        "palemonas",
    }
    assert standard_gauge(dt.date(2029, 12, 31)) == standard_gauge(MARCH_2024)
    assert {"panevezys", "riga", "parnu", "tallinn"} <= standard_gauge(dt.date(2031, 1, 1))


def standard_gauge(day: dt.date) -> set[str]:
    """Places in the Baltic states that a train of 1435 mm from Trakiszki reaches on a day."""
    scenario = tables()
    near = defaultdict(set)
    for link in scenario.links.values():
        if link.gauge_mm == 1435 and (link.opens is None or link.opens <= day):
            near[link.from_place].add(link.to_place)
            near[link.to_place].add(link.from_place)
    reached, frontier = set(), ["trakiszki"]
    while frontier:
        place = frontier.pop()
        if place not in reached:
            reached.add(place)
            frontier += near[place]
    return {p for p in reached if scenario.places[p].nation in ("est", "lva", "ltu")}


@pytest.mark.parametrize(
    ("mode", "crossings"),
    [
        (Mode.ROAD, {("budzisko", "kalvarija"), ("lazdijai", "ogrodniki")}),
        (Mode.RAIL, {("mockava", "trakiszki")}),
    ],
)
def test_border_of_poland_and_lithuania(mode: Mode, crossings: set[tuple[str, str]]) -> None:
    """Proves that two roads and one railway cross it."""
    scenario = tables()
    found = set()
    for link in scenario.links.values():
        ends = sorted((link.from_place, link.to_place))
        if link.mode is mode and {scenario.places[p].nation for p in ends} == {"ltu", "pol"}:
            found.add((ends[0], ends[1]))
    assert found == crossings


def test_loads_that_the_second_crossing_refuses() -> None:
    """Proves that a tank crosses at Budzisko and not at Ogrodniki before that road is rebuilt."""
    links = tables().links
    tank = tables().equipment["mbt-leopard-2a6"]
    first, second = links["road-budzisko-kalvarija"], links["road-ogrodniki-lazdijai"]
    assert (first.mlc_tracked or 0) >= tank.mlc
    assert (second.mlc_tracked or 0) < tank.mlc


@pytest.mark.parametrize(
    "ship",
    [
        *("hurst-point", "hartland-point", "anvil-point", "eddystone"),
        *("ark-germania", "ark-dania", "suecia-seaways", "britannia-seaways"),
        *("magnolia-seaways", "finlandia-seaways", "regina-seaways", "athena-seaways"),
        *("mn-calao", "mn-tangara", "ysabel", "karel-doorman", "stena-scandica", "finnsirius"),
        *("nor-panamax-near", "nor-hero", "nor-mark-v", "usa-lmsr-norfolk", "usa-rrf-beaumont"),
    ],
)
def test_ship(ship: str) -> None:
    """Proves that a ship of the published fleets is there, and is measured."""
    lift = tables().lift[f"ship-{ship}"]
    assert lift.kind is LiftKind.SHIP
    assert lift.home
    assert lift.lane_m
    assert lift.draught_m
    assert lift.length_m
    assert lift.beam_m
    assert lift.speed_kn


def test_point_class_meets_its_contract() -> None:
    """Proves four ships: one at five days of notice, three at ten; all fit the Kiel Canal."""
    names = ("hurst-point", "hartland-point", "anvil-point", "eddystone")
    fleet = [tables().lift[f"ship-{name}"] for name in names]
    canal = tables().links["kiel-canal"]
    assert sorted(ship.notice_days for ship in fleet) == [5, 10, 10, 10]
    assert sum(ship.lane_m or 0 for ship in fleet) > 9600
    assert all((ship.draught_m or 0) <= (canal.max_draught_m or 0) for ship in fleet)


def test_ferries_do_not_cross_the_atlantic() -> None:
    """Proves that ships of the Baltic trade are not loaded in North America."""
    for lift in tables().lift.values():
        if lift.kind is LiftKind.SHIP and lift.pax and lift.id != "ship-karel-doorman":
            assert lift.loads_in, lift.id
            assert not {"usa", "can"} & set(lift.loads_in), lift.id


def test_clearance_of_nations() -> None:
    """Proves lead times that shrink from peace to Article 5; Switzerland lets none in."""
    for nation in tables().nations.values():
        times = (
            nation.clearance_peace_days,
            nation.clearance_crisis_days,
            nation.clearance_article5_days,
        )
        if nation.id == "che":
            assert times == (None, None, None)
            continue
        assert None not in times, nation.id
        assert list(times) == sorted(times, key=lambda days: -(days or 0)), nation.id
    release = release_periods(tables())
    days = {nation: release[nation] * tables().settings.grid_hours / 24 for nation in CORES}
    assert all(4 <= day <= 6 for day in days.values()), days


def test_full_force_model() -> None:
    """Proves that `baltic-nfm` holds the promised numbers by notice, `baltic` a part."""
    assert available("baltic-nfm", 10) >= 100_000
    assert available("baltic-nfm", 30) >= 300_000
    assert available("baltic", 30) < 150_000


def available(name: str, days: float) -> float:
    """Persons at a notice of so many days, without forces of the nation that they defend."""
    scenario = tables(name)
    return sum(
        scenario.unit_types[force.unit_type].personnel * force.strength
        for force in scenario.forces.values()
        if force.ntm_days <= days and force.nation not in scenario.areas[force.area].nations
    )
