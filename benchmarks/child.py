"""One measurement in a process of its own, so that its peak memory is its own. Prints JSON."""

from __future__ import annotations

import hashlib
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from instances import named

from amberway.mobility import one_pass
from amberway.mobility.bound import column_generation
from amberway.mobility.certified import TIME_LIMIT, Effort, solve
from amberway.mobility.lots import lots_of
from amberway.mobility.problem import build
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario


def digest(arrivals: dict[str, int | None]) -> str:
    """What two methods must agree in."""
    return hashlib.sha256(json.dumps(arrivals, sort_keys=True).encode()).hexdigest()[:16]


def amberway(scenario: Scenario) -> dict[str, Any]:
    """Plan a tenth of the force to compile what is used, then the whole: that is what is told."""
    few = dict(list(scenario.forces.items())[:: max(1, len(scenario.forces) // 10)])
    start = perf_counter()
    one_pass.solve(replace(scenario, forces=few))
    compiled = perf_counter() - start
    start, busy = perf_counter(), process_time()
    plan = one_pass.solve(scenario)
    return {
        "seconds": round(perf_counter() - start, 3),
        "cpu_s": round(process_time() - busy, 3),
        "warm_up_s": round(compiled, 3),
        "lots": len(plan.lots),
        "delivered": len(plan.legs),
        "moves": sum(map(len, plan.legs.values())),
        "arrivals": digest({lot.id: plan.arrival(lot) for lot in plan.lots}),
    }


def networkx(scenario: Scenario, *, remember: bool) -> dict[str, Any]:
    """The peer, once: there is nothing to compile."""
    from peer_networkx import Peer

    lots = one_pass.order([lot for f in scenario.forces.values() for lot in lots_of(scenario, f)])
    start, busy = perf_counter(), process_time()
    peer = Peer(scenario, remember=remember)
    arrivals = {lot.id: peer.place(lot) for lot in lots}
    return {
        "seconds": round(perf_counter() - start, 3),
        "cpu_s": round(process_time() - busy, 3),
        "lots": len(lots),
        "delivered": sum(a is not None for a in arrivals.values()),
        "arrivals": digest(arrivals),
    }


def certified(scenario: Scenario, seconds: float) -> dict[str, Any]:
    """The certified plan with its default limit, after a small one that compiles the kernels."""
    few = dict(list(scenario.forces.items())[:: max(1, len(scenario.forces) // 10)])
    solve(replace(scenario, forces=few), Effort(time_limit=2.0))
    start, busy = perf_counter(), process_time()
    result = MobilityResult(solve(scenario, Effort(time_limit=seconds)))
    spent = perf_counter() - start
    numbers = result.headline
    told = ("objective", "bound", "certified_gap", "certified_gap_of_delay", "baseline_objective")
    told += ("free_flow_objective", "improvement", "improvement_of_delay", "gap_parts", "sailings")
    certificate = result.plan.certificate
    assert certificate is not None
    return {
        "seconds": round(spent, 3),
        "cpu_s": round(process_time() - busy, 3),
        "limit": seconds,
        "lots": len(result.plan.lots),
        "delivered": len(result.plan.legs),
        "ship_fill_mean": numbers["ship_fill_mean"],
        "master": certificate.master,
        **{name: numbers[name] for name in told},
    }


def generation(scenario: Scenario) -> dict[str, Any]:
    """Our bound with a price for every period, to the same value as the arc-flow model."""
    few = dict(list(scenario.forces.items())[:1])
    column_generation(build(replace(scenario, forces=few)), (8, 1))
    start, busy = perf_counter(), process_time()
    problem = build(scenario)
    built = perf_counter() - start
    bound = column_generation(problem, (8, 4, 2, 1), 1e-6)
    return {
        "seconds": round(perf_counter() - start, 3),
        "build_s": round(built, 3),
        "cpu_s": round(process_time() - busy, 3),
        "lots": len(problem.lots),
        "delivered": "",
        "bound": bound.value,
    }


def arcflow(scenario: Scenario) -> dict[str, Any]:
    """The same linear program written out arc by arc: linopy builds it, HiGHS solves it."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import arcflow as peer

    start, busy = perf_counter(), process_time()
    flow = peer.ArcFlow(scenario)
    sizes = flow.sizes()
    built = perf_counter() - start
    value = flow.solve()
    return {
        "seconds": round(perf_counter() - start, 3),
        "build_s": round(built, 3),
        "cpu_s": round(process_time() - busy, 3),
        "lots": len(flow.offers.lots),
        "delivered": "",
        "bound": value,
        "sizes": vars(sizes),
    }


METHODS: dict[str, Callable[[Scenario], dict[str, Any]]] = {
    "amberway": amberway,
    "certified": lambda scenario: certified(scenario, TIME_LIMIT),
    "certified-10min": lambda scenario: certified(scenario, 480.0),
    "column generation": generation,
    "linopy+HiGHS": arcflow,
    "networkx": lambda scenario: networkx(scenario, remember=False),
    "networkx+memo": lambda scenario: networkx(scenario, remember=True),
}


def main() -> None:
    """`child.py METHOD INSTANCE FACTOR`."""
    method, instance, factor = sys.argv[1:]
    start = perf_counter()
    scenario = named(instance, int(factor))
    loaded = perf_counter() - start
    measured = METHODS[method](scenario)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    head = {"method": method, "instance": instance, "factor": int(factor)}
    print(json.dumps({**head, "load_s": round(loaded, 3), **measured, "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
