"""Checks of lift: what a class needs, and where ships can berth."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.geography import Function, Terminal
from amberway.scenario.lift import Lift, LiftKind
from amberway.scenario.scenario import Scenario

# What lift of a kind cannot do without; of a nested group one alternative must be complete.
Alternatives = tuple[tuple[str, ...], ...]
LIFT_NEEDS: dict[LiftKind, tuple[Alternatives, ...]] = {
    LiftKind.SHIP: (
        (("home",),), (("speed_kn",),), (("draught_m",),), (("length_m",),), (("beam_m",),),
        (("lane_m",), ("pax",)),
    ),
    LiftKind.TRAIN_SET: ((("gauge_mm",),), (("wagons", "gross_t"), ("pax",))),
    LiftKind.HEAVY_TRANSPORTER: ((("item_mass_t",),),),
    LiftKind.TRUCK: ((("item_mass_t",), ("payload_t",)),),
    LiftKind.COACH: ((("pax",),),),
    LiftKind.AIRCRAFT: ((("speed_kmh",),), (("runway_m",),), (("payload_t",), ("pax",))),
}  # fmt: skip
# Ship's size against berth's limit.
BERTH_LIMITS = (
    ("draught_m", "max_draught_m"),
    ("length_m", "max_length_m"),
    ("beam_m", "max_beam_m"),
)


def choice(alternatives: Alternatives) -> str:
    """The alternatives in words."""
    return " or ".join(" and ".join(group) for group in alternatives)


@named("lift-form")
def lift_form(scenario: Scenario) -> Iterator[Problem]:
    """Lift lacks what its kind needs: a ship its size and home, a train set its wagons or seats."""
    for lift in scenario.lift.values():
        for alternatives in LIFT_NEEDS[lift.kind]:
            if any(all(getattr(lift, c) is not None for c in group) for group in alternatives):
                continue
            begun = [g for g in alternatives if any(getattr(lift, c) is not None for c in g)]
            column = next(c for c in (begun or alternatives)[0] if getattr(lift, c) is None)
            yield at_row(
                scenario,
                "lift-form",
                "lift",
                lift,
                f"is blank, but a {lift.kind} needs {choice(alternatives)}",
                "Fill it in, or change the kind.",
                column=column,
            )


@named("ship-home", whole=True)
def ship_home(scenario: Scenario) -> Iterator[Problem]:
    """A ship's home is a place without a berth."""
    ports = {terminal.place for terminal in _berths(scenario)}
    for lift in scenario.lift.values():
        if lift.kind is LiftKind.SHIP and lift.home is not None and lift.home not in ports:
            what = "is a place without a sea terminal"
            mend = "Name the port where it is on C-day, or add its berths to terminals."
            yield at_row(scenario, "ship-home", "lift", lift, what, mend, column="home")


@named("ship-fits-no-berth", whole=True)
def ship_fits_no_berth(scenario: Scenario) -> Iterator[Problem]:
    """A ship is too deep, long or wide for the berths of all ports, or of all but one."""
    berths = _berths(scenario)
    for lift in scenario.lift.values():
        if lift.kind is not LiftKind.SHIP:
            continue
        ports = {berth.place for berth in berths if _fits(lift, berth)}
        if len(ports) > 1:
            continue
        sizes = ", ".join(
            f"{column} {getattr(lift, column):g}"
            for column, _ in BERTH_LIMITS
            if getattr(lift, column) is not None
        )
        where = f"only at {ports.pop()!r}" if ports else "at no berth"
        yield at_row(
            scenario,
            "ship-fits-no-berth",
            "lift",
            lift,
            f"can berth {where} ({sizes})",
            "Correct its size, or the limits of the terminals that it calls at.",
        )


def _berths(scenario: Scenario) -> list[Terminal]:
    return [t for t in scenario.terminals.values() if t.function is Function.SEA]


def _fits(ship: Lift, berth: Terminal) -> bool:
    for size, limit in BERTH_LIMITS:
        needed, given = getattr(ship, size), getattr(berth, limit)
        if needed is not None and given is not None and needed > given:
            return False
    return True
