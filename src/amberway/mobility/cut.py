"""Why there is no route: which limit, lifted alone, would open one, and where it stands.

Each relaxation is the same scenario with one kind of limit taken out of its tables. The first
that opens a way is the answer, with the links or terminals on that way that break the limit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from amberway.mobility.lots import Lot
from amberway.mobility.options import OptionMaker, Options
from amberway.network import resources
from amberway.network.moves import MoveMaker
from amberway.network.routing import Router
from amberway.scenario import Scenario
from amberway.scenario.row import Row

_ONE_GAUGE = 1435
_PLENTY = 10000
_AS_IT_IS = "as it is"
AnyRow = TypeVar("AnyRow", bound=Row)


def options_of(scenario: Scenario) -> OptionMaker:
    """Option maker of a scenario, from its tables alone."""
    table = resources.build(scenario)
    return OptionMaker(scenario, table, Router(scenario, table), MoveMaker(scenario, table))


def _blank(rows: dict[str, AnyRow], **values: Any) -> dict[str, AnyRow]:
    return {name: row.model_copy(update=values) for name, row in rows.items()}


def _without(*columns: str) -> Callable[[Scenario], Scenario]:
    """Blank columns of links, terminals and lift, where they have them."""

    def relax(scenario: Scenario) -> Scenario:
        tables = {}
        for name in ("links", "terminals", "lift"):
            rows = scenario.table(name)
            have = {c: None for r in rows.values() for c in columns if c in type(r).model_fields}
            tables[name] = _blank(rows, **have)
        return replace(scenario, **tables)  # type: ignore[arg-type]  # the tables keep their rows

    return relax


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
    return replace(
        scenario,
        links=_blank(scenario.links, **always),
        terminals=_blank(scenario.terminals, **always),
        disruptions={},
    )


def _plenty(scenario: Scenario) -> Scenario:
    return replace(
        scenario, lift=_blank(scenario.lift, count=_PLENTY, availability=1.0, users=(), loads_in=())
    )


RELAXATIONS: tuple[tuple[str, Callable[[Scenario], Scenario]], ...] = (
    ("track gauge", _one_gauge),
    ("military load class", _without("mlc_wheeled", "mlc_tracked")),
    ("axle load", _without("axle_load_t")),
    ("loading profile", _without("max_width_m", "max_height_m")),
    ("draught", _without("max_draught_m")),
    ("ship length or beam", _without("max_length_m", "max_beam_m")),
    ("ramp strength", _without("ramp_limit_t")),
    ("runway length", _without("runway_m")),
    ("closed links or terminals", _all_open),
    ("lift that may carry it", _plenty),
)


class Cut:
    """Finds what cuts lots off. Relaxed networks are built once, when first asked for."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._makers: dict[str, OptionMaker] = {}

    def why(self, lot: Lot) -> str:
        """One sentence: no route, what cuts it and where."""
        places = self._scenario.places
        route = f"no route from {places[lot.origin].name} to {places[lot.destination].name}"
        for name, relax in RELAXATIONS:
            if name not in self._makers:
                self._makers[name] = options_of(relax(self._scenario))
            options = self._makers[name].of(lot)
            if lot.origin in options.bound:
                where = self._where(lot, options)
                at = f" at {', '.join(where)}" if where else ""
                return f"{route}: cut by {name}{at}"
        return f"{route}: no links or lift connect them, even with every limit lifted singly"

    def _where(self, lot: Lot, options: Options) -> list[str]:
        """Links on the opened way that stop the lot; else the ends of the first hop it lacks."""
        if _AS_IT_IS not in self._makers:
            self._makers[_AS_IT_IS] = options_of(self._scenario)
        as_it_is = self._makers[_AS_IT_IS].of(lot)
        usable = {link for moves in as_it_is.moves.values() for m in moves for link in m.links}
        hops = way(lot, options)
        links = (link for hop in hops for link in hop.links if link not in usable)
        found = [name for link in links if self._relaxed_matters(name := link[:-1])]
        if not found:
            pairs = {(p, m.end) for p, moves in as_it_is.moves.items() for m in moves}
            pairs |= {(p, w.end) for p, ways in as_it_is.sea.items() for w in ways}
            lacking = (hop for hop in hops if (hop.start, hop.end) not in pairs)
            found = [place for hop in lacking for place in (hop.start, hop.end)][:2]
        return list(dict.fromkeys(found))[:4]

    def _relaxed_matters(self, link: str) -> bool:
        row = self._scenario.links[link]
        return any(
            getattr(row, column) is not None
            for column in (
                "gauge_mm",
                "mlc_wheeled",
                "mlc_tracked",
                "axle_load_t",
                "max_width_m",
                "max_height_m",
                "max_draught_m",
                "max_length_m",
                "max_beam_m",
                "opens",
                "closes",
            )
        )


@dataclass(frozen=True)
class Hop:
    """One move or voyage of a way; a voyage has no links yet."""

    start: str
    end: str
    links: tuple[str, ...] = ()


def way(lot: Lot, options: Options) -> list[Hop]:
    """The quickest way of an options network with nothing in the way."""
    hops: list[Hop] = []
    place = lot.origin
    # No way is longer than there are places (hops that take no time could run in circles).
    while place != lot.destination and len(hops) < len(options.bound):
        out = [(m.duration, Hop(place, m.end, m.links)) for m in options.moves.get(place, ())]
        out += [(w.least, Hop(place, w.end)) for w in options.sea.get(place, ())]
        _, hop = min(
            ((spent + options.bound[h.end], h) for spent, h in out if h.end in options.bound),
            key=lambda found: found[0],
        )
        hops.append(hop)
        place = hop.end
    return hops
