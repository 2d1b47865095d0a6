"""What a move by road, rail or air, or a reception, takes: its time, and what it holds meanwhile.

Times are periods from the start of the move. Load, haul and unload are rounded up once each. A
lift pool is held until it is back where it came from, empty. Voyages are in `sailings`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amberway.mobility.verify.means import MEANS
from amberway.mobility.verify.rows import Lot, Steps
from amberway.mobility.verify.ways import Clock, Way, halting, through, trace
from amberway.mobility.verify.world import Load, World
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Terminal
from amberway.scenario.lift import Lift, LiftKind
from amberway.units import knots_to_kmh

_SLACK = 1e-9
NOWHERE = Way((), (), (), (), 0.0, 0, 0.0)

Use = tuple[str, int, int, int]
"""A resource, as named in result files; the first period, how many, how much of it."""


@dataclass(frozen=True)
class Take:
    """A move from its start.

    `handling` is loading and unloading together, `depart` when the haul begins, `ends` what is
    held of the terminals at the start and at the end: (from, until, amount); `assets` of the pool
    are held until `back`.
    """

    handling: int
    depart: int
    way: Way
    ends: tuple[tuple[int, int, int], ...] = ()
    assets: int = 0

    @property
    def duration(self) -> int:
        """Periods to the arrival."""
        return self.handling + self.way.haul

    @property
    def back(self) -> int:
        """Period in which the pool is free again."""
        return self.duration + self.way.haul

    def uses(self, terminals: Sequence[str], lift: str) -> Iterator[Use]:
        """Everything that the move holds of what may be finite."""
        for link, offset in self.way.slots:
            yield link, self.depart + offset, 1, 1
        for name, (first, last, amount) in zip(terminals, self.ends, strict=True):
            if last > first:
                yield f"terminal:{name}", first, last - first, amount
        if lift:
            yield f"lift:{lift}", 0, self.back, self.assets


def way_of(world: World, means: str, lift: Lift | None, steps: Steps, ends: tuple[str, str]) -> Way:
    """The way of a move, at the pace of its means."""
    mode = MEANS[means].mode
    assert mode is not None  # reception goes nowhere
    speed: float | None = None
    clock: Clock = through
    if means == "track-march":  # its pace includes its rests
        speed = world.factors.track_march_kmh
    elif means == "ship" and lift is not None and lift.speed_kn:
        speed = knots_to_kmh(lift.speed_kn)
    elif means == "aircraft" and lift is not None:
        speed = lift.speed_kmh
    elif means in ("march", "heavy-transporter", "truck"):  # coaches change drivers
        clock = halting(world.factors.march_hours_per_day)
    return trace(world, steps, ends, mode, speed, clock)


def by_road(world: World, way: Way, lift: Lift | None, assets: int) -> Take:
    """A march (no lift), or a load on assets of a pool."""
    loading = 0 if lift is None else world.periods(world.factors.road_loading_h)
    return Take(2 * loading, loading, way, assets=assets)


def by_rail(
    world: World, way: Way, terminals: tuple[Terminal | None, Terminal | None], persons: bool
) -> Take:
    """A train; it holds a track at both ends while it is handled there."""
    load, unload = (0 if t is None else world.handling(t, persons) for t in terminals)
    end = load + way.haul + unload
    return Take(load + unload, load, way, ((0, load, 1), (end - unload, end, 1)), 1)


def by_air(
    world: World, way: Way, terminals: tuple[Terminal, Terminal], lift: Lift, sorties: int
) -> Take | None:
    """Sorties of one pool, in waves if they are more than its aircraft; None: it cannot be."""
    pool = int(world.pool(lift).max(initial=0))
    stands = [int(world.slots(terminal).max(initial=0)) for terminal in terminals]
    if not sorties or not pool or not all(stands):
        return None
    ground = [terminal.handling_h or 0.0 for terminal in terminals]
    spans = [
        max(1, math.ceil(sorties * hours * 60 / stand - _SLACK))
        for hours, stand in zip(ground, stands, strict=True)
    ]
    assets = min(sorties, pool)
    later = (math.ceil(sorties / assets) - 1) * world.periods(2 * way.hours + sum(ground))
    handling = later + sum(spans)
    end = handling + way.haul
    held = [
        (first, last, math.ceil(sorties * hours * 60 / (last - first)))
        for hours, first, last in (
            (ground[0], 0, spans[0] + later),
            (ground[1], end - spans[1] - later, end),
        )
    ]
    return Take(handling, spans[0], way, tuple(held), assets)


def reception(world: World, terminal: Terminal, persons: bool) -> Take:
    """A lot holds a slot while it is received."""
    handling = world.handling(terminal, persons)
    return Take(handling, 0, NOWHERE, ((0, handling, 1),))


def road_assets(lot: Lot, load: Load, lift: Lift | None) -> int:
    """Assets of a pool that a lot takes on the road: one an item, or seats for all."""
    if lift is None:
        return 0
    return math.ceil(lot.persons / (lift.pax or 1)) if lift.kind is LiftKind.COACH else load.count


def sorties_of(lot: Lot, load: Load, lift: Lift) -> int:
    """Flights that a lot takes (0: the aircraft cannot carry such cargo)."""
    if lot.cargo == CargoClass.PERSONS:
        return math.ceil(lot.persons / lift.pax) if lift.pax else 0
    if not lift.payload_t:
        return 0
    by_length = load.length_m / lift.item_length_m if lift.item_length_m else 0.0
    return max(math.ceil(load.mass_t / lift.payload_t), math.ceil(by_length))
