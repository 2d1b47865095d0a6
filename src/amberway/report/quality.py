"""How good the plan is, in words and numbers: the certificate as a reader needs it."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from amberway.mobility.certificate import Bottleneck, Certificate
from amberway.mobility.objective import Closure, Lateness
from amberway.mobility.result import MobilityResult
from amberway.mobility.worth import UNIT
from amberway.report.words import at_most, day, decimal, number, resource
from amberway.scenario.lift import LiftKind

_LISTED = 12
_ALIKE = 1e-6  # of the objective: below it two values are the same


@dataclass(frozen=True)
class Value:
    """A value of the objective: as it is read in all, and what of it is avoidable delay."""

    label: str
    total: str
    delay: str


@dataclass(frozen=True)
class Part:
    """A part of the gap: how large, its share of the gap, what it means."""

    amount: str
    share: float
    meaning: str


@dataclass(frozen=True)
class Row:
    """A bottleneck in the table."""

    title: str
    capacity: str
    one_more: str
    price: str
    waiting: str
    tried: bool
    saved: str
    brigade_days: str
    closure_days: str


@dataclass(frozen=True)
class Quality:
    """What the section on the certificate shows; shares are None where there is nothing to share.

    `best` is set if the plan meets its bound, `delayed` if there is delay to avoid at all;
    `fixed` is the share of the objective that would be left in free flow.
    """

    objective: str
    unit: str
    best: bool
    delayed: bool
    fixed: float | None
    gap: float | None
    gap_of_delay: float | None
    gain: float | None
    gain_of_delay: float | None
    values: tuple[Value, ...]
    parts: tuple[Part, ...]
    bottlenecks: tuple[Row, ...]
    stopped: bool


def amount(objective: str, value: float, scale: float | None = None) -> str:
    """A value of the objective: weighted days, or for the last closure the day C+n."""
    if objective == Closure.name:
        return day(value)
    return number(value) if abs(value if scale is None else scale) >= 100 else f"{value:,.1f}"


def of(result: MobilityResult) -> Quality | None:
    """The certificate of a plan in words; None if its method gives none."""
    plan, numbers = result.plan, result.headline
    certificate = plan.certificate
    if certificate is None:
        return None
    value = numbers["objective"]
    return Quality(
        plan.objective,
        UNIT[plan.objective],
        value - certificate.bound <= _ALIKE * max(1.0, value),
        value - certificate.free_flow > _ALIKE * max(1.0, value),
        certificate.free_flow / value if value > _ALIKE else None,
        numbers["certified_gap"],
        numbers["certified_gap_of_delay"],
        numbers["improvement"],
        numbers["improvement_of_delay"],
        _values(plan.objective, certificate, value),
        _parts(plan.objective, certificate, value),
        tuple(_row(result, one) for one in certificate.bottlenecks[:_LISTED]),
        certificate.stopped,
    )


def sentence(result: MobilityResult) -> str:
    """The one sentence on it for the reader with a minute."""
    quality = of(result)
    if quality is None:
        return (
            "No bound was computed for this plan: it is possible, but nobody knows how far it is "
            "from the best."
        )
    judged = f"sum of {quality.unit}"
    if quality.objective == Closure.name:
        bound = quality.values[2].total
        return (
            "It is proved that no plan with these tables and ways has its last closure before "
            f"{bound}."
        )
    if quality.best:
        return f"It is proved that no other plan has a smaller {judged}."
    if quality.gap is None or quality.gap_of_delay is None:
        return ""
    return (
        f"It is proved that no plan with these tables and ways can bring the {judged} down by "
        f"more than {at_most(quality.gap)}; of the delay that capacity causes at all, by more than "
        f"{at_most(quality.gap_of_delay)}."
    )


def _values(objective: str, certificate: Certificate, value: float) -> tuple[Value, ...]:
    rows = (
        ("One-pass plan", certificate.baseline),
        ("This plan", value),
        ("Bound: no plan can be below", certificate.bound),
        ("Free flow: every lot as if alone", certificate.free_flow),
    )
    return tuple(
        Value(
            label,
            amount(objective, total, value),
            amount(Lateness.name, total - certificate.free_flow, value),
        )
        for label, total in rows
    )


def _parts(objective: str, certificate: Certificate, value: float) -> tuple[Part, ...]:
    gap = value - certificate.bound
    if certificate.parts is None or gap <= _ALIKE * max(1.0, value):
        return ()
    parts = certificate.parts
    return tuple(
        Part(amount(objective, part, value), part / gap, meaning)
        for part, meaning in (
            (
                parts.lots,
                "lots that do not go their cheapest way at the prices: there was no room on it, "
                "or no better place was found for them",
            ),
            (
                parts.empty_lane_metres,
                "ships that sail with room left: the bound lets a lot hire a ship by the lane "
                "metre, the plan has to send whole ships",
            ),
            (
                parts.unused_capacity,
                "other scarce capacity that stays unused, because lots cannot be split",
            ),
        )
    )


def _row(result: MobilityResult, one: Bottleneck) -> Row:
    plan = result.plan
    title, capacity = resource(plan.scenario, one.resource)
    waiting = {use.name: use.waiting_lot_days for use in result.resources}
    gain = one.one_more_buys
    return Row(
        title,
        capacity,
        one.one_more,
        _price(plan.objective, one),
        "–" if one.kind == LiftKind.SHIP else decimal(waiting.get(one.resource, 0.0)),
        gain is not None,
        *(("",) * 3 if gain is None else map(_signed, astuple(gain))),
    )


def _signed(value: float) -> str:
    """A gain with its sign; a tenth is what is shown."""
    return "0" if abs(value) < 0.05 else f"{value:+,.1f}".replace("-", "−")


def _price(objective: str, one: Bottleneck) -> str:
    """Worth in the bound; for clearance, which has no price there, about what waiting costs."""
    if objective == Closure.name:
        return ""
    return f"≈ {one.price:,.1f}" if one.kind == "clearance" else f"{one.price:,.1f}"
