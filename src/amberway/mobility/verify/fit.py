"""May this load go this way on this lift? Every limit of link, terminal and lift, by mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amberway.mobility.verify.rows import Lot
from amberway.mobility.verify.ways import Fault, Way
from amberway.mobility.verify.world import Load, misfits
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Terminal
from amberway.scenario.lift import Lift, LiftKind
from amberway.scenario.settings import Factors

_SLACK = 1e-9
Ends = tuple[Terminal | None, Terminal | None]


def exceeded(
    way: Way, rule: str, limit: str, values: Iterable[tuple[str, float]]
) -> Iterator[Fault]:
    """A fault for each link whose limit one of the (name, value) exceeds."""
    most = max(values, key=lambda v: v[1], default=None)
    if most is not None:
        for link, allowed in way.limits(limit):
            if most[1] > allowed + _SLACK:
                yield Fault(
                    rule, f"{most[0]} ({most[1]:g}) is above {limit} {allowed:g} of link {link.id}"
                )


def road_faults(
    means: str, load: Load, lift: Lift | None, way: Way, factors: Factors
) -> Iterator[Fault]:
    """Load class and axles of what touches the road, its profile, the way's length."""
    items = [e for e, _ in load.items]
    if lift is None:
        wheels = [e for e in items if not e.tracked]
        tracks = [e for e in items if e.tracked]
        yield from exceeded(way, "load-class", "mlc_wheeled", [(e.id, e.mlc) for e in wheels])
        yield from exceeded(way, "load-class", "mlc_tracked", [(e.id, e.mlc) for e in tracks])
        yield from exceeded(
            way,
            "axle-load",
            "axle_load_t",
            [(e.id, e.axle_load_t) for e in items if e.axle_load_t is not None],
        )
        if means == "track-march" and way.km > factors.track_march_km + _SLACK:
            yield Fault(
                "range", f"marches {way.km:g} km on tracks, at most {factors.track_march_km:g}"
            )
    else:
        if lift.mlc is not None:
            yield from exceeded(way, "load-class", "mlc_wheeled", [(lift.id, lift.mlc)])
        yield from _items(lift, load)
        if lift.kind is LiftKind.COACH and lift.pax is None:
            yield Fault("load", f"{lift.id} carries no persons")
    yield from exceeded(way, "loading-profile", "max_width_m", [(e.id, e.width_m) for e in items])
    yield from exceeded(way, "loading-profile", "max_height_m", [(e.id, e.height_m) for e in items])


def rail_faults(
    load: Load, lot: Lot, lift: Lift, way: Way, ends: Ends, factors: Factors
) -> Iterator[Fault]:
    """One gauge all the way; axles, profile and weight of the loaded train."""
    for link in way.links:
        if link.gauge_mm != lift.gauge_mm:
            yield Fault(
                "gauge",
                f"{lift.id} of {lift.gauge_mm} mm runs on link {link.id} of {link.gauge_mm} mm",
            )
    for end in ends:
        if end is not None and lift.gauge_mm not in end.gauges_mm:
            yield Fault(
                "gauge",
                f"{lift.id} of {lift.gauge_mm} mm is handled at {end.id}, which has no such track",
            )
    if lot.cargo == CargoClass.PERSONS:
        if lift.pax is None or lot.persons > lift.pax:
            yield Fault("load", f"{lift.id} takes {lift.pax or 0} persons, not {lot.persons}")
        return
    if lift.wagons is None:
        yield Fault("load", f"{lift.id} has no wagons")
    for what, value, limit in (
        ("wagons", load.wagons, lift.wagons),
        ("t gross", load.gross_t, lift.gross_t),
        ("t", load.mass_t, lift.payload_t),
    ):
        if limit is not None and value > limit + 1e-6:
            yield Fault("load", f"needs {value:g} {what}, {lift.id} has {limit:g}")
    yield from _items(lift, load)
    items = [e for e, _ in load.items]
    axles = [
        (e.id, (e.mass_t + factors.wagon_tare_t) / (6 if e.mass_t > factors.wagon_heavy_t else 4))
        for e in items
    ]
    yield from exceeded(way, "axle-load", "axle_load_t", axles)
    yield from exceeded(way, "loading-profile", "max_width_m", [(e.id, e.width_m) for e in items])
    yield from exceeded(
        way,
        "loading-profile",
        "max_height_m",
        [(e.id, e.height_m + factors.wagon_deck_m) for e in items],
    )


def air_faults(load: Load, lot: Lot, lift: Lift, way: Way, ends: Ends) -> Iterator[Fault]:
    """Range, runways, items in the hold, seats."""
    if lift.range_km is not None and way.km > lift.range_km + _SLACK:
        yield Fault("range", f"{way.km:g} km is beyond the {lift.range_km:g} km of {lift.id}")
    for end in ends:
        if (
            end is not None
            and lift.runway_m is not None
            and end.runway_m is not None
            and lift.runway_m > end.runway_m
        ):
            yield Fault(
                "runway", f"{lift.id} needs {lift.runway_m:g} m, {end.id} has {end.runway_m:g} m"
            )
    if lot.cargo == CargoClass.PERSONS:
        if lift.pax is None:
            yield Fault("load", f"{lift.id} carries no persons")
        return
    if lift.payload_t is None:
        yield Fault("load", f"{lift.id} carries no equipment")
    yield from _items(lift, load)


def ship_faults(ship: Lift, way: Way) -> Iterator[Fault]:
    """Draught, length and beam against the links; a ship in ballast is as deep as a laden one."""
    for limit, value in _ship_sizes(ship):
        yield from exceeded(way, "ship-size", limit, [(ship.id, value)])


def berth_faults(ship: Lift, berth: Terminal) -> Iterator[Fault]:
    """Draught, length and beam against a berth."""
    for limit, value in _ship_sizes(ship):
        allowed = getattr(berth, limit)
        if allowed is not None and value > allowed + _SLACK:
            yield Fault(
                "ship-size", f"{ship.id} ({value:g}) is above {limit} {allowed:g} of {berth.id}"
            )


def _ship_sizes(ship: Lift) -> Iterator[tuple[str, float]]:
    """Sizes of a ship that are known, by the name of the limit that they meet."""
    for limit, value in (
        ("max_draught_m", ship.draught_m),
        ("max_length_m", ship.length_m),
        ("max_beam_m", ship.beam_m),
    ):
        if value is not None:
            yield limit, value


def aboard_faults(load: Load, ship: Lift, ends: Ends) -> Iterator[Fault]:
    """Items on the ship's deck and over the three ramps."""
    yield from _items(ship, load)
    limits = [(ship.id, ship.ramp_limit_t)]
    limits += [(end.id, end.ramp_limit_t) for end in ends if end is not None]
    for e, _ in load.items:
        for name, limit in limits:
            if limit is not None and e.mass_t > limit + _SLACK:
                yield Fault(
                    "ramp",
                    f"{e.id} ({e.mass_t:g} t) is too heavy for the ramp of {name} ({limit:g} t)",
                )


def _items(lift: Lift, load: Load) -> Iterator[Fault]:
    for words in misfits(lift, load.items):
        yield Fault("item", words)
