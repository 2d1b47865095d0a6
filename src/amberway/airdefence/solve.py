"""Coverage at a moment, over the hours from C-day, over the weeks of the year.

An asset is covered in a layer at an altitude if a system of the layer that covers at that moment
reaches it there. Its depth is the number of layers (short, medium, long) that cover it, two
batteries of one layer counting once. Coverage is the share of the assets' weight that is covered.
Nothing is said about what happens to a target: no engagement is modelled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amberway.airdefence import moments
from amberway.airdefence.moments import Closure
from amberway.airdefence.problem import LAYERS, Flags, Numbers, Problem
from amberway.scenario.air import Mission

LAST_DAY = 30
"""Coverage is followed from C+0 to C+30."""
_DAYS_A_WEEK = 7


@dataclass(frozen=True, eq=False)
class Coverage:
    """What is covered while the systems `active` (S) stand. `layers` is (H, L, A)."""

    problem: Problem
    active: Flags
    layers: Flags

    @cached_property
    def depth(self) -> NDArray[np.int64]:
        """Number of layers that cover each asset (H, A)."""
        count: NDArray[np.int64] = self.layers.sum(axis=1, dtype=np.int64)
        return count

    @cached_property
    def systems(self) -> NDArray[np.int64]:
        """Number of systems that cover each asset (H, A)."""
        here = self.problem.covers[:, self.active, :]
        count: NDArray[np.int64] = here.sum(axis=1, dtype=np.int64)
        return count

    @cached_property
    def by_layer(self) -> Numbers:
        """Share of the weight that each layer covers (H, L)."""
        return self._share(self.layers)

    @cached_property
    def any_layer(self) -> Numbers:
        """Share of the weight that some layer covers (H)."""
        return self._share(self.depth > 0)

    @cached_property
    def as_asked(self) -> Numbers:
        """Share of the weight that has as many layers as asked (H)."""
        return self._share(self.depth >= self.problem.asked)

    def _share(self, covered: Flags) -> Numbers:
        total = self.problem.weights.sum()
        shares: Numbers = (
            (covered @ self.problem.weights) / total if total else np.zeros(covered.shape[:-1])
        )
        return shares


@dataclass(frozen=True, eq=False)
class Step:
    """Coverage from `day` after C-day until the next step; systems by their ids."""

    day: float
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    coverage: Coverage


@dataclass(frozen=True, eq=False)
class Week:
    """Least coverage of a week that begins on `monday`, and what is there on its worst day.

    `falls` (H, L) is by how much less of the weight is covered than in the week before; `lost` are
    systems that stood at the end of that week and do not on the worst day of this one.
    """

    monday: dt.date
    coverage: Coverage
    falls: Numbers
    lost: tuple[str, ...]
    aircraft: dict[Mission, int]


def solve(problem: Problem, active: Flags) -> Coverage:
    """Coverage while the systems `active` (S) stand on their sites."""
    layers = np.zeros((len(problem.altitudes), len(LAYERS), len(problem.assets)), dtype=bool)
    for at in range(len(LAYERS)):
        here = active & (problem.layer_of == at)
        layers[:, at, :] = problem.covers[:, here, :].any(axis=1)
    return Coverage(problem, active, layers)


def steps(problem: Problem, closure: Closure, last: float = LAST_DAY) -> tuple[Step, ...]:
    """Coverage from C+0 to C+`last`, a step whenever a system begins or ceases to cover."""
    found: list[Step] = []
    for day in moments.begins(problem, closure, last):
        active = moments.ready(problem, closure, day)
        before = found[-1].coverage.active if found else np.zeros_like(active)
        if found and (active == before).all():
            continue
        names = [system.id for system in problem.systems]
        found.append(
            Step(
                day,
                tuple(name for name, new in zip(names, active & ~before, strict=True) if new),
                tuple(name for name, old in zip(names, before & ~active, strict=True) if old),
                solve(problem, active),
            )
        )
    return tuple(found)


def at_day(found: tuple[Step, ...], day: float) -> Coverage:
    """Coverage at C+`day`, from steps."""
    return [step for step in found if step.day <= day + 1e-9][-1].coverage


def weeks(problem: Problem, year: int) -> tuple[Week, ...]:
    """The weeks (from Monday) of which most days lie in a year, each at its least coverage."""
    first = dt.date.fromisocalendar(year, 1, 1)
    after = dt.date.fromisocalendar(year + 1, 1, 1)
    known: dict[bytes, Coverage] = {}
    found: list[Week] = []
    yesterday: Coverage | None = None
    for start in range(first.toordinal(), after.toordinal(), _DAYS_A_WEEK):
        days = [dt.date.fromordinal(start + i) for i in range(_DAYS_A_WEEK)]
        daily = []
        for day in days:
            active = moments.in_place(problem, day)
            coverage = known.get(active.tobytes()) or solve(problem, active)
            known[active.tobytes()] = coverage
            daily.append(coverage)
        worst = min(daily, key=lambda c: float(c.by_layer.sum()))
        before = found[-1].coverage if found else worst
        falls = np.maximum(before.by_layer - worst.by_layer, 0.0)
        gone = yesterday.active & ~worst.active if yesterday else np.zeros_like(worst.active)
        lost = tuple(s.id for s, g in zip(problem.systems, gone, strict=True) if g)
        found.append(Week(days[0], worst, falls, lost, _aircraft(problem, days)))
        yesterday = daily[-1]
    return tuple(found)


def years(problem: Problem) -> dict[int, Coverage]:
    """Coverage by what stands on its site at the end of each year, whatever its notice.

    From the year of C-day to the last with a change of systems or fighters.
    """
    return {
        year: solve(problem, moments.in_place(problem, dt.date(year, 12, 31)))
        for year in moments.years(problem)
    }


def _aircraft(problem: Problem, days: list[dt.date]) -> dict[Mission, int]:
    from amberway.airdefence.fighters import on

    rows = problem.scenario.fighters.values()
    return {
        mission: min(
            sum(row.aircraft for row in rows if row.mission is mission and on(row, day))
            for day in days
        )
        for mission in Mission
    }
