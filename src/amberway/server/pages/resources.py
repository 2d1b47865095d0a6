"""What is scarce: use over time, price, who waits, what one more buys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from amberway.mobility.evaluate import kind_of
from amberway.mobility.explain import resource_words
from amberway.mobility.explain_resource import bottleneck_of, buys, explain_resource, more, waiters
from amberway.mobility.plan import Plan
from amberway.mobility.result import MobilityResult
from amberway.mobility.worth import by_day
from amberway.network.resources import UNLIMITED
from amberway.scenario import Scenario
from amberway.server.pages.why import RowSource, row_sources
from amberway.units import HOURS_PER_DAY


class ResourceRow(BaseModel):
    """A resource that the plan uses or waits for, the most waited for first.

    `mean` and `peak` are shares of its capacity by day, null where it is not counted by period;
    `price` is what one more unit is worth (weighted days), null where none is known.
    """

    resource: str
    kind: str
    name: str
    table: str
    row: str
    lat: float | None
    lon: float | None
    mean: float | None
    peak: float | None
    waiting_lot_days: float
    price: float | None


class Waiting(BaseModel):
    """Lots of one unit that wait for it, and in which days."""

    force: str
    name: str
    lots: int
    lot_days: float
    first_day: float
    last_day: float


class OneMore(BaseModel):
    """What one more of it buys in a plan made anew; the numbers are null if none was made."""

    what: str
    text: str
    weighted_days: float | None
    brigade_days: float | None
    closure_days: float | None


class ResourceWhy(BaseModel):
    """One resource. `use` and `capacity` (in `unit`) and `price` (weighted days that one more is
    worth) are by day from C-day on; empty where the resource is not counted by period, a capacity
    null where there is no limit."""

    resource: str
    name: str
    kind: str
    unit: str
    use: list[float]
    capacity: list[float | None]
    price: list[float]
    waits: list[Waiting]
    one_more: OneMore | None
    sentences: list[str]
    sources: list[RowSource]


_TABLE = {
    "link": "links", "terminal": "terminals", "lift": "lift", "ship": "places",
    "clearance": "nations",
}  # fmt: skip


def resource_rows(result: MobilityResult) -> list[ResourceRow]:
    """The resources of a result."""
    plan = result.plan
    bottlenecks = () if plan.certificate is None else plan.certificate.bottlenecks
    prices = {one.resource: round(one.price, 3) for one in bottlenecks}
    rows = [
        _row(plan, use.name, use.kind, use.mean_use, use.peak_use, use.waiting_lot_days)
        for use in result.resources
    ]
    known = {row.resource for row in rows}
    rows += [_row(plan, b.resource, b.kind, None, None, 0.0) for b in bottlenecks
             if b.resource not in known]  # fmt: skip
    for row in rows:
        row.price = prices.get(row.resource)
        if row.price is None and (worth := by_day(plan, row.resource)) is not None:
            row.price = round(float(worth.sum()), 3)
    return rows


def _row(
    plan: Plan, name: str, kind: str, mean: float | None, peak: float | None, waited: float
) -> ResourceRow:
    table, row = _of(name)
    at = _position(plan.scenario, table, row)
    words = resource_words(plan.scenario, name)
    return ResourceRow(
        resource=name,
        kind=kind,
        name=words[:1].upper() + words[1:],
        table=table,
        row=row,
        lat=at and at[1],
        lon=at and at[0],
        mean=mean,
        peak=peak,
        waiting_lot_days=waited,
        price=None,
    )


def resource_why(plan: Plan, name: str) -> ResourceWhy:
    """The account of one resource by its exact name."""
    words = resource_words(plan.scenario, name)
    kind = kind_of(plan.scenario, name)
    unit, summed = _unit(name, kind)
    use: list[float] = []
    capacity: list[float | None] = []
    if name in plan.use.names:
        row = plan.use.names.index(name)
        use = _daily(plan, plan.use.used[row], summed=summed)
        unlimited = int(plan.use.capacity[row].max(initial=0)) >= UNLIMITED
        have = _daily(plan, plan.use.capacity[row], summed=summed)
        capacity = [None if unlimited else one for one in have]
    worth = by_day(plan, name)
    bottleneck = bottleneck_of(plan, name)
    gain = None if bottleneck is None else bottleneck.one_more_buys
    return ResourceWhy(
        resource=name,
        name=words[:1].upper() + words[1:],
        kind=kind,
        unit=unit,
        use=use,
        capacity=capacity,
        price=[] if worth is None else [round(float(value), 4) for value in worth],
        waits=[
            Waiting(
                force=one.force,
                name=one.name,
                lots=one.lots,
                lot_days=round(one.lot_days, 3),
                first_day=one.first,
                last_day=one.last,
            )
            for one in waiters(plan, name)
        ],
        one_more=None
        if bottleneck is None
        else OneMore(
            what=more(bottleneck),
            text=buys(plan, bottleneck),
            weighted_days=gain and gain.weighted_days,
            brigade_days=gain and gain.brigade_days,
            closure_days=gain and gain.closure_days,
        ),
        sentences=explain_resource(plan, name),
        sources=row_sources(plan.scenario, [_of(name)]),
    )


def _of(name: str) -> tuple[str, str]:
    """The row of the tables that a resource is made from."""
    kind, _, rest = name.partition(":")
    return _TABLE[kind], rest[:-1] if kind == "link" else rest


def _position(scenario: Scenario, table: str, row: str) -> tuple[float, float] | None:
    if table == "links":
        link = scenario.links[row]
        ends = [scenario.places[end] for end in (link.from_place, link.to_place)]
        return sum(p.lon for p in ends) / 2, sum(p.lat for p in ends) / 2
    name: str | None = row
    if table == "terminals":
        name = scenario.terminals[row].place
    elif table == "lift":
        name = scenario.lift[row].home
    elif table == "nations":
        name = None
    return None if name is None else (scenario.places[name].lon, scenario.places[name].lat)


def _unit(name: str, kind: str) -> tuple[str, bool]:
    """What use and capacity count, and whether it adds up over a day (or is a mean of it)."""
    if name.startswith("link:"):
        return "lots a day", True
    if kind == "apron":
        return "stand-minutes a day", True
    return {"berth": "berths", "reception": "lots at once", "rail terminal": "tracks"}.get(
        kind, "assets"
    ), False


def _daily(plan: Plan, series: NDArray[np.int32], *, summed: bool) -> list[float]:
    """Sums by day, or means."""
    per_day = max(1, round(HOURS_PER_DAY / plan.scenario.settings.grid_hours))
    days = np.arange(0, len(series), per_day)
    sums = np.add.reduceat(series.astype(np.int64), days) if len(series) else series
    return [round(float(value) / (1 if summed else per_day), 3) for value in sums]
