"""Ships as individuals: where each is, which sailings are planned, who is aboard.

A sailing is ballast to the port of embarkation, berth and loading, the voyage, berth and
discharge. Berths are held as long as a full ship takes: the port's slot is planned before the
load is known. A ship stays open for more lots until it has been loading for `ship_hold_h`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from amberway.mobility import loads
from amberway.mobility.fit import Free, book, earliest
from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot
from amberway.mobility.options import SeaWay
from amberway.mobility.passages import Leg, Passage, own_loading
from amberway.network.resources import usable
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Terminal
from amberway.scenario.lift import Lift, LiftKind
from amberway.units import HOURS_PER_DAY, periods


@dataclass
class Ship:
    """One hull: where it is and from when on."""

    id: str
    lift: Lift
    place: str
    free_from: int


@dataclass
class Sailing:
    """One voyage with its times in periods, and what is aboard."""

    id: str
    ship: Ship
    start: str
    end: str
    berths: tuple[Terminal, Terminal]
    ballast_start: int
    load_start: int
    depart: int
    arrive: int
    discharged: int
    links: tuple[str, ...]
    ballast_links: tuple[str, ...]
    crossings: tuple[tuple[str, int], ...]
    lane_m: float = 0.0
    pax: int = 0


class Fleet:
    """All ships and sailings of a plan in the making."""

    def __init__(self, ground: Ground) -> None:
        scenario = ground.scenario
        self._scenario = scenario
        self._releases = ground.releases
        self._passages = ground.passages
        self._grid = scenario.settings.grid_hours
        self._factors = scenario.settings.factors
        self._by_way: dict[SeaWay, list[Passage]] = {}
        self.sailings: list[Sailing] = []
        self._open: dict[tuple[str, str], list[Sailing]] = {}
        self._ships: dict[str, list[Ship]] = {}
        for lift in scenario.lift.values():
            if lift.kind is LiftKind.SHIP and lift.home is not None:
                ready = periods(lift.notice_days * HOURS_PER_DAY, self._grid)
                self._ships[lift.id] = [
                    Ship(lift.id if lift.count == 1 else f"{lift.id}#{k}", lift, lift.home, ready)
                    for k in range(1, usable(lift) + 1)
                ]

    def joinable(
        self, lot: Lot, way: SeaWay, at: int, due: int, last: int | None = None
    ) -> Sailing | None:
        """The planned sailing that brings the lot over a sea way first, if it still gets aboard.

        `due` is the period before which the lot must not arrive, `last` that after which its
        loading must not begin.
        """
        best = None
        for sailing in self._open.get((way.start, way.end), ()):
            if best is not None and sailing.discharged >= best.discharged:
                continue
            if (
                sailing.discharged < due
                or at + own_loading(lot, sailing.berths[0], self._grid) > sailing.depart
            ):
                continue
            if last is not None and sailing.load_start > last:
                continue
            if self._room(lot, sailing) and all(
                nation == lot.nation or sailing.ballast_start + offset >= self._releases[nation]
                for nation, offset in sailing.crossings
            ):
                best = sailing
        return best

    def cleared(self, lot: Lot, leg: Leg) -> tuple[int, str]:
        """First start of a voyage that clearance allows the lot, and the nation that decides."""
        return max(
            (
                (self._releases[nation] - offset, nation)
                for nation, offset in leg.crossings
                if nation != lot.nation
            ),
            default=(0, ""),
        )

    def propose(
        self,
        lot: Lot,
        way: SeaWay,
        at: int,
        due: int,
        free: Free,
        before: int,
        last: int | None = None,
    ) -> Sailing | None:
        """The new sailing that brings the lot over a sea way first, and before period `before`.

        Its loading begins no later than in period `last`. Ships are tried in the order of the
        discharge that they could reach with free berths, so that most are never looked at closely.
        """
        horizon = free.left.shape[1]
        candidates = []
        limit = min(before, horizon + 1)
        for passage in self._passages_of(way):
            if at + passage.least >= limit:
                break
            tried: set[tuple[str, int]] = set()
            for ship in self._ships[passage.lift.id]:
                where = (ship.place, ship.free_from)
                if max(ship.free_from, at) + passage.least >= limit or where in tried:
                    continue
                tried.add(where)
                leg = self._passages.leg(passage, ship.place)
                if leg is None:
                    continue
                first = max(ship.free_from, at - leg.ballast, due - leg.total)
                first = max(first, self.cleared(lot, leg)[0])
                if first + leg.total < limit:
                    candidates.append((first + leg.total, ship.id, first, ship, leg))
        candidates.sort(key=lambda c: c[:2])
        best: tuple[int, int, Ship, Leg] | None = None
        for optimistic, _, first, ship, leg in candidates:
            limit = limit if best is None else best[0]
            if optimistic >= limit:
                break
            latest = horizon if last is None else min(horizon, last - leg.ballast)
            begin = earliest(free, leg.uses, first, latest)
            if begin >= 0 and begin + leg.total < limit:
                best = (begin + leg.total, begin, ship, leg)
        if best is None:
            return None
        _, begin, ship, leg = best
        load_start = begin + leg.ballast
        depart = load_start + leg.loading
        return Sailing(
            "",
            ship,
            way.start,
            way.end,
            leg.berths,
            begin,
            load_start,
            depart,
            depart + leg.voyage,
            begin + leg.total,
            leg.links,
            leg.ballast_links,
            leg.crossings,
        )

    def sail(self, sailing: Sailing, free: Free) -> Callable[[], None]:
        """Make a proposed sailing part of the plan; returns what undoes it."""
        sailing.id = f"s{len(self.sailings) + 1:04d}"
        leg = self.leg_of(sailing)
        book(free, leg.uses, sailing.ballast_start, 1)
        ship = sailing.ship
        before = ship.place, ship.free_from
        ship.place, ship.free_from = sailing.end, sailing.discharged
        self.sailings.append(sailing)
        open_here = self._open.setdefault((sailing.start, sailing.end), [])
        open_here.append(sailing)

        def give_back() -> None:
            book(free, leg.uses, sailing.ballast_start, -1)
            ship.place, ship.free_from = before
            self.sailings.pop()
            open_here.pop()

        return give_back

    def leg_of(self, sailing: Sailing) -> Leg:
        """The voyage of a proposed sailing, from where its ship lies."""
        passage = self._passages.of(sailing.ship.lift, sailing.start, sailing.end, sailing.berths)
        leg = self._passages.leg(passage, sailing.ship.place)
        assert leg is not None
        return leg

    def board(self, lot: Lot, sailing: Sailing) -> Callable[[], None]:
        """Take a lot aboard; returns what takes it off again."""
        persons = lot.persons if lot.cargo is CargoClass.PERSONS else 0
        sailing.lane_m += lot.lane_m
        sailing.pax += persons

        def give_back() -> None:
            sailing.lane_m -= lot.lane_m
            sailing.pax -= persons

        return give_back

    def _room(self, lot: Lot, sailing: Sailing) -> bool:
        ship = sailing.ship.lift
        if lot.cargo is CargoClass.PERSONS:
            return sailing.pax + lot.persons <= (ship.pax or 0) and (
                not ship.users or lot.nation in ship.users
            )
        room = (ship.lane_m or 0.0) * self._factors.stow_factor - sailing.lane_m
        return (
            lot.lane_m <= room + 1e-9
            and loads.fits_ship(self._scenario, lot, ship)
            and all(loads.fits_berth(lot, ship, berth) for berth in sailing.berths)
            and (not ship.users or lot.nation in ship.users)
        )

    def _passages_of(self, way: SeaWay) -> list[Passage]:
        """The voyages that a sea way offers, quickest first."""
        if way not in self._by_way:
            found = [self._passages.of(lift, way.start, way.end, pair) for lift, pair in way.calls]
            self._by_way[way] = sorted(found, key=lambda passage: passage.least)
        return self._by_way[way]
