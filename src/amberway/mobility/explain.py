"""Why a lot arrives and a unit closes when it does: every period accounted for, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from amberway.errors import UsageError
from amberway.mobility.lots import Lot
from amberway.mobility.pins import Pins
from amberway.mobility.plan import Leg, Plan
from amberway.mobility.worth import UNIT, most_worth
from amberway.network.moves import MODE_OF, Means
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass, Force
from amberway.scenario.read import suggestion
from amberway.units import HOURS_PER_DAY, period_to_days, periods

_LEAST_WORTH = 0.05  # a tenth is what is shown
_BY = {
    Means.MARCH: "marches",
    Means.TRACK_MARCH: "marches on its own tracks",
    Means.HEAVY_TRANSPORTER: "goes on heavy transporters",
    Means.TRUCK: "goes by truck",
    Means.COACH: "goes by coach",
    Means.TRAIN: "goes by train",
    Means.SHIP: "sails",
    Means.AIRCRAFT: "flies",
}


@dataclass(frozen=True)
class Share:
    """A part of a lot's time: what it went on, and for how many periods.

    `what` is notice, moving, handling, marry-up, or the resource waited for (`link:...`,
    `terminal:...`, `lift:...`, `ship:<port>`, `clearance:<nation>`, `ead:<force>`, `pin:<pin>`).
    """

    what: str
    periods: int


def account(plan: Plan, lot: Lot) -> list[Share]:
    """Where the time of a lot goes, from C-day to arrival; the periods add up to the arrival."""
    legs = plan.legs.get(lot.id)
    if legs is None:
        return []
    total: dict[str, int] = {"notice": lot.ready}
    for leg in legs:
        for resource, waited in leg.waits:
            total[resource] = total.get(resource, 0) + waited
        total["handling"] = total.get("handling", 0) + leg.handling
        total["moving"] = total.get("moving", 0) + leg.end - leg.start - leg.handling
    if not legs and lot.earliest_arrival > lot.ready:
        total[f"ead:{lot.force}"] = lot.earliest_arrival - lot.ready
    return [Share(what, spent) for what, spent in total.items() if spent]


def critical_lot(plan: Plan, force: str) -> Lot | None:
    """The lot of a unit that arrives last; an undelivered one before all; None if it has none."""
    lots = plan.by_force.get(force, ())
    late = plan.scenario.settings.horizon + 1
    return max(
        lots,
        key=lambda lot: (late if (end := plan.arrival(lot)) is None else end, lot.id),
        default=None,
    )


def main_cause(plan: Plan, force: Force) -> str:
    """What the unit's last lot spends most of its time on once its notice is over, in a few words.

    The notice is a figure of its own; named as the cause it would hide what movement planners can
    change.
    """
    if force.in_place(plan.scenario.settings.c_day):
        return "in place"
    lot = critical_lot(plan, force.id)
    if lot is None:
        return "nothing to move"
    if lot.id in plan.unmoved:
        return plan.unmoved[lot.id]
    shares = [share for share in account(plan, lot) if share.what != "notice"]
    if not shares:
        return "notice to move"
    most = max(shares, key=lambda share: share.periods)
    words = {"moving": "on the way", "handling": "loading and unloading"}
    what = words.get(most.what) or f"waits for {resource_words(plan.scenario, most.what)}"
    return f"{what}, {_length(plan, most.periods)}"


def explain(plan: Plan, name: str) -> list[str]:
    """The chain of causes of a unit's closing day, one sentence an entry.

    Raises UsageError if the scenario has no such force element.
    """
    scenario = plan.scenario
    force = scenario.forces.get(name)
    if force is None:
        hint = suggestion(name, scenario.forces, "See forces.csv.")
        raise UsageError(f"{name!r} is no force element of {scenario.name}. {hint}")
    area = _place(scenario, force.destination)
    if force.in_place(scenario.settings.c_day):
        return [f"{force.name} stands in {area} on C-day; it is ready at C+{force.ntm_days:g}."]
    lots = plan.by_force.get(name, ())
    if not lots:
        return [f"{force.name} has neither persons nor equipment to move."]
    missing = [lot for lot in lots if lot.id in plan.unmoved]
    if missing:
        return [
            f"{force.name} does not close: {len(missing)} of its {len(lots)} lots do not arrive.",
            *(f"{lot.id} ({_cargo(lot)}): {plan.unmoved[lot.id]}." for lot in missing[:5]),
            *_pinned(scenario, missing[:5]),
        ]
    lot = critical_lot(plan, name)
    assert lot is not None
    arrival = plan.arrival(lot)
    assert arrival is not None
    settings = scenario.settings
    closure = arrival + periods(settings.factors.marry_up_h, settings.grid_hours)
    text = [
        f"{force.name} closes in {area} on {_day(plan, closure)}: its last lot, {lot.id} "
        f"({_cargo(lot)}), arrives on {_day(plan, arrival)}, and "
        f"{settings.factors.marry_up_h:g} hours of marry-up follow.",
        f"Notice to move: the lot is ready in {_place(scenario, lot.origin)} on "
        f"{_day(plan, lot.ready)}.",
        *_pinned(scenario, [lot]),
    ]
    for leg in plan.legs[lot.id]:
        text.extend(_leg_sentences(plan, leg))
    waits = [s for s in account(plan, lot) if ":" in s.what]
    spent = {s.what: s.periods for s in account(plan, lot)}
    text.append(
        "In all: "
        + ", ".join(
            f"{label} {_length(plan, spent.get(key, 0))}"
            for key, label in (("notice", "notice"), ("handling", "handling"), ("moving", "moving"))
        )
        + f", waiting {_length(plan, sum(s.periods for s in waits))}"
        + (
            ""
            if not waits
            else " ("
            + "; ".join(
                f"{_length(plan, s.periods)} for {resource_words(scenario, s.what)}"
                for s in sorted(waits, key=lambda s: -s.periods)
            )
            + ")"
        )
        + "."
    )
    return text


def resource_words(scenario: Scenario, name: str) -> str:
    """A resource's name as a planner would say it."""
    kind, _, rest = name.partition(":")
    if kind == "link":
        link = scenario.links[rest[:-1]]
        ends = [_place(scenario, link.from_place), _place(scenario, link.to_place)]
        if rest.endswith("<"):
            ends.reverse()
        return f"a {link.mode.value} slot {ends[0]}-{ends[1]}"
    if kind == "terminal":
        terminal = scenario.terminals[rest]
        what = {
            "rail": "a rail track",
            "sea": "a ro-ro berth",
            "air": "an aircraft stand",
            "reception": "reception",
        }[terminal.function.value]
        return f"{what} at {_place(scenario, terminal.place)}"
    if kind == "lift":
        return scenario.lift[rest].name
    if kind == "ship":
        return f"a ship at {_place(scenario, rest)}"
    if kind == "clearance":
        return f"clearance to enter {scenario.nations[rest].name}"
    return {"ead": "its earliest arrival date", "pin": "its pinned day"}.get(kind, name)


def _pinned(scenario: Scenario, lots: Iterable[Lot]) -> list[str]:
    """A sentence for each pin that binds one of the lots: what it leaves no choice of."""
    pins = Pins(scenario)
    text = []
    for pin in dict.fromkeys(map(pins.of, lots)):
        if pin is None:
            continue
        said = [
            f"{words} {_place(scenario, place)}"
            for words, place in (
                ("embarkation at", pin.poe), ("debarkation at", pin.pod), ("by way of", pin.via)
            )
            if place is not None
        ]  # fmt: skip
        if pin.mode is not None:
            said.insert(0, f"main mode {pin.mode}")
        if pin.depart_day is not None:
            said.append(f"departure on C+{pin.depart_day}")
        text.append(f"Pinned by {pin.id!r}: {', '.join(said)}.")
    return text


def _leg_sentences(plan: Plan, leg: Leg) -> list[str]:
    scenario = plan.scenario
    text = []
    for resource, waited in leg.waits:
        text.append(
            f"It waits {_length(plan, waited)} in {_place(scenario, leg.start_place)} for "
            f"{resource_words(scenario, resource)}{_worth(plan, leg, resource)}."
        )
    if leg.means == Means.RECEPTION:
        text.append(
            f"It is received at {_place(scenario, leg.end_place)} by {_day(plan, leg.end)}."
        )
        return text
    aboard = ""
    if leg.sailing is not None:
        ship = next(v.ship for v in plan.sailings if v.id == leg.sailing)
        aboard = f" aboard {scenario.lift[ship.partition('#')[0]].name} (sailing {leg.sailing})"
    elif leg.lift is not None:
        aboard = f" ({scenario.lift[leg.lift].name})"
    km = sum(scenario.links[name[:-1]].km for name in leg.links)
    over = _over(scenario, leg)
    handling = f", of which {_length(plan, leg.handling)} for loading and unloading"
    text.append(
        f"It {_BY[Means(leg.means)]} from {_place(scenario, leg.start_place)} to "
        f"{_place(scenario, leg.end_place)}{over}{aboard}, {km:,.0f} km, "
        f"{_day(plan, leg.start)} to {_day(plan, leg.end)}{handling if leg.handling else ''}."
    )
    return text


def _worth(plan: Plan, leg: Leg, resource: str) -> str:
    """What one more of a resource would be worth on a day of the wait."""
    waited = sum(periods_of for _, periods_of in leg.waits)
    worth = most_worth(plan, resource, leg.start - waited, leg.start)
    if worth < _LEAST_WORTH:
        return ""
    return f" (one more that day would be worth {worth:.1f} {UNIT[plan.objective]})"


def _over(scenario: Scenario, leg: Leg) -> str:
    """The border crossings on a land leg, by name."""
    if MODE_OF[Means(leg.means)] not in ("road", "rail"):
        return ""
    crossed = []
    for name in leg.links:
        link = scenario.links[name[:-1]]
        near, far = (scenario.places[p] for p in (link.from_place, link.to_place))
        if near.nation != far.nation:
            crossed.append((near if name.endswith(">") else far).name)
    return f" over {', '.join(crossed)}" if crossed else ""


def _cargo(lot: Lot) -> str:
    if lot.cargo is CargoClass.PERSONS:
        return f"{lot.persons} persons"
    items = ", ".join(f"{count} {item.name}" for item, count in lot.items[:3])
    return re.sub(r"\s+", " ", items) + (" and more" if len(lot.items) > 3 else "")


def _place(scenario: Scenario, place: str) -> str:
    return scenario.places[place].name


def _day(plan: Plan, period: int) -> str:
    return f"C+{period_to_days(period, plan.scenario.settings.grid_hours):.1f}"


def _length(plan: Plan, spent: int) -> str:
    hours = spent * plan.scenario.settings.grid_hours
    return f"{hours / HOURS_PER_DAY:.1f} days" if hours >= HOURS_PER_DAY * 2 else f"{hours:g} hours"
