"""The units of a plan: when each closes and why, with its way and its sources."""

from __future__ import annotations

from pydantic import BaseModel

from amberway.mobility.explain import account, critical_lot, explain, resource_words
from amberway.mobility.lots import Lot
from amberway.mobility.plan import Leg, Plan
from amberway.mobility.result import MobilityResult
from amberway.server.pages.why import RowSource, row_sources
from amberway.units import period_to_days


class UnitRow(BaseModel):
    """When a unit closes. `closure_day` is null if it does not; `waiting_hours` are its last
    lot's."""

    force: str
    name: str
    nation: str
    area: str
    destination: str
    standing: str
    persons: int
    brigade_equivalent: float
    sidc: str
    ready_day: float
    closure_day: float | None
    waiting_hours: float
    main_mode: str
    cause: str
    lots: int
    lots_delivered: int


class Wait(BaseModel):
    """A wait before a leg."""

    resource: str
    name: str
    hours: float


class Stretch(BaseModel):
    """One leg of a lot's way, with the waits before it."""

    means: str
    start: str
    start_name: str
    end: str
    end_name: str
    start_day: float
    end_day: float
    km: float
    lift: str | None
    lift_name: str | None
    sailing: str | None
    links: list[str]
    waits: list[Wait]


class Itinerary(BaseModel):
    """The way of one lot; `cause` says why it has none."""

    lot: str
    cargo: str
    persons: int
    mass_t: float
    ready_day: float
    arrival_day: float | None
    critical: bool
    cause: str | None
    legs: list[Stretch]


class Hours(BaseModel):
    """What a part of the last lot's time went on."""

    what: str
    name: str
    hours: float


class UnitWhy(BaseModel):
    """Why a unit closes when it does: the last lot first in `itinerary`."""

    force: str
    name: str
    sentences: list[str]
    hours: list[Hours]
    itinerary: list[Itinerary]
    sources: list[RowSource]


def unit_rows(result: MobilityResult) -> list[UnitRow]:
    """One row a force element, in the order of the table."""
    plan = result.plan
    scenario, grid = plan.scenario, plan.scenario.settings.grid_hours
    rows = []
    for closure in result.closures:
        lot = critical_lot(plan, closure.force)
        shares = account(plan, lot) if lot is not None else []
        kind = scenario.unit_types[scenario.forces[closure.force].unit_type]
        rows.append(
            UnitRow(
                force=closure.force,
                name=closure.name,
                nation=closure.nation,
                area=closure.area,
                destination=closure.destination,
                standing=closure.standing.value,
                persons=closure.persons,
                brigade_equivalent=round(closure.brigades, 3),
                sidc=kind.sidc,
                ready_day=closure.available_day,
                closure_day=closure.day,
                waiting_hours=grid * sum(s.periods for s in shares if ":" in s.what),
                main_mode=closure.mode,
                cause=closure.cause,
                lots=closure.lots,
                lots_delivered=closure.lots_delivered,
            )
        )
    return rows


def unit_why(plan: Plan, force: str) -> UnitWhy:
    """The account of one unit."""
    scenario, grid = plan.scenario, plan.scenario.settings.grid_hours
    last = critical_lot(plan, force)
    row = scenario.forces[force]
    lots = sorted(plan.by_force.get(force, ()), key=lambda lot: (lot is not last, lot.id))
    ways = [_itinerary(plan, lot, critical=lot is last) for lot in lots]
    words = {
        "notice": "notice to move", "moving": "on the way", "handling": "loading and unloading"
    }  # fmt: skip
    return UnitWhy(
        force=force,
        name=row.name,
        sentences=explain(plan, force),
        hours=[
            Hours(
                what=share.what,
                name=words.get(share.what) or resource_words(scenario, share.what),
                hours=share.periods * grid,
            )
            for share in (account(plan, last) if last is not None else ())
        ],
        itinerary=ways,
        sources=row_sources(scenario, _rows(plan, force, ways[:1])),
    )


def _itinerary(plan: Plan, lot: Lot, *, critical: bool) -> Itinerary:
    grid = plan.scenario.settings.grid_hours
    arrival = plan.arrival(lot)
    return Itinerary(
        lot=lot.id,
        cargo=lot.cargo.value,
        persons=lot.persons,
        mass_t=round(lot.mass_t, 1),
        ready_day=period_to_days(lot.ready, grid),
        arrival_day=None if arrival is None else period_to_days(arrival, grid),
        critical=critical,
        cause=plan.unmoved.get(lot.id),
        legs=[_stretch(plan, leg) for leg in plan.legs.get(lot.id, ())],
    )


def _stretch(plan: Plan, leg: Leg) -> Stretch:
    scenario, grid = plan.scenario, plan.scenario.settings.grid_hours
    return Stretch(
        means=leg.means,
        start=leg.start_place,
        start_name=scenario.places[leg.start_place].name,
        end=leg.end_place,
        end_name=scenario.places[leg.end_place].name,
        start_day=period_to_days(leg.start, grid),
        end_day=period_to_days(leg.end, grid),
        km=round(sum(scenario.links[name[:-1]].km for name in leg.links), 1),
        lift=leg.lift,
        lift_name=None if leg.lift is None else scenario.lift[leg.lift].name,
        sailing=leg.sailing,
        links=[name[:-1] for name in leg.links],
        waits=[
            Wait(resource=name, name=resource_words(scenario, name), hours=waited * grid)
            for name, waited in leg.waits
        ],
    )


def _rows(plan: Plan, force: str, ways: list[Itinerary]) -> list[tuple[str, str]]:
    """Rows of the tables that the account rests on: the unit, and what its last lot used."""
    row = plan.scenario.forces[force]
    found = [("forces", force), ("unit_types", row.unit_type), ("places", row.destination)]
    for leg in (leg for way in ways for leg in way.legs):
        if leg.lift is not None:
            found.append(("lift", leg.lift))
        for wait in leg.waits:
            kind, _, rest = wait.resource.partition(":")
            table = {"link": "links", "terminal": "terminals", "lift": "lift",
                     "clearance": "nations", "ship": "places", "pin": "pins"}.get(kind)  # fmt: skip
            if table is not None:
                found.append((table, rest[:-1] if kind == "link" else rest))
        found += [("links", link) for link in leg.links]
    return found
