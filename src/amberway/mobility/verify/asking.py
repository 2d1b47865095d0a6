"""What the planner offers to each lot: the only place where the verifier asks the planner.

Which moves and sea ways a lot may choose from is part of the problem (ADR 0006, ADR 0012). Here
they become plain data, with the times that the planner reckons with, which `offers` checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot as Asked
from amberway.mobility.verify.rows import Lot, Steps
from amberway.mobility.verify.takes import Use
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import CargoClass

Crossings = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Times:
    """Durations (of the move; of loading, voyage and discharge), uses and crossings, sorted."""

    periods: tuple[int, ...]
    uses: tuple[Use, ...]
    crossings: Crossings


@dataclass(frozen=True, eq=False)
class OfferedMove:
    """A move; `lift` is blank if it needs none. `said` are the planner's times."""

    means: str
    start: str
    end: str
    lift: str
    steps: Steps
    said: Times


@dataclass(frozen=True, eq=False)
class OfferedVoyage:
    """A voyage of a class of ship between two berths (terminals)."""

    ship: str
    start: str
    end: str
    berths: tuple[str, str]
    steps: Steps
    said: Times


@dataclass(frozen=True, eq=False)
class SeaWay:
    """The voyages that a lot may choose from between two ports."""

    start: str
    end: str
    voyages: tuple[OfferedVoyage, ...]


@dataclass(frozen=True, eq=False)
class Offered:
    """Everything that a kind of lot may choose from.

    `places` are those from which the destination can be reached; moves and voyages are between
    them. A pinned lot starts from period `first` to period `last`.
    """

    places: tuple[str, ...]
    moves: tuple[OfferedMove, ...]
    sea: tuple[SeaWay, ...]
    reception: OfferedMove | None
    first: int
    last: int


class Asking:
    """Asks for the offers of lots; the same kind of lot has the same answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._ground = Ground.of(world.scenario)
        self._known: dict[int, Offered] = {}
        self._moves: dict[int, OfferedMove] = {}
        self._sea: dict[int, SeaWay] = {}
        self._voyages: dict[tuple[str, ...], OfferedVoyage] = {}

    def of(self, lot: Lot, load: Load) -> Offered:
        """What a lot may choose from."""
        force = self._world.scenario.forces[lot.force]
        options = self._ground.options.of(
            Asked(
                id=lot.id,
                force=lot.force,
                nation=force.nation,
                cargo=CargoClass(lot.cargo),
                origin=lot.origin,
                destination=lot.destination,
                ready=lot.ready,
                earliest_arrival=0,  # has no say in what is offered
                weight=0,  # likewise
                persons=lot.persons,
                items=load.items,
            )
        )
        if id(options) not in self._known:
            moves = [
                move
                for place, found in options.moves.items()
                for move in found
                if place in options.bound and move.end in options.bound
            ]
            if options.reception is not None:
                moves.append(options.reception)
            for move in moves:
                if id(move) not in self._moves:
                    self._moves[id(move)] = OfferedMove(
                        str(move.means),
                        move.start,
                        move.end,
                        move.lift or "",
                        _steps(move.links),
                        self._times((move.duration,), move.uses.tolist(), move.crossings),
                    )
            plain = [self._moves[id(move)] for move in moves]
            reception = plain.pop() if options.reception is not None else None
            sea = []
            for way in (way for ways in options.sea.values() for way in ways):
                if way.start in options.bound and way.end in options.bound:
                    if id(way) not in self._sea:
                        calls = [(ship.id, a.id, b.id) for ship, (a, b) in way.calls]
                        voyages = (self._voyage(way.start, way.end, *call) for call in calls)
                        self._sea[id(way)] = SeaWay(way.start, way.end, tuple(voyages))
                    sea.append(self._sea[id(way)])
            self._known[id(options)] = Offered(
                tuple(sorted(options.bound)),
                tuple(plain),
                tuple(sea),
                reception,
                options.first_start,
                self._world.horizon if options.last_start is None else options.last_start,
            )
        return self._known[id(options)]

    def _voyage(self, start: str, end: str, ship: str, berth: str, other: str) -> OfferedVoyage:
        key = (start, end, ship, berth, other)
        if key not in self._voyages:
            scenario = self._world.scenario
            berths = scenario.terminals[berth], scenario.terminals[other]
            passage = self._ground.passages.of(scenario.lift[ship], start, end, berths)
            self._voyages[key] = OfferedVoyage(
                ship,
                start,
                end,
                (berth, other),
                _steps(step.name for step in passage.route.steps),
                self._times(
                    (passage.loading, passage.voyage, passage.discharge),
                    passage.uses.tolist(),
                    passage.crossings,
                ),
            )
        return self._voyages[key]

    def _times(
        self, periods: tuple[int, ...], uses: Iterable[Sequence[int]], crossings: Crossings
    ) -> Times:
        names = self._ground.resources.names
        named = ((names[r], first, length, amount) for r, first, length, amount in uses)
        return Times(periods, tuple(sorted(named)), tuple(sorted(crossings)))


def _steps(links: Iterable[str]) -> Steps:
    return tuple((name[:-1], name[-1] == ">") for name in links)
