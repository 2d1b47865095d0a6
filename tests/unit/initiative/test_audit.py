"""The carry-over audit: what an action changes is listed, what nobody changed is found."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from amberway.initiative.audit import Audit, Change, Kind, audit
from amberway.initiative.constraints import Constraint
from amberway.scenario import Scenario, actions_of, load
from amberway.scenario.folders import DATA

A1 = DATA / "cases" / "a1-aiding-allies"
ACTION = 'title = "Limits of vehicles"\nfirst_year = 2025\nconfidence = "assumed"\n'
AIR = "id,from,to,mode,km,capacity_per_day,two_way,opens,closes,confidence\n"
# The limits of scenario 3 on the flights into St Petersburg, as an action may state them.
LIMITS = (
    AIR + "aa-berlin-st-petersburg,aa-berlin,aa-st-petersburg,air,1280,300,false,2024-03-23,"
    "2024-03-24,assumed\n"
)


def named(found: Audit) -> set[str]:
    """What is unexplained, by name."""
    return {
        f"{one.table}/{one.id}" if isinstance(one, Change) else one.name
        for one in found.unexplained
    }


@pytest.fixture
def allies(tmp_path: Path) -> Path:
    """Case A1 with an action that lowers one limit."""
    folder = tmp_path / "a1"
    shutil.copytree(A1, folder)
    action = folder / "actions" / "limits"
    action.mkdir(parents=True)
    (action / "action.toml").write_text(ACTION, encoding="utf-8")
    (action / "links.csv").write_text(LIMITS, encoding="utf-8")
    return folder


def test_a1_rows_of_the_action(allies: Path) -> None:
    """Proves that the row of the action is listed with its file, line, and value before, after."""
    base = load(allies)
    found = audit(base, base.with_actions("limits"))
    assert found.clean
    (row,) = found.changes
    assert (row.table, row.id, row.kind) == ("links", "aa-berlin-st-petersburg", Kind.REPLACED)
    assert (row.action, row.file, row.line) == ("limits", "actions/limits/links.csv", 2)
    assert row.fields["capacity_per_day"] == (375.0, 300.0)
    (limit,) = found.constraints
    assert limit == Constraint(
        "link:aa-berlin-st-petersburg>", 6.25, 5.0, "lots a day",
        ("links/aa-berlin-st-petersburg (limits)",),
    )  # fmt: skip


def test_a1_a_constraint_dropped_in_silence(allies: Path) -> None:
    """Proves what the published answer to A1 lacked: a limit that vanished is found, and named.

    The post let trucks into St Petersburg, which is reached by air only; so does a row too many.
    """
    base = load(allies)
    variant = base.with_actions("limits")
    blank = variant.links["aa-london-st-petersburg"].model_copy(
        update={"capacity_per_day": None, "opens": None, "closes": None}
    )
    trucks = variant.links["aa-rotterdam-moscow"].model_copy(
        update={"id": "aa-rotterdam-st-petersburg", "to_place": "aa-st-petersburg",
                "capacity_per_day": None, "opens": None, "closes": None}
    )  # fmt: skip
    links = variant.links | {blank.id: blank, trucks.id: trucks}
    found = audit(base, replace(variant, links=links), ["limits"])
    assert not found.clean
    assert named(found) == {
        "links/aa-london-st-petersburg",
        "links/aa-rotterdam-st-petersburg",
        "link:aa-london-st-petersburg>",
    }
    gone = [one for one in found.constraints if one.vanished]
    assert [one.name for one in gone] == ["link:aa-london-st-petersburg>"]
    assert gone[0].because == ()
    assert gone[0].to_dict()["vanished"] is True


@pytest.fixture
def two(data: Path) -> tuple[Scenario, Scenario]:
    """The small scenario, and with both of its actions."""
    base = load(data / "minimal")
    return base, base.with_actions("1-deeper-port", "2-second-ship")


def test_added_replaced_removed(two: tuple[Scenario, Scenario]) -> None:
    """Proves that all three kinds are explained by the action that did them, also a removal."""
    found = audit(*two)
    assert found.clean
    assert {(one.table, one.id, one.kind.value, one.action) for one in found.changes} == {
        ("terminals", "east-port-berths", "replaced", "1-deeper-port"),
        ("lift", "ferry-2", "added", "2-second-ship"),
        ("disruptions", "storm", "removed", "2-second-ship"),
    }
    gone = next(one for one in found.changes if one.kind is Kind.REMOVED)
    assert (gone.file, gone.line) == ("actions/2-second-ship/disruptions.csv", 2)
    assert found.counts("2-second-ship") == {"lift": 1, "disruptions": 1}
    assert "lift:ferry-2" in {one.name for one in found.constraints}


def test_tampered(two: tuple[Scenario, Scenario]) -> None:
    """Proves that a changed row, a vanished one, a setting and an outline are all found."""
    base, variant = two
    port = variant.terminals["east-port-berths"].model_copy(update={"slots": 9})
    nations = dict(variant.nations)
    clearance = nations["eas"].model_copy(update={"clearance_crisis_days": 0.5})
    features = variant.geometry["features"]
    bent = {**features[0], "properties": {"bent": True}}
    broken = replace(
        variant,
        terminals=variant.terminals | {port.id: port},
        nations=nations | {"eas": clearance},
        rotations={},
        settings=variant.settings.model_copy(update={"horizon_days": 20}),
        geometry=variant.geometry | {"features": [bent, *features[1:]]},
    )
    found = audit(base, broken)
    assert named(found) >= {
        "terminals/east-port-berths",
        "nations/eas",
        "clearance:eas:crisis",
        "scenario.toml/horizon_days",
        f"areas.geojson/{features[0]['id']}",
        *(f"rotations/{one}" for one in base.rotations),
    }


def test_a_row_that_was_not_laid_over(two: tuple[Scenario, Scenario]) -> None:
    """Proves that a variant which lacks a row of its action is not taken for it."""
    base, variant = two
    found = audit(base, replace(variant, terminals=base.terminals))
    assert named(found) == {"terminals/east-port-berths"}
    (missing,) = found.unexplained
    assert isinstance(missing, Change)
    assert missing.kind is Kind.NOT_APPLIED


def test_an_action_not_named_explains_nothing(two: tuple[Scenario, Scenario]) -> None:
    """Proves that rows of an action count only if the variant is said to have it."""
    found = audit(*two, ["1-deeper-port"])
    assert named(found) >= {"lift/ferry-2", "disruptions/storm", "lift:ferry-2"}


def test_baltic_all_actions() -> None:
    """Proves of the reference scenario that each action, and all together, carry over cleanly."""
    base = load("baltic")
    names = [name for name, action in actions_of("baltic").items() if action.c_day is None]
    for chosen in (*([name] for name in names), names):
        found = audit(base, base.with_actions(*chosen))
        assert found.clean, named(found)
        assert found.changes
    assert not found.overridden


def test_record_moves_c_day() -> None:
    """Proves that a C-day comes from the record's action.toml, and explains limits that open."""
    base = load("baltic")
    found = audit(base, base.with_actions("asof-2026"))
    assert found.clean, named(found)
    shift = next(one for one in found.changes if one.table == "scenario.toml")
    assert (shift.id, shift.action) == ("c_day", "asof-2026")
