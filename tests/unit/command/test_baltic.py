"""The command structures of the reference scenario: March 2024, the initiative, 2026, and the
initiative with the forces of all its actions."""

from __future__ import annotations

from functools import cache

import pytest

from amberway.command import CommandResult, assess
from amberway.scenario import load
from amberway.scenario.posture import CommandDomain, CommandPhase, Relation

STRUCTURES: dict[str, tuple[str, ...]] = {
    "2024": (),
    "initiative": ("5-command",),
    "2026": ("asof-2026",),
    "package": ("1-responsibility", "2-presence", "3-airdefence", "4-mobility", "5-command"),
}


@cache
def structure(name: str, scenario: str = "baltic") -> CommandResult:
    return assess(load(scenario, STRUCTURES[name]))


@pytest.mark.parametrize("scenario", ["baltic", "baltic-nfm"])
@pytest.mark.parametrize("name", STRUCTURES)
def test_every_force_has_a_chain_once_it_deploys(name: str, scenario: str) -> None:
    """Proves that no force element of the tables was forgotten, and none is led by two."""
    result = structure(name, scenario)
    numbers = result.headline
    chains = numbers["chains_to_saceur"]
    assert chains["deployment"] == chains["defence"] == numbers["force_elements"]
    assert numbers["chain_faults"] == 0
    assert not [s for s in result.shortfalls if s.kind == "rival-command"]


@pytest.mark.parametrize("name", STRUCTURES)
def test_full_command_stays_with_the_nation(name: str) -> None:
    """Proves that every force element reaches a headquarters of its own nation by full command in
    every phase, whatever else commands it."""
    problem = structure(name).problem
    own = {row.id: row.lead_nation for row in problem.headquarters.values() if row.national}
    for phase in CommandPhase:
        above = problem.superiors(phase, CommandDomain.LAND)
        for force, row in problem.scenario.forces.items():
            reached: set[str] = set()
            open_ = [force]
            while open_:
                node = open_.pop()
                if node not in reached:
                    reached.add(node)
                    links = above.get(node, [])
                    open_ += [x.superior for x in links if x.relation is Relation.FULL]
            assert row.nation in {own[node] for node in reached & set(own)}, (force, phase)


def test_the_initiative_settles_the_sea() -> None:
    """Proves that under the five headquarters every area and domain has one commander in the
    defence, on and over the sea too, and that neither 2024 nor 2026 has that."""
    last = CommandPhase.DEFENCE.value
    settled = {
        name: (numbers["one_commander"][last] == numbers["area_domains"],
               numbers["open_seams"][last] == 0)
        for name in STRUCTURES
        for numbers in [structure(name).headline]
    }  # fmt: skip
    assert settled == {
        "2024": (False, False), "initiative": (True, True), "2026": (False, False),
        "package": (True, True),
    }  # fmt: skip


def test_who_leads_in_the_northeast() -> None:
    """Proves that only the initiative puts the force under a joint headquarters led by the US."""
    shares = {name: structure(name).headline["us_led_share"] for name in STRUCTURES}
    assert shares == {"2024": 0.0, "initiative": 1.0, "2026": 0.0, "package": 1.0}


def test_headquarters_built_for_40000_cannot_hold_the_force() -> None:
    """Proves that the joint headquarters of 2024 is overloaded by the force of the defence, and
    the one the initiative asks for is not."""
    over = {
        name: {s.where for s in structure(name).shortfalls if s.kind == "headquarters-capacity"}
        for name in STRUCTURES
    }
    assert "jfc-brunssum" in over["2024"]
    assert "mdc-northeast" not in over["initiative"]
    assert structure("initiative").problem.headquarters["mdc-northeast"].lead_nation == "usa"
