"""The result: numbers, matrix, dependencies, free routes and plan, what-if, empty tables."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import small
from amberway.errors import UsageError
from amberway.responsibility import assess, what_if
from amberway.responsibility.summary import lines
from areas import FORCES, NEEDS, PLEDGES, REACH, build, closed, force, need, pledge


def test_matrix_counts_each_supply_once() -> None:
    """Proves the matrix of nation × area × capability: quantities by each day and in all."""
    cells = {
        (c.area, c.nation, c.capability.value): (*c.by_day, c.assigned)
        for c in assess(build(), reach=REACH).matrix
    }
    assert cells == {
        ("north", "lva", "heavy-brigade"): (0.5, 0.5, 0.5),
        ("north", "can", "medium-brigade"): (0.25, 1.25, 1.25),
        ("south", "fra", "heavy-brigade"): (1, 1, 1),
        ("south", "deu", "heavy-brigade"): (1, 1, 1),
        ("south", "fra", "artillery"): (1, 1, 1),
    }


def test_free_routes_against_the_plan() -> None:
    """Proves that both answers are kept apart: what is met on free routes and fails in the plan,
    and how many days each unit loses."""
    scenario = build(needs=[need("south", "heavy-brigade", 2, 10)])
    result = assess(scenario, closed(scenario, canadian=20.0), reach=REACH)
    numbers = result.headline
    assert numbers["days_from"] == "plan"
    assert numbers["met_by_day_free"] == {"C+10": 1}
    assert numbers["met_by_day"] == {"C+10": 0}
    assert {s.force: (s.free, s.plan, s.delay) for s in result.shifts} == {
        "canadian": (20, 20, 0), "french": (8, 12, 4), "french-guns": (8, 12, 4),
        "german": (8, 12, 4)}  # fmt: skip
    assert result.plan is not None
    assert result.main is result.plan
    text = "\n".join(lines(result))
    assert "as planned, on free routes              1 of 1" in text
    assert "as planned, days of the plan            0 of 1" in text


def test_a_unit_that_never_closes_has_no_delay() -> None:
    """Proves that a unit without a way, or that the plan leaves behind, has no days to lose."""
    scenario = build()
    shifts = assess(scenario, closed(scenario, german=None), reach=REACH).shifts
    (german,) = [one for one in shifts if one.force == "german"]
    assert (german.plan, german.delay) == (None, None)


def test_single_point_of_dependency() -> None:
    """Proves that a need which fails without one ally is named with the units it hangs on, and that
    the host's own forces are no dependency."""
    result = assess(build(), reach=REACH)
    found = {(one.need.id, one.nation): (one.missing, one.forces) for one in result.dependencies}
    assert found == {
        ("south-heavy-brigade-c30", "fra"): (1, ("french",)),
        ("south-heavy-brigade-c30", "deu"): (1, ("german",)),
        ("south-artillery-c30", "fra"): (1, ("french-guns",)),
    }
    spare = build(forces=[*FORCES, force("more", "can", "south"), force("host2", "lva", "north")])
    kept = assess(spare, reach=REACH | {("more", "south"): 8.0, ("more", "north"): 20.0})
    assert {one.need.id for one in kept.dependencies} == {"south-artillery-c30"}


def test_a_nation_without_which_no_single_unit_is_missed() -> None:
    """Proves that a nation is a dependency although each of its units could be spared."""
    forces = [force(f"f{i}", "fra", "south", strength=0.5) for i in range(3)]
    reach = {(row["id"], area): 5.0 for row in forces for area in ("north", "south")}
    scenario = build(forces=forces, needs=[need("south", "heavy-brigade", 1, 10)], pledges=[])
    (found,) = assess(scenario, reach=reach).dependencies
    assert (found.nation, found.missing, found.forces) == ("fra", 1, ())


def test_what_if_another_nation_leads() -> None:
    """Proves that everything that changes with another lead nation is named: lead, its own brigades
    by day, units, needs, brigades by nation, rules broken."""
    # A brigade gains nothing in the north, and the lead asks for one there.
    needs = [need("south", "heavy-brigade", 2, 30), need("north", "light-brigade", 1, 30)]
    scenario = build({"rules": ["lead"]}, needs=needs)
    found = what_if(scenario, {"north": "fra"}, reach=REACH)
    assert found.before.best.leads["north"] == "can"
    assert found.after.best.leads["north"] == "fra"
    assert found.moved == (
        ("french", "south", "north"),
        ("french-guns", "south", "north"),
    )
    assert found.nations == (("south", "fra", 1, 0), ("north", "fra", 0, 1))
    ((area, before, after),) = found.own
    assert (area, before.nation, after.nation) == ("north", "can", "fra")
    assert (before.brigades, after.brigades) == ((1.25,), (1.0,))
    text = "\n".join(found.lines())
    assert "Lead in North: CAN → FRA." in text
    assert "has in North by C+30: CAN 1.25 → FRA 1." in text
    assert "Unit french (FRA): South → North" in text
    assert "- South by C+30: 2 heavy brigades needed, 2 → 1 there; no longer met" in text
    assert json.loads(json.dumps(found.to_dict()))["own_brigades"][0]["after"] == {
        "nation": "fra", "brigades": [1.0]}  # fmt: skip


def test_what_if_nothing_changes() -> None:
    """Proves that the lead there is changes nothing, and the answer says so."""
    text = "\n".join(what_if(build({"rules": ["lead"]}), {"north": "can"}, reach=REACH).lines())
    assert "CAN leads in North already." in text
    assert "No force element moves." in text
    assert "No requirement gains or loses." in text


def test_a_lead_without_forces_is_an_answer() -> None:
    """Proves that a lead nation that has nothing to send gets an answer with the rule it breaks."""
    forces = [row for row in FORCES if row["nation"] != "deu"]
    scenario = build({"rules": ["lead"]}, forces, pledges=PLEDGES[:1])
    found = what_if(scenario, {"north": "deu"}, reach=REACH)
    assert found.after.best.leads["north"] == "deu"
    assert (
        "Newly broken: DEU would lead in North with 0.00 brigade equivalents of its own by C+30, "
        "0.25 are asked for." in found.lines()
    )


@pytest.mark.parametrize(
    ("lead", "says"),
    [
        ({"nort": "fra"}, "'nort' is not in areas"),
        ({"north": "fr"}, "'fr' is not in nations"),
        ({"water": "fra"}, "only those have a lead nation"),
    ],
)
def test_a_what_if_about_nothing_is_refused(lead: dict[str, str], says: str) -> None:
    """Proves that an unknown area or nation, or an area at sea, is refused in words."""
    scenario = build()
    water = scenario.areas["north"].model_copy(update={"id": "water", "domain": "sea"})
    with pytest.raises(UsageError, match=says):
        what_if(replace(scenario, areas=scenario.areas | {"water": water}), lead, reach=REACH)


def test_a_rule_can_be_left_out_for_once() -> None:
    """Proves that `without` takes a rule out of the question without editing the scenario."""
    scenario = build({"rules": ["most-nations", "lead"], "most_nations": 1})
    left = assess(scenario, reach=REACH, without=["most-nations"])
    assert [price.rule.value for price in left.main.prices] == ["lead"]
    assert left.main.planned.violations == ()


@pytest.mark.parametrize(
    ("empty", "says"),
    [
        ({"areas": {}, "forces": {}, "pledges": {}, "requirements": {}}, "no areas"),
        ({"requirements": {}}, "no requirements"),
    ],
)
def test_nothing_to_judge_is_an_answer(empty: dict[str, dict[str, object]], says: str) -> None:
    """Proves that a question without areas or requirements says so and has all its numbers."""
    result = assess(replace(build(), **empty))  # type: ignore[arg-type]
    (line,) = lines(result)
    assert says in line
    assert result.headline["requirements"] == 0
    assert json.loads(json.dumps(result.to_dict()))["empty"] == line


def test_nobody_to_send_is_an_answer() -> None:
    """Proves that a question without forces and pledges finds no owner for any need."""
    result = assess(build({"rules": ["lead", "burden"]}, [], pledges=[]))
    assert result.headline["no_owner"] == len(NEEDS)
    assert result.headline["score_best"] == 0
    assert {one.kind for one in result.shortfalls} == {"no-owner", "no-lead"}
    assert assess(small.unchecked()).shortfalls == ()


def test_everything_is_json_and_a_frame() -> None:
    """Proves that the whole result can be written as JSON, the same each time, and as a frame with
    a row a requirement."""
    scenario = build({"rules": ["lead", "coherence", "most-nations", "fewest-nations", "burden"]})
    result = assess(scenario, closed(scenario), reach=REACH)
    text = json.dumps(result.to_dict(), sort_keys=True)
    assert text == json.dumps(
        assess(scenario, closed(scenario), reach=REACH).to_dict(), sort_keys=True
    )
    assert len(json.loads(text)["rules"]) == 5
    assert result.to_frame().height == len(NEEDS)
    assert {s["kind"] for s in json.loads(text)["shortfalls"]} >= {"no-owner", "partly-owned"}


def test_pledges_of_units_without_names_stand() -> None:
    """Proves that a pledge that names no force element counts from its day, in its area."""
    rows = [*PLEDGES, pledge("engineers", "fra", "north", "engineers", from_day=15)]
    result = assess(build(pledges=rows), reach=REACH)
    (late,) = [s for s in result.shortfalls if s.what == "engineers"]
    assert (late.kind, late.amount) == ("late", 1)
    assert "met on C+15" in late.text
