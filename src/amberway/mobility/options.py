"""The moves that a kind of lot may choose from: its own small network from origin to destination.

Places in it: origin and destination, the railheads near both, the transload yards between, the
most promising seaports and airfields at both ends. Lots that ask the same of every means share
one network, and networks share their moves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from amberway.mobility import loads
from amberway.mobility.candidates import PORTS, Candidates, Journey, Rail
from amberway.mobility.least import Arcs, add, least
from amberway.mobility.loads import RoadLoad
from amberway.mobility.lots import Lot
from amberway.mobility.pins import Pins, obeying
from amberway.network.moves import Move, MoveMaker
from amberway.network.resources import Resources
from amberway.network.routing import Router
from amberway.network.terminals import Terminals
from amberway.network.traits import Traits
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Function, Mode, Terminal
from amberway.scenario.lift import Lift
from amberway.scenario.pins import Pin
from amberway.units import periods

Moves = dict[str, list[Move]]
Call = tuple[Lift, tuple[Terminal, Terminal]]


@dataclass(frozen=True, eq=False)
class SeaWay:
    """A port pair: ships that can take the lot, with a berth at both ends.

    `least` is the shortest voyage with its port calls, in periods.
    """

    start: str
    end: str
    least: int
    calls: list[Call]


@dataclass(frozen=True, eq=False)
class Options:
    """Moves and sea ways by place of departure, and lower bounds.

    `bound[p]` is the least number of periods from `p` to the destination with nothing in the
    way; a place that is missing leads nowhere. The lot's first move starts (or its boarding
    begins, if it embarks where it is) no earlier than in period `first_start` and no later than
    in `last_start` (None: whenever it likes); a pinned date sets them. `pin` is what all this
    obeys.
    """

    moves: Moves
    sea: dict[str, list[SeaWay]]
    bound: dict[str, int]
    reception: Move | None
    first_start: int = 0
    last_start: int | None = None
    pin: Pin | None = None


@dataclass(frozen=True)
class _Kind:
    """What a kind of lot asks of every means; equal kinds share their options."""

    origin: str
    destination: str
    nation: str
    persons: bool
    road: tuple[tuple[Traits, str | None, int], ...]
    rail: tuple[tuple[int, Traits, tuple[str, ...]], ...]
    planes: tuple[tuple[str, int], ...]
    ships: tuple[str, ...]
    ramps: tuple[bool, ...]
    pin: Pin | None


@dataclass(frozen=True, eq=False)
class _Surface:
    moves: Moves
    sea: dict[str, list[SeaWay]]


class OptionMaker:
    """Builds and remembers the options of every kind of lot of a scenario."""

    def __init__(
        self, scenario: Scenario, resources: Resources, router: Router, maker: MoveMaker
    ) -> None:
        self._scenario = scenario
        self._router = router
        self._maker = maker
        self._terminals = Terminals(scenario, resources)
        self._candidates = Candidates(scenario, router, self._terminals)
        self._pins = Pins(scenario)
        self._grid = scenario.settings.grid_hours
        self._by_contents: dict[tuple[object, ...], Options] = {}
        self._known: dict[_Kind, Options] = {}
        self._surfaces: dict[_Kind, _Surface] = {}
        self._moves: dict[tuple[object, ...], list[Move]] = {}
        self._rail_nets: dict[tuple[object, ...], Moves] = {}
        self._ways: dict[tuple[object, ...], SeaWay | None] = {}
        self._hulls = {lift.id: loads.ship_traits(lift) for lift in scenario.lift.values()}
        terminals = scenario.terminals.values()
        self._gauges = sorted({g for t in terminals for g in t.gauges_mm})
        self._ramp_limits = sorted({t.ramp_limit_t for t in terminals if t.ramp_limit_t})

    def of(self, lot: Lot) -> Options:
        """The options of a lot; if it is pinned, those that obey."""
        key = (
            self._pins.of(lot),
            lot.origin,
            lot.destination,
            lot.nation,
            lot.persons if lot.cargo is CargoClass.PERSONS else 0,
            tuple((item.id, count) for item, count in lot.items),
        )
        if key not in self._by_contents:
            self._by_contents[key] = self._of_kind(lot)
        return self._by_contents[key]

    def _of_kind(self, lot: Lot) -> Options:
        road = [
            replace(load, traits=self._router.alike(load.traits))
            for load in loads.road_loads(self._scenario, lot)
        ]
        factors = self._scenario.settings.factors
        sets = {gauge: loads.train_sets(self._scenario, lot, gauge) for gauge in self._gauges}
        rail: Rail = tuple(
            (gauge, self._router.alike(loads.rail_traits(lot, gauge, factors)))
            for gauge in self._gauges
            if sets[gauge]
        )
        planes = loads.aircraft(self._scenario, lot)
        ships = loads.ships(self._scenario, lot)
        kind = _Kind(
            lot.origin,
            lot.destination,
            lot.nation,
            lot.cargo is CargoClass.PERSONS,
            tuple((r.traits, r.lift.id if r.lift else None, r.assets) for r in road),
            tuple((g, traits, tuple(lift.id for lift in sets[g])) for g, traits in rail),
            tuple((lift.id, sorties) for lift, sorties in planes),
            tuple(ship.id for ship in ships),
            tuple(lot.heaviest_t > limit for limit in self._ramp_limits),
            self._pins.of(lot),
        )
        if kind not in self._known:
            self._known[kind] = self._build(lot, kind, road, rail, planes, ships)
        return self._known[kind]

    def _build(
        self,
        lot: Lot,
        kind: _Kind,
        road: list[RoadLoad],
        rail: Rail,
        planes: list[tuple[Lift, int]],
        ships: list[Lift],
    ) -> Options:
        start, end = lot.origin, lot.destination
        reception, closed = self._reception(end, kind.persons)
        if closed:
            return Options({}, {}, {}, None)
        if start == end:
            return Options({}, {}, {end: 0}, reception)
        journey = self._candidates.journey(start, end, rail, kind.pin)
        surface = self._surface(lot, kind, journey, road, ships)
        moves = {place: list(found) for place, found in surface.moves.items()}
        for a in journey.out_fields if planes else ():
            for b in journey.in_fields:
                if a != b:
                    moves.setdefault(a, []).extend(self._air_moves(planes, a, b))
        pin = kind.pin
        if pin is None:
            return Options(moves, surface.sea, _bounds(end, moves, surface.sea), reception)
        moves, sea = obeying(pin, start, end, moves, surface.sea)
        starts = pin.starts(self._grid)
        first, last = (0, None) if starts is None else (starts.start, starts.stop - 1)
        return Options(moves, sea, _bounds(end, moves, sea), reception, first, last, pin)

    def _surface(
        self, lot: Lot, kind: _Kind, journey: Journey, road: list[RoadLoad], ships: list[Lift]
    ) -> _Surface:
        """Everything but the flights, which differ with every tonne of a lot."""
        key = replace(kind, planes=())
        if key not in self._surfaces:
            start, end = lot.origin, lot.destination
            sea = self._sea(lot, kind, journey, ships)
            out_ports = tuple(sea)
            in_ports = tuple(sorted({way.end for ways in sea.values() for way in ways}))
            net = self._rail_net(kind, journey, out_ports, in_ports)
            moves = {place: list(found) for place, found in net.items()}
            for a, b in _road_hops(start, end, journey, out_ports, in_ports):
                self._add_road(moves, road, a, b)
            self._surfaces[key] = _Surface(moves, sea)
        return self._surfaces[key]

    def _add_road(self, moves: Moves, road: Iterable[RoadLoad], start: str, end: str) -> None:
        """Road moves between two places, over different ways if one is tight."""
        nation = self._scenario.places[start].nation
        for load in road:
            if load.lift is not None and not loads.may_load(load.lift, nation):
                continue
            lift = load.lift.id if load.lift else None
            key = (load.means, load.traits, lift, load.assets, start, end)
            if key not in self._moves:
                made = (
                    self._maker.road(
                        load.means, route, load.traits, (start, end), load.lift, load.assets
                    )
                    for route in self._router.routes(load.traits, start, end)
                    if route.km <= load.longest_km
                )
                self._moves[key] = [move for move in made if move is not None]
            moves.setdefault(start, []).extend(self._moves[key])

    def _rail_net(
        self, kind: _Kind, journey: Journey, out_ports: tuple[str, ...], in_ports: tuple[str, ...]
    ) -> Moves:
        """Train moves among the railheads, yards and ports of a journey."""
        key = (kind.rail, kind.persons, journey, out_ports, in_ports)
        if key not in self._rail_nets:
            net: Moves = {}
            near_end = [*journey.in_heads, *journey.yards]
            via = () if journey.via is None else (journey.via,)
            for sources, targets in (
                (journey.out_heads, [*near_end, *out_ports]),
                (in_ports, near_end),
                (journey.yards, near_end),
                (via, out_ports),
            ):
                for a in sources:
                    for b in dict.fromkeys(targets):
                        if a != b:
                            net.setdefault(a, []).extend(self._rail_moves(kind, a, b))
            self._rail_nets[key] = {a: list(dict.fromkeys(found)) for a, found in net.items()}
        return self._rail_nets[key]

    def _rail_moves(self, kind: _Kind, start: str, end: str) -> list[Move]:
        """Train moves between the terminals of two places, by every train set that may load."""
        found: list[Move] = []
        gauges = self._terminals.gauges
        both = gauges.get(start, frozenset()) & gauges.get(end, frozenset())
        for gauge, traits, sets in kind.rail:
            if gauge not in both:
                continue
            key = (traits, sets, start, end, kind.persons)
            if key not in self._moves:
                self._moves[key] = list(self._trains(traits, sets, start, end, kind.persons))
            found += self._moves[key]
        return found

    def _trains(
        self, traits: Traits, sets: tuple[str, ...], start: str, end: str, persons: bool
    ) -> Iterable[Move]:
        nation = self._scenario.places[start].nation
        lifts = [self._scenario.lift[name] for name in sets]
        pairs = [
            (a, b)
            for a in self._terminals.at(Function.RAIL, start)
            for b in self._terminals.at(Function.RAIL, end)
            if traits.gauge_mm in a.gauges_mm and traits.gauge_mm in b.gauges_mm
        ]
        for route in self._router.routes(traits, start, end):
            for pair in pairs:
                for lift in lifts:
                    if loads.may_load(lift, nation):
                        move = self._maker.rail(route, traits, pair, lift, persons)
                        if move is not None:
                            yield move

    def _air_moves(self, planes: list[tuple[Lift, int]], start: str, end: str) -> Iterable[Move]:
        """Flights between two airfields by every pool that may load and can land."""
        nation = self._scenario.places[start].nation
        pairs = [
            (a, b)
            for a in self._terminals.at(Function.AIR, start)
            for b in self._terminals.at(Function.AIR, end)
            if a is not b
        ]
        for lift, sorties in planes:
            if not loads.may_load(lift, nation):
                continue
            key = (lift.id, sorties, start, end)
            if key not in self._moves:
                traits = Traits(Mode.AIR, speed_kmh=lift.speed_kmh, range_km=lift.range_km)
                route = self._router.quickest(traits, start, end)
                made = (
                    self._maker.air(route, traits, pair, lift, sorties)
                    for pair in pairs
                    if route is not None and all(loads.can_land(lift, t) for t in pair)
                )
                self._moves[key] = [move for move in made if move is not None]
            yield from self._moves[key]

    def _reception(self, place: str, persons: bool) -> tuple[Move | None, bool]:
        """Reception at an assembly area if it has one, and whether that never opens."""
        terminals = self._terminals.at(Function.RECEPTION, place)
        if terminals:
            return self._maker.reception(terminals[0], persons), False
        every = self._scenario.terminals.values()
        return None, any(t.function is Function.RECEPTION and t.place == place for t in every)

    def _sea(
        self, lot: Lot, kind: _Kind, journey: Journey, ships: list[Lift]
    ) -> dict[str, list[SeaWay]]:
        """The most promising port pairs that some ship can serve."""
        chosen: dict[str, list[SeaWay]] = {}
        arrivals: set[str] = set()
        for p, q in journey.ports if ships else ():
            full_out = p not in chosen and len(chosen) >= PORTS
            full_in = q not in arrivals and len(arrivals) >= PORTS
            if full_out or full_in:
                continue
            way = self._sea_way(lot, kind, ships, p, q)
            if way is not None:
                chosen.setdefault(p, []).append(way)
                arrivals.add(q)
        return chosen

    def _sea_way(self, lot: Lot, kind: _Kind, ships: list[Lift], p: str, q: str) -> SeaWay | None:
        key = (kind.ships, kind.ramps, p, q)
        if key not in self._ways:
            calls: list[Call] = []
            least = math.inf
            nation = self._scenario.places[p].nation
            for ship in ships:
                if not loads.may_load(ship, nation):
                    continue
                hours = self._router.hours_between(self._hulls[ship.id], p, q)
                pairs = [
                    (a, b)
                    for a in self._terminals.at(Function.SEA, p)
                    for b in self._terminals.at(Function.SEA, q)
                    if loads.fits_berth(lot, ship, a) and loads.fits_berth(lot, ship, b)
                ]
                if pairs and hours < math.inf:
                    least = min(least, hours)
                    calls += [(ship, pair) for pair in pairs]
            turn = periods(self._scenario.settings.factors.ship_turn_h, self._grid)
            self._ways[key] = (
                SeaWay(p, q, periods(least, self._grid) + turn, calls) if calls else None
            )
        return self._ways[key]


def _road_hops(
    start: str, end: str, journey: Journey, out_ports: tuple[str, ...], in_ports: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Pairs of places with a road between them: to what leaves, from what arrives, over `via`."""
    departures = [end, *journey.out_heads, *out_ports, *journey.out_fields]
    arrivals = [*journey.in_heads, *journey.yards, *in_ports, *journey.in_fields]
    hops = [(start, p) for p in departures] + [(p, end) for p in arrivals if p != start]
    if journey.via is not None:
        hops += [(p, journey.via) for p in (start, *arrivals)]
        hops += [(journey.via, p) for p in departures]
    return [(a, b) for a, b in dict.fromkeys(hops) if a != b]


def _bounds(goal: str, moves: Moves, sea: dict[str, list[SeaWay]]) -> dict[str, int]:
    """Least periods from each place to the goal."""
    back: Arcs[str] = {}
    for place, out in moves.items():
        for move in out:
            add(back, move.end, place, move.duration)
    for place, ways in sea.items():
        for way in ways:
            add(back, way.end, place, way.least)
    return least(back, goal)[0]
