"""The sheet a map is drawn on: its view, what takes room on it, sea, land and frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from amberway.mobility.plan import Plan
from amberway.report.figures.flows import Flow
from amberway.report.figures.labels import Box, Placer, text_width
from amberway.report.figures.view import ATLANTIC, Point, View
from amberway.report.palette import BORDER, COUNTRY, LAND, MUTED, RULE, SEA

WIDTH = 720.0  # drawing units: a quarter of a millimetre on A4
THICKEST = 11.0
THINNEST = 0.8
_COUNTRY_TEXT = 9.0
_LEAST_COUNTRY = 4000.0  # square units in view that earn a country its name


@dataclass(frozen=True)
class Sheet:
    """What the layers of one map share. `most` are the lots of the thickest line."""

    plan: Plan
    view: View
    placer: Placer
    flows: Sequence[Flow]
    most: int

    @staticmethod
    def of(plan: Plan, view: View, found: Sequence[Flow]) -> Sheet:
        """An empty sheet; the thickest line is that of the largest flow in view."""
        sheet = Sheet(plan, view, Placer(view.width, view.height), found, 1)
        seen = (f.lots for f in found if any(view.inside(sheet.at(end)) for end in f.ends))
        return replace(sheet, most=max(seen, default=1))

    def position(self, name: str) -> Point:
        """Longitude and latitude of a place."""
        row = self.plan.scenario.places[name]
        return row.lon, row.lat

    def at(self, name: str) -> Point:
        """Where a place lies on the drawing."""
        return self.view(*self.position(name))

    def line(self, lots: int) -> float:
        """Width of a flow's line, in proportion to the lots."""
        return max(THINNEST, THICKEST * lots / self.most)

    def emptiest(self, width: float, height: float) -> Box:
        """The corner, or else the middle of an edge, with the fewest places of the plan."""
        points = [self.at(end) for flow in self.flows for end in flow.ends]
        right, low = self.view.width - width, self.view.height - height
        spots = [(0.0, low), (right, low), (0.0, 0.0), (right, 0.0), (right / 2, low)]
        boxes = [Box(x, y, x + width, y + height) for x, y in spots]
        return min(boxes, key=lambda box: sum(box.holds(point) for point in points))

    def svg(self, name: str, description: str, layers: Iterable[Iterable[str]]) -> Markup:
        """The finished map: sea, land, then the layers in their order, then the frame."""
        width, height = self.view.width, self.view.height
        size = f'width="{width:.0f}" height="{height:.1f}"'
        parts = [
            f'<svg role="img" aria-label="{escape(description)}" class="map" '
            f'viewBox="0 0 {width:.0f} {height:.1f}">',
            f'<clipPath id="{name}-frame"><rect {size}/></clipPath>',
            f'<g clip-path="url(#{name}-frame)">',
            *_ground(self.view),
            *(part for layer in layers for part in layer),
            "</g>",
            f'<rect x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1:.1f}" '
            f'fill="none" stroke="{MUTED}"/>',
            "</svg>",
        ]
        return Markup("\n".join(parts))


def _ground(view: View) -> Iterator[str]:
    yield f'<path d="{view.outline()}" fill="{SEA}"/>'
    yield f'<g fill="{LAND}" stroke="{BORDER}" stroke-width="0.6" stroke-linejoin="round">'
    countries = list(view.land())
    for country in countries:
        seamless = "" if country.name else ' stroke="none"'
        yield f'<path d="{country.path}"{seamless}/>'
    yield f'</g><g fill="none" stroke="{RULE}" stroke-width="0.35">'
    for path in view.graticule(10 if view.layer is ATLANTIC else 5):
        yield f'<path d="{path}"/>'
    yield (
        f'</g><g font-size="{_COUNTRY_TEXT:g}" fill="{COUNTRY}" text-anchor="middle" '
        'letter-spacing="1.5">'
    )
    for country in countries:
        x, y = country.middle
        room = text_width(country.name, _COUNTRY_TEXT * 1.3) / 2
        fits = view.inside((x, y), 12) and room < x < view.width - room
        if country.name and fits and country.area > _LEAST_COUNTRY:
            yield f'<text x="{x:.1f}" y="{y:.1f}">{escape(country.name.upper())}</text>'
    yield "</g>"
