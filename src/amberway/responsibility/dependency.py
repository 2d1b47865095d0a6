"""Single points of dependency: what is met now and fails if one nation or unit does not come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from amberway.responsibility.evaluate import Judgement
from amberway.responsibility.problem import Need, Problem, Supply

_SLACK = 1e-9


@dataclass(frozen=True)
class Dependency:
    """A need that is met, and who it is met by: `missing` would be missing without them.

    `forces` are the force elements any one of which is indispensable; empty if only the nation as
    a whole is. What the nations of the area have there themselves is not a dependency.
    """

    need: Need
    nation: str
    missing: float
    forces: tuple[str, ...]


def dependencies(problem: Problem, judgement: Judgement) -> tuple[Dependency, ...]:
    """Every need that is met by its day, but not without one foreign nation."""
    found = []
    for one in judgement.fulfilments:
        if not one.met:
            continue
        counted = [
            supply
            for supply in judgement.supplies
            if problem.counts(supply, one.need) and supply.there(one.need.day) and not supply.local
        ]
        by_nation = _totals(counted, lambda supply: supply.nation)
        by_owner = _totals(counted, lambda supply: supply.owner)
        nations = {supply.owner: supply.nation for supply in counted}
        spare = one.arrived - one.need.enough
        for nation, quantity in by_nation.items():
            if quantity > spare + _SLACK:
                critical = tuple(
                    owner
                    for owner, held in by_owner.items()
                    if nations[owner] == nation
                    and held > spare + _SLACK
                    and owner in problem.scenario.forces
                )
                missing = one.need.quantity - one.arrived + quantity
                found.append(Dependency(one.need, nation, missing, critical))
    return tuple(found)


def _totals(supplies: list[Supply], key: Callable[[Supply], str]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for supply in supplies:
        totals[key(supply)] = totals.get(key(supply), 0.0) + supply.quantity
    return totals
