"""What a lot asks of each means of transport: traits, sorties, train sets, transporters."""

from __future__ import annotations

import math
from dataclasses import dataclass

from amberway.mobility.lots import Lot
from amberway.mobility.parcels import wagons
from amberway.network.moves import Means
from amberway.network.resources import usable
from amberway.network.traits import Traits
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Mode, Terminal
from amberway.scenario.lift import Lift, LiftKind
from amberway.scenario.settings import Factors
from amberway.units import knots_to_kmh

_POOL_MEANS = {
    CargoClass.HEAVY: (Means.HEAVY_TRANSPORTER, LiftKind.HEAVY_TRANSPORTER),
    CargoClass.CONTAINERS: (Means.TRUCK, LiftKind.TRUCK),
    CargoClass.PERSONS: (Means.COACH, LiftKind.COACH),
}


@dataclass(frozen=True)
class RoadLoad:
    """One way to take a lot by road: on its own (`lift` None) or on `assets` of a pool."""

    means: Means
    traits: Traits
    lift: Lift | None
    assets: int
    longest_km: float = math.inf


def road_loads(scenario: Scenario, lot: Lot) -> list[RoadLoad]:
    """Every way to take the lot by road."""
    factors = scenario.settings.factors
    loads = []
    width, height = lot.most("width_m"), lot.most("height_m")
    if lot.cargo is CargoClass.WHEELED:
        traits = Traits(
            Mode.ROAD,
            axle_load_t=lot.most("axle_load_t"),
            mlc_wheeled=int(lot.most("mlc")),
            width_m=width,
            height_m=height,
        )
        return [RoadLoad(Means.MARCH, traits, None, 0)]
    if lot.cargo is CargoClass.HEAVY:
        traits = Traits(
            Mode.ROAD,
            axle_load_t=lot.most("axle_load_t"),
            mlc_wheeled=int(lot.most("mlc", tracked=False)),
            mlc_tracked=int(lot.most("mlc", tracked=True)),
            width_m=width,
            height_m=height,
            speed_kmh=factors.track_march_kmh,
        )
        loads.append(RoadLoad(Means.TRACK_MARCH, traits, None, 0, factors.track_march_km))
    means, kind = _POOL_MEANS[lot.cargo]
    for lift in _pools(scenario, lot, kind):
        assets = lot.vehicles
        if kind is LiftKind.COACH:
            assets = math.ceil(lot.persons / (lift.pax or 1))
        elif not _takes_items(lot, lift):
            continue
        if 0 < assets <= usable(lift):
            traits = Traits(Mode.ROAD, mlc_wheeled=lift.mlc or 0, width_m=width, height_m=height)
            loads.append(RoadLoad(means, traits, lift, assets))
    return loads


def may_load(lift: Lift, nation: str | None) -> bool:
    """May the pool be loaded in this nation?"""
    return not lift.loads_in or nation in lift.loads_in


def _pools(scenario: Scenario, lot: Lot, kind: LiftKind) -> list[Lift]:
    return [
        lift
        for lift in scenario.lift.values()
        if lift.kind is kind and usable(lift) > 0 and (not lift.users or lot.nation in lift.users)
    ]


def rail_traits(lot: Lot, gauge: int, factors: Factors) -> Traits:
    """The lot as a train: axle load and profile of its loaded wagons (persons: a coach train)."""
    if lot.cargo is CargoClass.PERSONS:
        return Traits(Mode.RAIL, gauge_mm=gauge)
    axle = max(
        (item.mass_t + factors.wagon_tare_t) / (6 if item.mass_t > factors.wagon_heavy_t else 4)
        for item, _ in lot.items
    )
    return Traits(
        Mode.RAIL,
        gauge_mm=gauge,
        axle_load_t=axle,
        width_m=lot.most("width_m"),
        height_m=lot.most("height_m") + factors.wagon_deck_m,
    )


def train_sets(scenario: Scenario, lot: Lot, gauge: int) -> list[Lift]:
    """Pools of train sets of a gauge that can carry the lot."""
    factors = scenario.settings.factors
    needed = sum(wagons(item, factors) * count for item, count in lot.items)
    gross_t = lot.mass_t + needed * factors.wagon_tare_t
    return [
        lift
        for lift in _pools(scenario, lot, LiftKind.TRAIN_SET)
        if lift.gauge_mm == gauge and _fits_train(lot, needed, gross_t, lift)
    ]


def _fits_train(lot: Lot, needed: float, gross_t: float, lift: Lift) -> bool:
    if lot.cargo is CargoClass.PERSONS:
        return lift.pax is not None and lot.persons <= lift.pax
    return (
        lift.wagons is not None
        and needed <= lift.wagons + 1e-9
        and (lift.gross_t is None or gross_t <= lift.gross_t + 1e-9)
        and (lift.payload_t is None or lot.mass_t <= lift.payload_t + 1e-9)
        and _takes_items(lot, lift)
    )


def aircraft(scenario: Scenario, lot: Lot) -> list[tuple[Lift, int]]:
    """Pools of aircraft that can carry the lot, with the sorties it takes."""
    found = []
    for lift in _pools(scenario, lot, LiftKind.AIRCRAFT):
        if lot.cargo is CargoClass.PERSONS:
            if lift.pax is not None:
                found.append((lift, math.ceil(lot.persons / lift.pax)))
        elif lift.payload_t is not None and _fits_hold(lot, lift):
            by_mass = math.ceil(lot.mass_t / lift.payload_t)
            length = sum(item.length_m * count for item, count in lot.items)
            by_length = math.ceil(length / lift.item_length_m) if lift.item_length_m else 0
            found.append((lift, max(by_mass, by_length)))
    return found


def _item_limits(lift: Lift) -> tuple[tuple[str, float | None], ...]:
    """The largest item that a lift takes; no item is heavier than the whole payload."""
    heaviest = lift.payload_t if lift.item_mass_t is None else lift.item_mass_t
    return (
        ("length_m", lift.item_length_m),
        ("width_m", lift.item_width_m),
        ("height_m", lift.item_height_m),
        ("mass_t", heaviest),
    )


def _takes_items(lot: Lot, lift: Lift) -> bool:
    """Does every item fit? A blank limit is no limit known."""
    return all(limit is None or lot.most(name) <= limit for name, limit in _item_limits(lift))


def _fits_hold(lot: Lot, lift: Lift) -> bool:
    """Does every item fit into the aircraft? A hold whose size is not known takes none."""
    return all(limit is not None and lot.most(name) <= limit for name, limit in _item_limits(lift))


def can_land(lift: Lift, apron: Terminal) -> bool:
    """Is the runway long enough? An unknown length on either side is no limit."""
    return not (lift.runway_m and apron.runway_m and lift.runway_m > apron.runway_m)


def ships(scenario: Scenario, lot: Lot) -> list[Lift]:
    """Ships that can take the lot aboard."""
    return [lift for lift in _pools(scenario, lot, LiftKind.SHIP) if fits_ship(scenario, lot, lift)]


def fits_ship(scenario: Scenario, lot: Lot, ship: Lift) -> bool:
    """Room, ramp and deck height."""
    if lot.cargo is CargoClass.PERSONS:
        return ship.pax is not None and lot.persons <= ship.pax
    if ship.lane_m is None or lot.lane_m > ship.lane_m * scenario.settings.factors.stow_factor:
        return False
    over_ramp = ship.ramp_limit_t is None or lot.heaviest_t <= ship.ramp_limit_t
    return over_ramp and _takes_items(lot, ship)


def fits_berth(lot: Lot, ship: Lift, berth: Terminal) -> bool:
    """Draught, length and beam of the ship, and the lot's heaviest item over the ramp."""
    limits = (
        (ship.draught_m, berth.max_draught_m),
        (ship.length_m, berth.max_length_m),
        (ship.beam_m, berth.max_beam_m),
        (lot.heaviest_t, berth.ramp_limit_t),
    )
    return all(value is None or limit is None or value <= limit for value, limit in limits)


def ship_traits(ship: Lift) -> Traits:
    """The ship as the sea links see it."""
    return Traits(
        Mode.SEA,
        draught_m=ship.draught_m or 0,
        length_m=ship.length_m or 0,
        beam_m=ship.beam_m or 0,
        speed_kmh=knots_to_kmh(ship.speed_kn) if ship.speed_kn else None,
    )
