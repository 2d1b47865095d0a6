"""Random small command graphs: the method against brute force and against sums done another way."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amberway.command import assess
from amberway.command.evaluate import faults
from amberway.command.problem import STRENGTH, Problem
from amberway.deployment import Deployment
from amberway.scenario import Scenario
from amberway.scenario.posture import CommandDomain, CommandPhase, Relation
from structures import build, headquarters, lot, relation

NODES = ("top", "a", "b", "c", "e")
UNITS = ("f1", "f2", "f3")
PHASES = tuple(CommandPhase)


@st.composite
def structures(draw: st.DrawFn) -> Scenario:
    """Five headquarters and three units; a superior stands before its subordinate, so no circle."""
    capacity = st.none() | st.integers(0, 12000)
    rows = [
        headquarters(name, "strategic" if name == "top" else "joint", capacity=draw(capacity))
        for name in NODES
    ]
    relations: dict[str, dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, 14))):
        low = draw(st.sampled_from((*NODES[1:], *UNITS)))
        above = NODES if low in UNITS else NODES[: NODES.index(low)]
        first = draw(st.integers(0, 3))
        row = relation(
            draw(st.sampled_from(above)),
            low,
            draw(st.sampled_from(Relation)).value,
            from_phase=PHASES[first].value,
            to_phase=PHASES[draw(st.integers(first, 3))].value,
            domain=draw(st.sampled_from((None, None, None, "land", "air"))),
        )
        relations[row["id"]] = row
    return build(rows, list(relations.values()))


@st.composite
def deployments(draw: st.DrawFn) -> Deployment:
    """Up to four lots a unit for f1 and f2, some of which never arrive; f3 stands there."""
    moves = []
    closure: dict[str, float | None] = {"f3": draw(st.sampled_from((None, 0.0, 1.0, 2.5)))}
    for force in ("f1", "f2"):
        ends: list[float | None] = []
        for number in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, 20)) / 2
            end = draw(st.sampled_from((None, start + 2, start + 5)))
            ends.append(end)
            moves.append(lot(f"{force}.{number}", force, draw(st.integers(0, 3000)), start, end))
        arrived = [end for end in ends if end is not None]
        closure[force] = max(arrived) if len(arrived) == len(ends) else None
    return Deployment(tuple(moves), closure)


def paths(
    problem: Problem, phase: CommandPhase, node: str
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Every path without a circle from a node to the top, as (weakest rank, links, nodes)."""
    found = []

    def climb(path: tuple[str, ...], weakest: int) -> None:
        if path[-1] == problem.top:
            found.append((weakest, len(path) - 1, path))
            return
        for link in problem.links:
            holds = link.holds(phase, CommandDomain.LAND)
            if holds and link.subordinate == path[-1] and link.superior not in path:
                climb((*path, link.superior), max(weakest, STRENGTH[link.relation]))

    climb((node,), -1)
    return found


@given(structures())
def test_chains_are_the_best_of_all_paths(scenario: Scenario) -> None:
    """Proves that each chain is the strongest, then shortest, then first of all paths, and that a
    chain is incomplete only if there is no path."""
    result = assess(scenario)
    for phase in CommandPhase:
        assert faults(result.problem, result.chains[phase], phase) == []
        for node, chain in result.chains[phase].items():
            every = paths(result.problem, phase, node)
            assert chain.complete == bool(every)
            if every:
                weakest, _, path = min(every)
                assert chain.nodes == path
                assert (-1 if chain.strength is None else STRENGTH[chain.strength]) == weakest


@given(structures(), deployments())
def test_load_is_the_sum_over_lots(scenario: Scenario, deployment: Deployment) -> None:
    """Proves that the load of every headquarters on every half-day is what adding up lot by lot
    gives."""
    result = assess(scenario, deployment)
    loads = {load.headquarters: load for load in result.loads}
    for half_day in range(40):
        day = half_day / 2
        for node in NODES:
            total = 0
            for move in deployment.movements:
                phase = CommandPhase.CRISIS
                if move.arrival_day is not None and day >= move.arrival_day:
                    phase = CommandPhase.DEFENCE
                elif day >= move.stages[0].start_day:
                    phase = CommandPhase.DEPLOYMENT
                total += move.persons * (node in result.chains[phase][move.force].nodes)
            ready = deployment.closure["f3"]
            phase = CommandPhase.DEPLOYMENT
            if ready is None:
                phase = CommandPhase.CRISIS
            elif day >= ready:
                phase = CommandPhase.DEFENCE
            total += 4000 * (node in result.chains[phase]["f3"].nodes)
            assert (loads[node].on(day) if node in loads else 0) == total


@given(structures(), deployments(), st.integers(0, 5000))
def test_more_capacity_never_overloads(
    scenario: Scenario, deployment: Deployment, more: int
) -> None:
    """Proves that adding capacity to every headquarters overloads none that was not, and none
    earlier."""
    larger = {
        name: row.model_copy(
            update={"capacity": None if row.capacity is None else row.capacity + more}
        )
        for name, row in scenario.headquarters.items()
    }
    before = {x.headquarters: x.over_day for x in assess(scenario, deployment).loads}
    scenario.headquarters.update(larger)
    for load in assess(scenario, deployment).loads:
        if load.over_day is not None:
            first = before[load.headquarters]
            assert first is not None
            assert load.over_day >= first


@given(structures(), deployments())
def test_transfers_end_with_the_commander_of_the_defence(
    scenario: Scenario, deployment: Deployment
) -> None:
    """Proves that a unit's transfers, one after the other, lead from its commander in peace to its
    commander in the defence."""
    for passage in assess(scenario, deployment).passages:
        commander = passage.commanders[0][1]
        for transfer in passage.transfers:
            assert transfer.giver == commander != transfer.taker
            commander = transfer.taker
        assert commander == passage.commanders[-1][1]
