"""Ships: each hull at one place at a time, long enough at sea and at berth, not overloaded.

Times are periods. A sailing is ballast to the port of embarkation (none if the ship is there),
berth and loading, the voyage, berth and discharge. Berths are held for a full ship, whatever is
aboard, and loading takes `ship_hold_h` at least.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from amberway.mobility.verify.capacity import Ledger
from amberway.mobility.verify.choice import Choice, berths_of, first_of, port_call
from amberway.mobility.verify.fit import Ends, aboard_faults, berth_faults, ship_faults
from amberway.mobility.verify.moves import Passenger, check_clearance
from amberway.mobility.verify.rows import Sailing
from amberway.mobility.verify.takes import way_of
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.ways import Way
from amberway.mobility.verify.world import World
from amberway.scenario.force import CargoClass
from amberway.scenario.lift import Lift, LiftKind
from amberway.units import HOURS_PER_DAY

_SLACK = 1e-6
# Lane metres are written with two decimals.
_WRITTEN = 0.011


@dataclass(frozen=True)
class _Voyage:
    """A sailing with what the tables say about it."""

    row: Sailing
    ship: Lift
    way: Way
    berths: tuple[Choice, Choice]

    @property
    def ends(self) -> Ends:
        """The berths, as far as there are any."""
        return first_of(self.berths)


class SailingCheck:
    """Checks sailings, who is aboard, and the life of each hull."""

    def __init__(self, world: World, ledger: Ledger, findings: Findings) -> None:
        self._world = world
        self._ledger = ledger
        self._findings = findings

    def check(self, sailings: Mapping[str, Sailing], aboard: Mapping[str, list[Passenger]]) -> None:
        """Every rule about ships. `aboard` has the moves by sailing id."""
        for name in aboard.keys() - sailings.keys():
            for lot, _, move in aboard[name]:
                self._findings.add(
                    "unknown-id", lot.id, f"sailing {name!r} is not in sailings.csv", move.start
                )
        hulls: dict[str, list[_Voyage]] = {}
        for row in sailings.values():
            ship = self._hull(row)
            if ship is None:
                continue
            way = way_of(self._world, "ship", ship, row.steps, (row.origin, row.destination))
            lots = aboard.get(row.id, [])
            loads = [load for _, load, _ in lots]
            berths = (
                berths_of(self._world, ship, loads, row.origin, (row.load_start, row.depart)),
                berths_of(self._world, ship, loads, row.destination, (row.arrive, row.discharged)),
            )
            voyage = _Voyage(row, ship, way, berths)
            hulls.setdefault(row.ship, []).append(voyage)
            self._voyage(voyage, lots)
        for found in hulls.values():
            self._life(sorted(found, key=lambda v: (v.row.depart, v.row.id)))

    def _hull(self, row: Sailing) -> Lift | None:
        """The ship of a sailing; one of a pool is `lift#k`."""
        name, mark, number = row.ship.partition("#")
        ship = self._world.scenario.lift.get(name)
        if ship is None or ship.kind is not LiftKind.SHIP:
            self._findings.add("unknown-id", row.id, f"ship {row.ship!r} is not in the tables")
            return None
        usable = math.floor(ship.count * ship.availability + 1e-9)
        right = (
            (
                number.isascii()
                and number.isdigit()
                and len(number) < 6
                and str(int(number)) == number
                and 1 <= int(number) <= usable
            )
            if mark
            else ship.count == 1
        )
        if not right:
            self._findings.add(
                "unknown-id",
                row.id,
                f"ship {row.ship!r} is none of the {usable} that can be used of {name}",
            )
        return ship

    # --- one voyage -------------------------------------------------------------------------

    def _voyage(self, voyage: _Voyage, aboard: list[Passenger]) -> None:
        row, ship, way, ends = voyage.row, voyage.ship, voyage.way, voyage.ends
        port = self._world.scenario.places.get(row.origin)
        if ship.loads_in and (port is None or port.nation not in ship.loads_in):
            self._findings.add(
                "lift", row.id, f"{ship.id} may not load at {row.origin}", row.load_start
            )
        for end, place in zip(ends, (row.origin, row.destination), strict=True):
            if end is None:
                self._findings.add(
                    "terminal", row.id, f"there is no berth at {place}", row.load_start
                )
        sizes = (f for end in ends if end is not None for f in berth_faults(ship, end))
        for fault in (*way.faults, *ship_faults(ship, way), *sizes):
            fault.note(row.id, row.load_start, self._findings)
        self._stow(voyage, aboard)
        self._times(voyage)
        for link, forward, offset in way.entries:
            self._ledger.enter(link, forward, row.depart + offset, row.id)
        self._ledger.hold_terminal(voyage.berths[0], row.load_start, row.depart, 1, row.id)
        self._ledger.hold_terminal(voyage.berths[1], row.arrive, row.discharged, 1, row.id)
        begin = row.load_start if row.ballast_start is None else row.ballast_start
        self._ledger.hold_pool(ship.id, begin, row.discharged, 1, row.id)
        crossings = [(nation, row.depart + offset) for nation, offset in way.crossings]
        for passenger in aboard:
            self._board(voyage, passenger)
            check_clearance(self._world, passenger[0], tuple(crossings), self._findings)

    def _stow(self, voyage: _Voyage, aboard: list[Passenger]) -> None:
        """Lane metres and persons aboard."""
        row, ship = voyage.row, voyage.ship
        lane_m = sum(load.lane_m for _, load, _ in aboard)
        pax = sum(lot.persons for lot, _, _ in aboard if lot.cargo == CargoClass.PERSONS)
        room = (ship.lane_m or 0.0) * self._world.factors.stow_factor
        if lane_m > room + _SLACK:
            self._findings.add(
                "load",
                row.id,
                f"{lane_m:.1f} lane m are aboard {row.ship}, it has room for {room:.1f}",
                row.depart,
            )
        if pax > (ship.pax or 0):
            self._findings.add(
                "load",
                row.id,
                f"{pax} persons are aboard {row.ship}, it takes {ship.pax or 0}",
                row.depart,
            )
        if abs(lane_m - row.lane_m) > _WRITTEN or pax != row.pax:
            self._findings.add(
                "boarding",
                row.id,
                f"the lots aboard take {lane_m:.2f} lane m and "
                f"{pax} seats, sailings.csv says {row.lane_m:.2f} and {row.pax}",
            )

    def _times(self, voyage: _Voyage) -> None:
        """Long enough at sea, and at berth for a full ship that others may join for a while."""
        row = voyage.row
        berth = [
            0 if end is None else port_call(self._world, end, voyage.ship) for end in voyage.ends
        ]
        berth[0] = max(berth[0], self._world.periods(self._world.factors.ship_hold_h))
        if row.depart - row.load_start < berth[0]:
            self._findings.add(
                "sailing",
                row.id,
                f"loading takes {berth[0]} periods, the plan "
                f"gives it {row.depart - row.load_start}",
                row.load_start,
            )
        if row.arrive - row.depart != voyage.way.haul:
            self._findings.add(
                "sailing",
                row.id,
                f"the voyage takes {voyage.way.haul} periods, "
                f"the plan gives it {row.arrive - row.depart}",
                row.depart,
            )
        if row.discharged - row.arrive < berth[1]:
            self._findings.add(
                "sailing",
                row.id,
                f"discharge takes {berth[1]} periods, the plan "
                f"gives it {row.discharged - row.arrive}",
                row.arrive,
            )
        if row.discharged > self._world.horizon:
            self._findings.add("horizon", row.id, "is discharged after the horizon", row.discharged)

    def _board(self, voyage: _Voyage, passenger: Passenger) -> None:
        """A lot's move agrees with its sailing."""
        row, ship = voyage.row, voyage.ship
        lot, load, move = passenger

        def wrong(sentence: str) -> None:
            self._findings.add("boarding", lot.id, f"{sentence} ({row.id})", move.start)

        if (move.origin, move.destination) != (row.origin, row.destination):
            wrong(
                f"goes from {move.origin} to {move.destination}, the ship from {row.origin} to "
                f"{row.destination}"
            )
        if move.lift != ship.id:
            wrong(f"names {move.lift}, the ship is {ship.id}")
        if move.steps and move.steps != row.steps:
            wrong("goes another way than its ship")
        if move.end != row.discharged:
            wrong(f"arrives in period {move.end}, the ship is discharged in {row.discharged}")
        handling = move.end - move.start - voyage.way.haul
        if move.handling != handling:
            wrong(f"says {move.handling} periods of handling, the voyage leaves {handling}")
        rate = max((t.lane_m_per_h or 0.0 for t in voyage.berths[0]), default=0.0)
        loading = self._world.periods(load.lane_m / rate) if rate else 0
        if move.start < row.load_start:
            wrong(f"loads in period {move.start}, the ship from {row.load_start} on")
        if move.start + loading > row.depart:
            wrong(
                f"needs {loading} periods to load from {move.start}, the ship departs in "
                f"{row.depart}"
            )
        if lot.cargo != CargoClass.PERSONS:
            for fault in aboard_faults(load, ship, voyage.ends):
                fault.note(lot.id, move.start, self._findings)

    # --- the life of a hull -----------------------------------------------------------------

    def _life(self, voyages: list[_Voyage]) -> None:
        """From home and notice on, each voyage begins where and after the last one ended."""
        ship = voyages[0].ship
        place: str | None = ship.home
        free = self._world.periods(ship.notice_days * HOURS_PER_DAY)
        for voyage in voyages:
            row = voyage.row
            if row.ballast_start is None:
                if row.origin != place:
                    self._findings.add(
                        "ship-position",
                        row.ship,
                        f"loads at {row.origin} for {row.id}, but is at {place}",
                        row.load_start,
                    )
                begin = row.load_start
            else:
                begin = row.ballast_start
                self._ballast(voyage, place or "")
            if begin < free:
                self._findings.add(
                    "ship-position",
                    row.ship,
                    f"is wanted for {row.id} before it is free in period {free}",
                    begin,
                )
            place, free = row.destination, row.discharged

    def _ballast(self, voyage: _Voyage, place: str) -> None:
        row, ship = voyage.row, voyage.ship
        begin = row.ballast_start or 0
        if place == row.origin and not row.ballast_steps:
            if row.load_start < begin:
                self._findings.add("sailing", row.id, "loads before its ballast ends", begin)
            return
        way = way_of(self._world, "ship", ship, row.ballast_steps, (place, row.origin))
        for fault in way.faults:
            # A ship that is elsewhere than its ballast begins is in two places.
            rule = "ship-position" if fault.rule == "path" else fault.rule
            self._findings.add(rule, row.ship, f"in ballast for {row.id}: {fault.sentence}", begin)
        for fault in ship_faults(ship, way):
            fault.note(row.id, begin, self._findings)
        # It takes no slots: what links have left is counted in ships with a load.
        if row.load_start - begin < way.haul:
            self._findings.add(
                "sailing",
                row.id,
                f"ballast takes {way.haul} periods, the plan gives it {row.load_start - begin}",
                begin,
            )
