"""The opening page: what the package buys, what each action adds, what still fails, how sure."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from amberway.initiative.audit import Change as Row
from amberway.initiative.board import number, signed
from amberway.initiative.claims import Verdict
from amberway.initiative.compare import Change, Difference
from amberway.initiative.metrics import ACTIONS, BY_NAME
from amberway.initiative.package import Package
from amberway.initiative.scoreboard import SCOREBOARD
from amberway.initiative.scorecard import TITLES
from amberway.report.figures import contribution_bars, package_slide
from amberway.report.words import at_most
from amberway.scenario import Scenario

_CHANGES = {
    Change.BETTER: ("better", "▲"),
    Change.WORSE: ("worse", "▼"),
    Change.SAME: ("same", "="),
    Change.OPEN: ("within the gap", "≈"),
    Change.UNKNOWN: ("no value", "–"),
}
_ROWS_SHOWN = 60  # of the audit; --json has all
_LONGEST = 180


@dataclass(frozen=True)
class Line:
    """A metric on the page: its values in words."""

    action: str
    title: str
    unit: str
    base: str
    package: str
    difference: str
    word: str
    mark: str
    reason: str
    record: str


def context(package: Package, scenario: Scenario) -> dict[str, Any]:
    """What the template shows; `scenario` is the package's."""
    from amberway.report.figures import roadmap_bars

    audit = next(one for one in package.side.audits if one.variant.endswith(package.whole.name))
    return {
        "title": scenario.settings.title,
        "actions": [package.titles[name] for name in package.actions],
        "headlines": headlines(package),
        "fails": fails(package),
        "sure": sure(package, scenario),
        "bars": contribution_bars.draw(names(package.actions), contribution_rows(package)),
        "groups": [
            (TITLES[action], [one for one in every_line(package) if one.action == action])
            for action in ACTIONS
        ],
        "record": package.record is not None,
        "strongest": list(strongest(package)),
        "roadmap": roadmap_bars.draw(package.roadmap),
        "years": []
        if package.roadmap is None
        else [(year.year, year.in_window) for year in package.roadmap.years],
        "by_year": by_year(package),
        "claims": package.claims,
        "plain": lambda value: number(value, ""),
        "tracker": [
            (item, BY_NAME[item.metric].unit if item.metric in BY_NAME else "")
            for item in package.tracker
        ],
        "show": number,
        "signed": signed,
        "audit": audit,
        "audit_rows": [(row, _cells(row)) for row in audit.changes[:_ROWS_SHOWN]],
        "audit_counts": Counter((row.table, row.action or "nobody") for row in audit.changes),
        "limits_gone": [one for one in audit.constraints if one.vanished],
        "limits": len(audit.constraints),
        "unexplained": [one for found in package.side.audits for one in found.unexplained],
        "audited": package.audited,
    }


def headlines(package: Package) -> list[tuple[str, list[Line]]]:
    """The scoreboard by action."""
    found = {row.metric: row for row in _rows(package)}
    return [
        (
            TITLES[action],
            [replace(_line(found[name], package), title=words) for name, words in chosen.items()],
        )
        for action, chosen in SCOREBOARD.items()
    ]


def every_line(package: Package) -> list[Line]:
    """Every metric."""
    return [_line(row, package) for row in _rows(package)]


def by_year(package: Package) -> list[tuple[str, str, list[str]]]:
    """The scoreboard by year: words, status quo, values between the runs."""
    if package.roadmap is None:
        return []
    return [
        (
            words,
            number(package.base.values[name], BY_NAME[name].unit),
            [
                number(year.values[name].in_part, BY_NAME[name].unit)
                for year in package.roadmap.years
            ],
        )
        for chosen in SCOREBOARD.values()
        for name, words in chosen.items()
    ]


def fails(package: Package) -> list[tuple[str, int, int, str]]:
    """By action: how much is missing before and after, and the first of what still is."""
    found = []
    for action in ACTIONS:
        before, after = package.base.shortfalls[action], package.whole.shortfalls[action]
        text = after[0]["text"] if after else "nothing that the rules look for."
        found.append((TITLES[action], len(before), len(after), _cut(text)))
    return found


def sure(package: Package, scenario: Scenario) -> list[str]:
    """How sure the numbers are, in sentences."""
    runs = list(package.runs.values())
    plans = len({run.plan for run in runs})
    gap = package.worst_gap
    said = [
        f"{plans} deployment plan{'s' if plans > 1 else ''} for {len(runs)} variants, each checked "
        f"by an independent program: {'all valid' if package.plans_valid else 'NOT ALL VALID'}.",
        "No plan is certified: differences that hang on a plan are not told apart."
        if gap is None
        else f"No plan is further than {at_most(gap)} from the best possible one (certified); what "
        "lies within that is marked ≈.",
    ]
    rows = [row for name, table in _tables(scenario) if name != "sources" for row in table.values()]
    assumed = sum(row.confidence.value == "assumed" for row in rows)
    if rows:
        said.append(f"{assumed / len(rows):.0%} of {len(rows):,} rows of the tables are assumed.")
    if package.claims:
        counts = Counter(claim.verdict for claim in package.claims)
        words = ", ".join(f"{counts[one]} {one.value}" for one in Verdict if counts[one])
        said.append(f"Of {len(package.claims)} statements of the authors: {words}.")
    said.append(
        "Every difference between the variants' tables is a row of an action (audited)."
        if package.side.clean
        else "The audit found differences that no action explains: DO NOT USE."
    )
    return said


def slide(package: Package, scenario: Scenario) -> package_slide.Slide:
    """The page as a slide."""
    return package_slide.Slide(
        "The package against the status quo",
        f"{scenario.settings.title} · {', '.join(package.actions)}",
        [
            (title, [package_slide.Number(one.title, one.base, one.package, one.word, one.mark)
                     for one in lines])
            for title, lines in headlines(package)
        ],
        names(package.actions),
        contribution_rows(package),
        [
            f"{title[2:]}: {after} missing ({before} before). {_cut(text, 80)}"
            for title, before, after, text in fails(package)
        ],
        sure(package, scenario),
    )  # fmt: skip


def names(actions: Sequence[str]) -> list[str]:
    """Short names of actions: 2 presence."""
    return [name.replace("-", " ", 1) for name in actions]


def contribution_rows(package: Package) -> list[contribution_bars.Row]:
    """The metrics of the scoreboard that the package changes, as shares by action."""
    by_name = {one.metric: one for one in package.contributions}
    found = []
    for chosen in SCOREBOARD.values():
        for name, words in chosen.items():
            one, metric = by_name.get(name), BY_NAME[name]
            if one is None or not one.parts or one.base is None or one.package is None:
                continue
            span = abs(one.package - one.base)
            if span <= 1e-9:
                continue
            sign = 1 if metric.better == "higher" else -1
            values = f"{number(one.base, metric.unit)} → {number(one.package, metric.unit)}"
            found.append(
                contribution_bars.Row(
                    words,
                    values,
                    tuple(sign * part.amount / span for part in one.parts),
                    tuple(part.distinguishable for part in one.parts),
                )
            )
    return found


def strongest(package: Package) -> Iterator[str]:
    """The strongest interactions, in sentences."""
    for name, pair in package.strongest():
        metric = BY_NAME[name]
        more = (pair.amount > 0) is (metric.better == "higher")
        one, two = names(pair.actions)
        yield (
            f"{one} and {two} do {'more' if more else 'less'} together than each alone for "
            f"“{metric.title}”: {signed(pair.amount, metric.unit)} {_unit(metric.unit)}."
        )


def _rows(package: Package) -> list[Difference]:
    return [row for row in package.side.rows if row.variant == package.whole.name]


def _line(row: Difference, package: Package) -> Line:
    metric = BY_NAME[row.metric]
    word, mark = _CHANGES[row.change]
    record = None if package.record is None else package.record.values.get(row.metric)
    return Line(
        metric.action, metric.title, _unit(metric.unit), number(row.base, metric.unit),
        number(row.value, metric.unit), signed(row.difference, metric.unit), word, mark,
        row.reason, number(record, metric.unit),
    )  # fmt: skip


def _unit(unit: str) -> str:
    return "" if unit in ("share", "day") else unit


def _cells(row: Row) -> str:
    return "; ".join(
        f"{name}: {_value(before)} → {_value(after)}"
        for name, (before, after) in row.fields.items()
        if name not in ("note", "source", "confidence", "release")
    )


def _value(value: Any) -> str:
    return "–" if value in (None, "") else _cut(str(value), 40)


def _cut(text: str, most: int = _LONGEST) -> str:
    return textwrap.shorten(text, most, placeholder=" …")


def _tables(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    from amberway.scenario.tables import TABLES

    for name in TABLES:
        yield name, scenario.table(name)
