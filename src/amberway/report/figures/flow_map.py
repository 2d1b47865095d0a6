"""Maps of the deployment: the theatre, the assembly areas, the Atlantic.

Drawn as SVG directly; each map is a sheet with layers.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from amberway.mobility.evaluate import Closure
from amberway.mobility.plan import Plan
from amberway.mobility.result import MobilityResult
from amberway.report.figures import map_legend, map_marks, map_units
from amberway.report.figures.flows import flows
from amberway.report.figures.map_lines import lines
from amberway.report.figures.sheet import WIDTH, Sheet
from amberway.report.figures.view import ATLANTIC, THEATRE, Layer, Point, View

_FAR_WEST = THEATRE.extent[0] - 4.0


def theatre(result: MobilityResult) -> Markup | None:
    """From home stations and ports to the areas, as far as the theatre reaches."""
    found = flows(result.plan)
    # The land decides what is in view: sea lanes may lead out of the map.
    ashore = {
        end
        for flow in found
        for end in flow.ends
        if result.plan.scenario.places[end].nation is not None
    }
    positions = _positions(result.plan, ashore, THEATRE)
    if not positions:
        return None
    sheet = Sheet.of(result.plan, View(THEATRE, positions, WIDTH, (0.7, 1.25)), found)
    key = map_legend.place(sheet)
    marks = map_marks.marks(sheet, 55)
    layers = (
        lines(sheet),
        map_marks.signs(sheet, marks),
        map_marks.names(sheet, marks, 40),
        map_legend.draw(sheet, key),
    )
    return sheet.svg("map-theatre", "Map of the theatre with flows by mode", layers)


def areas(result: MobilityResult) -> Markup | None:
    """The assembly areas, with the symbol of the largest unit that closes in each."""
    groups: dict[str, list[Closure]] = {}
    for row in result.closures:
        groups.setdefault(row.destination, []).append(row)
    positions = _positions(result.plan, groups, THEATRE)
    if not positions:
        return None
    view = View(THEATRE, positions, WIDTH, (0.8, 1.3), margin=0.12)
    sheet = Sheet.of(result.plan, view, flows(result.plan))
    key = map_legend.place(sheet)
    marks = map_marks.marks(sheet, 40, leave_out=frozenset(groups))
    panels = map_units.panels(result, sheet, groups)
    layers = (
        lines(sheet),
        map_marks.signs(sheet, marks),
        map_units.draw(panels),
        map_marks.names(sheet, marks, 25),
        map_legend.draw(sheet, key),
    )
    return sheet.svg("map-areas", "Map of the assembly areas with unit symbols", layers)


def atlantic(result: MobilityResult) -> Markup | None:
    """The ways across the ocean; None if nothing comes from so far."""
    found = flows(result.plan)
    positions = _positions(result.plan, {end for flow in found for end in flow.ends}, ATLANTIC)
    if not any(lon < _FAR_WEST for lon, _ in positions):
        return None
    view = View(ATLANTIC, positions, WIDTH, (0.4, 0.8), margin=0.03)
    sheet = Sheet.of(result.plan, view, found)
    key = map_legend.place(sheet)
    on_theatre = frozenset(
        row.id for row in result.plan.scenario.places.values() if THEATRE.holds(row.lon, row.lat)
    )
    marks = map_marks.marks(sheet, 30, leave_out=on_theatre)
    layers = (
        lines(sheet),
        map_marks.signs(sheet, marks),
        map_marks.names(sheet, marks, 20),
        map_legend.draw(sheet, key),
    )
    return sheet.svg("map-atlantic", "Map of the transatlantic flows", layers)


def _positions(plan: Plan, names: Iterable[str], layer: Layer) -> list[Point]:
    """Longitude and latitude of the named places that lie on a layer."""
    rows = [plan.scenario.places[name] for name in sorted(names)]
    return [(row.lon, row.lat) for row in rows if layer.holds(row.lon, row.lat)]
