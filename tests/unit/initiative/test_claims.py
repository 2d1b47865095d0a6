"""Claims: the verdict follows from the numbers of the runs, whatever the words say."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from amberway.initiative.claims import (
    PACKAGE,
    RECORD,
    STATUS_QUO,
    Claim,
    Comparison,
    Condition,
    State,
    Statement,
    Verdict,
    judge,
    statements,
)
from amberway.initiative.evidence import EVIDENCE
from amberway.scenario.load import actions_of
from outcomes import Made

BELOW = Condition(says="x is below 5", metric="x", how=Comparison.BELOW, value=5)
HIGH = Condition(says="y is 2 or more", metric="y", how=Comparison.AT_LEAST, value=2)
GROWS = Condition(
    says="x grows", metric="x", within="a", how=Comparison.ABOVE, than_within=STATUS_QUO, plan=True
)


def statement(*conditions: Condition, **fields: object) -> Statement:
    """A statement bound to conditions."""
    made = {"id": "q", "statement": "S", "reading": "R", "assumption": "A"} | fields
    return Statement.model_validate(made | {"condition": conditions})


def verdict(
    claim: Statement,
    base: dict[str, float | None],
    other: dict[str, float | None] | None = None,
    gap: float | None = 0.01,
) -> Claim:
    """The claim judged by the status quo and action a, with a record like the latter."""
    outcomes = {frozenset[str](): Made(base, gap), frozenset("a"): Made(other or base, gap)}
    (found,) = judge(outcomes, Made(other or base, gap), (claim,))
    return found


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"x": 4.0, "y": 2.0}, Verdict.SUPPORTED),
        ({"x": 5.0, "y": 1.9}, Verdict.NOT_SUPPORTED),
        ({"x": 4.0, "y": 1.9}, Verdict.DEPENDS),
        ({"x": 4.0, "y": None}, Verdict.NOT_TESTABLE),
        ({"x": 4.0}, Verdict.NOT_TESTABLE),
    ],
)
def test_verdict(values: dict[str, float | None], expected: Verdict) -> None:
    """Proves each verdict: all conditions hold, none, some, or a value is missing."""
    assert verdict(statement(BELOW, HIGH), values).verdict is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"x": 4.0, "y": 2.0}, Verdict.SUPPORTED),
        ({"x": 4.0, "y": 1.9}, Verdict.NOT_SUPPORTED),
        ({"x": 4.0}, Verdict.NOT_TESTABLE),
    ],
)
def test_strict_claim(values: dict[str, float | None], expected: Verdict) -> None:
    """Proves that one condition that fails refutes a claim that asks for all of them."""
    assert verdict(statement(BELOW, HIGH, strict=True), values).verdict is expected


def test_margin() -> None:
    """Proves that the distance to the flip is given with the numbers."""
    (check,) = verdict(statement(BELOW), {"x": 4.0}).to_dict()["checks"]
    assert (check["left"], check["right"], check["margin"]) == (4, 5, -1)


def test_missing_value_is_named() -> None:
    """Proves that a claim without a value says which metric of which variant no run gave."""
    found = verdict(statement(BELOW, HIGH), {"x": 4.0})
    assert found.because == f"no run gave y in {STATUS_QUO}"
    assert found.text.startswith("Not testable here: no run gave y")


def test_claim_without_conditions_says_why() -> None:
    """Proves that a claim which no table can answer gets no verdict, and gives its reason."""
    found = verdict(statement(not_testable="no table says it"), {"x": 1.0})
    assert (found.verdict, found.because) == (Verdict.NOT_TESTABLE, "no table says it")
    assert found.flips == ()


@pytest.mark.parametrize(
    ("after", "gap", "state", "expected"),
    [
        (103.0, 0.01, State.HOLDS, Verdict.SUPPORTED),
        (102.0, 0.01, State.WITHIN_GAP, Verdict.DEPENDS),
        (97.0, 0.01, State.FAILS, Verdict.NOT_SUPPORTED),
        (150.0, None, State.WITHIN_GAP, Verdict.DEPENDS),
    ],
)
def test_gap_of_plans(after: float, gap: float | None, state: State, expected: Verdict) -> None:
    """Proves that a difference within the gaps of both plans decides nothing."""
    found = verdict(statement(GROWS), {"x": 100.0}, {"x": after}, gap)
    assert found.checks[0].state is state
    assert found.verdict is expected


@pytest.mark.parametrize(
    ("value", "gap", "state"),
    [(4.9, 0.01, State.HOLDS), (4.96, 0.01, State.WITHIN_GAP), (5.2, 0.01, State.FAILS),
     (4.0, None, State.WITHIN_GAP)],
)  # fmt: skip
def test_gap_of_one_plan(value: float, gap: float | None, state: State) -> None:
    """Proves that a number as near as the plan is uncertain decides nothing, if it hangs on it."""
    claim = statement(BELOW.model_copy(update={"plan": True}))
    assert verdict(claim, {"x": value}, gap=gap).checks[0].state is state
    assert verdict(statement(BELOW), {"x": value}, gap=gap).checks[0].state is not State.WITHIN_GAP


def test_other_variants_flip_the_verdict() -> None:
    """Proves that the same conditions are tried elsewhere, and only other verdicts flip it."""
    claim = statement(BELOW, elsewhere=["a", RECORD, STATUS_QUO, "a+b"])
    found = verdict(claim, {"x": 4.0}, {"x": 6.0})
    assert [other.verdict for other in found.elsewhere] == [
        Verdict.NOT_SUPPORTED, Verdict.NOT_SUPPORTED, Verdict.SUPPORTED, Verdict.NOT_TESTABLE,
    ]  # fmt: skip
    assert [other.within for other in found.flips] == ["a", RECORD]
    assert "By a the verdict is: not supported" in found.text
    assert found.to_dict()["flips"] == ["a", RECORD]


def test_another_metric_on_the_right() -> None:
    """Proves that two metrics of one variant are compared in that variant."""
    more = Condition(says="x over y", metric="x", how=Comparison.ABOVE, than_metric="y")
    claim = statement(more, elsewhere=["a"])
    found = verdict(claim, {"x": 3.0, "y": 2.0}, {"x": 3.0, "y": 4.0})
    assert found.verdict is Verdict.SUPPORTED
    assert found.elsewhere[0].verdict is Verdict.NOT_SUPPORTED
    assert found.elsewhere[0].checks[0].than_within == "a"


def test_package_is_the_largest_subset() -> None:
    """Proves that `package` means all actions that were run together."""
    outcomes = {
        frozenset(name): Made({"x": value})
        for name, value in (("", 9.0), ("a", 9.0), ("b", 9.0), ("ab", 1.0))
    }
    (found,) = judge(outcomes, None, (statement(BELOW, within=PACKAGE, elsewhere=[RECORD]),))
    assert found.verdict is Verdict.SUPPORTED
    assert found.elsewhere[0].verdict is Verdict.NOT_TESTABLE


@pytest.mark.parametrize(
    "fields",
    [
        {"condition": [], "not_testable": ""},
        {"condition": [BELOW], "not_testable": "why"},
        {"condition": [BELOW.model_dump() | {"than_within": "a"}]},
        {"condition": [BELOW.model_dump() | {"value": None}]},
        {"condition": [BELOW.model_dump() | {"how": "around"}]},
        {"condition": [BELOW], "verdict": "supported"},
    ],
)
def test_faulty_statement(fields: dict[str, object]) -> None:
    """Proves that a claim needs conditions or a reason, one right side, and may name no verdict."""
    made = {"id": "q", "statement": "S", "reading": "R", "assumption": "A"}
    with pytest.raises(ValidationError):
        Statement.model_validate(made | fields)


def test_ledger_of_the_package() -> None:
    """Proves that claims.toml has the statements (a) to (m), bound to what is measured."""
    known = {metric.name for metric in EVIDENCE}
    actions = actions_of("baltic").keys()
    assert [claim.id for claim in statements()] == list("abcdefghijklm")
    for claim in statements():
        variants = [claim.within, *claim.elsewhere]
        for one in claim.condition:
            variants += [name for name in (one.within, one.than_within) if name]
            assert {one.metric, one.than_metric or one.metric} <= known
        for name in variants:
            assert name in (STATUS_QUO, PACKAGE) or set(name.split("+")) <= actions


def test_another_ledger(tmp_path: Path) -> None:
    """Proves that a ledger of one's own is read from its file."""
    file = tmp_path / "own.toml"
    file.write_text(
        '[[claim]]\nid = "z"\nstatement = "S"\nreading = "R"\nassumption = "A"\n'
        '[[claim.condition]]\nsays = "x"\nmetric = "x"\nhow = "at most"\nvalue = 3\n'
    )
    outcomes = {frozenset[str](): Made({"x": 3.0})}
    (found,) = judge(outcomes, None, statements(file))
    assert (found.id, found.verdict) == ("z", Verdict.SUPPORTED)
