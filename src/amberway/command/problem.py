"""Who may command whom: headquarters, force elements and the links between them, by phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amberway.scenario import Scenario
from amberway.scenario.posture import (
    CommandDomain,
    CommandPhase,
    Echelon,
    Headquarters,
    Relation,
)

PHASES = tuple(CommandPhase)
STRENGTH = {relation: rank for rank, relation in enumerate(Relation)}
"""Rank of a relation, 0 the strongest."""


@dataclass(frozen=True)
class Limits:
    """Where a finding begins. Assumed: no public rule gives these numbers.

    Staff colleges teach that one commander leads three to seven subordinates; a unit that is
    handed over twice, to the mover and to the fighter, is what the alliance's own procedure asks.
    """

    subordinates: int = 7
    transfers: int = 2


@dataclass(frozen=True)
class Link:
    """One relation, from a phase to a phase (both included); `domain` None: in every domain."""

    superior: str
    subordinate: str
    relation: Relation
    domain: CommandDomain | None
    first: CommandPhase
    last: CommandPhase

    def holds(self, phase: CommandPhase, domain: CommandDomain) -> bool:
        """Does it hold in this phase and domain?"""
        within = PHASES.index(self.first) <= PHASES.index(phase) <= PHASES.index(self.last)
        return within and self.domain in (None, domain)


@dataclass(frozen=True)
class Problem:
    """What an assessment of command works on.

    `persons` is the planned strength by force element; `top` is SACEUR's headquarters, the one of
    echelon strategic that is no nation's own; None if there is none.
    """

    scenario: Scenario
    headquarters: Mapping[str, Headquarters]
    persons: Mapping[str, int]
    links: tuple[Link, ...]
    top: str | None

    def superiors(self, phase: CommandPhase, domain: CommandDomain) -> dict[str, list[Link]]:
        """Links that hold in a phase and domain, by subordinate."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            if link.holds(phase, domain):
                found.setdefault(link.subordinate, []).append(link)
        return found

    def name(self, node: str) -> str:
        """Name of a headquarters or force element."""
        if node in self.headquarters:
            return self.headquarters[node].name
        return self.scenario.forces[node].name

    def local(self, force: str) -> bool:
        """Does the force element belong to a nation on whose soil its area lies?"""
        row = self.scenario.forces[force]
        return row.nation in self.scenario.areas[row.area].nations

    def active(self, row: Headquarters, phase: CommandPhase) -> bool:
        """Does the headquarters command its areas in this phase?"""
        last = row.to_phase or PHASES[-1]
        return PHASES.index(row.from_phase) <= PHASES.index(phase) <= PHASES.index(last)


def problem(scenario: Scenario) -> Problem:
    """The problem of a scenario.

    A force element belongs to its parent in every phase: by full command if both are of one
    nation and no row gives it another superior by full command, by operational control if not of
    one nation (the usual arrangement in a multinational battlegroup; assumed, no table says it).
    """
    links = [
        Link(
            row.superior,
            row.subordinate,
            row.relation,
            row.domain,
            row.from_phase,
            row.to_phase or PHASES[-1],
        )
        for row in scenario.command_relations.values()
    ]
    placed = {link.subordinate for link in links if link.relation is Relation.FULL}
    for force in scenario.forces.values():
        if force.parent is not None:
            own = scenario.forces[force.parent].nation == force.nation
            if own and force.id in placed:
                continue
            relation = Relation.FULL if own else Relation.OPCON
            links.append(Link(force.parent, force.id, relation, None, PHASES[0], PHASES[-1]))
    top = next(
        (
            row.id
            for row in scenario.headquarters.values()
            if row.echelon is Echelon.STRATEGIC and not row.national
        ),
        None,
    )
    persons = {
        force.id: round(scenario.unit_types[force.unit_type].personnel * force.strength)
        for force in scenario.forces.values()
    }
    return Problem(scenario, scenario.headquarters, persons, tuple(links), top)
