"""What each assessment reads: watched, so that no key can forget a table."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from amberway import airdefence, command, presence, responsibility
from amberway.initiative.metrics import METRICS
from amberway.initiative.reads import READS, Content, call_key, plan_key, record_key
from amberway.initiative.record import _content as content
from amberway.mobility.certified import Effort
from amberway.mobility.deploy import deployment
from amberway.mobility.methods import plan
from amberway.mobility.reach import reach
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario, load
from amberway.scenario.settings import Settings
from amberway.scenario.tables import TABLES

EVERY = frozenset(TABLES) | {"geometry"}


class _Settings:
    """Settings that note which of them are read."""

    def __init__(self, settings: Settings, seen: set[str]) -> None:
        self._settings, self._seen = settings, seen

    def __getattr__(self, name: str) -> Any:
        if name in Settings.model_fields:
            self._seen.add(name)
        if name == "horizon":
            self._seen.update(("horizon_days", "grid_hours"))
        return getattr(self._settings, name)


class Watched(Scenario):
    """A scenario that notes which tables and settings are read, of it and of what is made of it."""

    tables: ClassVar[set[str]] = set()
    read: ClassVar[set[str]] = set()

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        # A copy with other rows (dataclasses.replace) takes every table, and reads none.
        if name.startswith("_") or sys._getframe(1).f_code.co_filename == dataclasses.__file__:
            return found
        if name in EVERY:
            Watched.tables.add(name)
        return _Settings(found, Watched.read) if name == "settings" else found


def watched(scenario: Scenario) -> tuple[Watched, set[str], set[str]]:
    """The scenario, and the sets that fill as it is read."""
    Watched.tables, Watched.read = set(), set()
    rows = {f.name: getattr(scenario, f.name) for f in dataclasses.fields(scenario)}
    return Watched(**rows), Watched.tables, Watched.read


@dataclasses.dataclass
class Planned:
    """A scenario with every table in it, its plan, and what planning has read."""

    scenario: Scenario
    result: MobilityResult
    tables: set[str]
    settings: set[str]


@pytest.fixture(scope="module")
def planned() -> Planned:
    """The reference scenario, planned under watch: plan, its metrics, and reach."""
    whole = load("baltic", ["1-responsibility", "2-presence", "3-airdefence", "5-command"])
    made, tables, settings = watched(whole)
    result = plan(made, "one-pass")
    content("mobility", result)
    pairs = [*responsibility.pairs(whole), *presence.pairs(whole)][:20]
    reach(made, pairs)
    return Planned(whole, result, tables, settings)


ASSESS: dict[str, Callable[[Scenario, Any], Any]] = {
    "responsibility": lambda s, d: responsibility.assess(s, d, reach={}),
    "presence": lambda s, d: presence.assess(s, d, reach={}),
    "airdefence": airdefence.assess,
    "command": command.assess,
}


@pytest.mark.parametrize("action", list(ASSESS))
def test_an_assessment_reads_what_its_key_holds(action: str, planned: Planned) -> None:
    """Proves that result, metrics and shortfalls come from the tables and settings declared."""
    moves = deployment(planned.result.plan)
    made, tables, settings = watched(planned.scenario)
    found = ASSESS[action](made, moves)
    content(action, found)
    declared = READS[action]
    assert tables - {"geometry"} == set(declared.tables)  # no more than it reads, either
    assert ("geometry" in tables) is declared.geometry
    assert settings - {"name", "title"} == set(declared.settings)


def test_the_plan_reads_what_its_key_holds(planned: Planned) -> None:
    """Proves the same of plan, reach and the metrics of mobility."""
    declared = READS["mobility"]
    assert planned.tables == set(declared.tables)
    assert planned.settings - {"name", "title"} <= set(declared.settings)


def test_keys_tell_apart(data: Path) -> None:
    """Proves that a key changes with a row that is read, and not with one that is not."""
    base = Content(load(data / "minimal"))
    ship = Content(load(data / "minimal", ["2-second-ship"]))
    effort = Effort()
    one, two = (plan_key(s, "one-pass", effort) for s in (base, ship))
    assert one != two
    assert plan_key(base, "certified", effort) != one
    assert plan_key(base, "one-pass", Effort(seed=1)) != one
    assert record_key("command", base, "p") == record_key("command", ship, "p")
    assert record_key("command", base, "p") != record_key("command", base, "q")
    assert record_key("presence", base, "p") != record_key("presence", ship, "p")  # by its reach
    assert call_key([("a", b"1")], "x") != call_key([("a", b"2")], "x")
    assert call_key([("a", b"1")], "x") != call_key([("a", b"1")], "y")


def test_metrics_are_named_once_and_read_their_own_action() -> None:
    """Proves that the catalogue has no name twice, and covers all five actions."""
    names = [metric.name for metric in METRICS]
    assert len(names) == len(set(names)) > 60
    assert {metric.action for metric in METRICS} == set(READS)
