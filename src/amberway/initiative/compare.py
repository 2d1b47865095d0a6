"""Every metric of every action, side by side: base against variants, with difference and reason.

A metric that hangs on the deployment plan is known only as far as the plan is certified. Two values
with different plans are told apart if they differ by more than

    (gap of one + gap of the other) · larger of the two values,

as in the claims ledger, and with a gap of 1 for a plan without certificate. For the weighted sum of
arrivals that is more than a proof needs: the best plan of either variant lies between value · (1 −
gap) and value. For what follows from the plan (persons by C+10, needs met) it is a rule of thumb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from amberway.errors import UsageError
from amberway.initiative.audit import Audit, audit
from amberway.initiative.metric import Metric
from amberway.initiative.metrics import METRICS
from amberway.initiative.reads import READS
from amberway.initiative.runs import Advance, How, run, variants
from amberway.initiative.variant import Variant
from amberway.scenario import Scenario

if TYPE_CHECKING:
    import polars as pl

_SAME = 1e-9
_MOST = 3  # actions and tables that a reason names


class Change(StrEnum):
    """What a variant does to a metric."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    OPEN = "not distinguishable"
    UNKNOWN = "no value"


@dataclass(frozen=True)
class Difference:
    """One metric in one variant: `difference` is value − base, `least` what the gaps ask for."""

    metric: str
    variant: str
    base: float | None
    value: float | None
    difference: float | None
    least: float
    change: Change
    reason: str


@dataclass(frozen=True)
class SideBySide:
    """Base and variants with every metric; what the audit of each variant found."""

    base: Variant
    variants: tuple[Variant, ...]
    rows: tuple[Difference, ...]
    audits: tuple[Audit, ...]

    @property
    def clean(self) -> bool:
        """Is every difference of the tables a row of an action?"""
        return all(one.clean for one in self.audits)

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return {
            "base": self.base.to_dict(),
            "variants": [one.to_dict() for one in self.variants],
            "differences": [asdict(one) for one in self.rows],
            "audit": [one.to_dict() for one in self.audits],
        }

    def to_frame(self) -> pl.DataFrame:
        """One row per metric and variant, as a polars table."""
        import polars as pl

        return pl.DataFrame([asdict(one) for one in self.rows], infer_schema_length=None)


def compare(
    base: Scenario, *others: Scenario, how: How | None = None, advance: Advance | None = None
) -> SideBySide:
    """Run a scenario and its variants, and set them side by side.

    >>> import amberway as aw
    >>> s = aw.load("baltic")
    >>> aw.compare(s, s.with_actions("4-mobility")).to_frame()

    Raises UsageError and ScenarioError as `runs.run` and `audit.audit` do.
    """
    how = how or How()
    audits = [audit(base, other) for other in others]
    entries = run([base, *others], how, advance)
    found = variants(entries, how.store)
    if found is None:
        raise UsageError(f"results vanished from {how.store.root} meanwhile; try again.")
    return side_by_side(found[0], found[1:], audits)


def side_by_side(base: Variant, others: Sequence[Variant], audits: Sequence[Audit]) -> SideBySide:
    """The differences of runs that are there; one audit for each variant."""
    rows = [
        difference(metric, base, other, found)
        for metric in METRICS
        for other, found in zip(others, audits, strict=True)
    ]
    return SideBySide(base, tuple(others), tuple(rows), tuple(audits))


def difference(metric: Metric, base: Variant, other: Variant, found: Audit) -> Difference:
    """One metric in one variant."""
    was, now = base.values.get(metric.name), other.values.get(metric.name)
    least = tolerance(metric, base, other)
    if was is None or now is None:
        change, by = Change.UNKNOWN, None
    else:
        by = now - was
        change = _change(metric, by, least)
    return Difference(
        metric.name, other.name, was, now, by, least, change, _reason(metric, base, other, found)
    )


def open_metrics(base: Variant, other: Variant) -> list[str]:
    """Metrics in which two variants are not told apart, because their plans are uncertain."""
    return [
        metric.name
        for metric in METRICS
        if (was := base.values.get(metric.name)) is not None
        and (now := other.values.get(metric.name)) is not None
        and _change(metric, now - was, tolerance(metric, base, other)) is Change.OPEN
    ]


def tolerance(metric: Metric, one: Variant, two: Variant) -> float:
    """By how much two values have to differ, in the metric's unit; 0 if the plan is the same."""
    first, second = one.values.get(metric.name), two.values.get(metric.name)
    if not metric.plan or one.plan == two.plan or first is None or second is None:
        return 0.0
    gaps = sum(1.0 if variant.gap is None else variant.gap for variant in (one, two))
    return gaps * max(abs(first), abs(second))


def _change(metric: Metric, by: float, least: float) -> Change:
    if abs(by) <= _SAME:
        return Change.SAME if least == 0 else Change.OPEN
    if abs(by) <= least:
        return Change.OPEN
    return Change.BETTER if (by > 0) is (metric.better == "higher") else Change.WORSE


def _reason(metric: Metric, base: Variant, other: Variant, found: Audit) -> str:
    """Whose rows touch what the metric is computed from."""
    key = metric.action
    if base.keys[key] == other.keys[key]:
        return "nothing that it is computed from has changed"
    tables = set(READS[key].tables)
    if metric.plan:
        tables |= set(READS["mobility"].tables)
    counts = {
        action: {t: n for t, n in found.counts(action).items() if t in tables}
        for action in found.actions
    }
    touched = {action: rows for action, rows in counts.items() if rows}
    shifted = any(one.table == "scenario.toml" for one in found.changes)
    if not touched:
        return "C-day" if shifted else "no row that it is computed from has changed"
    words = [
        f"{action}: {', '.join(_rows(table, count) for table, count in _most(rows))}"
        for action, rows in touched.items()
    ]
    return "; ".join(words + (["C-day"] if shifted else []))


def _most(rows: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]


def _rows(table: str, count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'} of {table}"
