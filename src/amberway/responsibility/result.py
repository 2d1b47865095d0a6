"""The one result of the assessment of responsibility."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amberway.responsibility import words
from amberway.responsibility.answer import Answer, Price
from amberway.responsibility.dependency import Dependency, dependencies
from amberway.responsibility.evaluate import Judgement
from amberway.responsibility.matrix import Cell, matrix
from amberway.responsibility.missing import kind, shortfalls
from amberway.scenario import Scenario
from amberway.shortfall import Shortfall

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Shift:
    """A force element's arrival in the area planned for it: free routes against the plan."""

    force: str
    area: str
    free: float | None
    plan: float | None

    @property
    def delay(self) -> float | None:
        """Days lost to the network's load; None if it does not close in both."""
        if self.free is None or self.plan is None:
            return None
        return round(self.plan - self.free, 6)


@dataclass(frozen=True, eq=False)
class ResponsibilityResult:
    """Who owns which requirement, on free routes and, with a deployment, in the plan.

    `free` and `plan` answer the same question with two sets of arrival days; `plan` is None
    without a deployment. Shortfalls and the matrix are of `main`: the assignment of forces.csv
    with the most real days there are.
    """

    scenario: Scenario
    free: Answer
    plan: Answer | None
    shifts: tuple[Shift, ...]

    @property
    def main(self) -> Answer:
        """The answer by the plan's days, or by free routes if there is no plan."""
        return self.free if self.plan is None else self.plan

    @cached_property
    def matrix(self) -> tuple[Cell, ...]:
        """The responsibility matrix of the assignment as planned."""
        return matrix(self.main.problem, self.main.planned)

    @cached_property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """What the assignment as planned lacks."""
        return shortfalls(self.main.problem, self.main.planned)

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Needs met as planned that fail without one nation."""
        return dependencies(self.main.problem, self.main.planned)

    @cached_property
    def empty(self) -> str | None:
        """Why there is nothing to judge, as a sentence; None if there is."""
        if not self.scenario.areas:
            return "The scenario has no areas: add rows to areas.csv."
        if not self.scenario.requirements:
            return "The scenario has no requirements: add rows to requirements.csv."
        return None

    @cached_property
    def headline(self) -> dict[str, Any]:
        """The numbers of the assessment; scores are points of 100."""
        main, free = self.main, self.free
        states = Counter(kind(one) for one in main.planned.fulfilments)
        return {
            "scenario": self.scenario.name,
            "empty": self.empty,
            "days": list(main.problem.days),
            "days_from": "free routes" if self.plan is None else "plan",
            "requirements": len(main.problem.needs),
            "met": states["met"],
            "no_owner": states["no-owner"],
            "partly_owned": states["partly-owned"],
            "late": states["late"],
            "single_dependencies": len({one.need.id for one in self.dependencies}),
            "met_by_day": {words.day(day): _met(main.planned, day) for day in main.problem.days},
            "met_by_day_free": {
                words.day(day): _met(free.planned, day) for day in free.problem.days
            },
            "met_by_day_best": {words.day(day): _met(main.best, day) for day in main.problem.days},
            "needed_by_day": {
                words.day(day): sum(need.day == day for need in main.problem.needs)
                for day in main.problem.days
            },
            "score_planned": round(main.planned.score, 4),
            "score_planned_free": round(free.planned.score, 4),
            "score_best": round(main.best.score, 4),
            "score_best_free": round(free.best.score, 4),
            "violations_planned": len(main.planned.violations),
            "violations_best": len(main.best.violations),
            "moved_best": list(main.best.moved),
            "leads": main.planned.leads,
            "leads_best": main.best.leads,
            "rules": [_price(price) for price in main.prices],
            "rules_binding": [price.rule.value for price in main.prices if price.binds],
            "force_elements_choosable": sum(len(c.members) for c in main.problem.choices),
        }

    def to_dict(self) -> dict[str, Any]:
        """Headline, shortfalls, matrix, fulfilment, rules broken, best assignment, arrival days."""
        return self.headline | {
            "shortfalls": [one.to_dict() for one in self.shortfalls],
            "matrix": [asdict(cell) for cell in self.matrix],
            "fulfilment": self.fulfilment(),
            "violations": [asdict(one) for one in self.main.planned.violations],
            "assignment_best": self.main.best.assignment,
            "arrivals": [asdict(shift) | {"delay": shift.delay} for shift in self.shifts],
        }

    def fulfilment(self) -> list[dict[str, Any]]:
        """One row a requirement: quantities as planned (free, plan) and in the best assignment."""
        main = self.main
        return [
            {
                "requirement": one.need.id,
                "area": one.need.area,
                "capability": one.need.capability.value,
                "by_day": one.need.day,
                "needed": one.need.quantity,
                "assigned": round(one.assigned, 6),
                "arrived_free": round(free.arrived, 6),
                "arrived": round(one.arrived, 6),
                "arrived_best": round(best.arrived, 6),
                "state": kind(one),
                "points": round(one.need.points, 6),
            }
            for one, free, best in zip(
                main.planned.fulfilments,
                self.free.planned.fulfilments,
                main.best.fulfilments,
                strict=True,
            )
        ]

    def to_frame(self) -> pl.DataFrame:
        """`fulfilment()` as a polars table."""
        import polars as pl

        return pl.DataFrame(self.fulfilment(), infer_schema_length=None)


def _met(judgement: Judgement, day: float) -> int:
    return sum(one.met for one in judgement.fulfilments if one.need.day == day)


def _price(price: Price) -> dict[str, Any]:
    return asdict(price) | {
        "cost": round(price.cost, 4),
        "points": round(price.points, 4),
        "binds": price.binds,
    }
