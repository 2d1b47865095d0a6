"""The reference scenario's question of responsibility: complete, and by its published figures."""

from __future__ import annotations

import pytest

from amberway.responsibility import assess, pairs, what_if
from amberway.responsibility.capability import BRIGADES
from amberway.responsibility.evaluate import judge
from amberway.responsibility.result import ResponsibilityResult
from amberway.scenario import Scenario, load
from amberway.scenario.geography import Domain
from amberway.scenario.posture import Capability
from amberway.scenario.row import Confidence

BALTIC = ("estonia", "latvia", "lithuania")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("baltic")


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> ResponsibilityResult:
    """By days that are its notice everywhere: the question, without the network."""
    days = {pair: scenario.forces[pair[0]].ntm_days for pair in pairs(scenario)}
    return assess(scenario, reach=days)


def test_every_capability_is_asked_for_everywhere(scenario: Scenario) -> None:
    """Proves that each Baltic state needs every capability of the land by C+30 and most by C+2 and
    C+10, each water warships and each airspace aircraft on all three days."""
    asked = {(row.area, row.capability, row.by_day) for row in scenario.requirements.values()}
    land = set(Capability) - {Capability.MARITIME, Capability.AIR}
    for area in BALTIC:
        assert {c for a, c, d in asked if a == area and d == 30} == land
        assert {c for a, c, d in asked if a == area and d == 10} == land
        assert {c for a, c, d in asked if a == area and d == 2} >= land - {
            Capability.MEDIUM_BRIGADE, Capability.MEDICAL}  # fmt: skip
    for area in scenario.areas.values():
        if area.domain is not Domain.LAND:
            kind = Capability.AIR if area.domain is Domain.AIR else Capability.MARITIME
            assert {d for a, c, d in asked if (a, c) == (area.id, kind)} == {2, 10, 30}


def test_seven_brigades_three_of_them_heavy(scenario: Scenario) -> None:
    """Proves that the three states together need what the RAND study of 2016 asks for at the
    outset."""
    for capability, brigades in ((Capability.LIGHT_BRIGADE, 7), (Capability.HEAVY_BRIGADE, 3)):
        assert brigades == sum(
            row.quantity
            for row in scenario.requirements.values()
            if row.area in BALTIC and row.capability is capability and row.by_day == 2
        )


def test_every_row_has_a_source_or_says_assumed(scenario: Scenario) -> None:
    """Proves that no requirement and no pledge stands without a source or the word assumed."""
    for table in ("requirements", "pledges"):
        for row in scenario.table(table).values():
            assert row.source in scenario.sources or row.confidence is Confidence.ASSUMED


def test_leads_of_2024(result: ResponsibilityResult) -> None:
    """Proves who leads where in March 2024, by what each has there."""
    assert {a: result.headline["leads"][a] for a in BALTIC} == {
        "estonia": "gbr", "latvia": "can", "lithuania": "deu"}  # fmt: skip


def test_the_best_assignment_keeps_the_rules_that_the_plan_breaks(
    result: ResponsibilityResult,
) -> None:
    """Proves that the best assignment is worth no less than the plan, breaks no rule, and is judged
    the same when its areas are judged alone."""
    planned, best = result.main.planned, result.main.best
    assert best.value >= planned.value
    assert planned.violations
    assert not best.violations
    assert judge(result.main.problem, best.assignment).value == best.value


def test_france_or_canada(scenario: Scenario) -> None:
    """Proves that the question of the initiative is answered: with France in the lead in Latvia,
    French brigades serve there and in no other area, and Canada's battlegroup stays."""
    lead = {"latvia": "fra"}
    days = {pair: scenario.forces[pair[0]].ntm_days for pair in pairs(scenario, lead)}
    found = what_if(scenario, lead, reach=days)
    assert found.before.best.leads["latvia"] == "can"
    assert found.after.best.leads["latvia"] == "fra"
    french = {
        area
        for name, area in found.after.best.assignment.items()
        if scenario.forces[name].nation == "fra"
        and any(s.capability in BRIGADES for s in found.after.problem.supplies[name, "latvia"])
    }
    assert french == {"latvia"}
    assert any(s.force == "efp-lva-can" for s in found.after.best.supplies)
    ((_, before, after),) = found.own
    assert before.brigades[0] > after.brigades[0] == 0
    assert after.brigades[-1] > before.brigades[-1]
