"""Other command structures over the same forces and the same deployment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from amberway.command.compare import Comparison, compare
from amberway.command.problem import problem
from amberway.command.result import CommandResult
from amberway.scenario import Scenario


def side_by_side(result: CommandResult, others: Iterable[Scenario]) -> Comparison | None:
    """A structure beside those of other scenarios, each over the forces and the deployment of the
    first; None if no other has other headquarters or relations between them."""
    scenario = result.problem.scenario
    different = [scenario]
    for other in others:
        if all(_structure(other) != _structure(one) for one in different):
            different.append(other)
    found = [
        replace(result, problem=problem(_taken_over(scenario, other))) for other in different[1:]
    ]
    return compare([result, *found]) if found else None


def _structure(scenario: Scenario) -> tuple[object, object]:
    """What makes a structure another one: headquarters, and who commands which of them."""
    rows = scenario.command_relations
    above = {name: row for name, row in rows.items() if row.subordinate in scenario.headquarters}
    return scenario.headquarters, above


def _taken_over(scenario: Scenario, other: Scenario) -> Scenario:
    """The scenario with the other's headquarters and relations.

    Relations of forces that only the other has fall away; a force that only this one has keeps
    its own, as far as their superiors are there.
    """
    nodes = set(other.headquarters) | set(scenario.forces)
    relations = {
        row.id: row
        for row in scenario.command_relations.values()
        if row.subordinate in scenario.forces and row.subordinate not in other.forces
    } | other.command_relations
    return replace(
        scenario,
        settings=scenario.settings.model_copy(update={"name": other.settings.name}),
        actions=other.actions,
        headquarters=other.headquarters,
        places=scenario.places | other.places,
        nations=scenario.nations | other.nations,
        command_relations={
            name: row
            for name, row in relations.items()
            if row.subordinate in nodes and row.superior in nodes
        },
    )
