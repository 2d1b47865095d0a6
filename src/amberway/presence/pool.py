"""What presence takes out of each nation's pool of forces.

With n the units of a kind on rotation and 1:r the dwell ratio (r units at home for each one away),
rotation ties up n·(1+r) units; units stationed for good tie up themselves. The pool is what the
scenario holds of the nation's force elements of that role, in place or not.
"""

from __future__ import annotations

from dataclasses import dataclass

from amberway.presence.problem import Problem
from amberway.presence.solve import present

MANOEUVRE = ("heavy", "medium", "light")
ALL_MANOEUVRE = "manoeuvre"


@dataclass(frozen=True)
class Draw:
    """One nation and role: means over the year of brigade equivalents (persons for other roles).

    `rotating` and `stationed` are in place outside the nation's own country, `tied` is what that
    binds, `pool` what the nation has in the scenario.
    """

    nation: str
    role: str
    unit: str
    rotating: float
    stationed: float
    tied: float
    pool: float

    @property
    def share(self) -> float | None:
        """Share of the pool that is bound; None without a pool."""
        return self.tied / self.pool if self.pool else None


def tied(rotating: float, stationed: float, dwell_ratio: float) -> float:
    """Units bound by `rotating` units on turns and `stationed` ones at a dwell ratio of 1:r."""
    return rotating * (1 + dwell_ratio) + stationed


def draws(problem: Problem) -> tuple[Draw, ...]:
    """By nation (largest first) and role: each manoeuvre role, all three, air defence, fires.

    Both units of a handover count: both are away from home.
    """
    ratio = problem.scenario.settings.presence.dwell_ratio
    there = present(problem.stays, problem.days).mean(axis=1)
    abroad: dict[tuple[str, str], list[float]] = {}
    for stay, share in zip(problem.stays, there, strict=True):
        if problem.local(stay):
            continue
        for role, amount in _kinds(stay.role, stay.brigades, stay.persons):
            cell = abroad.setdefault((stay.nation, role), [0.0, 0.0])
            cell[0 if stay.rotating else 1] += float(share) * amount
    pools: dict[tuple[str, str], float] = {}
    for force in problem.scenario.forces.values():
        kind = problem.scenario.unit_types[force.unit_type]
        brigades = kind.brigade_equivalent * force.strength
        for role, amount in _kinds(kind.role.value, brigades, kind.personnel * force.strength):
            pools[force.nation, role] = pools.get((force.nation, role), 0.0) + amount
    rows = [
        Draw(
            nation,
            role,
            "brigades" if role in (*MANOEUVRE, ALL_MANOEUVRE) else "persons",
            round(rotating, 6),
            round(stationed, 6),
            round(tied(rotating, stationed, ratio), 6),
            round(pools.get((nation, role), 0.0), 6),
        )
        for (nation, role), (rotating, stationed) in abroad.items()
        if rotating + stationed > 0
    ]
    order = (ALL_MANOEUVRE, *MANOEUVRE, "fires", "air-defence")
    most = {row.nation: row.tied for row in rows if row.role == ALL_MANOEUVRE}
    return tuple(
        sorted(rows, key=lambda r: (-most.get(r.nation, 0.0), r.nation, order.index(r.role)))
    )


def _kinds(role: str, brigades: float, persons: float) -> list[tuple[str, float]]:
    if role in MANOEUVRE:
        return [(role, brigades), (ALL_MANOEUVRE, brigades)]
    return [(role, persons)] if role in ("air-defence", "fires") else []
