"""The first page's numbers: who is at notice and who has closed, against the thresholds.

NATO's Force Model counts days of notice to move: a force *available* at C+10 is ready at home.
Others read the same days as days by which forces have *arrived*. The report shows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amberway.mobility.evaluate import FORCE_MODEL, THRESHOLDS, Closure, Standing
from amberway.mobility.result import MobilityResult
from amberway.report import quality
from amberway.report.words import day, decimal, number, percent

_NAMED = 4  # as many units that do not close are named


@dataclass(frozen=True)
class Tally:
    """Persons and manoeuvre brigade equivalents."""

    persons: int
    brigades: float

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.persons + other.persons, self.brigades + other.brigades)


@dataclass(frozen=True)
class Reading:
    """One reading of one threshold: what stands behind `counted` / `threshold`."""

    when: str
    arrived: bool
    threshold: int
    in_place: Tally
    reinforcing: Tally
    local: Tally

    @property
    def word(self) -> str:
        """What the reading counts."""
        return "closed in area" if self.arrived else "at notice"

    @property
    def counted(self) -> Tally:
        """What counts towards the threshold: forces in place and reinforcing, not local ones."""
        return self.in_place + self.reinforcing

    @property
    def share(self) -> float:
        """Share of the threshold, without local forces."""
        return self.counted.persons / self.threshold

    @property
    def with_local(self) -> Tally:
        """The same with the forces of the defended nations themselves."""
        return self.counted + self.local

    @property
    def share_with_local(self) -> float:
        """Share of the threshold, with local forces."""
        return self.with_local.persons / self.threshold


def tally(rows: Iterable[Closure], by_day: float, *, arrived: bool, standing: Standing) -> Tally:
    """Persons and brigades of a standing at notice, or closed, by a day."""
    found = [
        row
        for row in rows
        if row.standing is standing
        and (when := row.day if arrived else row.available_day) is not None
        and when <= by_day
    ]
    return Tally(sum(row.persons for row in found), sum(row.brigades for row in found))


def total(rows: Iterable[Closure], standing: Standing) -> Tally:
    """All persons and brigades of a standing."""
    found = [row for row in rows if row.standing is standing]
    return Tally(sum(row.persons for row in found), sum(row.brigades for row in found))


def readings(rows: Sequence[Closure]) -> tuple[Reading, ...]:
    """Both readings of both thresholds."""
    found = []
    for when, by_day in THRESHOLDS.items():
        for arrived in (False, True):
            in_place, reinforcing, local = (
                tally(rows, by_day, arrived=arrived, standing=standing)
                for standing in (Standing.IN_PLACE, Standing.REINFORCING, Standing.LOCAL)
            )
            found.append(Reading(when, arrived, FORCE_MODEL[when], in_place, reinforcing, local))
    return tuple(found)


def summary(result: MobilityResult) -> list[str]:
    """What a reader with one minute has to know, in sentences."""
    rows = result.closures
    moved = [row for row in rows if row.lots]
    text = []
    both = readings(rows)
    for notice, closed in zip(both[::2], both[1::2], strict=True):
        text.append(
            f"By {closed.when}, {number(closed.counted.persons)} persons and "
            f"{decimal(closed.counted.brigades)} brigade equivalents of the allies have closed in "
            f"their areas: {percent(closed.share)} of the Force Model's "
            f"{number(closed.threshold)}. At notice by then, at home or in place: "
            f"{number(notice.counted.persons)} ({percent(notice.share)})."
        )
    missing = [row for row in moved if row.day is None]
    last = result.headline["last_closure_day"]
    if not moved:
        text.append("No force has to be moved.")
    elif missing:
        named = f": {', '.join(row.name for row in missing)}" if len(missing) <= _NAMED else ""
        horizon = decimal(result.plan.scenario.settings.horizon_days)
        text.append(
            f"{number(len(missing))} of the {number(len(moved))} units to be moved "
            f"{'does' if len(missing) == 1 else 'do'} not close within the {horizon} days planned"
            f"{named}."
        )
    else:
        text.append(f"All {number(len(moved))} units to be moved close, the last on {day(last)}.")
    if moved:
        text.append(quality.sentence(result))
    planned = total(rows, Standing.IN_PLACE) + total(rows, Standing.REINFORCING)
    full = FORCE_MODEL["C+30"]
    if planned.persons < full:
        text.append(
            f"The thresholds are those of the whole Alliance. This scenario plans "
            f"{number(planned.persons)} persons that count towards them "
            f"({percent(planned.persons / full)} of {number(full)}), so it cannot reach them alone."
        )
    return text
