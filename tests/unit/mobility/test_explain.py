"""Explanations in sentences: in place, not delivered, closed."""

from __future__ import annotations

import pytest

from amberway.errors import UsageError
from amberway.mobility import one_pass
from amberway.mobility.explain import account, critical_lot, explain, main_cause
from amberway.mobility.plan import Plan
from corridor import Corridor


def planned(corridor: Corridor) -> Plan:
    """The plan of a corridor."""
    return one_pass.solve(corridor.scenario())


def test_in_place() -> None:
    """A unit that stands there says when it is ready."""
    plan = planned(Corridor().hold(persons=10).set("unit", in_place_since="2024-01-01"))
    assert explain(plan, "unit") == ["Unit stands in d on C-day; it is ready at C+1."]
    assert main_cause(plan, plan.scenario.forces["unit"]) == "in place"


def test_nothing_to_move() -> None:
    """A unit of nothing says so."""
    plan = planned(Corridor())
    assert explain(plan, "unit") == ["Unit has neither persons nor equipment to move."]


def test_not_delivered() -> None:
    """A unit that does not close names the lots that are missing, and why."""
    plan = planned(Corridor().hold(tank=2).only("rail").set("t-bc", axle_load_t=10))
    text = explain(plan, "unit")
    assert text[0] == "Unit does not close: 1 of its 1 lots do not arrive."
    assert "2 Main battle tank" in text[1]
    assert "axle load" in text[1]
    assert main_cause(plan, plan.scenario.forces["unit"]) == plan.unmoved["unit.h001"]


def test_closed_by_road() -> None:
    """Closing day, notice, leg with borders and length, and the sum of the time."""
    corridor = Corridor().only("road").hold(truck=10)
    corridor.tables["nations"][1] |= {"clearance_crisis_days": 10}
    text = explain(planned(corridor), "unit")
    # Ready C+1, start C+7.9 (50 h before the border opens), end 74 h later, 12 h marry-up.
    assert text[0].startswith("Unit closes in d on C+11.5: its last lot, unit.w001 (10 Truck 8 t)")
    assert "Notice to move" in text[1]
    assert text[2] == "It waits 6.9 days in a for clearance to enter POL."
    assert text[3].startswith("It marches from a to d over a, b, 1,300 km, C+7.9 to C+11.0")
    assert text[-1].startswith("In all: notice 24 hours, handling 0 hours, moving 3.1 days")


def test_aboard_a_ship() -> None:
    """A voyage names the ship and its sailing."""
    corridor = Corridor().only("road", "sea").set("r-bc", closes="2020-01-01").hold(truck=10)
    text = " ".join(explain(planned(corridor), "unit"))
    assert "It sails from pa to pd aboard MS Ship (sailing s0001), 741 km" in text


def test_unknown_unit_is_guessed() -> None:
    """A mistyped unit is answered with the one that was meant."""
    with pytest.raises(UsageError, match="Did you mean 'unit'"):
        explain(planned(Corridor()), "unti")


def test_critical_lot_is_the_last_or_a_missing_one() -> None:
    """The lot that closes a unit; one that never arrives before all."""
    plan = planned(Corridor().hold(persons=50, truck=50).only("road"))
    last = critical_lot(plan, "unit")
    assert last is not None
    assert plan.arrival(last) == max(plan.arrival(lot) or 0 for lot in plan.lots)
    cut = planned(Corridor().hold(persons=50, tank=2).only("road").lift("bus"))
    missing = critical_lot(cut, "unit")
    assert missing is not None
    assert missing.id in cut.unmoved
    assert account(cut, missing) == []
