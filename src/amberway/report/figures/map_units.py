"""Assembly areas: the APP-6 symbol of the largest unit, and in words all that closes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import escape

from amberway.mobility.evaluate import Closure, Standing
from amberway.mobility.result import MobilityResult
from amberway.report.figures.labels import Box, text_width
from amberway.report.figures.sheet import Sheet
from amberway.report.figures.symbols import symbol
from amberway.report.palette import INK
from amberway.report.words import decimal, number, short_place

_TEXT = 8.0
_LINE = 9.5
_LARGE, _SMALL = 27.0, 19.0
_REACH = (6.0, 11.0, 18.0, 26.0, 36.0, 48.0, 62.0, 80.0)


@dataclass(frozen=True)
class _Panel:
    """One place: where it is, the box given to it, its symbol's width, its lines of text."""

    point: tuple[float, float]
    box: Box
    sidc: str
    width: float
    lines: tuple[str, ...]


def panels(result: MobilityResult, sheet: Sheet, groups: dict[str, list[Closure]]) -> list[_Panel]:
    """Panels beside their places, allied forces before places with local forces only."""
    scenario = result.plan.scenario

    def allied(name: str) -> int:
        return sum(r.persons for r in groups[name] if r.standing is not Standing.LOCAL)

    ranked = sorted(groups, key=lambda d: (-allied(d), -sum(r.persons for r in groups[d]), d))
    ranked = [name for name in ranked if sheet.view.inside(sheet.at(name))]
    for name in ranked:
        x, y = sheet.at(name)
        sheet.placer.take(Box(x - 3.5, y - 3.5, x + 3.5, y + 3.5))
    found = []
    for name in ranked:
        rows = groups[name]
        largest = max(rows, key=lambda row: (row.persons, row.force))
        sidc = scenario.unit_types[scenario.forces[largest.force].unit_type].sidc
        lines: tuple[str, ...] = (short_place(scenario, name),)
        wide = _SMALL
        if allied(name):
            lines, wide = (_title(lines[0], rows), _detail(rows)), _LARGE
        view_box, _ = symbol(sidc)
        high = wide * view_box[3] / view_box[2]
        width = wide + 3 + max(text_width(line, _TEXT) for line in lines)
        box = sheet.placer.beside(sheet.at(name), width, max(high, _LINE * len(lines)) + 2, _REACH)
        if box is not None:
            found.append(_Panel(sheet.at(name), box, sidc, wide, lines))
    return found


def draw(found: Sequence[_Panel]) -> Iterator[str]:
    """Leaders first, then panels, so that no leader crosses a panel's text."""
    for panel in found:
        (x, y), box = panel.point, panel.box
        near = (min(max(x, box.left), box.right), min(max(y, box.top), box.bottom))
        yield (
            f'<path d="M{x:.1f},{y:.1f}L{near[0]:.1f},{near[1]:.1f}" stroke="{INK}" '
            f'stroke-width="0.8"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}" '
            'stroke="white"/>'
        )
    for panel in found:
        box = panel.box
        view_box, content = symbol(panel.sidc)
        high = panel.width * view_box[3] / view_box[2]
        yield (
            f'<rect x="{box.left - 1:.1f}" y="{box.top:.1f}" rx="2" fill="white" '
            f'fill-opacity="0.82" width="{box.right - box.left + 2:.1f}" '
            f'height="{box.bottom - box.top:.1f}"/>'
            f'<svg x="{box.left:.1f}" y="{box.top + 1:.1f}" width="{panel.width:.1f}" '
            f'height="{high:.1f}" viewBox="{" ".join(f"{v:g}" for v in view_box)}">{content}</svg>'
        )
        middle = (box.top + box.bottom - _LINE * len(panel.lines)) / 2
        yield f'<g font-size="{_TEXT:g}" fill="{INK}">'
        for row, line in enumerate(panel.lines):
            weight = ' font-weight="bold"' if row == 0 and len(panel.lines) > 1 else ""
            at = f'x="{box.left + panel.width + 3:.1f}" y="{middle + 7.6 + _LINE * row:.1f}"'
            yield f"<text {at}{weight}>{escape(line)}</text>"
        yield "</g>"


def _title(name: str, rows: Sequence[Closure]) -> str:
    brigades = sum(row.brigades for row in rows)
    return name + (f", {decimal(brigades)} bde" if brigades >= 0.05 else "")


def _detail(rows: Sequence[Closure]) -> str:
    units = f"{len(rows)} units" if len(rows) != 1 else "1 unit"
    closed = sum(row.persons for row in rows if row.day is not None)
    planned = sum(row.persons for row in rows)
    return f"{units}, {number(closed)}" + (f" of {number(planned)}" if closed < planned else "")
