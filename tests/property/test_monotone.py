"""What more capacity does to a list schedule: where theory promises that it never harms.

In general it promises nothing. List scheduling has Graham's anomalies (R. L. Graham, "Bounds on
Multiprocessing Timing Anomalies", SIAM Journal on Applied Mathematics 17, 1969): with one more
train set an early lot may leave sooner, take another route, and stand in the way of a lot that
mattered more. So there is no test here that adds capacity to a random scenario and asks for an
earlier closure; it would fail, and rightly.

Three things hold. Equal lots on a single path: each use of a resource is a window at a fixed
offset from the start, so the k-th start of the greedy schedule is no later than the k-th start of
any feasible one, and a schedule that was feasible stays so with more capacity. Nothing in the way:
every lot takes its lower bound. And whether a route exists at all is asked of the network, not of
the schedule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amberway.mobility import one_pass
from amberway.mobility.ground import Ground
from amberway.scenario import Scenario
from amberway.scenario.geography import Function
from property.strategies import scenarios
from small import TANK, link, nation, place, unchecked, unit


@st.composite
def single_path(draw: st.DrawFn) -> dict[str, Any]:
    """Sizes of a single railway with reception at its end, and equal train-loads at its start."""
    rates = st.none() | st.sampled_from((0.5, 1, 3, 5, 10))
    return {
        "grid": draw(st.sampled_from((1, 2, 3, 6, 24))),
        "horizon": draw(st.sampled_from((4, 10, 30))),
        "lots": draw(st.integers(1, 12)),
        "km": draw(st.lists(st.sampled_from((300, 420, 900)), min_size=2, max_size=2)),
        "rates": draw(st.lists(rates, min_size=2, max_size=2)),
        "slots": draw(st.lists(st.integers(1, 3), min_size=3, max_size=3)),
        "handling": draw(st.lists(st.sampled_from((2, 5, 30)), min_size=3, max_size=3)),
        "sets": draw(st.integers(1, 5)),
        "share": draw(st.sampled_from((0, 0.5, 1))),
    }


def railway(size: dict[str, Any]) -> Scenario:
    """The scenario of such sizes."""
    kinds = zip(("rail", "rail", "reception"), ("home", "camp", "camp"), strict=True)
    return unchecked(
        {
            "grid_hours": size["grid"],
            "horizon_days": size["horizon"],
            "factors": {"train_wagons": 10},
        },
        nations=[nation("deu")],
        places=[place("home", 52, 10), place("mid", 52, 13), place("camp", 52, 16)],
        links=[
            link("first", "home", "mid", "rail", size["km"][0], capacity_per_day=size["rates"][0]),
            link("second", "mid", "camp", "rail", size["km"][1], capacity_per_day=size["rates"][1]),
        ],
        terminals=[
            {
                "id": f"t-{i}",
                "place": at,
                "function": function,
                "slots": size["slots"][i],
                "handling_h": size["handling"][i],
                "gauges_mm": "1435" if function == "rail" else "",
            }
            for i, (function, at) in enumerate(kinds)
        ],
        equipment=[TANK],
        unit_types=[unit("tanks", 0)],
        unit_equipment=[
            {"id": "t", "unit_type": "tanks", "equipment": "tank", "count": 10 * size["lots"]}
        ],
        areas=[{"id": "a", "name": "A", "nations": "deu", "domain": "land"}],
        forces=[
            {
                "id": "unit",
                "name": "Unit",
                "nation": "deu",
                "unit_type": "tanks",
                "home": "home",
                "destination": "camp",
                "area": "a",
                "ntm_days": 1,
            }
        ],
        lift=[
            {
                "id": "sets",
                "name": "Sets",
                "kind": "train-set",
                "count": size["sets"],
                "notice_days": 0,
                "wagons": 40,
                "gross_t": 2000,
                "gauge_mm": 1435,
            }
        ],
        disruptions=[
            {
                "id": "d",
                "resource": "second",
                "from_day": 2,
                "to_day": 3,
                "remaining_share": size["share"],
            }
        ],
    )


def arrivals(scenario: Scenario) -> list[int]:
    """Periods of arrival of the delivered lots, in order."""
    plan = one_pass.solve(scenario)
    found = (plan.arrival(lot) for lot in plan.lots)
    return sorted(a for a in found if a is not None)


@given(
    single_path(), st.sampled_from(("rates", "slots", "sets")), st.integers(0, 2), st.integers(1, 3)
)
def test_equal_lots_on_one_path_gain_from_capacity(
    size: dict[str, Any], which: str, where: int, more: int
) -> None:
    """One lot type, one path: the k-th arrival is never later with more capacity anywhere."""
    richer = dict(size)
    if which == "sets":
        richer["sets"] += more
    else:
        richer[which] = list(size[which])
        where %= len(richer[which])
        assume(richer[which][where] is not None)
        richer[which][where] += more
    before, after = arrivals(railway(size)), arrivals(railway(richer))
    assert len(after) >= len(before)
    assert all(a <= b for a, b in zip(after, before, strict=False))


def unlimited(scenario: Scenario) -> Scenario:
    """The same ground without ships, and nothing finite or closed on it; forces want to go now."""
    always: dict[str, Any] = {"opens": None, "closes": None}
    links = {
        name: row.model_copy(update={"capacity_per_day": None, **always})
        for name, row in scenario.links.items()
        if row.mode.value != "sea"
    }
    terminals = {
        name: row.model_copy(update={"slots": 500, **always})
        for name, row in scenario.terminals.items()
        if row.function is not Function.SEA
    }
    plenty = {"count": 10_000, "availability": 1.0, "notice_days": 0.0}
    lift = {
        name: row.model_copy(update=plenty)
        for name, row in scenario.lift.items()
        if row.kind.value != "ship"
    }
    now = {
        "clearance_peace_days": 0.0,
        "clearance_crisis_days": 0.0,
        "clearance_article5_days": 0.0,
    }
    return replace(
        scenario,
        links=links,
        terminals=terminals,
        lift=lift,
        disruptions={},
        nations={n: row.model_copy(update=now) for n, row in scenario.nations.items()},
        forces={n: row.model_copy(update={"ead_day": None}) for n, row in scenario.forces.items()},
        settings=scenario.settings.model_copy(
            update={"phases": (scenario.settings.phases[0].model_copy(update={"from_day": 0.0}),)}
        ),
    )


@given(scenarios())
def test_nothing_in_the_way_means_free_flow(scenario: Scenario) -> None:
    """With nothing finite, every lot that has a route arrives at its lower bound.

    Ships are left out: a ship waits for its cargo and is planned as if it sailed full, so that
    the bound of a sea way is not its time.
    """
    free = unlimited(scenario)
    plan = one_pass.solve(free)
    options = Ground.of(free).options
    for lot in plan.lots:
        found = options.of(lot)
        reception = found.reception.duration if found.reception else 0
        arrival = plan.arrival(lot)
        if lot.origin not in found.bound:
            assert plan.unmoved[lot.id].startswith("no route")
        elif arrival is None:
            bound = lot.ready + found.bound[lot.origin] + reception
            assert bound > free.settings.horizon
        else:
            assert arrival == lot.ready + found.bound[lot.origin] + reception


@given(scenarios(), st.integers(1, 5))
@settings(max_examples=40)
def test_capacity_never_takes_a_route_away(scenario: Scenario, times: int) -> None:
    """Multiplying rates, slots and pools leaves a route to every lot that had one."""
    grow: dict[str, Any] = {}
    for table, column in (("links", "capacity_per_day"), ("terminals", "slots"), ("lift", "count")):
        rows = scenario.table(table)
        grow[table] = {
            name: row.model_copy(update={column: value * (times + 1)})
            if (value := getattr(row, column)) is not None
            else row
            for name, row in rows.items()
        }
    before, after = (one_pass.solve(s).unmoved for s in (scenario, replace(scenario, **grow)))
    for lot, cause in after.items():
        if cause.startswith("no route"):
            assert before[lot].startswith("no route")
