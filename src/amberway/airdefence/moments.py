"""Which systems cover at a moment: on a day in peace, at an hour after C-day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from amberway.airdefence.problem import Flags, Problem
from amberway.deployment import Deployment
from amberway.scenario.posture import AirDefence

Closure = Mapping[str, float | None]
_SLACK_DAYS = 1e-9


def in_place(problem: Problem, day: dt.date) -> Flags:
    """Systems (S) that stand on their sites on a day, whatever their notice.

    A system that a force element brings stands there if that is in place; one that has yet to move
    does not.
    """
    forces = problem.scenario.forces
    return np.array(
        [_dated(s, day) and (s.force is None or forces[s.force].in_place(day))
         for s in problem.systems],
        dtype=bool,
    )  # fmt: skip


def closures(problem: Problem, deployment: Deployment | None) -> Closure:
    """Day on which each force element is ready in its area.

    Without a deployment: what stands there after its notice, what has to move never.
    """
    if deployment is not None:
        return deployment.closure
    c_day = problem.scenario.settings.c_day
    return {
        name: force.ntm_days if force.in_place(c_day) else None
        for name, force in problem.scenario.forces.items()
    }


def ready(problem: Problem, closure: Closure, day: float) -> Flags:
    """Systems (S) that cover at C+`day`: dates hold, and its force element has closed.

    On its way, or at home, a battery covers nothing.
    """
    date = problem.scenario.settings.c_day + dt.timedelta(days=int(day + _SLACK_DAYS))
    return np.array(
        [_dated(s, date) and _closed(closure, s.force, day) for s in problem.systems], dtype=bool
    )


def begins(problem: Problem, closure: Closure, last: float) -> list[float]:
    """Moments from C+0 to C+`last` at which a system may begin or cease to cover, in order."""
    c_day = problem.scenario.settings.c_day
    found = {0.0}
    for system in problem.systems:
        found.update(float((d - c_day).days) for d in (system.from_date, system.to_date) if d)
        if system.force is not None:
            found.add(closure.get(system.force) or 0.0)
    return sorted(day for day in found if 0 <= day <= last)


def years(problem: Problem) -> range:
    """From the year of C-day to the last in which a system or detachment begins or ends."""
    first = problem.scenario.settings.c_day.year
    dates = [day for s in problem.systems for day in (s.from_date, s.to_date)]
    dates += [day for f in problem.scenario.fighters.values() for day in (f.from_date, f.to_date)]
    return range(first, max([first] + [day.year for day in dates if day]) + 1)


def _dated(system: AirDefence, day: dt.date) -> bool:
    begun = system.from_date is None or system.from_date <= day
    return begun and (system.to_date is None or day < system.to_date)


def _closed(closure: Closure, force: str | None, day: float) -> bool:
    if force is None:
        return True
    closed = closure.get(force)
    return closed is not None and closed <= day + _SLACK_DAYS
