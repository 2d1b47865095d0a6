"""What the map draws of a scenario: places, links, areas, what covers the sky, who commands."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel

from amberway.airdefence.problem import layer, reach
from amberway.airdefence.result import ring
from amberway.command.areas import commands
from amberway.command.problem import problem as command_problem
from amberway.scenario import Scenario
from amberway.scenario.geometry import outlines
from amberway.server.pages.shapes import Feature, FeatureCollection, Position


class MapPlace(BaseModel):
    """A place. `functions` are its terminals'."""

    id: str
    name: str
    nation: str | None
    kind: str
    lat: float
    lon: float
    functions: list[str]


class MapLink(BaseModel):
    """A link: a straight line in degrees between its ends."""

    id: str
    mode: str
    start: str
    end: str
    km: float
    two_way: bool
    capacity_per_day: float | None
    line: list[Position]


class MapHeadquarters(BaseModel):
    """A headquarters at its seat."""

    id: str
    name: str
    echelon: str
    lead_nation: str
    sidc: str | None
    place: str
    lat: float
    lon: float
    capacity: int | None


class ScenarioMap(BaseModel):
    """Layers of the map.

    `areas`: outlines with name and domain. `airdefence`: rings at the altitude `reference_m` with
    `from_day` and `to_day` (days after C-day, null: no limit), `force` and `notice_days` where the
    system has to come first. `command`: the outlines with `commanders` by phase and domain.
    """

    places: list[MapPlace]
    links: list[MapLink]
    areas: FeatureCollection
    airdefence: FeatureCollection
    reference_m: float
    command: FeatureCollection
    headquarters: list[MapHeadquarters]


def scenario_map(scenario: Scenario) -> ScenarioMap:
    """The map of a scenario."""
    functions: dict[str, list[str]] = {}
    for terminal in scenario.terminals.values():
        functions.setdefault(terminal.place, []).append(terminal.function.value)
    places = scenario.places
    return ScenarioMap(
        places=[
            MapPlace(
                id=place.id,
                name=place.name,
                nation=place.nation,
                kind=place.kind.value,
                lat=place.lat,
                lon=place.lon,
                functions=functions.get(place.id, []),
            )
            for place in places.values()
        ],
        links=[
            MapLink(
                id=link.id,
                mode=link.mode.value,
                start=link.from_place,
                end=link.to_place,
                km=link.km,
                two_way=link.two_way,
                capacity_per_day=link.capacity_per_day,
                line=[
                    (places[end].lon, places[end].lat) for end in (link.from_place, link.to_place)
                ],
            )
            for link in scenario.links.values()
        ],
        areas=_areas(scenario),
        airdefence=airdefence_rings(scenario),
        reference_m=scenario.settings.airdefence.reference_m,
        command=_command(scenario),
        headquarters=[
            MapHeadquarters(
                id=hq.id,
                name=hq.name,
                echelon=hq.echelon.value,
                lead_nation=hq.lead_nation,
                sidc=hq.sidc,
                place=hq.place,
                lat=places[hq.place].lat,
                lon=places[hq.place].lon,
                capacity=hq.capacity,
            )
            for hq in scenario.headquarters.values()
        ],
    )


def _areas(scenario: Scenario) -> FeatureCollection:
    shapes = outlines(scenario.geometry)
    return FeatureCollection(
        features=[
            Feature(
                id=area.id,
                properties={
                    "name": area.name, "domain": area.domain.value, "nations": list(area.nations)
                },
                geometry=shapes[area.id]["geometry"],
            )
            for area in scenario.areas.values()
            if area.id in shapes
        ]
    )  # fmt: skip


def airdefence_rings(scenario: Scenario) -> FeatureCollection:
    """What each system covers at the reference altitude, with the days on which it is there."""
    factors, c_day = scenario.settings.airdefence, scenario.settings.c_day
    features = []
    for system in scenario.air_defence.values():
        km = reach(system, factors.reference_m)
        if km <= 0:
            continue
        place = scenario.places[system.place]
        force = None if system.force is None else scenario.forces[system.force]
        features.append(
            Feature(
                id=system.id,
                properties={
                    "name": system.system,
                    "nation": system.nation,
                    "place": system.place,
                    "lat": place.lat,
                    "lon": place.lon,
                    "layer": layer(system.range_km, factors).value,
                    "reach_km": round(km, 1),
                    "force": system.force,
                    "notice_days": None if force is None else force.ntm_days,
                    "from_day": _day(system.from_date, c_day),
                    "to_day": _day(system.to_date, c_day),
                },
                geometry={"type": "Polygon", "coordinates": [ring(place.lon, place.lat, km)]},
            )
        )
    return FeatureCollection(features=features)


def _day(date: dt.date | None, c_day: dt.date) -> int | None:
    return None if date is None else (date - c_day).days


def _command(scenario: Scenario) -> FeatureCollection:
    held: dict[str, dict[str, dict[str, list[str]]]] = {}
    for one in commands(command_problem(scenario)):
        phases = held.setdefault(one.area, {})
        phases.setdefault(one.phase.value, {})[one.domain.value] = list(one.commanders)
    areas = _areas(scenario).features
    for feature in areas:
        feature.properties = feature.properties | {"commanders": held.get(feature.id or "", {})}
    return FeatureCollection(features=areas)
