"""One question answered: the assignment as planned, the best one, and the price of each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amberway.deployment import Reach
from amberway.responsibility.evaluate import PENALTY, Judgement, judge, planned
from amberway.responsibility.problem import Problem, build
from amberway.responsibility.solve import solve
from amberway.scenario import Scenario
from amberway.scenario.settings import Rule

_SLACK = 1e-6


@dataclass(frozen=True)
class Price:
    """What a rule costs: the best assignment with it against the best without it.

    `cost` is in points, the moves that the rule compels included; `points` is the score alone.

    `fails` are needs that would be met without it, `moved` force elements that would serve another
    area without it, `breach` is what remains broken of it although the assignment does its best.
    """

    rule: Rule
    cost: float
    points: float
    fails: tuple[str, ...]
    breach: float
    moved: tuple[str, ...]

    @property
    def binds(self) -> bool:
        """Does the rule change anything?"""
        return self.cost > _SLACK or self.breach > _SLACK


@dataclass(frozen=True)
class Answer:
    """Assignments judged by one set of arrival days."""

    problem: Problem
    planned: Judgement
    best: Judgement
    prices: tuple[Price, ...]


def answer(
    scenario: Scenario,
    days: Reach,
    lead: Mapping[str, str] | None = None,
    rules: tuple[Rule, ...] | None = None,
    stay: Mapping[str, str | None] | None = None,
    *,
    priced: bool = True,
) -> Answer:
    """Judge the plan of forces.csv, find the best assignment, and price every rule in force."""
    problem = build(scenario, days, lead, rules, stay)
    best = solve(problem)
    prices = tuple(
        _price(best, solve(build(scenario, days, lead, left, stay)), rule)
        for rule in (problem.rules if priced else ())
        for left in (_without(problem.rules, rule),)
    )
    return Answer(problem, judge(problem, planned(problem)), best, prices)


def _without(rules: tuple[Rule, ...], rule: Rule) -> tuple[Rule, ...]:
    return tuple(one for one in rules if one is not rule)


def _price(best: Judgement, freed: Judgement, rule: Rule) -> Price:
    breach = sum(one.amount for one in best.violations if one.rule is rule)
    cost = freed.value - best.value - PENALTY * breach
    if cost <= _SLACK:  # what differs then is one of several assignments as good as each other
        return Price(rule, 0.0, 0.0, (), breach, ())
    met = {one.need.id for one in best.fulfilments if one.met}
    return Price(
        rule,
        cost,
        freed.score - best.score,
        tuple(o.need.id for o in freed.fulfilments if o.met and o.need.id not in met),
        breach,
        tuple(n for n, area in freed.assignment.items() if area != best.assignment[n]),
    )
