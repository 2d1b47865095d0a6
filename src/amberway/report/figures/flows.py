"""What passes over each connection and what is handled at each place, added up over a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from amberway.mobility.plan import Plan
from amberway.network.moves import MODE_OF, Means

MODES = ("road", "rail", "sea", "air")


@dataclass(frozen=True)
class Flow:
    """Lots that travel between two neighbouring places by one mode, both directions together."""

    ends: tuple[str, str]
    mode: str
    lots: int


def flows(plan: Plan) -> list[Flow]:
    """All flows, the thinnest first, so that the main corridors are drawn on top."""
    links = plan.scenario.links
    total: Counter[tuple[tuple[str, str], str]] = Counter()
    for legs in plan.legs.values():
        for leg in legs:
            for step in leg.links:
                link = links[step[:-1]]
                near, far = sorted((link.from_place, link.to_place))
                total[(near, far), MODE_OF[Means(leg.means)]] += 1
    return sorted(
        (Flow(ends, mode, lots) for (ends, mode), lots in total.items()),
        key=lambda flow: (flow.lots, flow.ends, flow.mode),
    )


def handled(plan: Plan) -> dict[str, Counter[str]]:
    """Lots that start or end a move at each place, by mode; border places by lots that pass."""
    found: dict[str, Counter[str]] = {}
    scenario = plan.scenario
    for legs in plan.legs.values():
        for leg in legs:
            mode = MODE_OF[Means(leg.means)]
            if mode not in MODES:
                continue
            for end in (leg.start_place, leg.end_place):
                found.setdefault(end, Counter())[mode] += 1
            if mode in ("road", "rail"):
                for step in leg.links:
                    link = scenario.links[step[:-1]]
                    ends = (link.from_place, link.to_place)
                    nations = {scenario.places[p].nation for p in ends}
                    if len(nations) == 2:
                        for end in ends:
                            found.setdefault(end, Counter())["border"] += 1
    return found
