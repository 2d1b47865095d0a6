"""The verifier: is a stored plan possible, and does it say the truth about itself?

It trusts nothing but the tables and the plan's own files, and shares no code with the network or
the planner, so that a fault in either shows here. Every lot, move, sailing and resource is worked
out anew from the rules; RULES names what is checked. So is the bound, if the plan claims one; only
what a lot may choose from is asked of the planner (`asking`).
"""

from __future__ import annotations

from pathlib import Path

from amberway.errors import PlanError, ScenarioError
from amberway.mobility.verify.capacity import Ledger
from amberway.mobility.verify.certificate import check_certificate
from amberway.mobility.verify.chains import arrival_of, strangers
from amberway.mobility.verify.headline import (
    closing_days,
    compare,
    compare_closures,
    headline,
)
from amberway.mobility.verify.lots import ABOUT_LOTS, check_lots, loads_of
from amberway.mobility.verify.moves import MoveCheck
from amberway.mobility.verify.pins import check_pin
from amberway.mobility.verify.read import read
from amberway.mobility.verify.rows import Plan
from amberway.mobility.verify.sailings import SailingCheck
from amberway.mobility.verify.verdict import RULES, Findings, Verdict, Violation
from amberway.mobility.verify.world import World
from amberway.scenario import Scenario, load

__all__ = ["RULES", "Verdict", "Violation", "verify"]


def verify(run: Path) -> Verdict:
    """Check the plan in a run folder against its tables.

    Raises PlanError if a file is missing or malformed; everything else is a violation in the
    verdict.
    """
    plan = read(run)
    try:
        scenario = load(run / "scenario")
    except ScenarioError as error:
        raise PlanError(f"scenario/ cannot be used: {error}") from None
    except OSError as error:
        raise PlanError(f"scenario/ cannot be read ({error.strerror}).") from None
    world = World(scenario)
    findings = Findings(world.grid)
    _check_files(plan, scenario, findings)
    loads = loads_of(world, plan.lots, findings)
    check_lots(world, plan.lots, loads, findings)
    lots_hold = not any(violation.rule in ABOUT_LOTS for violation in findings.violations)
    strangers(plan, findings)

    ledger = Ledger(world)
    moves = MoveCheck(world, ledger, findings)
    arrivals: dict[str, int | None] = {}
    for name, load_of_lot in loads.items():
        lot = plan.lots[name]
        arrivals[name] = arrival_of(world, plan, lot, findings)
        check_pin(world, lot, plan.moves.get(name, ()), findings)
        for move in plan.moves.get(name, ()):
            moves.check(lot, load_of_lot, move)
    SailingCheck(world, ledger, findings).check(plan.sailings, moves.aboard)
    ledger.check(findings)

    closures = closing_days(world, plan, arrivals)
    numbers = headline(world, plan, loads, arrivals, closures)
    compare(plan.result, numbers, findings)
    compare_closures(plan.result, closures, findings)
    if lots_hold:
        numbers |= check_certificate(world, plan, loads, numbers["objective"], findings)
    checked = {
        "lots": len(plan.lots),
        "moves": sum(map(len, plan.moves.values())),
        "sailings": len(plan.sailings),
        "booked_resource_periods": ledger.booked,
    }
    return Verdict(tuple(findings.violations), checked, numbers, closures)


def _check_files(plan: Plan, scenario: Scenario, findings: Findings) -> None:
    """The files are those that were written, for the tables that were planned."""
    named = plan.run["files"]
    for name in sorted({*named, *plan.digests}):
        if name not in named:
            findings.add("files", name, "is not named in run.json")
        elif plan.digests[name] != named[name]:
            findings.add("files", name, "was changed after it was written")
    if scenario.content_hash() != plan.run["content_hash"]:
        findings.add("content-hash", "scenario", "holds other tables than those that were planned")
    settings = scenario.settings
    for key, right in (
        ("grid_hours", settings.grid_hours),
        ("horizon_days", settings.horizon_days),
    ):
        if plan.run[key] != right:
            findings.add(
                "content-hash", "run.json", f"{key} is {plan.run[key]}, the tables say {right}"
            )
    title = "+".join([settings.name, *map(str, plan.run["actions"])])
    same = {key: plan.run.get(key) for key in ("method", "complete", "grid_hours", "horizon_days")}
    for key, wanted in {"scenario": title, **same}.items():
        if plan.result.get(key) != wanted:
            findings.add(
                "result",
                "result.json",
                f"{key} is {plan.result.get(key)!r}, must be {wanted!r}",
            )
