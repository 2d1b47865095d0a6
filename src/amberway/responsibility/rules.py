"""The rules of an assignment: who breaks which, and by how much.

Every rule is measured, not only kept or broken, so that an assignment that cannot keep them all
still has a best. The method (`solve.py`) has the same rules as rows of its program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amberway.responsibility.capability import BRIGADES
from amberway.responsibility.problem import Problem, Supply
from amberway.scenario.settings import Rule

_SLACK = 1e-9

MEANING = {
    Rule.LEAD: "every land area has a lead nation with manoeuvre units of its own there",
    Rule.COHERENCE: "a nation's reinforcing brigades go to few areas",
    Rule.MOST_NATIONS: "few nations reinforce one area",
    Rule.FEWEST_NATIONS: "no area is left to one ally alone",
    Rule.BURDEN: "no nation's share of the burden is far from the mean",
}


@dataclass(frozen=True)
class Violation:
    """A broken rule: in which area or by which nation, by how much, in a sentence."""

    rule: Rule
    where: str
    amount: float
    text: str


def violations(
    problem: Problem, fixed: Sequence[Supply], sent: Sequence[Supply]
) -> tuple[Violation, ...]:
    """Every breach of the rules in force; `fixed` stands anyway, `sent` was chosen."""
    found = {
        Rule.LEAD: _lead,
        Rule.COHERENCE: _coherence,
        Rule.MOST_NATIONS: _most,
        Rule.FEWEST_NATIONS: _fewest,
        Rule.BURDEN: _burden,
    }
    return tuple(
        one
        for rule in Rule
        if rule in problem.rules
        for one in found[rule](problem, fixed, sent)
        if one.amount > _SLACK
    )


def leads(problem: Problem, supplies: Iterable[Supply]) -> dict[str, str | None]:
    """The candidate with most brigade equivalents of its own in each area, the first offered if
    two have as many."""
    supplies = tuple(supplies)
    found: dict[str, str | None] = {}
    for area, nations in problem.candidates.items():
        own = {nation: _own(problem, supplies, area, nation) for nation in nations}
        most = max(own.values(), default=0.0)
        found[area] = next((nation for nation in nations if own[nation] >= most - _SLACK), None)
    return found


def manoeuvre(supplies: Iterable[Supply]) -> list[Supply]:
    """Supplies of brigades of any kind."""
    return [supply for supply in supplies if supply.capability in BRIGADES]


def _own(problem: Problem, supplies: Iterable[Supply], area: str, nation: str) -> float:
    day = problem.scenario.settings.responsibility.lead_by_day
    return sum(
        supply.quantity
        for supply in manoeuvre(supplies)
        if (supply.area, supply.nation) == (area, nation) and supply.there(day)
    )


def _lead(problem: Problem, fixed: Sequence[Supply], sent: Sequence[Supply]) -> Iterable[Violation]:
    settings = problem.scenario.settings.responsibility
    supplies = (*fixed, *sent)
    for area, nation in leads(problem, supplies).items():
        name = problem.scenario.areas[area].name
        if nation is None:
            yield Violation(Rule.LEAD, area, 1.0, f"No nation offers to lead in {name}.")
            continue
        own = _own(problem, supplies, area, nation)
        yield Violation(
            Rule.LEAD,
            area,
            max(0.0, 1 - own / settings.lead_brigades),
            f"{problem.scenario.nations[nation].name} would lead in {name} with {own:.2f} brigade "
            f"equivalents of its own by C+{settings.lead_by_day:g}, "
            f"{settings.lead_brigades:g} are asked for.",
        )


def _coherence(
    problem: Problem, _fixed: Sequence[Supply], sent: Sequence[Supply]
) -> Iterable[Violation]:
    settings = problem.scenario.settings.responsibility
    areas: dict[str, list[str]] = {}
    for supply in manoeuvre(sent):
        goes = areas.setdefault(supply.nation, [])
        if supply.area not in goes:
            goes.append(supply.area)
    for nation, goes in areas.items():
        if nation not in settings.coherence_exempt:
            names = " and ".join(problem.scenario.areas[area].name for area in goes)
            most = settings.coherence_areas
            yield Violation(
                Rule.COHERENCE,
                nation,
                float(len(goes) - most),
                f"{problem.scenario.nations[nation].name} reinforces {len(goes)} areas ({names}), "
                f"{most} {'is' if most == 1 else 'are'} allowed.",
            )


def _nations(supplies: Iterable[Supply], area: str) -> list[str]:
    """Nations with manoeuvre units in an area, its own nations left out."""
    found = (s.nation for s in manoeuvre(supplies) if s.area == area and not s.local)
    return list(dict.fromkeys(found))


def _most(
    problem: Problem, _fixed: Sequence[Supply], sent: Sequence[Supply]
) -> Iterable[Violation]:
    most = problem.scenario.settings.responsibility.most_nations
    for area in problem.candidates:
        count = len(_nations(sent, area))
        yield Violation(
            Rule.MOST_NATIONS,
            area,
            float(count - most),
            f"{count} nations reinforce {problem.scenario.areas[area].name} with manoeuvre units, "
            f"{most} are allowed.",
        )


def _fewest(
    problem: Problem, fixed: Sequence[Supply], sent: Sequence[Supply]
) -> Iterable[Violation]:
    fewest = problem.scenario.settings.responsibility.fewest_nations
    for area in problem.candidates:
        count = len(_nations((*fixed, *sent), area))
        yield Violation(
            Rule.FEWEST_NATIONS,
            area,
            float(fewest - count),
            f"{count} allied nation{'' if count == 1 else 's'} with manoeuvre units in "
            f"{problem.scenario.areas[area].name}, {fewest} are asked for.",
        )


def _burden(
    problem: Problem, fixed: Sequence[Supply], sent: Sequence[Supply]
) -> Iterable[Violation]:
    settings = problem.scenario.settings.responsibility
    borne = dict.fromkeys(problem.shares, 0.0)
    for supply in manoeuvre((*fixed, *sent)):
        if not supply.local and supply.nation in borne:
            borne[supply.nation] += supply.quantity
    total = sum(problem.shares.values())
    mean = sum(borne.values()) / total if total else 0.0
    for nation, brigades in borne.items():
        fair = mean * problem.shares[nation]
        least, most = settings.burden_least * fair, settings.burden_most * fair
        name = problem.scenario.nations[nation].name
        yield Violation(
            Rule.BURDEN,
            nation,
            max(0.0, least - brigades, brigades - most),
            f"{name} has {brigades:.2f} brigade equivalents committed; between {least:.2f} and "
            f"{most:.2f} would be near the mean burden ({settings.burden_by.value}).",
        )
