"""Checks of pins; whether the network leaves a pinned lot a way is asked when planning begins."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.force import CargoClass, Force
from amberway.scenario.geography import Function, Mode
from amberway.scenario.pins import Pin
from amberway.scenario.scenario import Scenario
from amberway.units import HOURS_PER_DAY, periods

# Terminals that a port of embarkation or debarkation may have, by main mode.
_PORTS = {
    None: (Function.SEA, Function.AIR),
    Mode.SEA: (Function.SEA,),
    Mode.AIR: (Function.AIR,),
}


@named("empty-pin")
def empty_pin(scenario: Scenario) -> Iterator[Problem]:
    """A pin fixes nothing: mode, ports, via and day are all blank."""
    for pin in scenario.pins.values():
        if all(value is None for value in (pin.mode, pin.poe, pin.pod, pin.via, pin.depart_day)):
            what, mend = "fixes nothing", "Fill in what is to be fixed, or remove the row."
            yield at_row(scenario, "empty-pin", "pins", pin, what, mend)


@named("repeated-pin")
def repeated_pin(scenario: Scenario) -> Iterator[Problem]:
    """Two pins bind the same force element and cargo class."""
    first: dict[tuple[str, CargoClass | None], str] = {}
    for pin in scenario.pins.values():
        known = first.setdefault((pin.force, pin.cargo), pin.id)
        if known != pin.id:
            what = f"is bound by pin {known!r} already"
            if pin.cargo is not None:
                what = f"is bound by pin {known!r} already for {pin.cargo}"
            mend = "Write one row for both, or name different cargo classes."
            yield at_row(scenario, "repeated-pin", "pins", pin, what, mend, column="force")


@named("idle-pin", whole=True)
def idle_pin(scenario: Scenario) -> Iterator[Problem]:
    """A pin binds nothing: its force element has no such lots, or they have nowhere to go."""
    for pin in scenario.pins.values():
        force = scenario.forces.get(pin.force)
        if force is None:
            continue
        column, mend = "force", "Remove the pin, or name a force element that has to move."
        if force.in_place(scenario.settings.c_day):
            what = "is in place on C-day"
        elif not (held := set(_held(scenario, force))):
            what = "has neither persons nor equipment to move"
        elif pin.cargo is not None and pin.cargo not in held:
            column, what = "cargo", f"is a class of which {force.id!r} has nothing"
            mend = f"Name one that it has ({', '.join(sorted(held))}), or leave it blank."
        elif all(_from(force, cargo) == force.destination for cargo in _bound(pin, held)):
            what = f"stands at its destination {force.destination!r} already"
        else:
            continue
        yield at_row(scenario, "idle-pin", "pins", pin, what, mend, column=column)


def _held(scenario: Scenario, force: Force) -> Iterator[CargoClass]:
    """Cargo classes of what a force element has."""
    unit_type = scenario.unit_types.get(force.unit_type)
    if unit_type is not None and unit_type.personnel:
        yield CargoClass.PERSONS
    for row in scenario.unit_equipment.values():
        if row.unit_type == force.unit_type and row.equipment in scenario.equipment:
            yield scenario.equipment[row.equipment].cargo_class


def _bound(pin: Pin, held: set[CargoClass]) -> set[CargoClass]:
    """Cargo classes of the lots that a pin is for."""
    return held if pin.cargo is None else {pin.cargo}


def _from(force: Force, cargo: CargoClass) -> str:
    """Where lots of a class start."""
    return force.home if cargo is CargoClass.PERSONS else force.equipment_at or force.home


@named("pin-conflict")
def pin_conflict(scenario: Scenario) -> Iterator[Problem]:
    """A pin contradicts itself: ports for a way by road or rail, or one port at both ends."""
    for pin in scenario.pins.values():
        for column in ("poe", "pod"):
            if getattr(pin, column) is not None and pin.mode in (Mode.ROAD, Mode.RAIL):
                what = f"is a port, but the pin's mode is {pin.mode}"
                mend = "Leave the port blank (via names any place), or make the mode sea or air."
                yield at_row(scenario, "pin-conflict", "pins", pin, what, mend, column=column)
        if pin.poe is not None and pin.poe == pin.pod:
            what, mend = "is the port of embarkation as well", "Name two ports, or leave one blank."
            yield at_row(scenario, "pin-conflict", "pins", pin, what, mend, column="pod")


@named("pin-port", whole=True)
def pin_port(scenario: Scenario) -> Iterator[Problem]:
    """A port of embarkation or debarkation has no sea or air terminal, as the mode asks for."""
    functions: dict[str, set[Function]] = {}
    for terminal in scenario.terminals.values():
        functions.setdefault(terminal.place, set()).add(terminal.function)
    for pin in scenario.pins.values():
        wanted = _PORTS.get(pin.mode)
        for column in ("poe", "pod") if wanted else ():
            place = getattr(pin, column)
            if place in scenario.places and not functions.get(place, set()) & set(wanted or ()):
                kinds = " or ".join(wanted or ())
                what = f"has no {kinds} terminal"
                mend = "Name a place that has one, or add it to terminals."
                yield at_row(scenario, "pin-port", "pins", pin, what, mend, column=column)


@named("pin-before-notice")
def pin_before_notice(scenario: Scenario) -> Iterator[Problem]:
    """A pinned day of departure is over before the force element's notice to move."""
    grid = scenario.settings.grid_hours
    for pin, force, starts in _dated(scenario):
        if periods(force.ntm_days * HOURS_PER_DAY, grid) >= starts.stop:
            what = f"is over before {force.id!r} is ready, {force.ntm_days:g} days after C-day"
            mend = "Name a later day, or shorten ntm_days."
            yield at_row(
                scenario, "pin-before-notice", "pins", pin, what, mend, column="depart_day"
            )


@named("pin-after-horizon")
def pin_after_horizon(scenario: Scenario) -> Iterator[Problem]:
    """A pinned day of departure begins after the horizon."""
    settings = scenario.settings
    for pin, _, starts in _dated(scenario):
        if starts.start >= settings.horizon:
            what = f"is not before the horizon (C+{settings.horizon_days:g})"
            mend = "Name an earlier day, or raise horizon_days."
            yield at_row(
                scenario, "pin-after-horizon", "pins", pin, what, mend, column="depart_day"
            )


def _dated(scenario: Scenario) -> Iterator[tuple[Pin, Force, range]]:
    """Pins with a day of departure, whom they bind, and the periods of that day."""
    for pin in scenario.pins.values():
        force, starts = scenario.forces.get(pin.force), pin.starts(scenario.settings.grid_hours)
        if starts is not None and force is not None:
            yield pin, force, starts
