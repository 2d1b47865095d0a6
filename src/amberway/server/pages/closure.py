"""The closure curve: persons in their areas over time, against the NATO Force Model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel

from amberway.mobility.evaluate import FORCE_MODEL, THRESHOLDS
from amberway.mobility.evaluate import Closure as UnitClosure
from amberway.mobility.result import MobilityResult

_STEP_H = 6.0


class Series(BaseModel):
    """Persons over time. `by` says what is told apart, `key` which of them this is."""

    by: str
    key: str
    name: str
    persons: list[int]


class Threshold(BaseModel):
    """What the Force Model asks for by a day (local forces not counted)."""

    name: str
    day: float
    persons: int
    closed: int
    available: int


class Closure(BaseModel):
    """Curves on common days. `series` is by total, standing, nation, area and mode; of the total
    there are two: persons closed and persons available (ready to leave)."""

    days: list[float]
    series: list[Series]
    brigades: list[float]
    force_model: list[Threshold]


def closure(result: MobilityResult) -> Closure:
    """The curves of a result."""
    rows, scenario = result.closures, result.plan.scenario
    settings = scenario.settings
    step = max(settings.grid_hours, _STEP_H) / 24
    days = [round(i * step, 6) for i in range(int(settings.horizon_days / step) + 1)]

    def curve(of: Sequence[UnitClosure], when: Callable[[UnitClosure], float | None]) -> list[int]:
        known = [(day, row.persons) for row in of if (day := when(row)) is not None]
        return [sum(persons for at, persons in known if at <= day + 1e-9) for day in days]

    def closed(row: UnitClosure) -> float | None:
        return row.day

    series = [
        Series(by="total", key="closed", name="closed", persons=curve(rows, closed)),
        Series(
            by="total",
            key="available",
            name="available",
            persons=curve(rows, lambda row: row.available_day),
        ),
    ]
    names: dict[str, Callable[[str], str]] = {
        "standing": str,
        "nation": lambda key: scenario.nations[key].name,
        "area": lambda key: scenario.areas[key].name,
        "mode": lambda key: "not moved" if key == "none" else key,
    }
    for by, name in names.items():
        for key in dict.fromkeys(str(getattr(row, by)) for row in rows):
            some = [row for row in rows if str(getattr(row, by)) == key]
            series.append(Series(by=by, key=key, name=name(key), persons=curve(some, closed)))
    foreign = [row for row in rows if row.standing.value != "local"]
    return Closure(
        days=days,
        series=series,
        brigades=[
            round(sum(r.brigades for r in rows if r.day is not None and r.day <= day + 1e-9), 3)
            for day in days
        ],
        force_model=[
            Threshold(
                name=name,
                day=day,
                persons=FORCE_MODEL[name],
                closed=sum(r.persons for r in foreign if r.day is not None and r.day <= day),
                available=sum(r.persons for r in foreign if r.available_day <= day),
            )
            for name, day in THRESHOLDS.items()
        ],
    )
