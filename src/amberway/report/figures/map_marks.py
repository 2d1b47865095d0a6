"""Ports, airfields, railheads and border crossings: a sign each, and a name where there is room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from amberway.mobility.plan import Plan
from amberway.report.figures.flows import handled
from amberway.report.figures.labels import Box, text_width
from amberway.report.figures.sheet import Sheet
from amberway.report.palette import INK
from amberway.report.words import number, place, short_place
from amberway.scenario.geography import PlaceKind

SIGNS = {
    "sea": ("port", '<rect x="-3" y="-3" width="6" height="6"/>'),
    "air": ("airfield", '<path d="M0,-4L3.8,3L-3.8,3Z"/>'),
    "rail": ("railhead or yard", '<path d="M0,-3.8L3.8,0L0,3.8L-3.8,0Z"/>'),
    "border": ("border crossing", '<path d="M-2.6,-2.6L2.6,2.6M-2.6,2.6L2.6,-2.6"/>'),
}
_BY_KIND = {
    PlaceKind.SEAPORT: "sea",
    PlaceKind.AIRFIELD: "air",
    PlaceKind.BORDER_CROSSING: "border",
    PlaceKind.RAILHEAD: "rail",
    PlaceKind.TRANSLOAD_YARD: "rail",
}
_TEXT = 9.5


@dataclass(frozen=True)
class Mark:
    """A place with its sign and the lots handled by mode."""

    place: str
    sign: str
    lots: Counter[str]


def marks(sheet: Sheet, most: int, *, leave_out: frozenset[str] = frozenset()) -> list[Mark]:
    """The busiest places in view, the busiest first; their room on the sheet is taken."""
    busy = handled(sheet.plan)
    found = []
    for name in sorted(busy, key=lambda n: (-sum(busy[n].values()), n)):
        sign = _sign(sheet.plan, name, busy[name])
        if sign is None or name in leave_out or not sheet.view.inside(sheet.at(name), 5):
            continue
        x, y = sheet.at(name)
        sheet.placer.take(Box(x - 4, y - 4, x + 4, y + 4))
        found.append(Mark(name, sign, busy[name]))
        if len(found) == most:
            break
    return found


def _sign(plan: Plan, name: str, lots: Counter[str]) -> str | None:
    """By the kind of place, else by what is handled there; None: nothing but road."""
    kind = _BY_KIND.get(plan.scenario.places[name].kind)
    return kind or next((mode for mode in ("sea", "air", "rail") if lots[mode]), None)


def signs(sheet: Sheet, found: list[Mark]) -> Iterator[str]:
    """The signs, the busiest on top; what is handled shows when pointed at."""
    yield f'<g fill="white" stroke="{INK}">'
    for mark in reversed(found):
        x, y = sheet.at(mark.place)
        lots = ", ".join(f"{mode} {number(count)}" for mode, count in sorted(mark.lots.items()))
        title = escape(f"{place(sheet.plan.scenario, mark.place)}: lots by {lots}")
        shape = SIGNS[mark.sign][1]
        yield f'<g transform="translate({x:.1f},{y:.1f})">{shape}<title>{title}</title></g>'
    yield "</g>"


def names(sheet: Sheet, found: list[Mark], most: int) -> Iterator[str]:
    """Names beside the signs, the busiest first, each once, as far as there is room."""
    yield f'<g font-size="{_TEXT:g}" fill="{INK}" class="halo">'
    written: set[str] = set()
    for mark in found:
        text = short_place(sheet.plan.scenario, mark.place)
        if len(written) == most:
            break
        if text in written:
            continue
        box = sheet.placer.beside(sheet.at(mark.place), text_width(text, _TEXT), _TEXT, (6, 9, 13))
        if box is not None:
            written.add(text)
            yield f'<text x="{box.left:.1f}" y="{box.bottom - 1.5:.1f}">{escape(text)}</text>'
    yield "</g>"
