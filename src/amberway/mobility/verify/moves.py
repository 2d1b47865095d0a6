"""Each move by road, rail and air, and reception: may the load go so, and does the plan give it the
time that it takes (see `takes`). Moves by ship are in `sailings`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from amberway.mobility.verify import takes
from amberway.mobility.verify.capacity import Ledger
from amberway.mobility.verify.choice import Choice, choose, first_of
from amberway.mobility.verify.fit import Ends, air_faults, rail_faults, road_faults
from amberway.mobility.verify.means import MEANS
from amberway.mobility.verify.rows import Lot, Move
from amberway.mobility.verify.takes import Take
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.ways import Fault, Way
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Function, Mode
from amberway.scenario.lift import Lift, LiftKind

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
        way = self._way(move, lift)
        factors = self._world.factors
        self._fit(lot, move, way, lambda: road_faults(move.means, load, lift, way, factors))
        assets = takes.road_assets(lot, load, lift)
        self._book(lot, move, takes.by_road(self._world, way, lift, assets), (), lift)

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
        way = self._way(move, lift)
        self._fit(
            lot,
            move,
            way,
            lambda: rail_faults(load, lot, lift, way, ends, self._world.factors),
            ends,
        )
        self._book(lot, move, takes.by_rail(self._world, way, ends, persons), either, lift)

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
        way = self._way(move, lift)
        self._fit(lot, move, way, lambda: air_faults(load, lot, lift, way, ends), ends)
        start, end = ends
        if start is None or end is None:
            return
        sorties = takes.sorties_of(lot, load, lift)
        take = takes.by_air(self._world, way, (start, end), lift, sorties)
        if take is None:
            self._findings.add(
                "assets",
                lot.id,
                f"{lift.id} cannot fly from {move.origin} to "
                f"{move.destination}: no aircraft or stand at all",
                move.start,
            )
            return
        self._book(lot, move, take, ((start,), (end,)), lift)

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
        self._book(lot, move, takes.reception(self._world, fit[0], persons), (tuple(fit),), None)

    # --- what they share --------------------------------------------------------------------

    def _way(self, move: Move, lift: Lift | None) -> Way:
        key = (move.means, move.lift, move.origin, move.destination, move.steps)
        if key not in self._ways:
            ends = move.origin, move.destination
            self._ways[key] = takes.way_of(self._world, move.means, lift, move.steps, ends)
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

    def _book(
        self, lot: Lot, move: Move, take: Take, either: Sequence[Choice], lift: Lift | None
    ) -> None:
        """The move lasts as long as it takes, and holds what it takes; borders are open by then."""
        if move.handling != take.handling:
            said = f"handling takes {take.handling} periods, the plan says {move.handling}"
            self._findings.add("duration", lot.id, said, move.start)
        if move.end - move.start != take.duration:
            self._findings.add(
                "duration",
                lot.id,
                f"{move.means} {move.origin} – {move.destination} takes "
                f"{take.duration} periods, the plan gives it {move.end - move.start}",
                move.start,
            )
        depart = move.start + take.depart
        for link, forward, offset in take.way.entries:
            self._ledger.enter(link, forward, depart + offset, lot.id)
        crossings = tuple((nation, depart + offset) for nation, offset in take.way.crossings)
        check_clearance(self._world, lot, crossings, self._findings)
        for terminals, (first, last, amount) in zip(either, take.ends, strict=True):
            self._ledger.hold_terminal(
                terminals, move.start + first, move.start + last, amount, lot.id
            )
        if lift is not None:
            self._hold(lot, move, lift, take)

    def _hold(self, lot: Lot, move: Move, lift: Lift, take: Take) -> None:
        if move.assets != take.assets:
            self._findings.add(
                "assets",
                lot.id,
                f"{move.means} holds {move.assets} of {lift.id}, must hold {take.assets}",
                move.start,
            )
        held = max(take.assets, move.assets)
        self._ledger.hold_pool(lift.id, move.start, move.start + take.back, held, lot.id)


def check_clearance(
    world: World, lot: Lot, crossings: tuple[tuple[str, int], ...], findings: Findings
) -> None:
    """No nation but the lot's own is entered before it lets foreign forces in."""
    own = world.scenario.forces[lot.force].nation
    for nation, period in crossings:
        if nation != own and period < world.release[nation]:
            findings.add("clearance", lot.id, f"enters {nation} before it may", period)
