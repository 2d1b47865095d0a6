"""Chains, loads, transfers and their report, on a structure that fits on a napkin."""

from __future__ import annotations

import json
from dataclasses import replace

from amberway.command import assess, compare, side_by_side
from amberway.command.evaluate import faults
from amberway.command.solve import Chain
from amberway.command.summary import lines
from amberway.deployment import Deployment
from amberway.scenario.posture import CommandPhase, Relation
from structures import (
    HEADQUARTERS,
    RELATIONS,
    build,
    changed,
    headquarters,
    relation,
    without,
)

DEFENCE = CommandPhase.DEFENCE


def test_the_strongest_chain_is_taken() -> None:
    """Proves that a nation's full command that leads nowhere is passed over for the way to SACEUR,
    and that a chain is as strong as its weakest link."""
    chains = assess(build()).chains[DEFENCE]
    assert chains["f1"] == Chain(("f1", "north", "joint", "top"), Relation.OPCON, complete=True)
    assert chains["f2"] == Chain(("f2", "joint", "top"), Relation.TACON, complete=True)
    assert chains["top"] == Chain(("top",), None, complete=True)


def test_a_relation_holds_only_in_its_phases() -> None:
    """Proves that first and last phase of a relation are both included, and no other."""
    rows = [
        relation("top", "joint", "opcom"),
        relation("joint", "f1", "opcon", from_phase="crisis", to_phase="deployment"),
    ]
    result = assess(build(relations=rows))
    complete = [result.chains[phase]["f1"].complete for phase in CommandPhase]
    assert complete == [False, True, True, False]


def test_a_relation_for_one_domain_is_no_chain_of_a_ground_unit() -> None:
    """Proves that authority over the air does not make a chain on land."""
    rows = [relation("top", "joint", "opcom"), relation("joint", "f1", "opcon", domain="air")]
    assert not assess(build(relations=rows)).chains[DEFENCE]["f1"].complete


def test_an_element_without_relation_goes_with_its_parent() -> None:
    """Proves that a force element belongs to its parent, unless a row puts it elsewhere by full
    command."""
    made = build()
    child = made.forces["f2"].model_copy(update={"parent": "f1", "id": "f4"})
    forces = made.forces | {
        "f4": child,
        "f2": made.forces["f2"].model_copy(update={"parent": "f1"}),
    }
    chains = assess(replace(made, forces=forces)).chains[DEFENCE]
    assert chains["f4"].nodes == ("f4", "f1", "north", "joint", "top")
    assert "f1" not in chains["f2"].nodes


def test_load_follows_the_lots(deployment: Deployment) -> None:
    """Proves that persons count under a headquarters from the hour their lot arrives."""
    rows = [
        *(row for row in RELATIONS if row["superior"] != "north"),
        relation("north", "f3", "opcon"),
        relation("north", "f1", "opcon", from_phase="defence"),
    ]
    (load,) = [
        x for x in assess(build(relations=rows), deployment).loads if x.headquarters == "north"
    ]
    assert load.steps == ((0.0, 4000), (8.0, 7000), (10.0, 8000))
    assert (load.peak, load.peak_day, load.over_day) == (8000, 10.0, None)
    assert [load.on(day) for day in (0, 7.9, 8, 30)] == [4000, 4000, 7000, 8000]


def test_first_day_over_capacity(deployment: Deployment) -> None:
    """Proves that the first day above capacity is found, and that reaching it is not exceeding."""
    rows = [
        *(row for row in RELATIONS if row["superior"] != "north"),
        relation("north", "f3", "opcon"),
        relation("north", "f1", "opcon", from_phase="defence"),
    ]
    over = {}
    for capacity in (6999, 7000, 8000):
        scenario = build(changed(HEADQUARTERS, "north", capacity=capacity), rows)
        loads = {load.headquarters: load for load in assess(scenario, deployment).loads}
        over[capacity] = loads["north"].over_day
    assert over == {6999: 8.0, 7000: 10.0, 8000: None}


def test_transfers_have_giver_taker_and_day(deployment: Deployment) -> None:
    """Proves that a handover is dated by departure and closure, and hosts by arrival there."""
    rows = [
        relation("top", "joint", "opcom"),
        relation("top", "home", "tacon"),
        relation("home", "f1", "full"),
        relation("mover", "f1", "full", from_phase="deployment", to_phase="deployment"),
        relation("top", "mover", "opcom"),
        relation("joint", "f1", "full", from_phase="defence"),
    ]
    scenario = build([*HEADQUARTERS, headquarters("mover", "component")], rows)
    (passage,) = [p for p in assess(scenario, deployment).passages if p.force == "f1"]
    assert [(t.day, t.giver, t.taker) for t in passage.transfers] == [
        (6.0, "home", "mover"),
        (10.0, "mover", "joint"),
    ]
    assert passage.hosts == (("pol", 8.0),)


def test_the_evaluation_finds_every_kind_of_wrong_chain() -> None:
    """Proves that chains are judged against the tables, not by the method that made them."""
    result = assess(build())
    right = dict(result.chains[DEFENCE])
    assert faults(result.problem, right, DEFENCE) == []
    for wrong, what in (
        (Chain(("f1", "joint", "top"), Relation.OPCON, True), "does not command"),
        (Chain(("f1", "north"), Relation.OPCON, True), "ends at north"),
        (Chain(("f1", "north", "joint", "top"), Relation.FULL, True), "is weaker"),
        (Chain(("f2", "joint", "top"), Relation.TACON, True), "does not begin"),
    ):
        assert what in " ".join(faults(result.problem, right | {"f1": wrong}, DEFENCE))
    del right["f1"]
    assert "f1 has no chain" in faults(result.problem, right, DEFENCE)


def test_everything_is_json_and_a_frame(deployment: Deployment) -> None:
    """Proves that the whole result can be written as JSON, a frame and GeoJSON."""
    result = assess(build(), deployment)
    text = json.dumps(result.to_dict(), sort_keys=True)
    assert json.loads(text)["headquarters"] == 4
    assert result.to_frame().height == 3 * len(CommandPhase)
    assert len(result.to_geojson()["features"]) == 4
    assert json.dumps(assess(build(), deployment).to_dict(), sort_keys=True) == text


def test_summary_says_what_is_overloaded(deployment: Deployment) -> None:
    """Proves that the lines for the terminal name the headquarters over capacity and its day."""
    scenario = build(changed(HEADQUARTERS, "north", capacity=5000))
    text = "\n".join(lines(assess(scenario, deployment)))
    assert "NORTH: from C+0.0, peak 8,000 of 5,000 persons (1.6 times)" in text
    assert "No deployment given" in "\n".join(lines(assess(scenario)))
    assert "names no headquarters" in "\n".join(lines(assess(build([], []))))


def test_structures_side_by_side(deployment: Deployment) -> None:
    """Proves that a comparison has a value of each structure for every named measure."""
    results = [
        assess(build(), deployment),
        assess(build(changed(HEADQUARTERS, "north", capacity=5000)), deployment),
    ]
    table = compare(results)
    assert all(len(values) == 2 for _, _, _, values in table.rows)
    assert table.to_dict()["finding_headquarters-capacity"]
    assert {k: v for k, _, _, v in table.rows}["finding_headquarters-capacity"] == (0, 1)


def test_other_structures_stand_over_the_same_forces(deployment: Deployment) -> None:
    """Proves that structures are compared over the forces and the deployment of the first, that one
    that differs in forces only is left out, and that a force of the first alone keeps its
    relation."""
    here = build()
    result = assess(here, deployment)
    assert side_by_side(result, [here, build(relations=without(RELATIONS, "home-f2-full"))]) is None
    wider = build(changed(HEADQUARTERS, "joint", capacity=5000), without(RELATIONS, "home-f2-full"))
    fewer = replace(
        wider,
        settings=wider.settings.model_copy(update={"name": "other"}),
        forces={name: row for name, row in wider.forces.items() if name != "f2"},
        command_relations={
            name: row for name, row in wider.command_relations.items() if row.subordinate != "f2"
        },
    )
    table = side_by_side(result, [here, fewer, fewer])
    assert table is not None
    assert table.structures == (here.settings.name, "other")
    values = {key: values for key, _, _, values in table.rows}
    assert values["persons_under_saceur_defence"][0] == values["persons_under_saceur_defence"][1]
    assert values["finding_headquarters-capacity"] == (0, 1)
