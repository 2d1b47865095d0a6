"""The field's baseline: one-pass list scheduling.

Lots are taken once, in the order of priority, readiness and name. Each gets the itinerary with
the earliest arrival that the lots before it have left free, and keeps it. This is what the
established planning tools do; it says nothing about how far from the best the plan is.
"""

from __future__ import annotations

from contextlib import nullcontext

from amberway.mobility.ground import Ground
from amberway.mobility.interrupt import Interrupt, ctrl_c
from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.objective import OBJECTIVES
from amberway.mobility.plan import Plan, Voyage
from amberway.mobility.progress import Progress, Report
from amberway.mobility.scheduler import Scheduler
from amberway.mobility.shipping import Sailing
from amberway.scenario import Scenario

METHOD = "one-pass"
INTERRUPTED = "planning was interrupted before this lot's turn"


def order(lots: list[Lot]) -> list[Lot]:
    """Priority first, then readiness, then name."""
    return sorted(lots, key=lambda lot: (-lot.weight, lot.ready, lot.force, lot.id))


def solve(
    scenario: Scenario,
    report: Report | None = None,
    ground: Ground | None = None,
    objective: str = OBJECTIVES[0],
    *,
    stoppable: bool = True,
) -> Plan:
    """Plan every lot once.

    Progress is reported after every lot; `objective` only says what to judge by. Ctrl-C ends the
    planning after the lot in hand: what is planned so far is kept in a plan that says that it is
    not complete (unless the caller sees to it: `stoppable`).
    """
    lots = [lot for force in scenario.forces.values() for lot in lots_of(scenario, force)]
    scheduler = Scheduler(ground or Ground.of(scenario))
    with ctrl_c() if stoppable else nullcontext(Interrupt()) as interrupt:
        for done, lot in enumerate(order(lots), start=1):
            scheduler.place(lot)
            if report is not None:
                report(Progress(done / len(lots)))
            if interrupt.asked:
                break
    complete = len(scheduler.legs) + len(scheduler.unmoved) == len(lots)
    for lot in lots:
        if lot.id not in scheduler.legs:
            scheduler.unmoved.setdefault(lot.id, INTERRUPTED)
    lots.sort(key=lambda lot: lot.id)
    return Plan(
        scenario,
        METHOD,
        tuple(lots),
        {lot.id: scheduler.legs[lot.id] for lot in lots if lot.id in scheduler.legs},
        tuple(_voyage(sailing) for sailing in scheduler.fleet.sailings),
        {lot.id: scheduler.unmoved[lot.id] for lot in lots if lot.id in scheduler.unmoved},
        complete=complete,
        objective=objective,
    )


def _voyage(sailing: Sailing) -> Voyage:
    return Voyage(
        sailing.id,
        sailing.ship.id,
        sailing.start,
        sailing.end,
        sailing.ballast_start,
        sailing.load_start,
        sailing.depart,
        sailing.arrive,
        sailing.discharged,
        sailing.links,
        sailing.ballast_links,
        round(sailing.lane_m, 3),
        sailing.pax,
    )
