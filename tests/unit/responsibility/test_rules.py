"""An assignment judged by hand: what is fulfilled, which rule is broken, what each rule costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from amberway.errors import UsageError
from amberway.responsibility import assess
from amberway.responsibility.choices import pairs
from amberway.responsibility.days import free_days
from amberway.responsibility.evaluate import Judgement, judge, planned
from amberway.responsibility.missing import kind
from amberway.responsibility.problem import Problem
from amberway.responsibility.problem import build as problem_of
from amberway.responsibility.solve import solve
from amberway.responsibility.summary import lines
from amberway.scenario import Scenario
from amberway.scenario.settings import Rule
from areas import FORCES, PLEDGES, REACH, build, force, need, pledge


def asked(scenario: Scenario, lead: dict[str, str] | None = None) -> Problem:
    return problem_of(scenario, free_days(scenario, pairs(scenario, lead), REACH), lead)


def as_planned(settings: dict[str, Any] | None = None, **tables: Any) -> Judgement:
    problem = asked(build(settings, **tables))
    return judge(problem, planned(problem))


def test_fulfilment_by_hand() -> None:
    """Proves arrived, assigned and the state of each need of the small question."""
    found = {one.need.id: (one.arrived, one.assigned, kind(one)) for one in
             as_planned().fulfilments}  # fmt: skip
    assert found == {
        "north-heavy-brigade-c30": (0.5, 0.5, "partly-owned"),
        "north-light-brigade-c10": (0.75, 1.75, "partly-owned"),
        "north-engineers-c10": (0, 0, "no-owner"),
        "south-heavy-brigade-c30": (2, 2, "met"),
        "south-artillery-c30": (1, 1, "met"),
    }


def test_late_is_not_missing() -> None:
    """Proves that what is assigned and comes after its day is late, with the day on which the need
    is met."""
    result = assess(build(needs=[need("south", "heavy-brigade", 2, 2)]), reach=REACH)
    (late,) = result.shortfalls
    assert late.kind == "late"
    assert late.text == (
        "South by C+2: 2 heavy brigades needed; 2 assigned, 0 there in time; the need is met on "
        "C+8."
    )


def test_value_takes_off_moves_and_idle_units() -> None:
    """Proves score and value of an assignment that moves one brigade and holds one back."""
    problem = asked(build({"move_cost": 0.5}))
    plan = judge(problem, planned(problem))
    other = judge(problem, {"french": "north", "french-guns": "north", "canadian": None})
    assert plan.value == plan.score
    assert other.moved == ("canadian", "french", "french-guns")
    assert other.value == pytest.approx(other.score - 0.5 * (3 + 1))


def test_what_may_not_go_is_refused() -> None:
    """Proves that an assignment against a pledge is refused in words."""
    with pytest.raises(UsageError, match="Pledge it"):
        judge(asked(build()), {"german": "north"})
    with pytest.raises(UsageError, match="'nobody'"):
        judge(asked(build()), {"nobody": "north"})


BREACHES: dict[Rule, tuple[dict[str, Any], dict[str, Any], str, float, str]] = {
    Rule.LEAD: (
        {"lead_brigades": 1, "lead_by_day": 10}, {}, "north", 0.75,
        "CAN would lead in North with 0.25 brigade equivalents of its own by C+10, 1 are asked "
        "for.",
    ),
    Rule.COHERENCE: (
        {}, {"forces": [*FORCES, force("second", "fra", "north")]}, "fra", 1,
        "FRA reinforces 2 areas (South and North), 1 is allowed.",
    ),
    Rule.MOST_NATIONS: (
        {"most_nations": 1}, {}, "south", 1,
        "2 nations reinforce South with manoeuvre units, 1 are allowed.",
    ),
    Rule.FEWEST_NATIONS: (
        {"fewest_nations": 2}, {}, "north", 1,
        "1 allied nation with manoeuvre units in North, 2 are asked for.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", list(BREACHES))
def test_each_rule_is_measured(rule: Rule) -> None:
    """Proves where a rule is broken, by how much, and in which words; switched off it is silent."""
    settings, tables, where, amount, text = BREACHES[rule]
    (found,) = as_planned(settings | {"rules": [rule]}, **tables).violations
    assert (found.rule, found.where, found.amount) == (rule, where, pytest.approx(amount))
    assert found.text == text
    assert as_planned(settings, **tables).violations == ()


def test_burden_against_gdp() -> None:
    """Proves that a nation far below and one far above its share of the gross product are named."""
    scenario = build({"rules": ["burden"], "burden_by": "gdp"})
    products = {"can": 2000.0, "deu": 4000.0, "fra": 3000.0, "lva": 40.0}
    nations = {
        name: row.model_copy(update={"gdp_busd": products[name]})
        for name, row in scenario.nations.items()
    }
    problem = asked(replace(scenario, nations=nations))
    found = {one.where: one for one in judge(problem, planned(problem)).violations}
    # 3.25 brigades over 9,000: Canada's share is 0.72, Germany's 1.44; between half and half more.
    assert set(found) == {"can"}
    assert found["can"].amount == pytest.approx(1.25 - 1.5 * 3.25 * 2 / 9)
    assert "(gdp)" in found["can"].text


def test_every_rule_is_measured_by_hand() -> None:
    """Proves that no rule goes without a test that breaks it."""
    assert {*BREACHES, Rule.BURDEN} == set(Rule)


def test_first_offer_leads_if_two_have_as_many() -> None:
    """Proves that the candidate with most of its own leads, the first offered at a tie, and nobody
    where none offers."""
    rows = [*PLEDGES, pledge("french-too", "fra", "south", "heavy-brigade", force="french",
                             leads=True)]  # fmt: skip
    assert as_planned(pledges=rows).leads == {"north": "can", "south": "deu"}
    strong = [row | ({"quantity": 2} if row["id"] == "french-too" else {}) for row in rows]
    assert as_planned(pledges=strong).leads["south"] == "fra"
    nobody = as_planned({"rules": ["lead"]}, pledges=[])
    assert nobody.leads == {"north": None, "south": None}
    assert [one.text for one in nobody.violations] == [
        "No nation offers to lead in North.", "No nation offers to lead in South."]  # fmt: skip


def test_a_rule_that_binds_says_what_it_costs() -> None:
    """Proves the price of a rule: what would be met without it, and which units would serve
    elsewhere."""
    needs = [need("north", "heavy-brigade", 1.5, 30), need("north", "engineers", 1, 10)]
    offers = [*PLEDGES, pledge("german-north", "deu", "north", "heavy-brigade", force="german")]
    forces = [row for row in FORCES if not row["id"].startswith("french")]
    one_ally = {"rules": ["most-nations", "lead"], "most_nations": 1}
    result = assess(build(one_ally, forces, needs, offers), reach=REACH)
    prices = {price.rule: price for price in result.main.prices}
    assert not prices[Rule.LEAD].binds
    # With one nation only, either the Canadians or the Germans may reinforce the north: the better
    # is that the Canadian brigade goes south, at the cost of one move.
    most = prices[Rule.MOST_NATIONS]
    assert most.binds
    assert most.cost == pytest.approx(0.05)
    assert most.moved == ("canadian",)
    assert result.headline["rules_binding"] == ["most-nations"]


def test_rules_that_cannot_be_kept_are_an_answer() -> None:
    """Proves that a question with an impossible rule gets its best assignment, what stays broken
    and by how much, and that the rule counts as binding."""
    result = assess(build({"rules": ["fewest-nations"], "fewest_nations": 9}), reach=REACH)
    best = result.main.best
    assert {one.where: one.amount for one in best.violations} == {"north": 8, "south": 6}
    (price,) = result.main.prices
    assert price.breach == 14
    assert price.binds
    text = "\n".join(lines(result))
    assert "no assignment can keep it, and it stays broken by 14" in text
    assert "Cannot be kept: " in text


def test_the_best_assignment_of_the_small_question() -> None:
    """Proves the solver's answer where it can be seen: a brigade and its guns leave the south as
    soon as the north has more need of the brigade than the south of the guns."""
    problem = asked(build())
    assert solve(problem).assignment == planned(problem)
    urgent = [
        need("north", "heavy-brigade", 1.5, 30, priority=1),
        need("south", "artillery", 1, 30),
    ]
    best = solve(asked(build(needs=urgent)))
    assert best.assignment["french"] == "north"
    assert best.assignment["french-guns"] == "north"


def test_a_brigade_of_two_nations_burdens_both() -> None:
    """Proves that the solver counts a unit within another nation's brigade for its own nation, as
    the judge does."""
    forces = [
        force("frame", "fra", "south", strength=0.5),
        force("part", "deu", "south", strength=0.1, parent="frame"),
    ]
    fair = {"rules": ["burden"], "burden_most": 1}
    problem = asked(build(fair, forces, [], []))
    assert [choice.members for choice in problem.choices] == [("frame", "part")]
    assert solve(problem).assignment == planned(problem)
