"""What is known of one resource: its price over time, who waits for it, what more of it buys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amberway.errors import UsageError
from amberway.mobility.certificate import Bottleneck, Gain
from amberway.mobility.explain import resource_words
from amberway.mobility.objective import Closure
from amberway.mobility.plan import Plan
from amberway.mobility.worth import UNIT, by_day
from amberway.network.moves import MODE_OF, Means
from amberway.network.resources import UNLIMITED
from amberway.scenario.geography import Function
from amberway.scenario.lift import LiftKind
from amberway.scenario.read import suggestion
from amberway.units import HOURS_PER_DAY, period_to_days

_NAMED = 5  # units that wait
_LEAST = 0.05  # a gain below it is none: a tenth is what is shown
_KINDS = "link:, terminal:, lift:, ship: or clearance:"


@dataclass(frozen=True)
class Waiter:
    """Lots of one unit that wait for a resource: how many, how long, in which days."""

    force: str
    name: str
    lots: int
    lot_days: float
    first: float
    last: float


def explain_resource(plan: Plan, name: str) -> list[str]:
    """Sentences on a resource; a link named without direction gives both directions.

    Raises UsageError if the plan has no such resource.
    """
    text: list[str] = []
    for one in _named(plan, name):
        words = resource_words(plan.scenario, one)
        text += [
            f"{words[0].upper()}{words[1:]} ({one}):",
            *_use(plan, one),
            *_price(plan, one),
            _waiting(plan, one),
        ]
        bottleneck = bottleneck_of(plan, one)
        if bottleneck is not None:
            text.append(buys(plan, bottleneck))
    return text


def bottleneck_of(plan: Plan, name: str) -> Bottleneck | None:
    """The bottleneck of this name, if it is among those of the certificate."""
    found = () if plan.certificate is None else plan.certificate.bottlenecks
    return next((one for one in found if one.resource == name), None)


def waiters(plan: Plan, name: str) -> list[Waiter]:
    """Units with lots that wait for a resource, the longest first."""
    day = plan.scenario.settings.grid_hours / HOURS_PER_DAY
    found: dict[str, list[tuple[str, int, int]]] = {}
    for lot in plan.lots:
        for leg in plan.legs.get(lot.id, ()):
            arrived = leg.start - sum(waited for _, waited in leg.waits)
            for resource, waited in leg.waits:
                if resource == name:
                    found.setdefault(lot.force, []).append((lot.id, waited, arrived))
                arrived += waited
    rows = [
        Waiter(
            force,
            plan.scenario.forces[force].name,
            len({lot for lot, _, _ in waits}),
            day * sum(waited for _, waited, _ in waits),
            day * min(since for _, _, since in waits),
            day * max(since + waited for _, waited, since in waits),
        )
        for force, waits in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.lot_days, row.name))


def buys(plan: Plan, bottleneck: Bottleneck) -> str:
    """What one more of a resource buys, as a sentence."""
    if bottleneck.one_more_buys is None:
        return f"No plan was made with {more(bottleneck)}: that is done for the dearest only."
    return f"Planned anew with {more(bottleneck)}: {gain_words(plan, bottleneck.one_more_buys)}."


def more(bottleneck: Bottleneck) -> str:
    """'one more berth', 'one day of clearance less'."""
    if bottleneck.kind == "clearance":
        return f"one {bottleneck.one_more}"
    return f"one more {bottleneck.one_more}"


def gain_words(plan: Plan, gain: Gain) -> str:
    """'12.0 weighted days saved, 1.5 brigade-days saved, last closure unchanged'."""
    closes = plan.objective == Closure.name
    if (gain.closure_days if closes else gain.weighted_days) < _LEAST:
        return "no better plan found"
    closure = "unchanged"
    if abs(gain.closure_days) >= _LEAST:
        when = "earlier" if gain.closure_days > 0 else "later"
        closure = f"{abs(gain.closure_days):.1f} days {when}"
    parts = [_saved(gain.brigade_days, "brigade-days"), f"last closure {closure}"]
    if not closes:
        parts.insert(0, _saved(gain.weighted_days, UNIT[plan.objective]))
    return ", ".join(parts)


def _saved(value: float, unit: str) -> str:
    if abs(value) < _LEAST:
        return f"no {unit} saved"
    return f"{abs(value):,.1f} {unit} {'saved' if value > 0 else 'lost'}"


def _named(plan: Plan, name: str) -> list[str]:
    waited = {r for legs in plan.legs.values() for leg in legs for r, _ in leg.waits}
    known = {r for r in waited if not r.startswith(("ead:", "pin:"))} | set(plan.use.names)
    if plan.certificate is not None:
        known |= {one.resource for one in plan.certificate.bottlenecks}
    if name in known:
        return [name]
    both = [name + way for way in "><" if name + way in known]
    if both:
        return both
    hint = suggestion(name, known, f"Resources are named {_KINDS} and an id of the tables.")
    raise UsageError(
        f"{name!r} is no resource of {plan.scenario.name} with a limit or a wait. {hint} "
        "(Put quotes around a name with > or <.)"
    )


def _price(plan: Plan, name: str) -> list[str]:
    certificate = plan.certificate
    if certificate is None:
        return [
            f"What more of it is worth is not known: the method {plan.method} computes no prices "
            "(certified does)."
        ]
    bottleneck = bottleneck_of(plan, name)
    unit = UNIT[plan.objective]
    worth = by_day(plan, name)
    if worth is None:
        if bottleneck is not None:
            return [
                f"Price: {more(bottleneck)} would save the lots that wait for it about "
                f"{bottleneck.price:,.1f} {unit}, if nothing else changed."
            ]
        return ["It has no price: in the bound, more of it helps nothing."]
    prices = certificate.prices[plan.use.names.index(name)]
    grid = plan.scenario.settings.grid_hours
    first, last = np.flatnonzero(prices)[[0, -1]]
    span = (
        f"from C+{period_to_days(int(first), grid):.1f} to "
        f"C+{period_to_days(int(last) + 1, grid):.1f}, most on C+{int(worth.argmax())}"
    )
    if plan.objective == Closure.name:  # only the proportions of its prices mean something
        return [f"It is part of the proof that the last unit cannot close earlier: {span}."]
    what = "one more of it" if bottleneck is None else more(bottleneck)
    return [
        f"Price: {what} is worth {worth.sum():,.1f} {unit} in the bound. It has a price {span}: "
        f"{worth.max():,.1f} for that day."
    ]


def _waiting(plan: Plan, name: str) -> str:
    rows = waiters(plan, name)
    kind, _, rest = name.partition(":")
    if kind == "lift" and plan.scenario.lift[rest].kind is LiftKind.SHIP:
        return "Lots wait for any ship at a port (ship:PLACE), not for one by name."
    if not rows:
        return "No lot of this plan waits for it."
    lots, lot_days = sum(row.lots for row in rows), sum(row.lot_days for row in rows)
    named = "; ".join(
        f"{row.name} ({row.lots} {'lot' if row.lots == 1 else 'lots'}, {row.lot_days:.1f}, "
        f"C+{row.first:.1f} to C+{row.last:.1f})"
        for row in rows[:_NAMED]
    )
    others = f"; and {len(rows) - _NAMED} more units" if len(rows) > _NAMED else ""
    verb = "lot waits" if lots == 1 else "lots wait"
    return f"{lots} {verb} for it, {lot_days:.1f} lot-days in all: {named}{others}."


def _use(plan: Plan, name: str) -> list[str]:
    """How much of the resource the plan takes."""
    kind, _, rest = name.partition(":")
    if kind == "link":
        spans = [
            (leg.start, leg.end)
            for legs in plan.legs.values()
            for leg in legs
            if rest in leg.links and leg.sailing is None
        ]
        spans += [(v.depart, v.arrive) for v in plan.sailings if rest in v.links]
        return [_share(plan, name, spans, "passes it", "pass it")]
    if kind == "lift":
        sailings = [v for v in plan.sailings if v.ship.partition("#")[0] == rest]
        if sailings:
            ships = len({v.ship for v in sailings})
            return [
                f"{ships} {'ship' if ships == 1 else 'ships'} with {len(sailings)} "
                f"{'sailing' if len(sailings) == 1 else 'sailings'}, "
                f"{sum(v.lane_m for v in sailings):,.0f} lane metres and "
                f"{sum(v.pax for v in sailings):,} persons in all."
            ]
        spans = [
            (leg.start, leg.end) for legs in plan.legs.values() for leg in legs if leg.lift == rest
        ]
        return [_count(plan, spans, "move takes it", "moves take it")]
    if kind == "terminal":
        return [_count(plan, _handled(plan, rest), "call", "calls")]
    return []


def _handled(plan: Plan, terminal_id: str) -> list[tuple[int, int]]:
    """Legs and sailings that are handled at the place of a terminal, in its mode."""
    terminal = plan.scenario.terminals[terminal_id]
    place = terminal.place
    if terminal.function is Function.SEA:
        return [
            span
            for v in plan.sailings
            for end, span in (
                (v.start_place, (v.load_start, v.depart)),
                (v.end_place, (v.arrive, v.discharged)),
            )
            if end == place
        ]
    return [
        (leg.start, leg.end)
        for legs in plan.legs.values()
        for leg in legs
        if MODE_OF[Means(leg.means)] == terminal.function.value
        and place in (leg.start_place, leg.end_place)
    ]


def _count(plan: Plan, spans: list[tuple[int, int]], one: str, many: str) -> str:
    if not spans:
        return "The plan does not use it."
    grid = plan.scenario.settings.grid_hours
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return (
        f"{len(spans):,} {one if len(spans) == 1 else many}, "
        f"C+{period_to_days(first, grid):.1f} to C+{period_to_days(last, grid):.1f}."
    )


def _share(plan: Plan, name: str, spans: list[tuple[int, int]], one: str, many: str) -> str:
    """What passes a link, of what it can take in those days."""
    text = _count(plan, spans, one, many)
    if not spans or name not in plan.use.names:
        return text
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    room = int(plan.use.capacity[plan.use.names.index(name), first:last].sum())
    return text if room >= UNLIMITED else f"{text[:-1]}; in that time it can take {room:,}."
