"""The claims ledger: statements of the authors, judged by what the runs gave.

A claim of claims.toml is bound to conditions. A condition compares a metric of one variant with a
number, or with a metric of another variant. All hold: supported. None holds: not supported. Some
do, or one is closer than the plans are certain: it depends; but a `strict` claim, such as that
something is enough, is refuted by one condition that fails. A value that no run gave makes the
claim not testable here, as does a reason in claims.toml why no table can answer it. The verdict
comes from the runs alone; the same conditions are tried in the variants of `elsewhere`, and where
the verdict is another one, that is what flips it.

Plans are certified to a gap only. A difference between two plans counts if it is larger than

    (gap of one + gap of the other) · larger of the two values,

with a gap of 1 for a plan without certificate, so that nothing is concluded from it; against a
number, if it is larger than the one gap times the larger of the two.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from amberway.initiative.outcome import Outcome, Outcomes

FILE = Path(__file__).with_name("claims.toml")
STATUS_QUO = "status-quo"
PACKAGE = "package"
RECORD = "asof-2026"


class Verdict(StrEnum):
    """What the runs say of a claim."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not supported"
    DEPENDS = "depends"
    NOT_TESTABLE = "not testable here"


class State(StrEnum):
    """What a run says of one condition."""

    HOLDS = "holds"
    FAILS = "fails"
    WITHIN_GAP = "within the gap"
    MISSING = "no value"


class Comparison(StrEnum):
    """How the left side has to stand to the right one."""

    ABOVE = "above"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    BELOW = "below"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Condition(_Strict):
    """A comparison: `metric` in `within`, against `value`, or `than_metric` in `than_within`.

    A variant is `status-quo`, `package`, `asof-2026`, or actions joined by `+`. Blank: that of
    the claim; `than_within` blank: that of the left side; `than_metric` blank: the same metric.
    `plan` says that what is compared hangs on deployment plans, so that their gaps count.
    """

    says: str = Field(min_length=1)
    metric: str
    within: str = ""
    how: Comparison
    value: float | None = None
    than_metric: str = ""
    than_within: str = ""
    plan: bool = False

    @model_validator(mode="after")
    def _one_right_side(self) -> Self:
        if (self.value is None) is not bool(self.than_metric or self.than_within):
            raise ValueError("name either value or another metric or variant")
        return self


class Statement(_Strict):
    """A claim as claims.toml has it."""

    id: str = Field(pattern="^[a-z]$")
    statement: str = Field(min_length=1)
    reading: str = Field(min_length=1)
    within: str = STATUS_QUO
    elsewhere: tuple[str, ...] = ()
    assumption: str = Field(min_length=1)
    not_testable: str = ""
    strict: bool = False
    condition: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _conditions_or_reason(self) -> Self:
        if bool(self.condition) is bool(self.not_testable):
            raise ValueError("name conditions, or the reason why there are none")
        return self


class _Ledger(_Strict):
    claim: tuple[Statement, ...]


@dataclass(frozen=True)
class Check:
    """One condition with its numbers; `least` is the difference that the gaps ask for."""

    says: str
    state: State
    metric: str
    within: str
    left: float | None
    how: str
    right: float | None
    than_metric: str
    than_within: str
    least: float

    @property
    def margin(self) -> float | None:
        """How far the left side is above the right one: what would have to change to flip it."""
        return None if self.left is None or self.right is None else self.left - self.right

    @property
    def text(self) -> str:
        """The numbers as a clause."""
        left = f"{self.metric} in {self.within} {_number(self.left)}"
        if self.than_within:
            return (
                f"{left}, {self.how} {self.than_metric} in {self.than_within} "
                f"{_number(self.right)}: {self.state.value}"
            )
        return f"{left}, {self.how} {_number(self.right)}: {self.state.value}"


@dataclass(frozen=True)
class Elsewhere:
    """The verdict by the same conditions in another variant."""

    within: str
    verdict: Verdict
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Claim:
    """A claim with its verdict, numbers, what flips it, and the assumption that it rests on.

    `because` says in words why it is not testable; blank otherwise.
    """

    id: str
    statement: str
    reading: str
    within: str
    verdict: Verdict
    because: str
    checks: tuple[Check, ...]
    elsewhere: tuple[Elsewhere, ...]
    assumption: str

    @property
    def flips(self) -> tuple[Elsewhere, ...]:
        """Variants that were run, and in which the same conditions give another verdict."""
        if self.verdict is Verdict.NOT_TESTABLE:
            return ()
        return tuple(
            other
            for other in self.elsewhere
            if other.verdict not in (self.verdict, Verdict.NOT_TESTABLE)
        )

    @property
    def text(self) -> str:
        """Verdict, numbers and what flips it, in one paragraph."""
        parts = [self.verdict.value.capitalize()]
        if self.because:
            parts[0] += f": {self.because}"
        parts += [f"{check.says} ({check.text})" for check in self.checks]
        parts += [
            f"By {other.within} the verdict is: {other.verdict.value}" for other in self.flips
        ]
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return asdict(self) | {
            "text": self.text,
            "flips": [other.within for other in self.flips],
            "checks": [asdict(check) | {"margin": check.margin} for check in self.checks],
        }


@cache
def statements(file: Path = FILE) -> tuple[Statement, ...]:
    """The claims of claims.toml, in the order of the file."""
    return _Ledger.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))).claim


def judge(
    outcomes: Outcomes,
    asof: Outcome | None,
    claims: tuple[Statement, ...] | None = None,
) -> tuple[Claim, ...]:
    """Every claim with its verdict.

    `outcomes` has the runs by subset of actions; the empty one is the status quo, the largest the
    package. `asof` is the run of the record of 2026, None if it was not made.
    """
    variants = _Variants(outcomes, asof)
    return tuple(_judged(claim, variants) for claim in claims or statements())


@dataclass(frozen=True)
class _Variants:
    outcomes: Outcomes
    asof: Outcome | None

    def run(self, name: str) -> Outcome | None:
        """The run of a variant by its name; None if it was not made."""
        if name == RECORD:
            return self.asof
        if name == STATUS_QUO:
            return self.outcomes.get(frozenset())
        if name == PACKAGE:
            return self.outcomes.get(frozenset().union(*self.outcomes))
        return self.outcomes.get(frozenset(name.split("+")))

    def value(self, name: str, metric: str) -> float | None:
        """A metric in a variant; None if either is missing."""
        run = self.run(name)
        return None if run is None else run.values.get(metric)

    def gap(self, name: str) -> float:
        """How far a variant's plan may be from the best; 1 if nothing is certified."""
        run = self.run(name)
        return 1.0 if run is None or run.gap is None else run.gap


def _judged(claim: Statement, variants: _Variants) -> Claim:
    checks = _checks(claim, claim.within, variants)
    missing = [check for check in checks if check.state is State.MISSING]
    because = claim.not_testable
    if missing and not because:
        because = "no run gave " + ", ".join(_lacking(check) for check in missing)
    others = (
        Elsewhere(within, _verdict(claim, found), found)
        for within in claim.elsewhere
        for found in (_checks(claim, within, variants),)
    )
    return Claim(
        claim.id, claim.statement, claim.reading, claim.within, _verdict(claim, checks), because,
        checks, tuple(others), claim.assumption,
    )  # fmt: skip


def _verdict(claim: Statement, checks: tuple[Check, ...]) -> Verdict:
    states = {check.state for check in checks}
    if not states or State.MISSING in states:
        return Verdict.NOT_TESTABLE
    if states == {State.HOLDS}:
        return Verdict.SUPPORTED
    refuted = State.FAILS in states if claim.strict else states == {State.FAILS}
    return Verdict.NOT_SUPPORTED if refuted else Verdict.DEPENDS


def _checks(claim: Statement, within: str, variants: _Variants) -> tuple[Check, ...]:
    return tuple(_check(one, one.within or within, variants) for one in claim.condition)


def _check(condition: Condition, within: str, variants: _Variants) -> Check:
    left = variants.value(within, condition.metric)
    than_metric, than_within, right, gaps = "", "", condition.value, variants.gap(within)
    if condition.value is None:
        than_metric = condition.than_metric or condition.metric
        than_within = condition.than_within or within
        right = variants.value(than_within, than_metric)
        gaps += variants.gap(than_within)
    state, least = State.MISSING, 0.0
    if left is not None and right is not None:
        least = gaps * max(abs(left), abs(right)) if condition.plan else 0.0
        state = _state(left, condition.how, right, least)
    return Check(
        condition.says, state, condition.metric, within, left, condition.how.value, right,
        than_metric, than_within, least,
    )  # fmt: skip


def _state(left: float, how: Comparison, right: float, least: float) -> State:
    if least and abs(left - right) <= least:
        return State.WITHIN_GAP
    holds = {
        Comparison.ABOVE: left > right,
        Comparison.AT_LEAST: left >= right,
        Comparison.AT_MOST: left <= right,
        Comparison.BELOW: left < right,
    }
    return State.HOLDS if holds[how] else State.FAILS


def _lacking(check: Check) -> str:
    if check.left is None:
        return f"{check.metric} in {check.within}"
    return f"{check.than_metric} in {check.than_within}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")
