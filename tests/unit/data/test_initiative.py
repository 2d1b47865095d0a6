"""What the five actions and the record of 2026 promise: any subset loads, and no row gets lost."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from amberway import command, presence
from amberway.scenario import Scenario, load
from amberway.scenario.folders import DATA
from amberway.scenario.layers import action_folders
from amberway.scenario.load import actions_of
from amberway.scenario.read import RawRow, read_tables
from amberway.scenario.row import Confidence

ACTIONS = ("1-responsibility", "2-presence", "3-airdefence", "4-mobility", "5-command")
RECORD = "asof-2026"
SUBSETS = [subset for size in range(6) for subset in combinations(ACTIONS, size)]
WINDOW = range(2024, 2031)
# Outlets that the facts call partisan or machine-rewritten.
LOW_RELIABILITY = re.compile(r"news-pravda|chinamil|mixedtimes|rt\.com|sputnik", re.IGNORECASE)


def folder(action: str) -> Path:
    """The folder of an action of the reference scenario."""
    return action_folders([DATA / "baltic"])[action]


def rows(action: str) -> dict[tuple[str, str], RawRow]:
    """The action's rows by table and id, a removal under the id that it removes."""
    return {
        (table, (row.cells["id"] or "").removeprefix("-")): row
        for table, found in read_tables(folder(action), "", []).items()
        for row in found
    }


@cache
def loaded(*actions: str, base: str = "baltic") -> Scenario:
    """The scenario with actions laid over, loaded once."""
    return load(base, actions)


def removes(row: RawRow) -> bool:
    """Does the row remove another?"""
    return (row.cells["id"] or "").startswith("-")


def lost(scenario: Scenario, actions: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Rows of the actions that the scenario does not hold as the action's file has them."""
    found = []
    for action in actions:
        for (table, name), row in rows(action).items():
            origin = scenario.origin.get((table, name))
            here = f"actions/{action}/{table}.csv", row.line
            if (origin is not None) if removes(row) else origin != here:
                found.append((action, table, name))
    return found


def test_the_five_actions_and_the_record() -> None:
    """Proves that the reference scenario has the five actions and the state of 2026."""
    assert set(actions_of("baltic")) == {*ACTIONS, RECORD}


def test_no_two_actions_lay_the_same_row() -> None:
    """Proves that no action can undo another: each row belongs to one action at most."""
    for one, other in combinations(ACTIONS, 2):
        assert rows(one).keys() & rows(other).keys() == set()


@pytest.mark.slow
@pytest.mark.parametrize("subset", SUBSETS, ids="+".join)
def test_every_subset_loads_with_every_row(subset: tuple[str, ...]) -> None:
    """Proves that each of the 32 subsets loads without a problem and holds its actions' rows."""
    assert lost(loaded(*subset), subset) == []


def test_order_of_the_actions_does_not_count() -> None:
    """Proves that the five actions give the same scenario in the opposite order."""
    backwards = tuple(reversed(ACTIONS))
    scenario = loaded(*backwards)
    assert lost(scenario, backwards) == []
    assert scenario.content_hash() == loaded(*ACTIONS).content_hash()


@pytest.mark.parametrize("actions", [ACTIONS, (RECORD,)], ids=["five", RECORD])
def test_over_the_full_force_model(actions: tuple[str, ...]) -> None:
    """Proves that the actions can be laid over the scenario with the full Force Model as well."""
    assert lost(loaded(*actions, base="baltic-nfm"), actions) == []


@pytest.mark.parametrize("name", [*ACTIONS, RECORD])
def test_rows_are_sourced_or_assumed(name: str) -> None:
    """Proves that each row has a source, or says assumed, and that no partisan outlet is cited."""
    for (table, row_id), row in rows(name).items():
        if removes(row) or table == "sources":
            assert not LOW_RELIABILITY.search(row.cells.get("address") or "")
            continue
        assumed = row.cells.get("confidence") == Confidence.ASSUMED
        assert row.cells.get("source") or assumed, (table, row_id)
        assert row.cells.get("note") or not assumed or table == "command_relations", (table, row_id)


@pytest.mark.parametrize("name", ACTIONS)
def test_roadmap_of_an_action(name: str) -> None:
    """Proves that an action has cost, source, a summary and a share in force for 2024 to 2030."""
    action = actions_of("baltic")[name]
    assert action.source == "kramer-binnendijk-2024"
    assert action.cost_meur is not None
    assert len(action.summary) > 200
    assert set(action.phases) == {year for year in WINDOW if year >= action.first_year}
    assert action.phases[2030] == 1


def test_record_is_of_mid_2026() -> None:
    """Proves that the record moves C-day, so that what was announced and has opened is open."""
    scenario = loaded(RECORD)
    assert scenario.settings.c_day == dt.date(2026, 7, 1)
    opened = scenario.links["road-budzisko-kalvarija-a5"].opens
    assert opened is not None
    assert opened < scenario.settings.c_day
    assert scenario.forces["deu-pzbrig45"].in_place(scenario.settings.c_day)
    assert "usa-2-3id" not in scenario.forces


def test_presence_meets_the_authors_goal() -> None:
    """Proves that action 2 puts a brigade of allies and one of the United States in each state."""
    result = presence.assess(loaded("2-presence"))
    assert [(goal.lead, goal.us) for goal in result.goals] == [(0, 0)] * 3
    assert result.problem.framework["latvia"] == "fra"
    assert result.headline["gaps"] == 0
    short = result.headline["host_short"]
    assert short["2024"]["beds"] > short["2026"]["beds"] > short["2028"]["beds"] == 0


def test_clearance_of_the_mobility_action() -> None:
    """Proves 72 hours in a crisis, three working days in peace, six hours in an emergency."""
    for nation in loaded("4-mobility").nations.values():
        if nation.clearance_peace_days is not None:
            assert nation.clearance_peace_days <= 4.2
            assert nation.clearance_crisis_days == 3
            assert nation.clearance_article5_days is not None
            assert nation.clearance_article5_days <= 0.25


def test_norwegian_ships_in_reach() -> None:
    """Proves that a tenth of 100 ships is in reach within 5 days and 30 in all within 14."""
    ships = [r for r in loaded("4-mobility").lift.values() if r.id.startswith("ship-nor")]
    large = [ship for ship in ships if ship.id != "ship-nor-uecc"]
    assert sum(ship.count for ship in large if ship.notice_days <= 5) == 10
    assert sum(ship.count for ship in ships if ship.notice_days <= 14) == 30


@pytest.mark.parametrize("actions", [*((name,) for name in ACTIONS), ACTIONS, (RECORD,)])
def test_every_force_is_commanded(actions: tuple[str, ...]) -> None:
    """Proves that what an action brings has a chain to SACEUR in the defence."""
    result = command.assess(loaded(*actions))
    assert result.headline["chains_to_saceur"]["defence"] == result.headline["force_elements"]
