"""The moves that a kind of lot may choose from: its own small network from origin to destination.

Places in it: origin and destination, the railheads near both, every transload yard, the best few
seaports and airfields at both ends. Lots that ask the same of every means share one network.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from amberway.mobility import loads
from amberway.mobility.loads import RoadLoad
from amberway.mobility.lots import Lot
from amberway.network.moves import Move, MoveMaker, march_hours
from amberway.network.resources import Resources
from amberway.network.routing import Router
from amberway.network.traits import Traits
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Function, Mode, Terminal
from amberway.scenario.lift import Lift
from amberway.units import periods

_RAILHEADS = 3
_AIRFIELDS = 2
_PORTS = 4
_SEA_KMH = 33.0  # 18 kn: only to rank port pairs, never in a plan
_NEVER = 1 << 30


@dataclass(frozen=True, eq=False)
class Options:
    """Moves by place of departure, port pairs by port of embarkation, and lower bounds.

    `bound[p]` is the least number of periods from `p` to the destination with nothing in the
    way; a place that is missing leads nowhere.
    """

    moves: dict[str, list[Move]]
    sea: dict[str, list[str]]
    ships: list[Lift]
    bound: dict[str, int]
    reception: Move | None = None
    railheads: tuple[str, ...] = field(default=())


class OptionMaker:
    """Builds and remembers the options of every kind of lot of a scenario."""

    def __init__(
        self, scenario: Scenario, resources: Resources, router: Router, maker: MoveMaker
    ) -> None:
        self._scenario = scenario
        self._resources = resources
        self._router = router
        self._maker = maker
        self._known: dict[tuple[object, ...], Options] = {}
        self._moves: dict[tuple[object, ...], list[Move]] = {}
        self._sets: dict[tuple[object, ...], list[Lift]] = {}
        self._terminals: dict[Function, dict[str, list[Terminal]]] = {f: {} for f in Function}
        for terminal in scenario.terminals.values():
            row = resources.index[f"terminal:{terminal.id}"]
            if resources.capacity[row].any():
                by_place = self._terminals[terminal.function]
                by_place.setdefault(terminal.place, []).append(terminal)

    def of(self, lot: Lot) -> Options:
        """The options of a lot."""
        road = loads.road_loads(self._scenario, lot)
        rail = {gauge: traits for gauge in self._gauges()
                for traits in (loads.rail_traits(lot, gauge, self._scenario.settings.factors),)}
        sets = {gauge: loads.train_sets(self._scenario, lot, gauge) for gauge in rail}
        planes = loads.aircraft(self._scenario, lot)
        ships = loads.ships(self._scenario, lot)
        key = (
            lot.origin, lot.destination, lot.nation, lot.cargo,
            tuple((r.traits, r.lift and r.lift.id, r.assets) for r in road),
            tuple((rail[g], tuple(s.id for s in sets[g])) for g in rail),
            tuple((p.id, n) for p, n in planes), tuple(s.id for s in ships),
        )
        if key not in self._known:
            self._known[key] = _Builder(self, lot, road, rail, sets, planes, ships).build()
        return self._known[key]

    def berths(self, place: str) -> list[Terminal]:
        """Ro-ro terminals at a place."""
        return self._terminals[Function.SEA].get(place, [])

    def _gauges(self) -> list[int]:
        return sorted({g for t in self._scenario.terminals.values() for g in t.gauges_mm})

    # What follows is shared by the builders of all lots.
    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self._scenario

    @property
    def router(self) -> Router:
        """Ways over the links."""
        return self._router

    def at(self, function: Function, place: str) -> list[Terminal]:
        """Terminals of a function at a place."""
        return self._terminals[function].get(place, [])

    def places_with(self, function: Function) -> Iterable[str]:
        """Places that have a terminal of a function."""
        return self._terminals[function]

    def road_moves(self, load: RoadLoad, start: str, end: str) -> list[Move]:
        """Road moves between two places, over different ways if one is tight."""
        if load.lift is not None and not loads.may_load(
            load.lift, self._scenario.places[start].nation
        ):
            return []
        key = (load.means, load.traits, load.lift and load.lift.id, load.assets, start, end)
        if key not in self._moves:
            made = (
                self._maker.road(load.means, route, load.traits, (start, end), load.lift,
                                 load.assets)
                for route in self._router.routes(load.traits, start, end)
                if route.km <= load.longest_km
            )
            self._moves[key] = [move for move in made if move is not None]
        return self._moves[key]

    def rail_moves(
        self, traits: Traits, lift: Lift, terminals: tuple[Terminal, Terminal], persons: bool
    ) -> list[Move]:
        """Train moves between two rail terminals."""
        start, end = (t.place for t in terminals)
        if not loads.may_load(lift, self._scenario.places[start].nation):
            return []
        key = (traits, lift.id, terminals[0].id, terminals[1].id, persons)
        if key not in self._moves:
            made = (self._maker.rail(route, traits, terminals, lift, persons)
                    for route in self._router.routes(traits, start, end))
            self._moves[key] = [move for move in made if move is not None]
        return self._moves[key]

    def air_moves(
        self, lift: Lift, sorties: int, terminals: tuple[Terminal, Terminal]
    ) -> list[Move]:
        """Flights between two airfields."""
        start, end = (t.place for t in terminals)
        if not loads.may_load(lift, self._scenario.places[start].nation) or any(
            lift.runway_m and t.runway_m and lift.runway_m > t.runway_m for t in terminals
        ):
            return []
        key = (lift.id, sorties, terminals[0].id, terminals[1].id)
        if key not in self._moves:
            traits = Traits(Mode.AIR, speed_kmh=lift.speed_kmh, range_km=lift.range_km)
            route = self._router.quickest(traits, start, end)
            move = route and self._maker.air(route, traits, terminals, lift, sorties)
            self._moves[key] = [move] if move else []
        return self._moves[key]

    def reception(self, place: str, persons: bool) -> Move | None:
        """Reception at an assembly area, if it has a reception terminal."""
        terminals = self.at(Function.RECEPTION, place)
        return self._maker.reception(terminals[0], persons) if terminals else None


class _Builder:
    """Collects the options of one kind of lot."""

    def __init__(
        self, makers: OptionMaker, lot: Lot, road: list[RoadLoad], rail: dict[int, Traits],
        sets: dict[int, list[Lift]], planes: list[tuple[Lift, int]], ships: list[Lift],
    ) -> None:
        self._all = makers
        self._lot = lot
        self._road = road
        self._rail = {g: t for g, t in rail.items() if sets[g]}
        self._sets = sets
        self._planes = planes
        self._ships = ships
        self._persons = lot.cargo is CargoClass.PERSONS
        self._factors = makers.scenario.settings.factors
        self._grid = makers.scenario.settings.grid_hours
        # The gentlest load that the lot can be by road, for ranking places only.
        self._gentle = Traits(Mode.ROAD)

    def build(self) -> Options:
        """The lot's own network."""
        lot = self._lot
        start, end = lot.origin, lot.destination
        reception = self._all.reception(end, self._persons)
        if start == end:
            return Options({}, {}, [], {end: 0}, reception)
        near_start = self._railheads(start)
        near_end = self._railheads(end)
        yards = [p for p in self._all.places_with(Function.RAIL)
                 if any(len(t.gauges_mm) > 1 for t in self._all.at(Function.RAIL, p))]
        sea = self._port_pairs(near_start, near_end)
        out_ports, in_ports = list(sea), sorted({q for qs in sea.values() for q in qs})
        out_fields, in_fields = self._airfields(start), self._airfields(end)

        moves: dict[str, list[Move]] = {}
        for place in dict.fromkeys([end, *near_start, *out_ports, *out_fields]):
            self._add_road(moves, start, place)
        rail_from = dict.fromkeys([*near_start, *yards, *in_ports])
        rail_to = dict.fromkeys([*near_end, *yards, *out_ports])
        for a in rail_from:
            for b in rail_to:
                self._add_rail(moves, a, b)
        for a in out_fields:
            for b in in_fields:
                self._add_air(moves, a, b)
        for place in dict.fromkeys([*near_end, *yards, *in_ports, *in_fields]):
            if place not in (start, end):
                self._add_road(moves, place, end)
        bound = self._bounds(moves, sea)
        return Options(moves, sea, self._ships, bound, reception, tuple(near_end))

    def _nearest(self, place: str, candidates: Iterable[str], most: int) -> list[str]:
        """The candidates nearest by road, the place itself first if it is one of them."""
        hours = self._all.router.hours(self._gentle, place)
        limit = self._factors.access_km / 40.0
        near = sorted((hours[c], c) for c in candidates if hours.get(c, math.inf) <= limit)
        return [c for _, c in near[:most]]

    def _railheads(self, place: str) -> list[str]:
        gauges = set(self._rail)
        fit = [p for p in self._all.places_with(Function.RAIL)
               if any(gauges & set(t.gauges_mm) for t in self._all.at(Function.RAIL, p))]
        return self._nearest(place, fit, _RAILHEADS)

    def _airfields(self, place: str) -> list[str]:
        if not self._planes:
            return []
        return self._nearest(place, self._all.places_with(Function.AIR), _AIRFIELDS)

    def _land_hours(self, place: str, railheads: list[str]) -> dict[str, float]:
        """Rough hours over land between a place and every other, by road or rail: for ranking."""
        daily = self._factors.march_hours_per_day
        reach = {p: march_hours(h, daily)
                 for p, h in self._all.router.hours(self._gentle, place).items()}
        for gauge, traits in self._rail.items():
            for head in railheads:
                terminals = self._all.at(Function.RAIL, head)
                if any(gauge in t.gauges_mm for t in terminals):
                    access = reach.get(head, math.inf) + 12.0
                    for p, h in self._all.router.hours(traits, head).items():
                        reach[p] = min(reach.get(p, math.inf), access + h)
        return reach

    def _port_pairs(self, near_start: list[str], near_end: list[str]) -> dict[str, list[str]]:
        """The most promising ports of embarkation, each with its ports of debarkation."""
        if not self._ships:
            return {}
        out = self._land_hours(self._lot.origin, near_start)
        onward = self._land_hours(self._lot.destination, near_end)
        hulls = {loads.ship_traits(ship): ship for ship in self._ships}
        pairs = []
        ports = list(self._all.places_with(Function.SEA))
        for p in ports:
            if p not in out:
                continue
            sea = self._all.router.hours(Traits(Mode.SEA, speed_kmh=_SEA_KMH), p)
            pairs += [(out[p] + sea[q] + onward[q], p, q) for q in ports
                      if q != p and q in sea and q in onward]
        chosen: dict[str, list[str]] = {}
        arrivals: list[str] = []
        for _, p, q in sorted(pairs):
            if (p in chosen or len(chosen) < _PORTS) and (q in arrivals or len(arrivals) < _PORTS):
                if self._some_ship(hulls.values(), p, q):
                    chosen.setdefault(p, []).append(q)
                    arrivals = list(dict.fromkeys([*arrivals, q]))
        return chosen

    def _some_ship(self, ships: Iterable[Lift], p: str, q: str) -> bool:
        return any(
            any(loads.fits_berth(self._lot, ship, berth) for berth in self._all.berths(p))
            and any(loads.fits_berth(self._lot, ship, berth) for berth in self._all.berths(q))
            and self._all.router.hours_between(loads.ship_traits(ship), p, q) < math.inf
            for ship in ships
        )

    def _add_road(self, moves: dict[str, list[Move]], a: str, b: str) -> None:
        if a != b:
            for load in self._road:
                moves.setdefault(a, []).extend(self._all.road_moves(load, a, b))

    def _add_rail(self, moves: dict[str, list[Move]], a: str, b: str) -> None:
        for gauge, traits in self._rail.items() if a != b else ():
            for pair in _pairs(self._all.at(Function.RAIL, a), self._all.at(Function.RAIL, b)):
                if all(gauge in t.gauges_mm for t in pair):
                    for lift in self._sets[gauge]:
                        moves.setdefault(a, []).extend(
                            self._all.rail_moves(traits, lift, pair, self._persons))

    def _add_air(self, moves: dict[str, list[Move]], a: str, b: str) -> None:
        for pair in _pairs(self._all.at(Function.AIR, a), self._all.at(Function.AIR, b)):
            for lift, sorties in self._planes if a != b else ():
                moves.setdefault(a, []).extend(self._all.air_moves(lift, sorties, pair))

    def _bounds(self, moves: dict[str, list[Move]], sea: dict[str, list[str]]) -> dict[str, int]:
        """Least periods from each place to the destination (backward Dijkstra)."""
        back: dict[str, list[tuple[str, int]]] = {}
        for place, out in moves.items():
            for move in out:
                back.setdefault(move.end, []).append((place, move.duration))
        traits = {loads.ship_traits(ship) for ship in self._ships}
        for p, ends in sea.items():
            for q in ends:
                hours = min(self._all.router.hours_between(t, p, q) for t in traits)
                back.setdefault(q, []).append((p, periods(hours, self._grid)))
        bound = {self._lot.destination: 0}
        queue = [(0, self._lot.destination)]
        while queue:
            so_far, place = heapq.heappop(queue)
            if so_far > bound[place]:
                continue
            for before, duration in back.get(place, ()):
                if so_far + duration < bound.get(before, _NEVER):
                    bound[before] = so_far + duration
                    heapq.heappush(queue, (so_far + duration, before))
        return bound


def _pairs(a: list[Terminal], b: list[Terminal]) -> Iterator[tuple[Terminal, Terminal]]:
    for one in a:
        for other in b:
            yield one, other
