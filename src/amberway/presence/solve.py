"""Brigade equivalents in place, day by day.

For post p in area a on day d let S(p,a,d) be the stays that fill it. During a handover the relieved
and the relieving unit are both there, but the post is filled once: by the larger of them, the one
that came first if they are alike. With b(s) the brigade equivalents of a stay,

    present(a, d) = sum over posts p of max { b(s) : s in S(p, a, d) }

so another turn never lowers it, and turns heel to toe keep it constant. The split by whose forces
they are and by role follows the stay that fills the post.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amberway.presence.problem import Group, Problem, Stay

Series = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Presence:
    """Brigade equivalents and persons in place, one value a day, by area and group or role."""

    days: tuple[dt.date, ...]
    brigades: dict[str, dict[Group, Series]]
    role_brigades: dict[str, dict[str, Series]]
    role_persons: dict[str, dict[str, Series]]

    def total(self, area: str, *, allied: bool = False) -> Series:
        """Brigade equivalents in an area, shape (days,); `allied` leaves the local ones out."""
        counted = [
            series
            for group, series in self.brigades[area].items()
            if not (allied and group is Group.LOCAL)
        ]
        return np.asarray(np.round(np.sum(counted, axis=0), 6))


def solve(problem: Problem, days: Sequence[dt.date] | None = None) -> Presence:
    """Presence on each day asked for; all days of the problem's year by default."""
    asked = problem.days if days is None else tuple(days)
    there = present(problem.stays, asked)
    filling = _filling(problem.stays, there)
    roles = sorted({stay.role for stay in problem.stays})

    def summed(area: str, weights: list[float], chosen: list[bool]) -> Series:
        picked = [
            weight if stay.area == area and choice else 0.0
            for stay, weight, choice in zip(problem.stays, weights, chosen, strict=True)
        ]
        return np.asarray(np.round(np.asarray(picked) @ filling, 6))

    stays = problem.stays
    brigades = [stay.brigades for stay in stays]
    persons = [float(stay.persons) for stay in stays]
    groups = [problem.group(stay) for stay in stays]
    return Presence(
        asked,
        {
            area: {g: summed(area, brigades, [one is g for one in groups]) for g in Group}
            for area in problem.areas
        },
        {
            area: {r: summed(area, brigades, [s.role == r for s in stays]) for r in roles}
            for area in problem.areas
        },
        {
            area: {r: summed(area, persons, [s.role == r for s in stays]) for r in roles}
            for area in problem.areas
        },
    )


def present(stays: Sequence[Stay], days: Sequence[dt.date]) -> NDArray[np.bool_]:
    """Which stay is there on which day, shape (stays, days)."""
    when = np.array([day.toordinal() for day in days])
    first = np.array([stay.first.toordinal() for stay in stays], dtype=int).reshape(-1, 1)
    last = dt.date.max.toordinal()
    end = np.array(
        [last if stay.end is None else stay.end.toordinal() for stay in stays], dtype=int
    ).reshape(-1, 1)
    return np.asarray((first <= when) & (when < end), dtype=bool)


def _filling(stays: Sequence[Stay], there: NDArray[np.bool_]) -> NDArray[np.float64]:
    """1 where a stay fills its post on a day, shape (stays, days): the largest that is there."""
    filling = np.zeros(there.shape)
    taken: dict[tuple[str, str], NDArray[np.bool_]] = {}
    ranked = sorted(
        range(len(stays)),
        key=lambda i: (
            -stays[i].brigades,
            -stays[i].persons,
            stays[i].first,
            stays[i].force,
            stays[i].rotation or "",
        ),
    )
    for i in ranked:
        key = stays[i].post, stays[i].area
        before = taken.setdefault(key, np.zeros(there.shape[1], dtype=bool))
        filling[i] = there[i] & ~before
        before |= there[i]
    return filling
