"""Which lift may carry which lot."""

from __future__ import annotations

from typing import Any

import pytest

from amberway.mobility import loads
from amberway.mobility.lots import Lot, lots_of
from amberway.scenario import Scenario
from corridor import Corridor


def one(corridor: Corridor) -> tuple[Scenario, Lot]:
    """The scenario and its only lot."""
    scenario = corridor.scenario()
    (lot,) = lots_of(scenario, scenario.forces["unit"])
    return scenario, lot


@pytest.mark.parametrize(
    ("items", "means"),
    [
        ({"truck": 5}, ["march"]),
        ({"tank": 5}, ["track-march", "heavy-transporter"]),
        ({"box": 5}, ["truck"]),
        ({"persons": 90}, ["coach"]),
        ({"box": 11}, []),
        ({"tank": 17}, ["track-march", "heavy-transporter"]),
    ],
)
def test_means_on_the_road(items: dict[str, int], means: list[str]) -> None:
    """Wheels march, tanks march a little or ride, containers ride; a pool may be too small."""
    scenario, lot = one(Corridor().hold(**items))
    assert [load.means.value for load in loads.road_loads(scenario, lot)] == means


@pytest.mark.parametrize(
    ("cells", "fits"),
    [
        ({}, True),
        ({"item_mass_t": 60}, False),
        ({"item_mass_t": None, "payload_t": 60}, False),
        ({"item_mass_t": None, "payload_t": 70}, True),
        ({"item_length_m": 9}, False),
        ({"item_width_m": 3.5}, False),
        ({"item_height_m": 2.5}, False),
        ({"users": "pol"}, False),
        ({"users": "deu pol"}, True),
        ({"count": 4}, False),
        ({"availability": 0.2}, False),
    ],
)
def test_transporter_takes_the_tank(cells: dict[str, Any], fits: bool) -> None:
    """Mass, size, users and number of transporters decide."""
    scenario, lot = one(Corridor().hold(tank=5).set("het", **cells))
    found = [load.lift.id for load in loads.road_loads(scenario, lot) if load.lift]
    assert found == (["het"] if fits else [])


@pytest.mark.parametrize(
    ("cells", "fits"),
    [
        ({}, True),
        ({"wagons": 4}, False),
        ({"gross_t": 400}, False),
        ({"payload_t": 300}, False),
        ({"item_mass_t": 60}, False),
        ({"item_length_m": 9}, False),
        ({"gauge_mm": 1520}, False),
        ({"wagons": None, "pax": 500}, False),
    ],
)
def test_train_set_takes_the_tanks(cells: dict[str, Any], fits: bool) -> None:
    """Wagons, gross mass, payload, item and gauge decide."""
    scenario, lot = one(Corridor().hold(tank=5).set("wide", **cells))
    found = [lift.id for lift in loads.train_sets(scenario, lot, 1435)]
    assert found == (["wide"] if fits else [])


@pytest.mark.parametrize(
    ("cells", "fits"),
    [
        ({}, True),
        ({"lane_m": 60}, False),
        ({"ramp_limit_t": 60}, False),
        ({"item_height_m": 2.5}, False),
        ({"item_mass_t": 60}, False),
        ({"lane_m": None}, False),
    ],
)
def test_ship_takes_the_tanks(cells: dict[str, Any], fits: bool) -> None:
    """Five tanks take 65 lane metres of the 85 % that can be used; ramp and deck decide."""
    scenario, lot = one(Corridor().hold(tank=5).set("ship", **cells))
    assert bool(loads.ships(scenario, lot)) is fits


def test_ship_takes_persons_by_seats() -> None:
    """A ferry has seats; a ship without pax has none."""
    assert loads.ships(*one(Corridor().hold(persons=200)))
    assert not loads.ships(*one(Corridor().hold(persons=201)))
    assert not loads.ships(*one(Corridor().hold(persons=1).set("ship", pax=None)))


@pytest.mark.parametrize(
    ("items", "sorties"),
    [({"persons": 250}, [1]), ({"truck": 9}, [4]), ({"truck": 3}, [2]), ({"tank": 1}, [])],
)
def test_sorties(items: dict[str, int], sorties: list[int]) -> None:
    """Persons by seats; items by payload or by length, whichever asks for more."""
    corridor = Corridor(factors={"person_lot": 250}).hold(**items)
    scenario, lot = one(corridor)
    assert [count for _, count in loads.aircraft(scenario, lot)] == sorties


def test_hold_of_unknown_size_takes_nothing() -> None:
    """Aircraft without item sizes carry persons only."""
    scenario, lot = one(Corridor().hold(truck=1).set("plane", item_width_m=None))
    assert loads.aircraft(scenario, lot) == []


@pytest.mark.parametrize(
    ("cells", "fits"),
    [
        ({}, True),
        ({"max_draught_m": 6.9}, False),
        ({"max_draught_m": 7}, True),
        ({"max_length_m": 170}, False),
        ({"max_beam_m": 25}, False),
        ({"ramp_limit_t": 60}, False),
    ],
)
def test_berth(cells: dict[str, Any], fits: bool) -> None:
    """Draught, length, beam and the berth's ramp."""
    scenario, lot = one(Corridor().hold(tank=1).set("quay-d", **cells))
    ship, berth = scenario.lift["ship"], scenario.terminals["quay-d"]
    assert loads.fits_berth(lot, ship, berth) is fits


def test_runway_and_loading_nation() -> None:
    """A runway as long as needed will do; a blank list of nations means anywhere."""
    scenario = Corridor().set("apron-d", runway_m=2500).set("plane", loads_in="pol").scenario()
    plane = scenario.lift["plane"]
    assert loads.can_land(plane, scenario.terminals["apron-d"])
    short = scenario.terminals["apron-d"].model_copy(update={"runway_m": 2499.0})
    assert not loads.can_land(plane, short)
    assert loads.may_load(plane, "pol")
    assert not loads.may_load(plane, "deu")
    assert loads.may_load(scenario.lift["bus"], "deu")


def test_axles_of_the_loaded_wagon() -> None:
    """A tank of 63 t on a six-axle wagon of 24 t presses 14.5 t on the rail; deck adds height."""
    scenario, lot = one(Corridor().hold(tank=1))
    traits = loads.rail_traits(lot, 1435, scenario.settings.factors)
    assert traits.axle_load_t == pytest.approx(14.5)
    assert traits.height_m == pytest.approx(2.6 + 1.25)
