"""The instances that are timed, made from the packaged scenarios."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx

from amberway.scenario import Scenario, load
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Function, Mode


def times(scenario: Scenario, factor: int) -> Scenario:
    """The scenario with every force element that has to move `factor` times, under new ids."""
    forces = dict(scenario.forces)
    for row in scenario.forces.values():
        if not row.in_place(scenario.settings.c_day):
            for copy in range(2, factor + 1):
                name = f"{row.id}-{copy}"
                forces[name] = row.model_copy(update={"id": name})
    return replace(scenario, forces=forces)


def roads_only(scenario: Scenario) -> Scenario:
    """Wheeled vehicles that march, on roads that are open throughout: what the peer can do too.

    No lift, no handling but reception, no crews; force elements whose vehicles stand on the
    continent, one copy of each.
    """
    always = {"opens": None, "closes": None}
    links = {
        name: row.model_copy(update=always)
        for name, row in scenario.links.items()
        if row.mode is Mode.ROAD
    }
    receptions: dict[str, str] = {}
    for row in scenario.terminals.values():
        if row.function is Function.RECEPTION:
            receptions.setdefault(row.place, row.id)
    terminals = {
        name: scenario.terminals[name].model_copy(update=always) for name in receptions.values()
    }
    wheeled = {
        name: row
        for name, row in scenario.unit_equipment.items()
        if scenario.equipment[row.equipment].cargo_class is CargoClass.WHEELED
    }
    moving = {row.unit_type for row in wheeled.values()}
    ground = nx.Graph((row.from_place, row.to_place) for row in links.values())
    forces = {
        name: row.model_copy(update={"ead_day": None})
        for name, row in scenario.forces.items()
        if row.unit_type in moving
        and not row.in_place(scenario.settings.c_day)
        and nx.has_path(ground, row.equipment_at or row.home, row.destination)
    }
    unit_types = {
        name: row.model_copy(update={"personnel": 0}) for name, row in scenario.unit_types.items()
    }
    return replace(
        scenario, links=links, terminals=terminals, unit_equipment=wheeled, forces=forces,
        unit_types=unit_types, lift={}, disruptions={},
    )  # fmt: skip


def part(scenario: Scenario, count: int) -> Scenario:
    """So many of the force elements that have to move, spread over the table: 20 whole days.

    A finer grid or a longer horizon is more than the arc-flow model can do.
    """
    moving = [row for row in scenario.forces.values() if not row.in_place(scenario.settings.c_day)]
    kept = [moving[i * len(moving) // count] for i in range(count)]
    settings = scenario.settings.model_copy(update={"grid_hours": 24.0, "horizon_days": 20.0})
    return replace(scenario, settings=settings, forces={row.id: row for row in kept})


def named(name: str, factor: int) -> Scenario:
    """A packaged scenario, `roads` for its road marches alone, `part-N` for N force elements."""
    if name.startswith("part-"):
        return part(load("baltic"), int(name.removeprefix("part-")))
    scenario = roads_only(load("baltic")) if name == "roads" else load(name)
    return times(scenario, factor) if factor > 1 else scenario
