"""Two runs side by side: numbers, curves, units that close on another day."""

from __future__ import annotations

from pydantic import BaseModel

from amberway.server.pages.closure import Closure, Series, Threshold
from amberway.server.pages.explained import UnitRow
from amberway.server.pages.scoreboard import Scoreboard, Value

_SAME_DAY = 1e-6


class Difference(BaseModel):
    """A number of both runs; `difference` is b − a, null if one of them has no number."""

    key: str
    action: str
    label: str
    unit: str
    better: int
    a: Value
    b: Value
    difference: float | None


class CurvePair(BaseModel):
    """A curve of both runs on common days; null where a run does not have it."""

    by: str
    key: str
    name: str
    a: list[int] | None
    b: list[int] | None


class UnitDifference(BaseModel):
    """A unit that closes on another day, by another mode or only in one of the runs. `difference`
    is b − a in days, null if it does not close in one of them."""

    force: str
    name: str
    nation: str
    persons: int
    a: float | None
    b: float | None
    difference: float | None
    a_mode: str | None
    b_mode: str | None
    a_area: str | None
    b_area: str | None
    in_a: bool
    in_b: bool


class Comparison(BaseModel):
    """Two runs. `headline` are the numbers of mobility that differ first in a report; `scoreboard`
    are all numbers of all five actions."""

    a: str
    b: str
    headline: list[Difference]
    days: list[float]
    curves: list[CurvePair]
    force_model: list[Threshold]
    units: list[UnitDifference]
    units_same: int
    scoreboard: list[Difference]


_HEADLINE = (
    "mobility/persons_closed.C+10",
    "mobility/persons_closed.C+30",
    "mobility/brigades_closed.C+10",
    "mobility/brigades_closed.C+30",
    "mobility/last_closure_day",
    "mobility/units_not_closed",
    "mobility/objective",
    "mobility/certified_gap",
)


def compare(
    names: tuple[str, str],
    curves: tuple[Closure, Closure],
    units: tuple[list[UnitRow], list[UnitRow]],
    boards: tuple[Scoreboard, Scoreboard],
) -> Comparison:
    """The comparison of two runs from their pages."""
    board = _board(*boards)
    days = max((one.days for one in curves), key=len)
    changed, same = _units(*units)
    return Comparison(
        a=names[0],
        b=names[1],
        headline=[one for key in _HEADLINE for one in board if one.key == key],
        days=days,
        curves=_curves(*curves, len(days)),
        force_model=curves[0].force_model,
        units=changed,
        units_same=same,
        scoreboard=board,
    )


def _board(a: Scoreboard, b: Scoreboard) -> list[Difference]:
    other = {one.key: one.value for action in b.actions for one in action.numbers}
    return [
        Difference(
            key=one.key,
            action=action.action,
            label=one.label,
            unit=one.unit,
            better=one.better,
            a=one.value,
            b=(value := other.get(one.key)),
            difference=_minus(value, one.value),
        )
        for action in a.actions
        for one in action.numbers
    ]


def _minus(b: Value, a: Value) -> float | None:
    if isinstance(a, str) or isinstance(b, str) or a is None or b is None:
        return None
    return round(b - a, 6)


def _curves(a: Closure, b: Closure, length: int) -> list[CurvePair]:
    """All curves that one of the runs has. A shorter horizon is filled with its last value."""

    def known(of: Closure) -> dict[tuple[str, str], Series]:
        return {(one.by, one.key): one for one in of.series}

    def filled(one: Series | None) -> list[int] | None:
        if one is None or not one.persons:
            return None
        return one.persons + one.persons[-1:] * (length - len(one.persons))

    first, second = known(a), known(b)
    return [
        CurvePair(
            by=by,
            key=key,
            name=(first.get((by, key)) or second[by, key]).name,
            a=filled(first.get((by, key))),
            b=filled(second.get((by, key))),
        )
        for by, key in dict.fromkeys([*first, *second])
    ]


def _units(a: list[UnitRow], b: list[UnitRow]) -> tuple[list[UnitDifference], int]:
    """Units that differ, those that gain or lose most first, and how many do not."""
    first, second = ({row.force: row for row in rows} for rows in (a, b))
    changed, same = [], 0
    for force in dict.fromkeys([*first, *second]):
        old, new = first.get(force), second.get(force)
        row = old or new
        assert row is not None
        old_day = None if old is None else old.closure_day
        new_day = None if new is None else new.closure_day
        moved = _minus(new_day, old_day)
        alike = (
            old is not None
            and new is not None
            and (old_day is None) == (new_day is None)
            and abs(moved or 0.0) < _SAME_DAY
            and (old.main_mode, old.area) == (new.main_mode, new.area)
        )
        if alike:
            same += 1
            continue
        changed.append(
            UnitDifference(
                force=force,
                name=row.name,
                nation=row.nation,
                persons=row.persons,
                a=old_day,
                b=new_day,
                difference=moved,
                a_mode=old and old.main_mode,
                b_mode=new and new.main_mode,
                a_area=old and old.area,
                b_area=new and new.area,
                in_a=old is not None,
                in_b=new is not None,
            )
        )

    def most(one: UnitDifference) -> tuple[bool, float]:
        return one.difference is not None, -abs(one.difference or 0.0)

    return sorted(changed, key=most), same
