"""Each move by road, rail and air, and reception: may the load go so, how long, what it holds.

Times are periods; load (L), haul (H) and unload (U) are rounded up once each. A lift pool is held
from the start to the end and for the empty way back. Moves by ship are in `sailings`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from amberway.mobility.verify.capacity import Ledger
from amberway.mobility.verify.choice import choose, first_of
from amberway.mobility.verify.fit import Ends, air_faults, rail_faults, road_faults
from amberway.mobility.verify.means import MEANS
from amberway.mobility.verify.rows import Lot, Move
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.ways import Clock, Fault, Way, halting, through, trace
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Function, Mode
from amberway.scenario.lift import Lift, LiftKind

_SLACK = 1e-9
Passenger = tuple[Lot, Load, Move]


class MoveCheck:
    """Checks moves one by one and books what they use.

    Ways, and whether a load fits a way, are worked out once per different question. `aboard`
    collects the moves by ship, by sailing id.
    """

    def __init__(self, world: World, ledger: Ledger, findings: Findings) -> None:
        self._world = world
        self._ledger = ledger
        self._findings = findings
        self.aboard: dict[str, list[Passenger]] = {}
        self._ways: dict[tuple[object, ...], Way] = {}
        self._fits: dict[tuple[object, ...], tuple[Fault, ...]] = {}

    def check(self, lot: Lot, load: Load, move: Move) -> None:
        """Note every rule that the move breaks by itself; book what it uses."""
        means = MEANS.get(move.means)
        if means is None:
            self._findings.add("unknown-id", lot.id, f"{move.means!r} is not a means", move.start)
            return
        if lot.cargo not in means.cargo:
            self._findings.add(
                "cargo", lot.id, f"{move.means} does not carry {lot.cargo}", move.start
            )
        lift = None
        if means.kind is not None:
            lift = self._lift(lot, move, means.kind)
            if lift is None:
                return
        elif move.lift:
            self._findings.add(
                "lift", lot.id, f"{move.means} needs no lift, but names {move.lift}", move.start
            )
        if move.means == "reception":
            self._reception(lot, move)
        elif means.mode is Mode.ROAD:
            self._road(lot, load, move, lift)
        elif means.mode is Mode.RAIL and lift is not None:
            self._rail(lot, load, move, lift)
        elif means.mode is Mode.AIR and lift is not None:
            self._air(lot, load, move, lift)
        elif means.mode is Mode.SEA:
            self.aboard.setdefault(move.sailing, []).append((lot, load, move))
        if move.sailing and means.mode is not Mode.SEA:
            self._findings.add(
                "boarding", lot.id, f"{move.means} names sailing {move.sailing}", move.start
            )

    def _lift(self, lot: Lot, move: Move, kind: LiftKind) -> Lift | None:
        """The lift of the move, if there is such; notes if this lot may not use it there."""
        lift = self._world.scenario.lift.get(move.lift)
        if lift is None:
            self._findings.add(
                "unknown-id", lot.id, f"lift {move.lift!r} is not in the tables", move.start
            )
            return None
        nation = self._world.scenario.forces[lot.force].nation
        place = self._world.scenario.places.get(move.origin)
        if lift.kind is not kind:
            self._findings.add(
                "lift", lot.id, f"{lift.id} is a {lift.kind}, not a {kind}", move.start
            )
        if lift.users and nation not in lift.users:
            self._findings.add(
                "lift", lot.id, f"{lift.id} is not for forces of {nation}", move.start
            )
        if lift.loads_in and (place is None or place.nation not in lift.loads_in):
            self._findings.add(
                "lift", lot.id, f"{lift.id} may not load at {move.origin}", move.start
            )
        return lift

    # --- by mode ----------------------------------------------------------------------------

    def _road(self, lot: Lot, load: Load, move: Move, lift: Lift | None) -> None:
        factors = self._world.factors
        speed = factors.track_march_kmh if move.means == "track-march" else None
        # A track march's pace includes its rests; coaches change drivers.
        runs_through = move.means in ("track-march", "coach")
        clock = through if runs_through else halting(factors.march_hours_per_day)
        way = self._way(move, Mode.ROAD, speed, clock)
        self._fit(lot, move, way, lambda: road_faults(move.means, load, lift, way, factors))
        loading = 0 if lift is None else self._world.periods(factors.road_loading_h)
        self._takes(lot, move, 2 * loading, way.haul)
        self._travel(lot, way, move.start + loading)
        if lift is not None:
            needed = load.count
            if lift.kind is LiftKind.COACH:
                needed = math.ceil(lot.persons / (lift.pax or 1))
            self._hold(lot, move, lift, needed, move.end + way.haul)

    def _rail(self, lot: Lot, load: Load, move: Move, lift: Lift) -> None:
        persons = lot.cargo == CargoClass.PERSONS
        either = choose(
            self._world,
            lot,
            move,
            Function.RAIL,
            lambda t: lift.gauge_mm in t.gauges_mm,
            lambda t: self._world.handling(t, persons),
            self._findings,
        )
        ends = first_of(either)
        way = self._way(move, Mode.RAIL, None, through)
        self._fit(
            lot,
            move,
            way,
            lambda: rail_faults(load, lot, lift, way, ends, self._world.factors),
            ends,
        )
        loading, unloading = (
            0 if end is None else self._world.handling(end, persons) for end in ends
        )
        self._takes(lot, move, loading + unloading, way.haul)
        self._travel(lot, way, move.start + loading)
        self._ledger.hold_terminal(either[0], move.start, move.start + loading, 1, lot.id)
        self._ledger.hold_terminal(either[1], move.end - unloading, move.end, 1, lot.id)
        self._hold(lot, move, lift, 1, move.end + way.haul)

    def _air(self, lot: Lot, load: Load, move: Move, lift: Lift) -> None:
        ends = first_of(
            choose(
                self._world,
                lot,
                move,
                Function.AIR,
                lambda t: (lift.runway_m or 0.0) <= (t.runway_m or math.inf),
                lambda _: 0,
                self._findings,
            )
        )
        way = self._way(move, Mode.AIR, lift.speed_kmh, through)
        self._fit(lot, move, way, lambda: air_faults(load, lot, lift, way, ends), ends)
        sorties = sorties_of(lot, load, lift)
        pool = int(self._world.pool(lift).max(initial=0))
        stands = [0 if end is None else int(self._world.slots(end).max(initial=0)) for end in ends]
        if ends[0] is None or ends[1] is None or not sorties or not pool or not all(stands):
            if all(end is not None for end in ends):
                self._findings.add(
                    "assets",
                    lot.id,
                    f"{lift.id} cannot fly from {move.origin} to "
                    f"{move.destination}: no aircraft or stand at all",
                    move.start,
                )
            return
        ground = [end.handling_h or 0.0 for end in ends if end is not None]
        spans = [
            max(1, math.ceil(sorties * h * 60 / stand - _SLACK))
            for h, stand in zip(ground, stands, strict=True)
        ]
        assets = min(sorties, pool)
        waves = math.ceil(sorties / assets)
        later = (waves - 1) * self._world.periods(2 * way.hours + sum(ground))
        self._takes(lot, move, later + spans[0] + spans[1], way.haul)
        self._travel(lot, way, move.start + spans[0])
        for end, hours, first, last in (
            (ends[0], ground[0], move.start, move.start + spans[0] + later),
            (ends[1], ground[1], move.end - spans[1] - later, move.end),
        ):
            minutes = math.ceil(sorties * hours * 60 / max(1, last - first) - _SLACK)
            self._ledger.hold_terminal([end], first, last, minutes, lot.id)
        self._hold(lot, move, lift, assets, move.end + way.haul)

    def _reception(self, lot: Lot, move: Move) -> None:
        if not move.origin == move.destination == lot.destination:
            self._findings.add(
                "path",
                lot.id,
                f"is received at {move.origin}, not at its destination {lot.destination}",
                move.start,
            )
        if move.steps:
            self._findings.add("path", lot.id, "reception has links", move.start)
        persons = lot.cargo == CargoClass.PERSONS
        found = self._world.terminals(move.origin, Function.RECEPTION, move.start)
        fit = [t for t in found if self._world.handling(t, persons) == move.handling] or found[:1]
        if not fit:
            self._findings.add(
                "terminal", lot.id, f"there is no reception at {move.origin}", move.start
            )
            return
        takes = self._world.handling(fit[0], persons)
        self._takes(lot, move, takes, 0)
        self._ledger.hold_terminal(fit, move.start, move.start + takes, 1, lot.id)

    # --- what they share --------------------------------------------------------------------

    def _way(self, move: Move, mode: Mode, speed: float | None, clock: Clock) -> Way:
        key = (move.means, move.lift, move.origin, move.destination, move.steps)
        if key not in self._ways:
            self._ways[key] = trace(
                self._world, move.steps, (move.origin, move.destination), mode, speed, clock
            )
        return self._ways[key]

    def _fit(
        self,
        lot: Lot,
        move: Move,
        way: Way,
        question: Callable[[], Iterator[Fault]],
        ends: Ends = (None, None),
    ) -> None:
        """Note the faults of the way, and of this load on it."""
        key = (
            move.means,
            move.lift,
            move.origin,
            move.destination,
            move.steps,
            lot.cargo,
            lot.items,
            lot.persons,
            *(end and end.id for end in ends),
        )
        if key not in self._fits:
            self._fits[key] = (*way.faults, *question())
        for fault in self._fits[key]:
            fault.note(lot.id, move.start, self._findings)

    def _takes(self, lot: Lot, move: Move, handling: int, haul: int) -> None:
        """The move lasts as long as its handling and its haul."""
        duration = handling + haul
        if move.handling != handling:
            said = f"handling takes {handling} periods, the plan says {move.handling}"
            self._findings.add("duration", lot.id, said, move.start)
        if move.end - move.start != duration:
            self._findings.add(
                "duration",
                lot.id,
                f"{move.means} {move.origin} – {move.destination} takes "
                f"{duration} periods, the plan gives it {move.end - move.start}",
                move.start,
            )

    def _travel(self, lot: Lot, way: Way, depart: int) -> None:
        """Enter the links; cross the borders not before clearance."""
        for link, forward, offset in way.entries:
            self._ledger.enter(link, forward, depart + offset, lot.id)
        crossings = tuple((nation, depart + offset) for nation, offset in way.crossings)
        check_clearance(self._world, lot, crossings, self._findings)

    def _hold(self, lot: Lot, move: Move, lift: Lift, needed: int, until: int) -> None:
        if move.assets != needed:
            self._findings.add(
                "assets",
                lot.id,
                f"{move.means} holds {move.assets} of {lift.id}, must hold {needed}",
                move.start,
            )
        self._ledger.hold_pool(lift.id, move.start, until, max(needed, move.assets), lot.id)


def sorties_of(lot: Lot, load: Load, lift: Lift) -> int:
    """Flights that a lot takes (0: the aircraft cannot carry such cargo)."""
    if lot.cargo == CargoClass.PERSONS:
        return math.ceil(lot.persons / lift.pax) if lift.pax else 0
    if not lift.payload_t:
        return 0
    by_length = load.length_m / lift.item_length_m if lift.item_length_m else 0.0
    return max(math.ceil(load.mass_t / lift.payload_t), math.ceil(by_length))


def check_clearance(
    world: World, lot: Lot, crossings: tuple[tuple[str, int], ...], findings: Findings
) -> None:
    """No nation but the lot's own is entered before it lets foreign forces in."""
    own = world.scenario.forces[lot.force].nation
    for nation, period in crossings:
        if nation != own and period < world.release[nation]:
            findings.add("clearance", lot.id, f"enters {nation} before it may", period)
