"""Why there is no route: which limit, lifted alone, would open one, and where it stands.

Each relaxation is the same scenario with one kind of limit taken out of its tables. The first
that opens a way is the answer, with the links or terminals on that way that break the limit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot
from amberway.mobility.options import OptionMaker, Options
from amberway.mobility.pins import Pins
from amberway.network.moves import MODE_OF
from amberway.scenario import Scenario
from amberway.scenario.row import Row

_ONE_GAUGE = 1435
_PLENTY = 10000
_ROOM = (
    "wagons", "gross_t", "payload_t", "lane_m", "pax",
    "item_length_m", "item_width_m", "item_height_m", "item_mass_t",
)  # fmt: skip
_AS_IT_IS = "as it is"
AnyRow = TypeVar("AnyRow", bound=Row)


def _blank(rows: dict[str, AnyRow], **values: Any) -> dict[str, AnyRow]:
    return {name: row.model_copy(update=values) for name, row in rows.items()}


def _without(*columns: str) -> tuple[Callable[[Scenario], Scenario], tuple[str, ...]]:
    """Blank columns of links, terminals and lift, where they have them; and these columns."""

    def relax(scenario: Scenario) -> Scenario:
        tables = {}
        for name in ("links", "terminals", "lift"):
            rows = scenario.table(name)
            have = {c: None for r in rows.values() for c in columns if c in type(r).model_fields}
            tables[name] = _blank(rows, **have)
        return replace(scenario, **tables)  # type: ignore[arg-type]  # the tables keep their rows

    return relax, columns


def _one_gauge(scenario: Scenario) -> Scenario:
    links = {
        name: link if link.gauge_mm is None else link.model_copy(update={"gauge_mm": _ONE_GAUGE})
        for name, link in scenario.links.items()
    }
    terminals = {
        name: row.model_copy(update={"gauges_mm": (_ONE_GAUGE,)}) if row.gauges_mm else row
        for name, row in scenario.terminals.items()
    }
    lift = {
        name: row if row.gauge_mm is None else row.model_copy(update={"gauge_mm": _ONE_GAUGE})
        for name, row in scenario.lift.items()
    }
    return replace(scenario, links=links, terminals=terminals, lift=lift)


def _all_open(scenario: Scenario) -> Scenario:
    always = {"opens": None, "closes": None}
    terminals = {
        name: row.model_copy(update={**always, "slots": max(1, row.slots)})
        for name, row in scenario.terminals.items()
    }
    # A rate that lets no lot pass before the horizon closes a link as well.
    links = _blank(scenario.links, capacity_per_day=None, **always)
    return replace(scenario, links=links, terminals=terminals, disruptions={})


def _plenty(scenario: Scenario) -> Scenario:
    return replace(
        scenario, lift=_blank(scenario.lift, count=_PLENTY, availability=1.0, users=(), loads_in=())
    )


def _roomy(scenario: Scenario) -> Scenario:
    lift = {
        name: row.model_copy(
            update={column: _PLENTY for column in _ROOM if getattr(row, column) is not None}
        )
        for name, row in scenario.lift.items()
    }
    return replace(scenario, lift=lift)


def _all_near(scenario: Scenario) -> Scenario:
    factors = scenario.settings.factors.model_copy(update={"access_km": math.inf})
    return replace(scenario, settings=scenario.settings.model_copy(update={"factors": factors}))


@dataclass(frozen=True)
class Relaxation:
    """One kind of limit lifted; where it stands: in these columns of links, at ends of `mode`."""

    name: str
    relax: Callable[[Scenario], Scenario]
    columns: tuple[str, ...] = ()
    mode: str | None = None


RELAXATIONS = (
    Relaxation("track gauge", _one_gauge, ("gauge_mm",)),
    Relaxation("military load class", *_without("mlc_wheeled", "mlc_tracked")),
    Relaxation("axle load", *_without("axle_load_t")),
    Relaxation("loading profile", *_without("max_width_m", "max_height_m")),
    Relaxation("draught", *_without("max_draught_m"), "sea"),
    Relaxation("ship length or beam", *_without("max_length_m", "max_beam_m"), "sea"),
    Relaxation("ramp strength", *_without("ramp_limit_t"), "sea"),
    Relaxation("runway length", *_without("runway_m"), "air"),
    Relaxation("closed links or terminals", _all_open, ("opens", "closes", "capacity_per_day")),
    Relaxation("lift that may carry it", _plenty),
    Relaxation("size or mass that its lift takes", _roomy),
    Relaxation("distance to a railhead or airfield (access_km)", _all_near),
)


class Cut:
    """Finds what cuts lots off. Relaxed networks are built once, when first asked for."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._pins = Pins(scenario)
        self._makers: dict[str, OptionMaker] = {}

    def why(self, lot: Lot) -> str:
        """One sentence: no route, what cuts it and where."""
        places = self._scenario.places
        route = f"no route from {places[lot.origin].name} to {places[lot.destination].name}"
        pin = self._pins.of(lot)
        if pin is not None:
            route += f" under pin {pin.id!r}"
        for limit in RELAXATIONS:
            if limit.name not in self._makers:
                self._makers[limit.name] = Ground.of(limit.relax(self._scenario)).options
            options = self._makers[limit.name].of(lot)
            if lot.origin in options.bound:
                where = self._where(limit, way(lot, options))
                at = f" at {', '.join(where)}" if where else ""
                return f"{route}: cut by {limit.name}{at}"
        return f"{route}: no links or lift connect them, even with every limit lifted singly"

    def _where(self, limit: Relaxation, hops: list[Hop]) -> list[str]:
        """Links on the opened way that have the limit; else the ends of its hop of that mode."""
        links = [self._scenario.links[name[:-1]] for hop in hops for name in hop.links]
        gauges = [link.gauge_mm for link in links if link.gauge_mm is not None]
        found = [
            link.id
            for link in links
            if any(
                # Of several gauges, the one on which the way begins is not in the way.
                value != gauges[0] if column == "gauge_mm" else value is not None
                for column in limit.columns
                if (value := getattr(link, column, None)) is not None
            )
        ]
        if not found:
            found = [place for h in hops if h.mode == limit.mode for place in (h.start, h.end)]
        return list(dict.fromkeys(found))[:4]


@dataclass(frozen=True)
class Hop:
    """One move or voyage of a way; a voyage has no links yet."""

    start: str
    end: str
    mode: str
    links: tuple[str, ...] = ()


def way(lot: Lot, options: Options) -> list[Hop]:
    """The quickest way of an options network with nothing in the way."""
    hops: list[Hop] = []
    place = lot.origin
    # No way is longer than there are places (hops that take no time could run in circles).
    while place != lot.destination and len(hops) < len(options.bound):
        out = [
            (m.duration, Hop(place, m.end, MODE_OF[m.means], m.links))
            for m in options.moves.get(place, ())
        ]
        out += [(w.least, Hop(place, w.end, "sea")) for w in options.sea.get(place, ())]
        _, hop = min(
            ((spent + options.bound[h.end], h) for spent, h in out if h.end in options.bound),
            key=lambda found: found[0],
        )
        hops.append(hop)
        place = hop.end
    return hops
