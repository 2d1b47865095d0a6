"""The opening page: what the package buys, what each action adds, what still fails, how sure."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from amberway.initiative.audit import Change as Row
from amberway.initiative.board import number, shown_unit, signed
from amberway.initiative.claims import Verdict
from amberway.initiative.compare import Change, Difference
from amberway.initiative.metrics import ACTIONS, BY_NAME
from amberway.initiative.package import Package
from amberway.initiative.scoreboard import FAILS, SCOREBOARD
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
_SHOWN = {name for chosen in SCOREBOARD.values() for name in chosen}


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
        "summary": summary(package),
        "headlines": headlines(package),
        "fails": fails(package),
        "sure": sure(package, scenario),
        "bars": contribution_bars.cells(names(package.actions), contribution_rows(package)),
        "tiles": contribution_bars.tiles(package.actions),
        "key": list(enumerate(names(package.actions))),
        "groups": [
            (TITLES[action], [one for one in every_line(package) if one.action == action])
            for action in ACTIONS
        ],
        "record": package.record is not None,
        "strongest": list(strongest(package)),
        "roadmap": roadmap_bars.draw(package.roadmap),
        "years": [(year.year, year.in_window) for year in package.roadmap.years],
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
    """The scoreboard by year: words, status quo, values between the runs of all subsets."""
    if not package.contributions:
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


def summary(package: Package) -> str:
    """The package in a sentence: numbers better and worse, cost, year in which all is in force."""
    counts = Counter(_CHANGES[row.change][0] for row in _rows(package) if row.metric in _SHOWN)
    said = [f"{n} {word}" for word, _ in _CHANGES.values() if (n := counts[word])]
    text = f"Of {counts.total()} numbers {', '.join(said)}."
    years = package.roadmap.years
    if any(cost is not None for year in years for cost in year.cost.values()):
        spent = f"{package.roadmap.cost:,.0f} million €"
        text += f" Cost {spent}, {years[0].year} to {years[-1].year}."
    whole = [year for year in years if set(year.shares) == set(year.in_force)]
    if whole:
        window = ", within the window of 2027 to 2029" if whole[0].in_window else ""
        text += f" Wholly in force at the end of {whole[0].year}{window}."
    return text


def fails(package: Package) -> list[tuple[str, str]]:
    """By action: what is still wrong with the package, before in brackets, in words.

    Where none of the numbers that are looked at says so, the first of its shortfalls.
    """
    found = []
    for action in ACTIONS:
        said = [
            f"{number(now, unit)} {words} ({number(was, unit)} before)"
            for name, words in FAILS[action].items()
            for unit, was, now in (_lacking(name, package),)
            if now
        ]
        rows = package.whole.shortfalls[action]
        first = _cut(rows[0]["text"]) if rows else "nothing that the rules look for."
        found.append((TITLES[action], "; ".join(said) + "." if said else first))
    return found


def _lacking(name: str, package: Package) -> tuple[str, float | None, float | None]:
    """Unit of a metric, and what it is short of right in status quo and package."""
    metric = BY_NAME[name]
    was, now = (
        None if value is None else value if metric.better == "lower" else 1.0 - value
        for value in (package.base.values[name], package.whole.values[name])
    )
    return metric.unit, was, now


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
        said.append(
            f"{100 * assumed / len(rows):.0f} % of {len(rows):,} rows of the tables are assumed."
        )
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
        scenario.settings.title,
        summary(package),
        [
            (title, [package_slide.Number(one.title, one.base, one.package, one.difference,
                                          one.word, one.mark) for one in lines])
            for title, lines in headlines(package)
        ],
        names(package.actions),
        contribution_rows(package),
        package.roadmap,
        fails(package),
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
            found.append(
                contribution_bars.Row(
                    words,
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
            f"{one} and {two} {'help each other' if more else 'overlap'} in “{metric.title}” "
            f"({f'{signed(pair.amount, metric.unit)} {shown_unit(metric.unit)}'.strip()})."
        )


def _rows(package: Package) -> list[Difference]:
    return [row for row in package.side.rows if row.variant == package.whole.name]


def _line(row: Difference, package: Package) -> Line:
    metric = BY_NAME[row.metric]
    word, mark = _CHANGES[row.change]
    record = None if package.record is None else package.record.values.get(row.metric)
    return Line(
        metric.action, metric.title, shown_unit(metric.unit), number(row.base, metric.unit),
        number(row.value, metric.unit), signed(row.difference, metric.unit), word, mark,
        row.reason, number(record, metric.unit),
    )  # fmt: skip


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
