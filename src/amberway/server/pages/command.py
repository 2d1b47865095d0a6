"""Who commands whom in each phase, and how many persons each headquarters has under it."""

from __future__ import annotations

from pydantic import BaseModel

from amberway.command import CommandResult
from amberway.command.load import spells
from amberway.scenario.posture import CommandPhase


class CommandNode(BaseModel):
    """A headquarters or a force element. `superiors` name the next above by phase (null: none);
    `departs` and `arrives` tell when a force element passes from crisis to deployment to defence
    (days; null: never)."""

    id: str
    name: str
    kind: str
    echelon: str | None
    nation: str
    sidc: str | None
    lat: float
    lon: float
    persons: int | None
    capacity: int | None
    areas: list[str]
    superiors: dict[str, str | None]
    complete: dict[str, bool]
    departs: float | None
    arrives: float | None


class HeadquartersLoad(BaseModel):
    """Persons under a headquarters: `days[i]` is the day from which there are `persons[i]`."""

    headquarters: str
    capacity: int | None
    peak: int
    peak_day: float
    over_day: float | None
    ratio: float | None
    days: list[float]
    persons: list[int]


class CommandTree(BaseModel):
    """The structure over time."""

    top: str | None
    phases: list[str]
    nodes: list[CommandNode]
    loads: list[HeadquartersLoad]


def command_tree(result: CommandResult) -> CommandTree:
    """The tree of a result that has a deployment."""
    problem = result.problem
    scenario = problem.scenario
    nodes = [_headquarters(result, name) for name in problem.headquarters]
    times: dict[str, tuple[list[float | None], list[float | None]]] = {}
    if result.deployment is not None:
        for who, _, start, end in spells(problem, result.deployment):
            starts, ends = times.setdefault(who, ([], []))
            starts.append(start)
            ends.append(end)
    for name in problem.persons:
        force = scenario.forces[name]
        there = force.in_place(scenario.settings.c_day)
        place = scenario.places[force.destination if there else force.home]
        starts, ends = times.get(name, ([], []))
        nodes.append(
            CommandNode(
                id=name,
                name=force.name,
                kind="force",
                echelon=None,
                nation=force.nation,
                sidc=scenario.unit_types[force.unit_type].sidc,
                lat=place.lat,
                lon=place.lon,
                persons=problem.persons[name],
                capacity=None,
                areas=[force.area],
                superiors=_superiors(result, name),
                complete=_complete(result, name),
                departs=min((s for s in starts if s is not None), default=None),
                arrives=None if None in ends else max((e for e in ends if e is not None),
                                                      default=None),
            )
        )  # fmt: skip
    return CommandTree(
        top=problem.top,
        phases=[phase.value for phase in CommandPhase],
        nodes=nodes,
        loads=[
            HeadquartersLoad(
                headquarters=load.headquarters,
                capacity=load.capacity,
                peak=load.peak,
                peak_day=load.peak_day,
                over_day=load.over_day,
                ratio=None if load.ratio is None else round(load.ratio, 4),
                days=[day for day, _ in load.steps],
                persons=[persons for _, persons in load.steps],
            )
            for load in result.loads
        ],
    )


def _headquarters(result: CommandResult, name: str) -> CommandNode:
    hq = result.problem.headquarters[name]
    place = result.problem.scenario.places[hq.place]
    return CommandNode(
        id=name,
        name=hq.name,
        kind="headquarters",
        echelon=hq.echelon.value,
        nation=hq.lead_nation,
        sidc=hq.sidc,
        lat=place.lat,
        lon=place.lon,
        persons=None,
        capacity=hq.capacity,
        areas=list(hq.areas),
        superiors=_superiors(result, name),
        complete=_complete(result, name),
        departs=None,
        arrives=None,
    )


def _superiors(result: CommandResult, name: str) -> dict[str, str | None]:
    return {
        phase.value: nodes[1] if len(nodes := result.chains[phase][name].nodes) > 1 else None
        for phase in CommandPhase
    }


def _complete(result: CommandResult, name: str) -> dict[str, bool]:
    return {phase.value: result.chains[phase][name].complete for phase in CommandPhase}
