"""Runs one plan, or the assessments of one variant, and stores what they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from amberway import airdefence, command, presence, responsibility
from amberway.deployment import Reach
from amberway.initiative.assessment import Assessment, Result, asked, assess, reachable
from amberway.initiative.metrics import METRICS
from amberway.initiative.reads import Content, reach_key
from amberway.initiative.store import Store, write_verdict
from amberway.mobility.certified import Effort
from amberway.mobility.deploy import deployment
from amberway.mobility.methods import plan as run_method
from amberway.mobility.progress import Report
from amberway.mobility.reach import reaches
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import Verdict, verify
from amberway.scenario import Scenario

FREE = ("responsibility", "presence")  # actions that ask for days of free routes


def make_plan(
    scenario: Scenario, method: str, effort: Effort, store: Store, key: str,
    progress: Report | None = None,
) -> bool:  # fmt: skip
    """Plan, verify and store; False if Ctrl-C cut it short: such a plan is not kept."""
    result = run_method(
        scenario, method, progress, objective=effort.objective, time_limit=effort.time_limit,
        gap=effort.gap, seed=effort.seed,
    )  # fmt: skip
    certificate = result.plan.certificate
    if not result.plan.complete or (certificate is not None and certificate.stopped):
        return False
    with store.staged(result, key) as beside:
        write_verdict(verify(beside), beside)
    return True


def make_records(scenario: Scenario, plan: str, keys: Mapping[str, str], store: Store) -> None:
    """Assess a scenario by the actions of `keys` with the plan of a key, and store the results."""
    mobility = MobilityResult(store.plan(plan))
    moves = deployment(mobility.plan)
    days: Reach = {}
    if not keys.keys().isdisjoint(FREE):
        days = reach(scenario, store)
    for action, key in keys.items():
        result: Result
        if action == "responsibility":
            result = responsibility.assess(scenario, moves, reach=days)
        elif action == "presence":
            result = presence.assess(scenario, moves, reach=days)
        elif action == "airdefence":
            result = airdefence.assess(scenario, moves)
        elif action == "mobility":
            result = mobility
        else:
            result = command.assess(scenario, moves)
        content = _content(action, result)
        if action == "mobility":
            content["plan"] = {
                "gap": result.headline.get("certified_gap"),
                "gap_of_delay": result.headline.get("certified_gap_of_delay"),
                "valid": store.verdict(plan).valid,
            }
        store.put("records", key, content)


def make_reach(scenarios: Sequence[Scenario], store: Store) -> None:
    """Find and store the days that are missing, of scenarios that differ in forces and pins."""
    missing = {}
    for scenario in scenarios:
        pairs = asked(scenario)
        key = reach_key(Content(scenario), pairs)
        if store.get("records", key) is None:
            missing[key] = scenario, pairs
    for key, days in zip(missing, reaches(list(missing.values())), strict=True):
        _put_reach(days, key, store)


def reach(scenario: Scenario, store: Store) -> Reach:
    """`reachable(scenario)`, from the cache if it is there."""
    key = reach_key(Content(scenario), asked(scenario))
    found = store.get("records", key)
    if found is None:
        days = reachable(scenario)
        _put_reach(days, key, store)
        return days
    return {(force, area): day for force, area, day in found["days"]}


def _put_reach(days: Reach, key: str, store: Store) -> None:
    store.put("records", key, {"days": [[*pair, day] for pair, day in days.items()]})


def assessed(scenario: Scenario, plan: str, store: Store) -> tuple[Assessment, Verdict]:
    """The whole assessment of a variant whose plan is in the cache, and the verifier's answer.

    Raises PlanError if the plan is not there.
    """
    mobility = MobilityResult(replace(store.plan(plan), scenario=scenario))
    return assess(scenario, mobility, known=reach(scenario, store)), store.verdict(plan)


def _content(action: str, result: Result) -> dict[str, Any]:
    # A metric reads the result of its own action and no other: there is no other here.
    alone = cast(Assessment, SimpleNamespace(**{action: result}))
    return {
        "values": {one.name: one.value(alone) for one in METRICS if one.action == action},
        "shortfalls": [one.to_dict() for one in result.shortfalls],
    }
