"""What changes if another nation leads in an area: two best assignments side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from amberway.deployment import Deployment, Reach
from amberway.errors import UsageError
from amberway.responsibility import words
from amberway.responsibility.answer import Answer, answer
from amberway.responsibility.capability import BRIGADES
from amberway.responsibility.choices import pairs
from amberway.responsibility.days import free_days, plan_days
from amberway.responsibility.evaluate import Fulfilment, Judgement, brigades
from amberway.scenario import Scenario
from amberway.scenario.geography import Domain
from amberway.scenario.read import suggestion
from amberway.scenario.settings import Rule

_SLACK = 1e-9


@dataclass(frozen=True)
class Led:
    """The lead nation of an area, and its own brigade equivalents there by each day."""

    nation: str | None
    brigades: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """As data."""
        return {"nation": self.nation, "brigades": [round(one, 6) for one in self.brigades]}


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The best assignment as things are (`before`) and with leads forced (`after`)."""

    scenario: Scenario
    lead: dict[str, str]
    before: Answer
    after: Answer

    @property
    def moved(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """(force element, area before, area after) of those that would serve another area."""
        before, after = self.before.best.assignment, self.after.best.assignment
        names = dict.fromkeys((*before, *after))
        forces = self.scenario.forces

        def area(assignment: Mapping[str, str | None], name: str) -> str | None:
            return assignment.get(name, forces[name].area)

        return tuple(
            (name, area(before, name), area(after, name))
            for name in names
            if area(before, name) != area(after, name)
        )

    @property
    def needs(self) -> tuple[tuple[Fulfilment, Fulfilment], ...]:
        """(before, after) of every requirement whose fulfilment changes."""
        both = zip(self.before.best.fulfilments, self.after.best.fulfilments, strict=True)
        return tuple((a, b) for a, b in both if abs(a.arrived - b.arrived) > _SLACK)

    @property
    def nations(self) -> tuple[tuple[str, str, float, float], ...]:
        """(area, nation, brigade equivalents before, after), by the last day, where they differ."""
        day = self.before.problem.days[-1]
        supplies = (*self.before.best.supplies, *self.after.best.supplies)
        keys = dict.fromkeys((s.area, s.nation) for s in supplies if s.capability in BRIGADES)
        found = []
        for area, nation in keys:
            a = brigades(self.before.best.supplies, area, nation, day)
            b = brigades(self.after.best.supplies, area, nation, day)
            if abs(a - b) > _SLACK:
                found.append((area, nation, a, b))
        return tuple(found)

    @property
    def own(self) -> tuple[tuple[str, Led, Led], ...]:
        """(area, who leads before, who leads after) for each lead that is asked about."""

        def led(judgement: Judgement, area: str) -> Led:
            nation = judgement.leads.get(area)
            held = [
                0.0 if nation is None else brigades(judgement.supplies, area, nation, day)
                for day in self.before.problem.days
            ]
            return Led(nation, tuple(held))

        return tuple(
            (area, led(self.before.best, area), led(self.after.best, area)) for area in self.lead
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything that changes, as data."""
        before, after = self.before.best, self.after.best
        return {
            "lead": self.lead,
            "leads_before": before.leads,
            "leads_after": after.leads,
            "own_brigades": [
                {"area": area, "days": list(self.before.problem.days)}
                | {"before": a.to_dict(), "after": b.to_dict()}
                for area, a, b in self.own
            ],
            "score_before": round(before.score, 4),
            "score_after": round(after.score, 4),
            "moved": [{"force": f, "before": a, "after": b} for f, a, b in self.moved],
            "requirements": [
                {
                    "requirement": a.need.id,
                    "needed": a.need.quantity,
                    "before": round(a.arrived, 6),
                    "after": round(b.arrived, 6),
                    "met_before": a.met,
                    "met_after": b.met,
                }
                for a, b in self.needs
            ],
            "nations": [
                {"area": a, "nation": n, "before": round(x, 6), "after": round(y, 6)}
                for a, n, x, y in self.nations
            ],
            "broken_before": [one.text for one in before.violations],
            "broken_after": [one.text for one in after.violations],
        }

    def lines(self) -> list[str]:
        """Everything that changes, in plain words."""
        scenario, before, after = self.scenario, self.before.best, self.after.best
        asked = [
            f"{words.nation(scenario, nation)} leads in {words.area(scenario, area)}"
            for area, nation in self.lead.items()
        ]
        text = [
            f"If {words.listed(asked)}:",
            "The best assignment under the same rules, and what it becomes with that lead.",
            f"Score {before.score:.2f} → {after.score:.2f} points of 100 "
            f"({after.score - before.score:+.2f}).",
            *self._leads(before, after),
            *self._moves(),
            *self._changes(),
            *self._broken(before, after),
        ]
        return text

    def _leads(self, before: Judgement, after: Judgement) -> list[str]:
        found, scenario = [], self.scenario
        for area, nation in after.leads.items():
            old = before.leads.get(area)
            if old != nation:
                found.append(
                    f"Lead in {words.area(scenario, area)}: "
                    f"{words.nation(scenario, old)} → {words.nation(scenario, nation)}."
                )
            elif area in self.lead:
                found.append(
                    f"{words.nation(scenario, nation)} leads in {words.area(scenario, area)} "
                    "already."
                )
        days = words.listed([words.day(day) for day in self.before.problem.days])
        for area, one, other in self.own:
            if one.nation != other.nation:
                found.append(
                    f"Brigade equivalents of its own that the lead nation has in "
                    f"{words.area(scenario, area)} by {days}: {self._held(one)} → "
                    f"{self._held(other)}."
                )
        others = [area for area in after.leads if area not in self.lead]
        if others and all(before.leads.get(area) == after.leads[area] for area in others):
            found.append("No other lead changes.")
        return found

    def _held(self, led: Led) -> str:
        held = words.listed([words.quantity(one) for one in led.brigades])
        return f"{words.nation(self.scenario, led.nation)} {held}"

    def _moves(self) -> list[str]:
        scenario = self.scenario
        if not self.moved:
            return ["No force element moves."]
        found = ["Force elements that serve another area:"]
        for name, old, new in self.moved:
            force = scenario.forces[name]
            found.append(
                f"  {force.name} ({words.nation(scenario, force.nation)}): "
                f"{words.area(scenario, old)} → {words.area(scenario, new)}"
            )
        return found

    def _changes(self) -> list[str]:
        if not self.needs:
            return ["No requirement gains or loses."]
        found = ["Requirements that gain (+) or lose (-):"]
        for a, b in self.needs:
            state = ""
            if a.met != b.met:
                state = "; now met" if b.met else "; no longer met"
            sign = "+" if b.arrived > a.arrived else "-"
            found.append(
                f"  {sign} {words.named(self.scenario, a.need)} needed, "
                f"{words.quantity(a.arrived)} → {words.quantity(b.arrived)} there{state}"
            )
        last = words.day(self.before.problem.days[-1])
        found.append(f"Brigade equivalents by {last}, where they change:")
        for area, nation, old, new in self.nations:
            found.append(
                f"  {words.area(self.scenario, area)}, {words.nation(self.scenario, nation)}: "
                f"{words.quantity(old)} → {words.quantity(new)}"
            )
        return found

    def _broken(self, before: Judgement, after: Judgement) -> list[str]:
        old = [one.text for one in before.violations]
        new = [one.text for one in after.violations]
        found = [f"Newly broken: {text}" for text in new if text not in old]
        found += [f"No longer broken: {text}" for text in old if text not in new]
        return found


def check_leads(scenario: Scenario, lead: Mapping[str, str]) -> None:
    """Raise UsageError for an area that is not land, or a nation or area that is not there."""
    for area, nation in lead.items():
        for value, table in ((area, "areas"), (nation, "nations")):
            known = scenario.table(table)
            if value not in known:
                mend = suggestion(value, known, "Name one that is there.")
                raise UsageError(f"{value!r} is not in {table}. {mend}")
        if scenario.areas[area].domain is not Domain.LAND:
            raise UsageError(f"{area!r} is not a land area: only those have a lead nation.")


def what_if(
    scenario: Scenario,
    lead: Mapping[str, str],
    deployment: Deployment | None = None,
    *,
    reach: Reach | None = None,
    without: Iterable[Rule | str] = (),
) -> WhatIf:
    """What changes if `lead` (area → nation) holds; days as for `assess`, by the plan if given.

    `reach` has to cover `pairs(scenario, lead)`. Raises UsageError as `check_leads`.
    """
    check_leads(scenario, lead)
    left_out = set(map(Rule, without))
    rules = tuple(r for r in scenario.settings.responsibility.rules if r not in left_out)

    def found(asked: Mapping[str, str] | None, stay: Mapping[str, str | None] | None) -> Answer:
        wanted = pairs(scenario, asked)
        days = (
            free_days(scenario, wanted, reach)
            if deployment is None
            else plan_days(scenario, wanted, reach, deployment)
        )
        return answer(scenario, days, asked, rules, stay, priced=False)

    before = found(None, None)
    return WhatIf(scenario, dict(lead), before, found(lead, before.best.assignment))
