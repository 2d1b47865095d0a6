"""The package as lines for the terminal: the five actions' scoreboard, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.initiative.compare import Change
from amberway.initiative.metrics import BY_NAME
from amberway.initiative.package import Package
from amberway.initiative.scoreboard import SCOREBOARD
from amberway.initiative.scorecard import TITLES

_WIDTH = 50
_CHANGES = {
    Change.BETTER: "better",
    Change.WORSE: "worse",
    Change.SAME: "same",
    Change.OPEN: "within the gap",
    Change.UNKNOWN: "–",
}


def lines(package: Package) -> list[str]:
    """Scoreboard, how sure it is; of all subsets also contributions, claims and tracker."""
    text = [*_scoreboard(package), "", *_sure(package)]
    if package.contributions:
        text += ["", *_contributions(package)]
    if package.claims:
        text += ["", *_claims(package)]
    if package.tracker:
        text += ["", *_tracker(package)]
    return text


def number(value: float | None, unit: str) -> str:
    """A value as its unit is read: shares in per cent, counts whole, the rest with two decimals."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{100 * value:.1f} %"
    if unit == "day":
        return f"C+{value:.2f}"  # as exact as the difference beside it
    if abs(value) >= 100 or abs(value - round(value)) < 1e-9:
        return f"{value:,.0f}"
    return f"{value:,.2f}"


def signed(value: float | None, unit: str) -> str:
    """A difference with its sign."""
    if value is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    if unit == "share":
        return f"{sign}{100 * abs(value):.1f} points"
    return f"{sign}{number(abs(value), 'days' if unit == 'day' else unit)}"


def shown_unit(unit: str) -> str:
    """The unit to write behind a value; blank where the value says it."""
    return "" if unit in ("share", "day") else unit


def _scoreboard(package: Package) -> Iterator[str]:
    rows = {row.metric: row for row in package.side.rows if row.variant == package.whole.name}
    width = 14
    yield f"{'':{_WIDTH}}{'status quo':>{width}}{'package':>{width}}{'difference':>{width}}"
    for action, chosen in SCOREBOARD.items():
        yield TITLES[action]
        for name, words in chosen.items():
            row, metric = rows[name], BY_NAME[name]
            values = (
                number(row.base, metric.unit),
                number(row.value, metric.unit),
                signed(row.difference, metric.unit),
            )
            cells = "".join(f"{value:>{width}}" for value in values)
            yield f"  {words:{_WIDTH - 2}}{cells}  {_CHANGES[row.change]}"


def _sure(package: Package) -> Iterator[str]:
    worst = package.worst_gap
    runs = len(package.runs)
    plans = len({run.plan for run in package.runs.values()})
    gap = "no plan is certified" if worst is None else f"certified gap at most {worst:.2%}"
    state = "all verified" if package.plans_valid else "NOT ALL VALID"
    yield f"{runs} variants, {plans} deployment plans, {state}; {gap}."
    if package.side.clean:
        rows = sum(len(one.changes) for one in package.side.audits[:1])
        yield (
            f"Audit: of {package.audited} variant{'s' if package.audited > 1 else ''} every "
            f"difference is a row of the actions ({rows} rows for the whole package)."
        )
    else:
        for audit in package.side.audits:
            for one in audit.unexplained:
                yield f"Audit: {audit.variant}: no row of an action explains {_named(one)}."


def _named(one: object) -> str:
    table, name = getattr(one, "table", None), getattr(one, "id", None)
    return f"{table}/{name}" if table else str(getattr(one, "name", one))


def _contributions(package: Package) -> Iterator[str]:
    width = 16
    heads = "".join(f"{action[: width - 2]:>{width}}" for action in package.actions)
    yield "What each action adds (Shapley value; ~ is within the gap)"
    yield f"{'':{_WIDTH}}{heads}"
    by_name = {one.metric: one for one in package.contributions}
    for chosen in SCOREBOARD.values():
        for name, words in chosen.items():
            metric, parts = BY_NAME[name], {p.action: p for p in by_name[name].parts}
            cells = ""
            for action in package.actions:
                part = parts.get(action)
                text = "–" if part is None else signed(part.amount, metric.unit)
                if part is not None and part.amount and not part.distinguishable:
                    text = f"~{text}"
                cells += f"{text:>{width}}"
            yield f"  {words:{_WIDTH - 2}}{cells}"
    for metric_name, pair in package.strongest():
        metric = BY_NAME[metric_name]
        more = (pair.amount > 0) is (metric.better == "higher")
        amount = f"{signed(pair.amount, metric.unit)} {shown_unit(metric.unit)}".strip()
        yield (
            f"  {' and '.join(pair.actions)} {'help each other' if more else 'overlap'}: "
            f"{amount}, {metric.title}."
        )


def _claims(package: Package) -> Iterator[str]:
    yield "Statements of the authors"
    for claim in package.claims:
        yield f"  ({claim.id}) {claim.verdict.value:18} {claim.statement}"


def _tracker(package: Package) -> Iterator[str]:
    yield "Proposals of 2024 by mid-2026"
    for item in package.tracker:
        done = "" if item.done is None else f"{item.done:.0%} of the way"
        yield f"  {item.standing.value:14} {done:>16}  {item.proposal}"
