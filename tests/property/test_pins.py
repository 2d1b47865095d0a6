"""Whatever the scenario and the pin: it is refused with a reason, or the plan obeys it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amberway.errors import Problem, ScenarioError
from amberway.mobility import folder, one_pass
from amberway.mobility.explain import account, explain
from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.options import Options
from amberway.mobility.pins import MAY, Pins
from amberway.mobility.plan import Leg
from amberway.mobility.refusal import refuse_impossible_pins
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import verify
from amberway.network.moves import MODE_OF, Means
from amberway.scenario import Scenario, check
from amberway.scenario.geography import Mode
from amberway.scenario.pins import Pin
from property.strategies import maybe, scenarios

CAUSES = (
    "no route from ", "ready too late: ", "too late under pin ", "not cleared to enter ",
    "not wanted before ", "every way to ", "no way to ",
)  # fmt: skip
WAYS_LOOKED_AT = 300
Hop = tuple[str, str, str]


def with_pins(scenario: Scenario, *pins: dict[str, Any]) -> Scenario:
    """The scenario with these pins, which the checks let through."""
    rows = [Pin.model_validate({"id": f"p-{n}", **cells}) for n, cells in enumerate(pins)]
    made = replace(scenario, pins={row.id: row for row in rows})
    assume(not check(made))
    return made


@st.composite
def pinned_scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario with one or two pins on its units."""
    scenario = draw(scenarios())
    places = st.sampled_from(sorted(scenario.places))
    ports = st.sampled_from(
        sorted(p for p in scenario.places if p.startswith(("port-", "field-"))) or ["none"]
    )
    return with_pins(
        scenario,
        *(
            {
                "force": force,
                "cargo": draw(maybe(st.sampled_from(("persons", "wheeled", "heavy")), blank=4)),
                "mode": draw(maybe(st.sampled_from(tuple(Mode)), blank=1)),
                "poe": draw(maybe(ports)),
                "pod": draw(maybe(ports)),
                "via": draw(maybe(places, blank=2)),
                "depart_day": draw(maybe(st.integers(0, 12), blank=2)),
            }
            for force in draw(
                st.lists(st.sampled_from(sorted(scenario.forces)), min_size=1, max_size=2)
            )
        ),
    )


def refusals(scenario: Scenario) -> tuple[Problem, ...]:
    """Why the scenario's pins are refused; nothing if they are not."""
    try:
        refuse_impossible_pins(scenario)
    except ScenarioError as error:
        return error.problems
    return ()


def obeys(pin: Pin, hops: list[Hop]) -> bool:
    """Does a way of (mode, start, end) obey the pin, but for the day?"""
    modes = {mode for mode, _, _ in hops}
    crossings = [hop for hop in hops if hop[0] in ("sea", "air")]
    return (
        modes <= MAY[pin.mode]
        and (pin.mode is None or pin.mode in modes)
        and (bool(crossings) or (pin.poe is None and pin.pod is None))
        and all(pin.poe in (None, start) and pin.pod in (None, end) for _, start, end in crossings)
        and (pin.via is None or any(pin.via in hop[1:] for hop in hops))
    )


def ways(lot: Lot, options: Options, place: str, so_far: list[Hop]) -> Iterator[list[Hop]]:
    """Every way from a place to the lot's destination that calls nowhere twice."""
    if place == lot.destination:
        yield so_far
        return
    hops = {(str(MODE_OF[m.means]), place, m.end) for m in options.moves.get(place, ())}
    hops |= {("sea", place, way.end) for way in options.sea.get(place, ())}
    called = {lot.origin, *(end for _, _, end in so_far)}
    for hop in sorted(hops):
        if hop[2] in options.bound and hop[2] not in called:
            yield from ways(lot, options, hop[2], [*so_far, hop])


@given(pinned_scenarios())
def test_every_way_that_is_left_obeys(scenario: Scenario) -> None:
    """Not only the way that the plan takes: each that a method may choose obeys the pin."""
    options, pins = Ground.of(scenario).options, Pins(scenario)
    for force in scenario.forces.values():
        for lot in lots_of(scenario, force):
            pin = pins.of(lot)
            found = options.of(lot)
            if pin is not None and lot.origin in found.bound:
                assert found.pin == pin
                for way, _ in zip(
                    ways(lot, found, lot.origin, []), range(WAYS_LOOKED_AT), strict=False
                ):
                    assert obeys(pin, way), way


@given(pinned_scenarios())
def test_plan_obeys_or_pin_is_refused(scenario: Scenario) -> None:
    """The verifier accepts the plan, every lot has its cause; or each refusal has a reason."""
    refused = refusals(scenario)
    # With a pin that is refused, the method leaves those behind that cannot obey.
    plan = one_pass.solve(scenario)
    if refused:
        assert plan.unmoved
        assert {problem.check for problem in refused} == {"impossible-pin"}
        assert all(problem.value in scenario.pins for problem in refused)
    with tempfile.TemporaryDirectory() as place:
        verdict = verify(folder.save(MobilityResult(plan), Path(place, "run")))
    assert [str(v) for v in verdict.violations] == []
    assert all(cause.startswith(CAUSES) for cause in plan.unmoved.values()), plan.unmoved
    for lot in plan.lots:
        if lot.id in plan.legs:
            assert sum(share.periods for share in account(plan, lot)) == plan.arrival(lot)
    for force in scenario.forces:
        assert all(sentence.endswith(".") for sentence in explain(plan, force))


def pin_of(legs: list[Leg], grid_hours: float) -> dict[str, Any]:
    """A pin that fixes all of what a lot does."""
    modes = [MODE_OF[Means(leg.means)] for leg in legs]
    mode = next((m for m in ("air", "sea", "rail") if m in modes), "road")
    crossings = [leg for leg, m in zip(legs, modes, strict=True) if m in ("sea", "air")]
    ports: dict[str, Any] = {}
    if len(crossings) == 1:
        ports = {"poe": crossings[0].start_place, "pod": crossings[0].end_place}
    return {
        "mode": None if {"air", "sea"} <= set(modes) else mode,
        **ports,
        "via": legs[-1].start_place,
        "depart_day": int(legs[0].start * grid_hours // 24),
    }


@given(scenarios())
@settings(max_examples=30)
def test_what_a_plan_does_is_not_refused(scenario: Scenario) -> None:
    """A pin on what the only lot of a class does in the free plan is possible."""
    free = one_pass.solve(scenario)
    kinds = Counter((lot.force, lot.cargo) for lot in free.lots)
    pins = []
    for lot in free.lots:
        legs = [leg for leg in free.legs.get(lot.id, ()) if leg.means != Means.RECEPTION]
        if kinds[lot.force, lot.cargo] == 1 and legs:
            cells = pin_of(legs, scenario.settings.grid_hours)
            pins.append({"force": lot.force, "cargo": lot.cargo, **cells})
    assume(pins)
    assert refusals(with_pins(scenario, *pins)) == ()


@pytest.mark.parametrize("cells", [{"mode": "sea"}, {"via": "port-0"}, {"depart_day": 1}])
def test_both_outcomes_occur(cells: dict[str, Any]) -> None:
    """The random scenarios hold pins that are obeyed and pins that are refused."""
    seen = {True: 0, False: 0}

    @given(scenarios())
    @settings(max_examples=40)
    def look(scenario: Scenario) -> None:
        assume("via" not in cells or cells["via"] in scenario.places)
        pinned = with_pins(scenario, {"force": "unit-0", **cells})
        seen[bool(refusals(pinned))] += 1

    look()
    assert min(seen.values()) > 0, seen
