"""Maps of the deployment: flows by corridor and mode, the places that handle them, the units.

Drawn as SVG directly, in units of a quarter of a millimetre on A4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from amberway.mobility.evaluate import Closure
from amberway.mobility.plan import Plan
from amberway.mobility.result import MobilityResult
from amberway.report.figures.flows import Flow, flows, handled
from amberway.report.figures.labels import Box, Placer, text_width
from amberway.report.figures.symbols import symbol
from amberway.report.figures.view import ATLANTIC, THEATRE, Layer, Point, View, bend
from amberway.report.palette import BORDER, INK, LAND, MODES, MUTED, RULE, SEA
from amberway.report.words import decimal, number, place
from amberway.scenario.geography import PlaceKind

WIDTH = 720.0
_THICKEST = 11.0
_THINNEST = 0.8
_TEXT = 10.0
_MARKERS = {
    "sea": ("port", '<rect x="-3" y="-3" width="6" height="6"/>'),
    "air": ("airfield", '<path d="M0,-4L3.8,3L-3.8,3Z"/>'),
    "rail": ("railhead or yard", '<path d="M0,-4L4,0L0,4L-4,0Z"/>'),
    "border": (
        "border crossing",
        '<path d="M-3.2,-3.2L3.2,3.2M-3.2,3.2L3.2,-3.2" stroke-width="2"/>',
    ),
    "road": ("other place", '<circle r="2.4"/>'),
}


@dataclass(frozen=True)
class _Sheet:
    """What the layers of one map share."""

    plan: Plan
    view: View
    placer: Placer
    flows: Sequence[Flow]
    most: int

    def at(self, name: str) -> Point:
        """Where a place lies on the drawing."""
        row = self.plan.scenario.places[name]
        return self.view(row.lon, row.lat)

    def position(self, name: str) -> Point:
        """Longitude and latitude of a place."""
        row = self.plan.scenario.places[name]
        return row.lon, row.lat

    def line(self, lots: int) -> float:
        """Width of a flow's line, in proportion to the lots."""
        return max(_THINNEST, _THICKEST * lots / self.most)


def theatre(result: MobilityResult) -> Markup | None:
    """From home stations and ports to the areas, as far as the theatre reaches."""
    found = flows(result.plan)
    used = {end for flow in found for end in flow.ends}
    positions = [p for p in _positions(result.plan, used) if THEATRE.holds(*p)]
    if not positions:
        return None
    view = View(THEATRE, positions, WIDTH, (0.7, 1.25))
    sheet = _sheet(result.plan, view, found)
    return _svg(sheet, "map-theatre", "Map of the theatre with flows by mode", _named(sheet, 34))


def areas(result: MobilityResult) -> Markup | None:
    """The assembly areas, with the symbol of the largest unit that closes in each."""
    groups: dict[str, list[Closure]] = {}
    for row in result.closures:
        groups.setdefault(row.destination, []).append(row)
    positions = [p for p in _positions(result.plan, set(groups)) if THEATRE.holds(*p)]
    if not positions:
        return None
    view = View(THEATRE, positions, WIDTH, (0.8, 1.3), margin=0.13)
    sheet = _sheet(result.plan, view, flows(result.plan))
    content = [*_units(result, sheet, groups), *_named(sheet, 30)]
    return _svg(sheet, "map-areas", "Map of the assembly areas with unit symbols", content)


def atlantic(result: MobilityResult) -> Markup | None:
    """The whole way, if any of it lies beyond the theatre."""
    found = flows(result.plan)
    used = {end for flow in found for end in flow.ends}
    positions = _positions(result.plan, used)
    if all(THEATRE.holds(*p) for p in positions):
        return None
    west = min(lon for lon, _ in positions)
    inside = [p for p in positions if ATLANTIC.holds(*p)]
    if not inside or west > THEATRE.extent[0] - 4:
        return None
    view = View(ATLANTIC, inside, WIDTH, (0.4, 0.8), margin=0.04)
    sheet = _sheet(result.plan, view, found)
    return _svg(sheet, "map-atlantic", "Map of the transatlantic flows", _named(sheet, 18))


def _positions(plan: Plan, names: set[str]) -> list[Point]:
    rows = [plan.scenario.places[name] for name in sorted(names)]
    return [(row.lon, row.lat) for row in rows]


def _sheet(plan: Plan, view: View, found: Sequence[Flow]) -> _Sheet:
    placer = Placer(view.width, view.height)
    most = max((flow.lots for flow in found), default=1)
    placer.take(Box(0, view.height - 74, 236, view.height))
    return _Sheet(plan, view, placer, found, most)


def _svg(sheet: _Sheet, name: str, description: str, top: Iterator[str] | list[str]) -> Markup:
    view = sheet.view
    frame = f'width="{view.width:.0f}" height="{view.height:.1f}"'
    parts = [
        f'<svg role="img" aria-label="{escape(description)}" class="map" '
        f'viewBox="0 0 {view.width:.0f} {view.height:.1f}">',
        f'<clipPath id="{name}-frame"><rect {frame}/></clipPath>',
        f'<g clip-path="url(#{name}-frame)">',
        f'<rect {frame} fill="{SEA}"/>',
        *_ground(view),
        *_flow_lines(sheet),
        *top,
        *_legend(sheet),
        "</g>",
        f'<rect {frame} fill="none" stroke="{MUTED}"/>',
        "</svg>",
    ]
    return Markup("\n".join(parts))


def _ground(view: View) -> Iterator[str]:
    step = 10 if view.layer is ATLANTIC else 5
    yield f'<g fill="{LAND}" stroke="{BORDER}" stroke-width="0.6" stroke-linejoin="round">'
    for _, path in view.land():
        yield f'<path d="{path}"/>'
    yield f'</g><g fill="none" stroke="{RULE}" stroke-width="0.35">'
    for path in view.graticule(step):
        yield f'<path d="{path}"/>'
    yield "</g>"


def _flow_lines(sheet: _Sheet) -> Iterator[str]:
    """One line a flow; modes that share two ends run side by side."""
    together: dict[tuple[str, str], list[Flow]] = {}
    for flow in sheet.flows:
        together.setdefault(flow.ends, []).append(flow)
    yield '<g fill="none" stroke-linejoin="round">'
    for flow in sheet.flows:
        if not _on(sheet.view.layer, sheet, flow):
            continue
        abreast = sorted(together[flow.ends], key=lambda f: f.mode)
        total = sum(sheet.line(f.lots) for f in abreast)
        before = sum(sheet.line(f.lots) for f in abreast[: abreast.index(flow)])
        width = sheet.line(flow.lots)
        shift = before + width / 2 - total / 2
        stroke = MODES[flow.mode]
        dash = " ".join(f"{max(width, 1.6) * d:.1f}" for d in stroke.dash)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield (
            f'<path d="{_way(sheet, flow, shift)}" stroke="{stroke.colour}" '
            f'stroke-width="{width:.2f}"{dashed} stroke-opacity="0.85">'
            f"<title>{escape(_title(sheet, flow))}</title></path>"
        )
    yield "</g>"


def _on(layer: Layer, sheet: _Sheet, flow: Flow) -> bool:
    """Is any part of a flow on this layer, so that it can be drawn true to the projection?"""
    return any(layer.holds(*sheet.position(end)) for end in flow.ends)


def _way(sheet: _Sheet, flow: Flow, shift: float) -> str:
    points = [sheet.view(*p) for p in bend(*(sheet.position(end) for end in flow.ends))]
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-9)
    dx, dy = -(y1 - y0) / length * shift, (x1 - x0) / length * shift
    return "M" + "L".join(f"{x + dx:.1f},{y + dy:.1f}" for x, y in points)


def _title(sheet: _Sheet, flow: Flow) -> str:
    ends = " – ".join(place(sheet.plan.scenario, end) for end in flow.ends)
    return f"{ends}, {flow.mode}: {number(flow.lots)} lots"


def _named(sheet: _Sheet, most: int) -> Iterator[str]:
    """Markers of the places that handle lots, and the names of the busiest that find room."""
    busy = handled(sheet.plan)
    ranked = sorted(busy, key=lambda name: (-sum(busy[name].values()), name))
    shown = [name for name in ranked if sheet.view.inside(sheet.at(name), 4)]
    marked = [name for name in shown if _marker(sheet.plan, name, busy[name]) != "road"]
    for name in marked:
        x, y = sheet.at(name)
        sheet.placer.take(Box(x - 4, y - 4, x + 4, y + 4))
    yield f'<g fill="white" stroke="{INK}" stroke-width="1">'
    for name in reversed(marked):
        x, y = sheet.at(name)
        shape = _MARKERS[_marker(sheet.plan, name, busy[name])][1]
        words = ", ".join(f"{k} {number(v)}" for k, v in sorted(busy[name].items()))
        title = escape(f"{place(sheet.plan.scenario, name)}: lots by {words}")
        yield f'<g transform="translate({x:.1f},{y:.1f})">{shape}<title>{title}</title></g>'
    yield "</g>"
    yield f'<g font-size="{_TEXT:g}" fill="{INK}" class="halo">'
    written: set[str] = set()
    for name in marked:
        text = place(sheet.plan.scenario, name)
        if len(written) >= most or text in written:
            continue
        box = sheet.placer.beside(sheet.at(name), text_width(text, _TEXT), _TEXT, (6, 10))
        if box is not None:
            written.add(text)
            yield f'<text x="{box.left:.1f}" y="{box.bottom - 2:.1f}">{escape(text)}</text>'
    yield "</g>"


def _marker(plan: Plan, name: str, modes: dict[str, int]) -> str:
    """Which sign a place gets: by its kind, else by what is handled there."""
    by_kind = {
        PlaceKind.SEAPORT: "sea",
        PlaceKind.AIRFIELD: "air",
        PlaceKind.BORDER_CROSSING: "border",
        PlaceKind.RAILHEAD: "rail",
        PlaceKind.TRANSLOAD_YARD: "rail",
    }
    kind = by_kind.get(plan.scenario.places[name].kind)
    if kind is not None:
        return kind
    return next((m for m in ("sea", "air", "rail") if modes.get(m)), "road")


def _units(
    result: MobilityResult, sheet: _Sheet, groups: dict[str, list[Closure]]
) -> Iterator[str]:
    """At each assembly area the symbol of its largest unit, and what closes there in words."""
    scenario = result.plan.scenario
    ranked = sorted(groups, key=lambda d: (-sum(r.persons for r in groups[d]), d))
    spots = {name: sheet.at(name) for name in ranked if sheet.view.inside(sheet.at(name))}
    for x, y in spots.values():
        sheet.placer.take(Box(x - 3, y - 3, x + 3, y + 3))
    for name, (x, y) in spots.items():
        rows = groups[name]
        largest = max(rows, key=lambda r: (r.persons, r.force))
        sidc = scenario.unit_types[scenario.forces[largest.force].unit_type].sidc
        view_box, content = symbol(sidc)
        scale = 30.0 / view_box[2]
        wide, high = 30.0, view_box[3] * scale
        lines = [place(scenario, name), *_closing(rows)]
        width = wide + 4 + max(text_width(line, 8.5) for line in lines)
        box = sheet.placer.beside(
            (x, y), width, max(high, 10.0 * len(lines)) + 2, (7, 16, 28, 42, 60, 80)
        )
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}" stroke="white"/>'
        if box is None:
            continue
        near = (min(max(x, box.left), box.right), min(max(y, box.top), box.bottom))
        yield (
            f'<path d="M{x:.1f},{y:.1f}L{near[0]:.1f},{near[1]:.1f}" stroke="{INK}" '
            'stroke-width="0.8"/>'
        )
        yield (
            f'<rect x="{box.left - 1:.1f}" y="{box.top:.1f}" width="{width + 2:.1f}" '
            f'height="{box.bottom - box.top:.1f}" rx="2" fill="white" fill-opacity="0.86"/>'
        )
        yield (
            f'<svg x="{box.left:.1f}" y="{box.top + 1:.1f}" width="{wide:.1f}" '
            f'height="{high:.1f}" viewBox="{" ".join(f"{v:g}" for v in view_box)}">{content}</svg>'
        )
        yield f'<g font-size="8.5" fill="{INK}">'
        for row, line in enumerate(lines):
            weight = ' font-weight="bold"' if row == 0 else ""
            at = f'x="{box.left + wide + 4:.1f}" y="{box.top + 9 + 10 * row:.1f}"'
            yield f"<text {at}{weight}>{escape(line)}</text>"
        yield "</g>"


def _closing(rows: Sequence[Closure]) -> list[str]:
    """Two lines: units with brigades, persons."""
    units = f"{len(rows)} units" if len(rows) != 1 else "1 unit"
    brigades = sum(row.brigades for row in rows)
    first = units + (f", {decimal(brigades)} bde" if brigades >= 0.05 else "")
    closed = sum(row.persons for row in rows if row.day is not None)
    planned = sum(row.persons for row in rows)
    persons = number(planned) if closed == planned else f"{number(closed)} of {number(planned)}"
    return [first, f"{persons} persons"]


def _legend(sheet: _Sheet) -> Iterator[str]:
    """Modes, widths, signs and scale, at the lower left."""
    height = sheet.view.height
    yield f'<g transform="translate(8,{height - 66:.1f})" font-size="8.5" fill="{INK}">'
    yield '<rect x="-8" y="-8" width="236" height="76" fill="white" fill-opacity="0.9"/>'
    for row, stroke in enumerate(MODES.values()):
        x = 56 * row
        dash = " ".join(f"{4 * d:g}" for d in stroke.dash)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield (
            f'<path d="M{x},2h24" stroke="{stroke.colour}" stroke-width="4"{dashed}/>'
            f'<text x="{x + 28}" y="5">{stroke.word}</text>'
        )
    across = 0.0
    for lots in _round_widths(sheet.most):
        width = sheet.line(lots)
        yield (
            f'<path d="M{across:.0f},20h16" stroke="{MUTED}" stroke-width="{width:.2f}"/>'
            f'<text x="{across + 20:.0f}" y="23">{number(lots)}{"" if across else " lots"}</text>'
        )
        across += 50 if across else 66
    for row, (word, shape) in enumerate(list(_MARKERS.values())[:4]):
        x, y = (0, 70, 0, 70)[row] + 4, (35, 35, 47, 47)[row]
        if row >= 2:
            x = (4, 104)[row - 2]
        yield (
            f'<g transform="translate({x},{y})"><g fill="white" stroke="{INK}">{shape}</g>'
            f'<text x="8" y="3">{word}</text></g>'
        )
    km = next(k for k in (1000, 500, 200, 100, 50) if k * sheet.view.units_per_km < 110 or k == 50)
    bar = km * sheet.view.units_per_km
    yield (
        f'<path d="M0,56v4h{bar:.1f}v-4" fill="none" stroke="{INK}"/>'
        f'<text x="{bar + 5:.1f}" y="61">{number(km)} km</text></g>'
    )


def _round_widths(most: int) -> list[int]:
    """Up to three round numbers of lots for the legend of widths."""
    found: list[int] = []
    for share in (1.0, 0.4, 0.1):
        size = 1
        while size * 10 <= most * share:
            size *= 10
        rounded = max(1, int(most * share // size * size))
        if rounded not in found:
            found.append(rounded)
    return found
