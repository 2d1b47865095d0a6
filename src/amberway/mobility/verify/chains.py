"""Each lot's moves as a chain: from its origin to its destination, one after the other in time."""

from __future__ import annotations

from collections.abc import Callable

from amberway.mobility.verify.rows import Lot, Move, Plan
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import World
from amberway.scenario.geography import Function
from amberway.units import HOURS_PER_DAY


def arrival_of(world: World, plan: Plan, lot: Lot, findings: Findings) -> int | None:
    """Period in which a lot arrives (None: it does not), with every fault of its chain noted.

    A lot that starts where it is wanted and needs no reception has no moves; it arrives when it
    is ready, but not before its earliest arrival date.
    """
    moves = plan.moves.get(lot.id, ())
    if lot.id in plan.unmoved:
        if moves:
            findings.add("complete", lot.id, "stands in unmoved.csv, but has moves")
        return None
    place, at = lot.origin, lot.ready
    for number, move in enumerate(moves, start=1):
        _check_leg(world, lot, number, move, (place, at), findings)
        place, at = move.destination, move.end
    received = bool(moves) and moves[-1].means == "reception"
    if place != lot.destination:
        findings.add(
            "complete",
            lot.id,
            f"is brought to {place}, not to its destination {lot.destination}",
            at,
        )
        return None
    if not received and world.terminals(lot.destination, Function.RECEPTION):
        findings.add("complete", lot.id, f"is not received at {lot.destination}", at)
    earliest = world.periods((world.scenario.forces[lot.force].ead_day or 0.0) * HOURS_PER_DAY)
    if not moves:
        return max(at, earliest)
    if at < earliest:
        findings.add("ead", lot.id, f"arrives in period {at}, not wanted before {earliest}", at)
    if at > world.horizon:
        findings.add("horizon", lot.id, "arrives after the horizon", at)
    return at


def _check_leg(
    world: World, lot: Lot, number: int, move: Move, before: tuple[str, int], findings: Findings
) -> None:
    """One move against the place and period in which the one before left the lot."""
    place, at = before
    if move.leg != number:
        findings.add(
            "chain", lot.id, f"leg {move.leg} stands where leg {number} belongs", move.start
        )
    if move.origin != place:
        findings.add(
            "chain",
            lot.id,
            f"leg {number} starts at {move.origin}, the lot is at {place}",
            move.start,
        )
    if move.start < at:
        rule, what = (
            ("readiness", "ready") if number == 1 else ("order", "through with the leg before")
        )
        findings.add(
            rule,
            lot.id,
            f"leg {number} starts in period {move.start}, the lot is {what} in {at}",
            move.start,
        )
    if move.end < move.start:
        findings.add("order", lot.id, f"leg {number} ends before it starts", move.start)
    if sum(n for _, n in move.waits) != max(0, move.start - at):
        findings.add(
            "waits",
            lot.id,
            f"leg {number} waits {move.start - at} periods, the "
            f"waits add up to {sum(n for _, n in move.waits)}",
            move.start,
        )
    for resource, _ in move.waits:
        if not _known(world, resource):
            findings.add(
                "waits", lot.id, f"waits for {resource!r}, which is no resource", move.start
            )


def strangers(plan: Plan, findings: Findings) -> None:
    """Moves and unmoved rows of lots that are not in lots.csv."""
    for lot in sorted(plan.moves.keys() - plan.lots.keys()):
        findings.add("unknown-id", lot, "has moves, but is not in lots.csv")
    for lot in sorted(plan.unmoved.keys() - plan.lots.keys()):
        findings.add("unknown-id", lot, "stands in unmoved.csv, but not in lots.csv")


def _known(world: World, resource: str) -> bool:
    """Is it the name of something that a lot can wait for?"""
    scenario = world.scenario
    tables: dict[str, Callable[[str], bool]] = {
        "link": lambda n: n[-1:] in ("<", ">") and n[:-1] in scenario.links,
        "terminal": lambda n: n in scenario.terminals,
        "lift": lambda n: n in scenario.lift,
        "clearance": lambda n: n in scenario.nations,
        "ship": lambda n: n in scenario.places,
        "ead": lambda n: n in scenario.forces,
        "pin": lambda n: n in scenario.pins,
        "notice": lambda n: n == "",
    }
    kind, _, name = resource.partition(":")
    return kind in tables and tables[kind](name)
