"""The rotation calendar: turns by post, the gaps between them, the days on which they overlap."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from amberway.presence.problem import Problem, Stay


@dataclass(frozen=True)
class Gap:
    """Days of the year on which a post stands empty: from `first` to the day before `end`.

    `after` is the unit that left, `before` the next one; None if no turn follows in the tables.
    `brigades` is what the unit that left took with it.
    """

    post: str
    area: str
    first: dt.date
    end: dt.date
    after: str
    before: str | None
    brigades: float

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.first).days

    @property
    def brigade_days(self) -> float:
        """Brigade equivalents lost, summed over the days."""
        return round(self.brigades * self.days, 6)


@dataclass(frozen=True)
class Overlap:
    """Days of the year on which two or more turns fill a post: a handover."""

    post: str
    area: str
    first: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.first).days


@dataclass(frozen=True)
class Post:
    """A standing task with its turns, in order of their first days."""

    post: str
    area: str
    turns: tuple[Stay, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]


def calendar(problem: Problem) -> tuple[Post, ...]:
    """Posts that are filled in turns, in the order of areas and tables, with the year's gaps.

    The days before the first turn that the tables know are no gap. After the last turn, if it has
    an end, the post is empty: nobody is named who would follow.
    """
    turns: dict[tuple[str, str], list[Stay]] = {}
    for stay in problem.stays:
        turns.setdefault((stay.area, stay.post), []).append(stay)
    found = []
    for area in problem.areas:
        for (where, post), own in turns.items():
            if where == area and any(stay.rotating for stay in own):
                ordered = tuple(sorted(own, key=lambda s: (s.first, s.rotation or "")))
                gaps, overlaps = _gaps(problem, ordered), _overlaps(problem, ordered)
                found.append(Post(post, area, ordered, gaps, overlaps))
    return tuple(found)


def _gaps(problem: Problem, turns: tuple[Stay, ...]) -> tuple[Gap, ...]:
    found = []
    last = turns[0]
    for turn in (*turns[1:], None):
        if last.end is None:
            break
        begin, end = _within(problem.year, last.end, turn.first if turn else None)
        if begin < end:
            before = turn.name if turn else None
            found.append(
                Gap(last.post, last.area, begin, end, last.name, before, round(last.brigades, 6))
            )
        if turn and (turn.end is None or turn.end > last.end):
            last = turn
    return tuple(found)


def _overlaps(problem: Problem, turns: tuple[Stay, ...]) -> tuple[Overlap, ...]:
    found: list[Overlap] = []
    last = turns[0]
    for turn in turns[1:]:
        ends = [end for end in (last.end, turn.end) if end is not None]
        begin, end = _within(problem.year, turn.first, min(ends, default=None))
        if begin < end:
            if found and begin <= found[-1].end:  # a third turn within the same handover
                before = found.pop()
                begin, end = before.first, max(before.end, end)
            found.append(Overlap(turn.post, turn.area, begin, end))
        if last.end is not None and (turn.end is None or turn.end > last.end):
            last = turn
    return tuple(found)


def _within(year: int, first: dt.date, end: dt.date | None) -> tuple[dt.date, dt.date]:
    """The part of a span that lies in the year; empty if the first is not before the second."""
    begins, closes = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    return max(first, begins), closes if end is None else min(end, closes)
