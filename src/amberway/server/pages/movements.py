"""Where every lot is at every moment: what the map moves."""

from __future__ import annotations

from pydantic import BaseModel

from amberway.mobility.plan import Leg, Plan
from amberway.server.pages.shapes import Position
from amberway.units import period_to_days

MoveLeg = tuple[str, str, str, float, float, int]
"""Means, from, to, first day, last day, path. The lot moves evenly along the path between the
days, loading and unloading included; a path of one position is a stay (reception)."""


class MovingLot(BaseModel):
    """A lot. `ready` is the day from which it waits at its origin, `arrival` null if it does not
    arrive; between two legs it waits where the first ended."""

    id: str
    force: str
    nation: str
    cargo: str
    persons: int
    mass_t: float
    origin: str
    ready: float
    arrival: float | None
    legs: list[MoveLeg]


class Sailing(BaseModel):
    """A voyage of one ship; `ballast` is its way to the port of loading."""

    id: str
    ship: str
    name: str
    start: str
    end: str
    ballast_day: float
    load_day: float
    depart: float
    arrive: float
    discharged: float
    path: int
    ballast: int | None
    lane_m: float
    persons: int


class Movements(BaseModel):
    """Everything that moves. `paths` are lists of positions, named by their index."""

    places: dict[str, Position]
    paths: list[list[Position]]
    lots: list[MovingLot]
    sailings: list[Sailing]
    last_day: float


class _Paths:
    """Paths by their links, each once."""

    def __init__(self, plan: Plan) -> None:
        self._scenario = plan.scenario
        self._known: dict[tuple[str, ...], int] = {}
        self.all: list[list[Position]] = []

    def position(self, place: str) -> Position:
        found = self._scenario.places[place]
        return (round(found.lon, 4), round(found.lat, 4))

    def of(self, start: str, end: str, links: tuple[str, ...]) -> int:
        key = (start, end, *links)
        if key not in self._known:
            path, here = [self.position(start)], start
            for name in links:
                link = self._scenario.links[name[:-1]]
                here = link.to_place if name.endswith(">") else link.from_place
                path.append(self.position(here))
            if here != end:
                path.append(self.position(end))
            self._known[key] = len(self.all)
            self.all.append(path)
        return self._known[key]


def movements(plan: Plan) -> Movements:
    """All lots and sailings of a plan."""
    grid = plan.scenario.settings.grid_hours
    paths = _Paths(plan)

    def day(period: int) -> float:
        return period_to_days(period, grid)

    def leg(one: Leg) -> MoveLeg:
        path = paths.of(one.start_place, one.end_place, one.links)
        return (one.means, one.start_place, one.end_place, day(one.start), day(one.end), path)

    lots = []
    for lot in plan.lots:
        arrival = plan.arrival(lot)
        lots.append(
            MovingLot(
                id=lot.id,
                force=lot.force,
                nation=lot.nation,
                cargo=lot.cargo.value,
                persons=lot.persons,
                mass_t=round(lot.mass_t, 1),
                origin=lot.origin,
                ready=day(lot.ready),
                arrival=None if arrival is None else day(arrival),
                legs=[leg(one) for one in plan.legs.get(lot.id, ())],
            )
        )
    sailings = [
        Sailing(
            id=v.id,
            ship=v.ship,
            name=plan.scenario.lift[v.ship.partition("#")[0]].name,
            start=v.start_place,
            end=v.end_place,
            ballast_day=day(v.ballast_start),
            load_day=day(v.load_start),
            depart=day(v.depart),
            arrive=day(v.arrive),
            discharged=day(v.discharged),
            path=paths.of(v.start_place, v.end_place, v.links),
            ballast=_ballast(plan, paths, v.ballast_links),
            lane_m=round(v.lane_m, 1),
            persons=v.pax,
        )
        for v in plan.sailings
    ]
    return Movements(
        places={name: paths.position(name) for name in plan.scenario.places},
        paths=paths.all,
        lots=lots,
        sailings=sailings,
        last_day=max((lot.arrival for lot in lots if lot.arrival is not None), default=0.0),
    )


def _ballast(plan: Plan, paths: _Paths, links: tuple[str, ...]) -> int | None:
    if not links:
        return None
    first, last = plan.scenario.links[links[0][:-1]], plan.scenario.links[links[-1][:-1]]
    start = first.from_place if links[0].endswith(">") else first.to_place
    end = last.to_place if links[-1].endswith(">") else last.from_place
    return paths.of(start, end, links)
