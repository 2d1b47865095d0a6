"""docs/validation.md: published and computed side by side, the misses with their reasons."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.validation import distances
from amberway.validation.cases import Case, Kind, Outcome, Quantity, cases, outcomes

_HEAD = """\
# Validation

Published cases, planned again. Each is a small scenario folder that anyone can run:

    amberway plan src/amberway/data/cases/b1-quadriga-2025
    .venv/bin/python -m amberway.validation      # this page

What a case states itself (the room of its ships, the mass of its trains) is its input, and said so;
everything else is the default. Rows of a case's tables with the id of a row of `baltic` are equal
to it, and a test sees to it. Nothing is tuned to a case: a miss stays on this page with its reason.
A back-test of an exercise compares with what was published of it, which is little and often
rounded; where starting points or vehicle mix were not published, they are assumed and the case
says so. The formula cases A5, A6 and A7 compare with what theory or the stated rule gives for
inputs of our own. A4 has nothing to plan: it asks the covering models of air defence. B1 to B5 are
exercises that were arranged months ahead, with permits and lift ready: they test movement, not
notice or clearance.
"""

_KINDS = {
    Kind.INSTANCE: "Textbook instances",
    Kind.FORMULA: "Formulas of planning doctrine and theory",
    Kind.CONVENTION: "Conventions",
    Kind.BACK_TEST: "Back-tests of exercises",
}

_WAITING = (
    ("B4 German rail contract: do about 340 wagons in 6 days move the force in 5 to 7 days?",
     "asks for the best plan and its bottleneck, not for the baseline's"),
)  # fmt: skip


def text() -> str:
    """The page."""
    found = list(outcomes())
    return (
        "\n".join([_HEAD, *_summary(found), *_sections(found), *_distances(), *_waiting()]) + "\n"
    )


def _summary(found: list[Outcome]) -> Iterator[str]:
    hits = sum(outcome.hit for outcome in found)
    yield f"**{hits} of {len(found)} quantities compared are hit, {len(found) - hits} missed.**\n"
    yield "| Case | | Hits | Misses |"
    yield "|---|---|---:|---:|"
    for case in cases():
        own = [outcome.hit for outcome in found if outcome.case is case]
        yield f"| {case.id} | {case.title} | {sum(own)} | {len(own) - sum(own)} |"
    yield ""


def _sections(found: list[Outcome]) -> Iterator[str]:
    for kind, title in _KINDS.items():
        yield f"## {title}\n"
        for case in cases():
            if case.kind is kind:
                yield from _section(case, [o for o in found if o.case is case])


def _section(case: Case, found: list[Outcome]) -> Iterator[str]:
    yield f"### {case.id} {case.title}\n"
    yield f"Folder `src/amberway/data/cases/{case.folder.name}`. {_line(case.inputs)}\n"
    if case.own:
        yield f"The case's own figures: {_line(case.own)}.\n"
    yield "| Quantity | Unit | Published | Tolerance | Computed | |"
    yield "|---|---|---:|---:|---:|---|"
    for outcome in found:
        quantity = outcome.quantity
        verdict = "hit" if outcome.hit else "**miss**"
        value = _number(outcome.value, quantity.digits)
        yield (
            f"| {quantity.name} | {quantity.unit} | {quantity.published} | {_allowed(quantity)} "
            f"| {value} | {verdict} |"
        )
    yield ""
    for outcome in found:
        if not outcome.hit:
            yield f"*Miss, {outcome.quantity.name}:* {_line(outcome.quantity.miss)}\n"
    if case.remark:
        yield f"{_line(case.remark)}\n"


def _distances() -> Iterator[str]:
    rows = distances.compare()
    off = [row for row in rows if not row.hit]
    yield "## Known distances\n"
    yield (
        f"The network of `baltic` against published and well-known distances: sea within 5 %, road "
        f"and rail within 6 %. {len(rows) - len(off)} of {len(rows)} agree. "
        "The table was at hand when the lengths were entered and some sections were chosen to fall "
        "within it, Orzysz–Rukla above all: agreement, not an independent test.\n"
    )
    yield "| Way | Mode | Known | Computed | |"
    yield "|---|---|---:|---:|---|"
    for row in rows:
        verdict = "hit" if row.hit else "**miss**"
        yield f"| {row.name} | {row.mode} | {row.known} | {row.computed} | {verdict} |"
    yield ""
    for row in off:
        yield f"*Miss, {row.name}:* {_line(row.miss)}\n"


def _waiting() -> Iterator[str]:
    yield "## Cases that wait\n"
    yield "| Case | Why it is not here yet |"
    yield "|---|---|"
    for case, reason in _WAITING:
        yield f"| {case} | {reason} |"


def _allowed(quantity: Quantity) -> str:
    """What counts as a hit, where that is more than the published figure itself."""
    if quantity.digits > 2:
        return f"{quantity.digits} decimals"
    if quantity.tolerance:
        return f"{quantity.tolerance * 100:g} %"
    if quantity.low < quantity.high:
        return f"{quantity.low:g} to {quantity.high:g}"
    return "exact"


def _line(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _number(value: float, digits: int) -> str:
    whole = abs(value - round(value)) < 1e-6
    return f"{value:,.0f}" if whole or abs(value) >= 100 else f"{value:.{digits}f}"
