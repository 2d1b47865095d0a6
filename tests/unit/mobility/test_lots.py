"""How a unit is cut to lots: nothing lost, nothing larger than what one lift carries."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.parcels import wagons
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass, Equipment
from amberway.scenario.settings import Factors
from corridor import Corridor

counts = st.integers(0, 300)


def cut(scenario: Scenario) -> list[Lot]:
    """Lots of the corridor's unit."""
    return lots_of(scenario, scenario.forces["unit"])


def holding(persons: int, **items: int) -> Corridor:
    """A unit of these, rows of nothing left out."""
    return Corridor().hold(persons, **{name: n for name, n in items.items() if n})


@given(st.integers(0, 3000), counts, counts, counts)
def test_nothing_is_lost_and_nothing_too_large(
    persons: int, trucks: int, tanks: int, boxes: int
) -> None:
    """Items and persons add up; every lot is a train-load of one cargo class at most."""
    scenario = holding(persons, truck=trucks, tank=tanks, box=boxes).scenario()
    factors, lots = scenario.settings.factors, cut(scenario)
    found = Counter({item.id: 0 for item in scenario.equipment.values()})
    for lot in lots:
        found.update({item.id: count for item, count in lot.items})
        if lot.cargo is CargoClass.PERSONS:
            assert 1 <= lot.persons <= factors.person_lot
            continue
        assert {item.cargo_class for item, _ in lot.items} == {lot.cargo}
        needed = sum(wagons(item, factors) * count for item, count in lot.items)
        assert needed <= factors.train_wagons + 1e-9
        assert lot.mass_t + needed * factors.wagon_tare_t <= factors.train_gross_t + 1e-9
        assert lot.vehicles <= factors.serial_vehicles
        assert lot.persons <= sum(item.crew * count for item, count in lot.items)
    assert found == {"truck": trucks, "tank": tanks, "box": boxes}
    assert sum(lot.persons for lot in lots) == persons
    assert len({lot.id for lot in lots}) == len(lots)


def test_crews_travel_with_their_vehicles() -> None:
    """Two drivers a truck: the others form lots of their own, of nearly the same size."""
    lots = cut(holding(300, truck=20).scenario())
    assert [(lot.cargo.value, lot.persons) for lot in lots] == [
        ("wheeled", 40),
        ("persons", 130),
        ("persons", 130),
    ]


def test_prepositioned_equipment_travels_without_crews() -> None:
    """Equipment stored elsewhere starts there; all persons travel from home."""
    lots = cut(holding(100, tank=2).set("unit", equipment_at="b").scenario())
    assert [(lot.origin, lot.persons) for lot in lots] == [("b", 0), ("a", 100)]


def test_strength_scales_persons_and_items() -> None:
    """Half a unit has half of each."""
    lots = cut(holding(100, truck=10).set("unit", strength=0.5).scenario())
    assert sum(lot.persons for lot in lots) == 50
    assert sum(lot.vehicles for lot in lots) == 5


def test_in_place_has_no_lots() -> None:
    """What stands there already does not move; what comes after C-day does."""
    assert cut(holding(100).set("unit", in_place_since="2024-03-13").scenario()) == []
    assert len(cut(holding(100).set("unit", in_place_since="2024-03-14").scenario())) == 1


def test_readiness_weight_and_earliest_arrival() -> None:
    """Times are rounded up to periods; priority 1 weighs 4, 3 weighs 1."""
    corridor = holding(100).set("unit", ntm_days=1.51, ead_day=3.01, priority=1)
    corridor.settings["grid_hours"] = 12
    (lot,) = cut(corridor.scenario())
    assert (lot.ready, lot.earliest_arrival, lot.weight) == (4, 7, 4)


def test_wagons() -> None:
    """A long item takes two wagons, a tank one, two short light items share one."""
    rows = {"name": "x", "kind": "vehicle", "width_m": 2, "height_m": 2, "mlc": 10}
    sizes = ((20, 10, 2), (10, 63, 1), (8, 15, 0.5), (8, 40, 1), (6, 10, 1 / 2), (5, 10, 1 / 3))
    for length, mass, expected in sizes:
        item = Equipment.model_validate({"id": "x", **rows, "length_m": length, "mass_t": mass})
        assert wagons(item, Factors()) == expected
