"""Which terminals may be meant where a place has several of a kind: a plan names places only."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from amberway.mobility.verify.fit import Ends, berth_faults
from amberway.mobility.verify.rows import Lot, Move
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import Load, World
from amberway.scenario.geography import Function, Terminal
from amberway.scenario.lift import Lift
from amberway.units import HOURS_PER_DAY

Choice = tuple[Terminal, ...]
"""Terminals that would do equally well; empty if there is none."""


def first_of(either: tuple[Choice, Choice]) -> Ends:
    """The first choice at both ends."""
    return next(iter(either[0]), None), next(iter(either[1]), None)


def choose(
    world: World,
    lot: Lot,
    move: Move,
    function: Function,
    suits: Callable[[Terminal], bool],
    takes: Callable[[Terminal], int],
    findings: Findings,
) -> tuple[Choice, Choice]:
    """The terminals that may be meant at both ends; notes if there are none.

    They suit, are open, and together take the time that the plan says; all that are left at
    one end take the same time.
    """
    sides: list[list[Terminal]] = []
    for place, period in (
        (move.origin, move.start),
        (move.destination, max(move.start, move.end - 1)),
    ):
        found = world.terminals(place, function, period)
        if not found:
            findings.add(
                "terminal", lot.id, f"there is no {function} terminal at {place}", move.start
            )
        sides.append([t for t in found if suits(t)] or list(found))
    pairs = [(a, b) for a in sides[0] for b in sides[1]]
    if pairs:
        agreeing = (p for p in pairs if takes(p[0]) + takes(p[1]) == move.handling)
        meant = next(agreeing, pairs[0])
        sides = [
            [t for t in side if takes(t) == takes(one)]
            for side, one in zip(sides, meant, strict=True)
        ]
    return tuple(sides[0]), tuple(sides[1])


def port_call(world: World, berth: Terminal, ship: Lift) -> int:
    """Periods that a full ship takes to load or to discharge: so long is a berth kept for it."""
    lane_m = (ship.lane_m or 0.0) * world.factors.stow_factor
    hours = world.factors.ship_turn_h + (lane_m / berth.lane_m_per_h if berth.lane_m_per_h else 0.0)
    return world.periods(hours * HOURS_PER_DAY / berth.hours_per_day)


def berths_of(
    world: World, ship: Lift, aboard: Sequence[Load], place: str, span: tuple[int, int]
) -> Choice:
    """The berths of a port that may be meant; the first if none would do."""
    found = world.terminals(place, Function.SEA, span[0])
    if len(found) < 2:
        return found
    heaviest = max((e.mass_t for load in aboard for e, _ in load.items), default=0.0)
    fit = (
        t
        for t in found
        if not any(berth_faults(ship, t))
        and heaviest <= (t.ramp_limit_t or math.inf)
        and port_call(world, t, ship) <= span[1] - span[0]
    )
    return tuple(fit) or found[:1]
