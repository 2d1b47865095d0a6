"""What is covered: a small map a layer and altitude, in place on C-day and at C+30."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from amberway.airdefence.problem import LAYERS, Problem, reach
from amberway.airdefence.result import AirDefenceResult, ring
from amberway.airdefence.solve import LAST_DAY
from amberway.report.figures.labels import text_width
from amberway.report.figures.view import THEATRE, View
from amberway.report.palette import BLUE, BORDER, COUNTRY, INK, LAND, MUTED, ORANGE, SEA
from amberway.report.words import percent

_WIDTH = 720.0
_GAP = 6.0
_ABOVE = 26.0  # room for the legend
_TITLE = 13.0
_TEXT = 9.4
_EDGE = 1.5  # frames stay within the picture
_NAME = 8.0
_SCALE_KM = 100
_LEAST_KM = 400.0


def draw(result: AirDefenceResult) -> Markup | None:
    """Small multiples, a row an altitude and a column a layer; None without assets."""
    problem = result.problem
    if not problem.assets:
        return None
    places = problem.scenario.places
    positions = [(places[a.place].lon, places[a.place].lat) for a in problem.assets]
    width = (_WIDTH - 2 * _EDGE - _GAP * (len(LAYERS) - 1)) / len(LAYERS)
    view = View(THEATRE, positions, width, (0.9, 1.25), margin=0.05, least_km=_LEAST_KM)
    high = view.height + _TITLE + _GAP
    height = _ABOVE + high * len(problem.altitudes)
    parts = [
        '<svg role="img" aria-label="Maps of coverage by layer and altitude" class="map" '
        f'viewBox="0 0 {_WIDTH:.0f} {height:.1f}">',
        *_shared(view),
        *_legend(),
    ]
    for h, altitude in enumerate(problem.altitudes):
        for at, layer in enumerate(LAYERS):
            left, top = _EDGE + at * (width + _GAP), _ABOVE + h * high
            share = [float(c.by_layer[h, at]) for c in (result.in_place, result.after(LAST_DAY))]
            title = (
                f"{layer.value}, {altitude:,.0f} m: {percent(share[0])} in place, "
                f"{percent(share[1])} at C+{LAST_DAY}"
            )
            parts.append(f'<g transform="translate({left:.1f},{top:.1f})">')
            parts.append(f'<text x="0" y="{_TEXT:g}" font-size="{_TEXT:g}">{escape(title)}</text>')
            parts.append(f'<g transform="translate(0,{_TITLE:g})" clip-path="url(#sky-frame)">')
            parts.append('<use href="#sky-ground"/>')
            parts += _circles(result, view, h, at)
            parts += _assets(result, view, h, at)
            parts.append("</g>")
            parts.append(
                f'<rect x="0" y="{_TITLE:g}" width="{view.width:.1f}" '
                f'height="{view.height:.1f}" fill="none" stroke="{MUTED}"/></g>'
            )
    return Markup("\n".join([*parts, "</svg>"]))


def _shared(view: View) -> Iterator[str]:
    """The ground, drawn once and shown in every map."""
    size = f'width="{view.width:.1f}" height="{view.height:.1f}"'
    yield f'<defs><clipPath id="sky-frame"><rect {size}/></clipPath><g id="sky-ground">'
    yield f'<rect {size} fill="{SEA}"/>'
    yield f'<g fill="{LAND}" stroke="{BORDER}" stroke-width="0.5">'
    yield from (f'<path d="{country.path}"/>' for country in view.land())
    yield "</g>"
    yield from _names(view)
    yield from _scale(view)
    yield "</g></defs>"


def _names(view: View) -> Iterator[str]:
    """Names of the countries that have room for them, under what is drawn later."""
    yield f'<g font-size="{_NAME:g}" fill="{COUNTRY}" text-anchor="middle">'
    for country in view.land():
        x, y = country.middle
        half = text_width(country.name, _NAME) / 2
        if country.name and half < x < view.width - half and _NAME < y < view.height - _NAME:
            yield f'<text x="{x:.1f}" y="{y:.1f}">{escape(country.name)}</text>'
    yield "</g>"


def _scale(view: View) -> Iterator[str]:
    """A bar of 100 km in the lower left corner."""
    x, y, long = 8.0, view.height - 8.0, _SCALE_KM * view.units_per_km
    yield f'<path d="M{x:g},{y - 3:.1f}v3h{long:.1f}v-3" fill="none" stroke="{INK}"/>'
    yield f'<text x="{x + 3:g}" y="{y - 3:.1f}" font-size="{_NAME:g}">{_SCALE_KM} km</text>'


def _circles(result: AirDefenceResult, view: View, h: int, at: int) -> Iterator[str]:
    """Reach of each system of a layer: filled and solid if in place, dashed if it comes later."""
    problem, late = result.problem, result.after(LAST_DAY)
    drawn: set[tuple[str, float]] = set()
    for comes in (False, True):
        for s, system in enumerate(problem.systems):
            shown = (
                (late.active[s] and not result.in_place.active[s])
                if comes
                else (result.in_place.active[s])
            )
            km = reach(system, problem.altitudes[h])
            if problem.layer_of[s] != at or not shown or not km or (system.place, km) in drawn:
                continue
            drawn.add((system.place, km))
            yield _circle(problem, view, system.place, km, comes=comes)


def _circle(problem: Problem, view: View, place: str, km: float, *, comes: bool) -> str:
    row = problem.scenario.places[place]
    points = [view(lon, lat) for lon, lat in ring(row.lon, row.lat, km)]
    path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points[:-1]) + "Z"
    return f'<path d="{path}" {_COMES if comes else _STANDS}/>'


_STANDS = f'fill="{BLUE}" fill-opacity="0.22" stroke="{BLUE}" stroke-width="1.2"'
_COMES = (
    f'fill="{ORANGE}" fill-opacity="0.14" stroke="{ORANGE}" stroke-width="1.2" '
    'stroke-dasharray="4 2.5"'
)


def _assets(result: AirDefenceResult, view: View, h: int, at: int) -> Iterator[str]:
    """A disc for an asset covered by what is in place, a ring with a dot for one covered later."""
    problem = result.problem
    standing, later = result.in_place.layers[h, at], result.after(LAST_DAY).layers[h, at]
    for a, asset in enumerate(problem.assets):
        row = problem.scenario.places[asset.place]
        x, y = view(row.lon, row.lat)
        yield _mark(x, y, "stands" if standing[a] else "comes" if later[a] else "none", row.name)


def _mark(x: float, y: float, state: str, name: str) -> str:
    title = f"<title>{escape(name)}</title>" if name else ""
    at = f'cx="{x:.1f}" cy="{y:.1f}"'
    if state == "stands":
        return (
            f'<circle {at} r="2.6" fill="{INK}" stroke="white" stroke-width="0.6">{title}</circle>'
        )
    ring_ = f'<circle {at} r="2.5" fill="white" stroke="{INK}" stroke-width="0.9">{title}</circle>'
    return ring_ + (f'<circle {at} r="1.1" fill="{INK}"/>' if state == "comes" else "")


def _legend() -> Iterator[str]:
    y = 9.0
    yield f'<g font-size="{_TEXT:g}">'
    items = [("stands", "asset covered by what is in place"),
             ("comes", f"covered at C+{LAST_DAY} only"), ("none", "not covered")]  # fmt: skip
    x = 4.0
    for state, word in items:
        yield _mark(x, y - 3.5, state, "")
        yield f'<text x="{x + 6:.0f}" y="{y:g}">{word}</text>'
        x += 20 + text_width(word, _TEXT)
    for style, word in ((_STANDS, "reach, in place"), (_COMES, f"reach, there at C+{LAST_DAY}")):
        yield f'<rect x="{x:.0f}" y="{y - 8:g}" width="15" height="9" {style}/>'
        yield f'<text x="{x + 19:.0f}" y="{y:g}">{word}</text>'
        x += 33 + text_width(word, _TEXT)
    yield "</g>"
