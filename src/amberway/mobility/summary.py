"""The numbers of a plan as lines for the terminal."""

from __future__ import annotations

from amberway.mobility.evaluate import FORCE_MODEL, THRESHOLDS, Standing, persons_by
from amberway.mobility.explain import resource_words
from amberway.mobility.explain_resource import gain_words, more
from amberway.mobility.objective import Closure
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import Verdict
from amberway.mobility.worth import UNIT

_TIGHT = 6
_LISTED = 20
_BOTTLENECKS = 5
_COUNTS = {
    "arrival": "Judged by weighted days: a lot of priority 1, 2, 3 counts its day of arrival "
    "4, 2, 1 times.",
    "lateness": "Judged by weighted days late: a lot of priority 1, 2, 3 counts its days after "
    "the required date 4, 2, 1 times.",
    "closure": "Judged by the day on which the last unit closes.",
}


def lines(result: MobilityResult, valid: bool) -> list[str]:
    """The scorecard of a plan: closure against the Force Model, traffic, what is tight."""
    numbers = result.headline
    scenario = result.plan.scenario
    settings = scenario.settings
    checked = "verified" if valid else "NOT VALID: see amberway verify"
    text = [
        f"{settings.title}",
        f"C-day {settings.c_day}, {settings.horizon_days:g} days on a "
        f"{settings.grid_hours:g} h grid, method {numbers['method']}, {checked}",
        "",
        f"{'':34}{'C+10':>12}{'C+30':>12}{'in all':>12}",
        _row("Force Model (cumulative)", [*(FORCE_MODEL[k] for k in THRESHOLDS), ""]),
        _row(
            "available, without local forces",
            [*_without_local(result, arrived=False), _foreign(numbers)],
        ),
        _row(
            "arrived, without local forces",
            [*_without_local(result, arrived=True), _foreign(numbers)],
        ),
        _row(
            "arrived, with local forces",
            [*numbers["persons_closed"].values(), numbers["persons_total"]],
        ),
        _row(
            "brigade equivalents arrived",
            [*numbers["brigades_closed"].values(), numbers["brigades_total"]],
        ),
        "",
        f"{numbers['force_elements']} force elements; {numbers['lots_delivered']:,} of "
        f"{numbers['lots']:,} lots delivered; {numbers['persons_in_place']:,} persons in place, "
        f"{numbers['persons_local']:,} local; last closure "
        + (
            f"C+{numbers['last_closure_day']:.1f}"
            if numbers["last_closure_day"] is not None
            else "none"
        ),
        f"{numbers['trains']:,} trains, {numbers['serials']:,} road serials, "
        f"{numbers['sailings']:,} sailings"
        + (f" ({numbers['ship_fill_mean']:.0%} full)" if numbers["ship_fill_mean"] else "")
        + f", {numbers['sorties']:,} sorties",
    ]
    if numbers["units_not_closed"]:
        count = numbers["units_not_closed"]
        text.append("1 unit does not close:" if count == 1 else f"{count} units do not close:")
        text += [f"  {row.name}: {row.cause}" for row in result.closures if row.day is None][
            :_LISTED
        ]
    if not result.plan.complete:
        text.append("Planning was interrupted: the lots not reached stand as undelivered.")
    tight = [use for use in result.resources if use.waiting_lot_days > 0][:_TIGHT]
    if tight:
        text += ["", "Most waited for:"]
        for use in tight:
            peak = "" if use.peak_use is None else f", peak use {use.peak_use:.0%}"
            text.append(
                f"  {resource_words(scenario, use.name)}: "
                f"{use.waiting_lot_days:,.0f} lot-days{peak}"
            )
    return text + certificate_lines(result)


def certificate_lines(result: MobilityResult) -> list[str]:
    """How good the plan is, as far as its method can tell, and what holds it back."""
    plan, numbers = result.plan, result.headline
    certificate = plan.certificate
    if certificate is None:
        return ["", f"The method {plan.method} proves no bound: a better plan may exist."]
    free = certificate.free_flow
    decimals = 0 if certificate.baseline >= 1000 else 2
    rows = [
        ("one-pass plan", certificate.baseline),
        ("this plan", numbers["objective"]),
        ("no plan can be below (bound)", certificate.bound),
        ("every lot alone (free flow)", free),
    ]
    text = [
        "",
        _COUNTS[plan.objective],
        f"{'':34}{'in all':>12}{'avoidable delay':>18}",
        *(f"{label:<34}{v:>12,.{decimals}f}{v - free:>18,.{decimals}f}" for label, v in rows),
        f"{'certified gap':<34}{_share(numbers['certified_gap']):>12}"
        f"{_share(numbers['certified_gap_of_delay']):>18}",
        f"{'better than one-pass by':<34}{_share(numbers['improvement']):>12}"
        f"{_share(numbers['improvement_of_delay']):>18}",
    ]
    parts = certificate.parts
    if parts is not None and numbers["objective"] - certificate.bound > 10**-decimals:
        text.append(
            f"Of the gap, {parts.lots:,.{decimals}f} is lots not on their cheapest way, "
            f"{parts.empty_lane_metres:,.{decimals}f} is whole ships (lane metres that sail "
            f"empty), {parts.unused_capacity:,.{decimals}f} is whole lots (capacity left over)."
        )
    if certificate.bottlenecks:
        text += ["", "What holds it back, and what one more buys in a plan made anew:"]
    for one in certificate.bottlenecks[:_BOTTLENECKS]:
        gain, worth = one.one_more_buys, ""
        if plan.objective != Closure.name:
            where = "to those who wait" if one.kind == "clearance" else "in the bound"
            worth = f" is worth {one.price:,.1f} {UNIT[plan.objective]} {where}"
        text.append(f"  {resource_words(plan.scenario, one.resource)} ({one.resource})")
        text.append(
            f"    {more(one)}{worth}" + ("" if gain is None else f"; {gain_words(plan, gain)}")
        )
    return text


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2%}"


def verdict_lines(verdict: Verdict) -> list[str]:
    """The verifier's answer for the terminal."""
    if verdict.valid:
        checked = ", ".join(
            f"{count:,} {what.replace('_', ' ')}" for what, count in verdict.checked.items()
        )
        return [f"Valid: {checked} checked."]
    text = [f"Not valid: {len(verdict.violations)} violations."]
    text += [f"  {violation}" for violation in verdict.violations[:_LISTED]]
    if len(verdict.violations) > _LISTED:
        text.append(f"  and {len(verdict.violations) - _LISTED} more (--json has all)")
    return text


def _row(label: str, cells: list[object]) -> str:
    shown = (
        f"{c:,.1f}" if isinstance(c, float) else f"{c:,}" if isinstance(c, int) else str(c)
        for c in cells
    )
    return f"{label:<34}" + "".join(f"{cell:>12}" for cell in shown)


def _foreign(numbers: dict[str, object]) -> int:
    total, local = numbers["persons_total"], numbers["persons_local"]
    assert isinstance(total, int)
    assert isinstance(local, int)
    return total - local


def _without_local(result: MobilityResult, *, arrived: bool) -> list[int]:
    rows = [row for row in result.closures if row.standing is not Standing.LOCAL]
    return [persons_by(rows, day, arrived=arrived) for day in THRESHOLDS.values()]
