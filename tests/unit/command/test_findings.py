"""Each named check of a command structure finds its broken input, and nothing in a sound one."""

from __future__ import annotations

import pytest

import small
from amberway.command import Limits, assess
from amberway.command.findings import CHECKS
from amberway.deployment import Deployment
from amberway.scenario import Scenario
from structures import HEADQUARTERS, RELATIONS, build, changed, headquarters, relation, without

LIMITS = Limits(subordinates=2, transfers=2)
# One broken input for each check: what is changed in the sound structure, and where the check
# finds it.
BROKEN: dict[str, tuple[Scenario, str]] = {
    "unbroken-chain": (build(relations=without(RELATIONS, "joint-f2-tacon")), "home"),
    "rival-command": (build(relations=[*RELATIONS, relation("joint", "f3", "opcon"),
                                       relation("home", "f3", "opcon")]), "f3"),
    "one-commander": (build(changed(HEADQUARTERS, "joint", domains="land air")), "east"),
    "span-of-control": (
        build(relations=[relation("joint" if row["superior"] == "north" else row["superior"],
                                  row["subordinate"], row["relation"]) for row in RELATIONS]),
        "joint",
    ),
    "headquarters-capacity": (build(changed(HEADQUARTERS, "north", capacity=5000)), "north"),
    "dual-hat": (build(changed(HEADQUARTERS, "joint", dual_hat="north")), "joint"),
    "lead-nation-share": (build(changed(HEADQUARTERS, "joint", lead_nation="pol")), "joint"),
    "transfers-of-authority": (
        build([*HEADQUARTERS, *(headquarters(name, "component") for name in ("mover", "port"))],
              [*RELATIONS, relation("top", "mover", "opcom"), relation("top", "port", "opcom"),
               relation("port", "f1", "full", from_phase="crisis", to_phase="crisis"),
               relation("mover", "f1", "full", from_phase="deployment", to_phase="deployment"),
               relation("joint", "f1", "full", from_phase="defence")]),
        "f1",
    ),
    "sea-seam": (
        build([*changed(HEADQUARTERS, "joint", areas="land east"),
               headquarters("fleet", "component", domains="sea air", areas="west")],
              [*RELATIONS, relation("top", "fleet", "opcom")]),
        "east west",
    ),
}  # fmt: skip


def sound(deployment: Deployment | None) -> set[str]:
    return {shortfall.kind for shortfall in assess(build(), deployment, LIMITS).shortfalls}


def test_every_check_has_a_broken_input() -> None:
    """Proves that no named check goes without a test that sets it off."""
    assert list(BROKEN) == list(CHECKS)


@pytest.mark.parametrize("given", [True, False])
def test_a_sound_structure_has_no_finding(deployment: Deployment, given: bool) -> None:
    """Proves that the checks are silent where nothing is wrong, with a deployment or without."""
    assert sound(deployment if given else None) == set()


@pytest.mark.parametrize("name", list(CHECKS))
def test_broken_input_sets_off_its_check(name: str, deployment: Deployment) -> None:
    """Proves that each check finds its broken input and says where in a sentence."""
    scenario, where = BROKEN[name]
    found = [s for s in assess(scenario, deployment, LIMITS).shortfalls if s.kind == name]
    assert where in {s.where for s in found}
    for shortfall in found:
        assert shortfall.text.endswith(".")
        assert shortfall.text[0].isupper()


def test_no_headquarters_is_an_answer(deployment: Deployment) -> None:
    """Proves that a scenario without tables of command gets an answer that says so."""
    for scenario in (build([], []), small.unchecked()):
        result = assess(scenario, deployment)
        assert [s.kind for s in result.shortfalls] == ["no-headquarters"]
        assert result.to_dict()["headquarters"] == 0
        assert result.to_frame().columns


def test_no_supreme_headquarters_is_an_answer() -> None:
    """Proves that a structure without SACEUR is named as such, and every chain as broken."""
    result = assess(build(changed(HEADQUARTERS, "top", national=True)))
    kinds = [shortfall.kind for shortfall in result.shortfalls]
    assert kinds[0] == "no-supreme"
    assert set(result.headline["chains_to_saceur"].values()) == {0}


def test_nobody_is_named_where_nobody_commands() -> None:
    """Proves that a gap and a rivalry over an area are told apart."""
    gap = assess(build(changed(HEADQUARTERS, "joint", domains="land air")))
    rivals = assess(
        build(
            [*HEADQUARTERS, headquarters("fleet", "component", domains="sea", areas="east")],
            [*RELATIONS, relation("top", "fleet", "opcom")],
        )
    )
    assert {
        (s.amount, "nobody" in s.text) for s in gap.shortfalls if s.kind == "one-commander"
    } == {(0, True)}
    (found,) = [s for s in rivals.shortfalls if s.kind == "one-commander"]
    assert found.amount == 2
    assert "JOINT and FLEET" in found.text


def test_a_headquarters_over_another_is_no_rival() -> None:
    """Proves that of two headquarters in one line the lower commands, and no finding results."""
    lower = headquarters("fleet", "component", domains="sea", areas="east")
    result = assess(
        build([*HEADQUARTERS, lower], [*RELATIONS, relation("joint", "fleet", "opcon")])
    )
    (held,) = {c.commanders for c in result.commands if (c.area, c.domain) == ("east", "sea")}
    assert held == ("fleet",)
    assert not result.shortfalls


def test_a_seam_below_saceur_is_settled() -> None:
    """Proves that two commanders on one water are a finding only if nobody below SACEUR is over
    both."""
    rows = [
        *changed(HEADQUARTERS, "joint", areas="land east west"),
        headquarters("fleet", "component", domains="sea", areas="west"),
    ]
    settled = assess(build(rows, [*RELATIONS, relation("joint", "fleet", "opcon")]))
    seams = [s for s in settled.seams if s.phase == "defence"]
    assert {(s.common, s.open) for s in seams} == {("joint", False)}
    assert not [s for s in settled.shortfalls if s.kind == "sea-seam"]
