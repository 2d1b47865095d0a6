"""One measurement in a process of its own, so that its peak memory is its own. Prints JSON."""

from __future__ import annotations

import hashlib
import json
import resource
import sys
from dataclasses import replace
from time import perf_counter, process_time
from typing import Any

from instances import named

from amberway.mobility import one_pass
from amberway.mobility.lots import lots_of
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


def main() -> None:
    """`child.py METHOD INSTANCE FACTOR`."""
    method, instance, factor = sys.argv[1:]
    start = perf_counter()
    scenario = named(instance, int(factor))
    loaded = perf_counter() - start
    measured = (
        amberway(scenario)
        if method == "amberway"
        else networkx(scenario, remember=method == "networkx+memo")
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    head = {"method": method, "instance": instance, "factor": int(factor)}
    print(json.dumps({**head, "load_s": round(loaded, 3), **measured, "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
