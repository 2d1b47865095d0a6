"""Flows as lines: width for lots, colour and dashes for the mode."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from amberway.report.figures.flows import Flow
from amberway.report.figures.sheet import Sheet
from amberway.report.figures.view import bend
from amberway.report.palette import MODES
from amberway.report.words import number, place

_LEAST_DASHED = 1.6  # the dashes of a hairline would be dots


def lines(sheet: Sheet) -> Iterator[str]:
    """One line a flow; modes that share two ends run side by side."""
    together: dict[tuple[str, str], list[Flow]] = {}
    for flow in sheet.flows:
        together.setdefault(flow.ends, []).append(flow)
    yield '<g fill="none" stroke-linejoin="round">'
    for flow in sheet.flows:
        # Beyond its layer the projection folds over: what lies there in full is not drawn.
        if not any(sheet.view.layer.holds(*sheet.position(end)) for end in flow.ends):
            continue
        abreast = sorted(together[flow.ends], key=lambda other: other.mode)
        total = sum(sheet.line(other.lots) for other in abreast)
        before = sum(sheet.line(other.lots) for other in abreast[: abreast.index(flow)])
        width = sheet.line(flow.lots)
        stroke = MODES[flow.mode]
        dash = " ".join(f"{max(width, _LEAST_DASHED) * part:.1f}" for part in stroke.dash)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield (
            f'<path d="{_way(sheet, flow, before + width / 2 - total / 2)}" '
            f'stroke="{stroke.colour}" stroke-width="{width:.2f}"{dashed} stroke-opacity="0.85">'
            f"<title>{escape(_title(sheet, flow))}</title></path>"
        )
    yield "</g>"


def _way(sheet: Sheet, flow: Flow, shift: float) -> str:
    points = [sheet.view(*p) for p in bend(*(sheet.position(end) for end in flow.ends))]
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-9)
    dx, dy = -(y1 - y0) / length * shift, (x1 - x0) / length * shift
    return "M" + "L".join(f"{x + dx:.1f},{y + dy:.1f}" for x, y in points)


def _title(sheet: Sheet, flow: Flow) -> str:
    ends = " – ".join(place(sheet.plan.scenario, end) for end in flow.ends)
    return f"{ends}, {flow.mode}: {number(flow.lots)} lots"
