"""The table of units: who closes where and when, and what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from amberway.mobility import explain
from amberway.mobility.evaluate import Closure
from amberway.mobility.result import MobilityResult
from amberway.report.words import nation, place, sentence

_EXPLAINED = 5


@dataclass(frozen=True)
class UnitRow:
    """One line of the table."""

    name: str
    nation: str
    sidc: str
    type: str
    standing: str
    destination: str
    persons: int
    brigades: float
    notice: float
    day: float | None
    mode: str
    cause: str


@dataclass(frozen=True)
class AreaRows:
    """The units of one area."""

    area: str
    rows: tuple[UnitRow, ...]
    persons: int
    brigades: float


@dataclass(frozen=True)
class Explanation:
    """Why one unit closes when it does."""

    name: str
    why_shown: str
    sentences: tuple[str, ...]


def undelivered(result: MobilityResult) -> list[UnitRow]:
    """Units that do not close, largest first."""
    rows = [row for row in result.closures if row.day is None]
    return [_row(result, row) for row in sorted(rows, key=lambda r: (-r.persons, r.force))]


def by_area(result: MobilityResult) -> list[AreaRows]:
    """Units that close, by area, the earliest first."""
    found = []
    for area_id, area in result.plan.scenario.areas.items():
        rows = [row for row in result.closures if row.area == area_id and row.day is not None]
        if not rows:
            continue
        rows.sort(key=lambda r: (r.day, r.name, r.force))
        found.append(
            AreaRows(
                area.name,
                tuple(_row(result, row) for row in rows),
                sum(row.persons for row in rows),
                sum(row.brigades for row in rows),
            )
        )
    return found


def explanations(result: MobilityResult) -> list[Explanation]:
    """The latest and the largest units that are moved; each once."""
    moved = [row for row in result.closures if row.lots]
    latest = [row for row in moved if row.day is not None]
    latest.sort(key=lambda r: (-(r.day or 0.0), r.force))
    largest = sorted(moved, key=lambda r: (-r.persons, r.force))
    found: dict[str, Explanation] = {}
    for word, rows in (("among the latest", latest), ("among the largest", largest)):
        chosen = [row for row in rows if row.force not in found][:_EXPLAINED]
        for row in chosen:
            sentences = tuple(explain.explain(result.plan, row.force))
            found[row.force] = Explanation(row.name, word, sentences)
    return list(found.values())


def _row(result: MobilityResult, row: Closure) -> UnitRow:
    scenario = result.plan.scenario
    unit_type = scenario.unit_types[scenario.forces[row.force].unit_type]
    return UnitRow(
        row.name,
        nation(scenario, row.nation),
        unit_type.sidc,
        unit_type.name,
        row.standing.value,
        place(scenario, row.destination),
        row.persons,
        row.brigades,
        row.available_day,
        row.day,
        "–" if row.mode == "none" else row.mode,
        sentence(row.cause).rstrip("."),
    )
