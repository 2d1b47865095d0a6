"""The report's section on presence: tables and pictures of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from amberway.presence.candidates import DAYS, Candidate
from amberway.presence.pool import ALL_MANOEUVRE
from amberway.presence.problem import Group
from amberway.presence.result import PresenceResult
from amberway.report.words import day, nation, percent, place

_MEANS = {
    "march": "road march",
    "track-march": "track march",
    "heavy-transporter": "heavy transporter",
    "truck": "truck",
    "coach": "coach",
    "train": "train",
    "ship": "ship",
    "aircraft": "aircraft",
}
_LEADING = 4


@dataclass(frozen=True)
class AreaRow:
    """Brigade equivalents of one area on C-day, and the fewest of the year."""

    name: str
    framework: str
    local: float
    lead: float
    others: float
    us: float
    total: float
    roles: str
    allied_fewest: float
    fewest_from: str | None


@dataclass(frozen=True)
class Need:
    """What a host has and needs, a cell a year: text, and whether it is short."""

    name: str
    cells: tuple[tuple[str, bool], ...]


def context(result: PresenceResult) -> dict[str, Any]:
    """Data and figures for `templates/presence.html.j2`, under the name `presence`."""
    scenario = result.problem.scenario
    empty = not result.problem.areas or not result.problem.stays
    numbers = result.headline
    return {
        "year": result.problem.year,
        "empty": [one.text for one in result.shortfalls] if empty else [],
        "numbers": numbers,
        "areas": [_area(result, area) for area in result.problem.areas],
        "figures": {} if empty else _figures(result),
        "gaps": [one for one in result.shortfalls if one.kind == "rotation-gap"],
        "pool": [
            {
                "nation": nation(scenario, row.nation),
                "in_place": row.rotating + row.stationed,
                "bound": row.tied,
                "pool": row.pool,
                "share": row.share,
                "over": row.tied > row.pool + 1e-9,
            }
            for row in result.draws
            if row.role == ALL_MANOEUVRE
        ],
        "years": sorted({row.year for row in result.hosts}),
        "goal_years": list(dict.fromkeys(row.year for row in result.housing)),
        "beds": _beds(result),
        "homes": _homes(result),
        "training": _training(result),
        "goals": [
            {
                "area": scenario.areas[goal.area].name,
                "lead": goal.lead,
                "us": goal.us,
                "beds": [
                    (f"{row.beds:,} of {row.beds_free:,}", bool(row.beds_short))
                    for row in result.housing
                    if row.area == goal.area
                ],
                "training": [
                    (f"{row.training:.1f} of {row.training_free:.1f}", bool(row.training_short))
                    for row in result.housing
                    if row.area == goal.area
                ],
            }
            for goal in result.goals
            if goal.missing
        ],
        "host_listed": bool(scenario.host_support),
        "candidates": [_candidate(result, one) for one in result.candidates],
        "factors": scenario.settings.presence,
    }


def _figures(result: PresenceResult) -> dict[str, Markup | None]:
    # Matplotlib takes a second to import; nobody pays for it who writes no report.
    from amberway.report.figures import presence_calendar, presence_candidates, presence_days

    return {
        "days": presence_days.draw(result),
        "calendar": presence_calendar.draw(result),
        "candidates": presence_candidates.draw(result),
    }


def _area(result: PresenceResult, area: str) -> AreaRow:
    scenario = result.problem.scenario
    here = result.headline["areas"][area]
    groups = here["on_c_day"]["by_group"]
    roles = [
        f"{role} {amount:.2f}" for role, amount in here["on_c_day"]["by_role"].items() if amount
    ]
    persons = here["on_c_day"]["persons_by_role"]
    roles += [
        f"{role} {persons[role]:,} persons" for role in ("air-defence", "fires") if role in persons
    ]
    leads = here["framework_nation"]
    falls = here["allied_minimum"] < here["on_c_day"]["allied"] - 1e-9
    return AreaRow(
        scenario.areas[area].name,
        nation(scenario, leads) if leads else "none",
        groups[Group.LOCAL.value],
        groups[Group.FRAMEWORK.value],
        groups[Group.OTHERS.value],
        groups[Group.US.value],
        here["on_c_day"]["total"],
        "; ".join(roles),
        here["allied_minimum"],
        here["allied_minimum_from"] if falls else None,
    )


def _beds(result: PresenceResult) -> list[Need]:
    names = dict.fromkeys(row.place for row in result.places)
    found = []
    for name in names:
        rows = [row for row in result.places if row.place == name]
        cells = tuple(
            (f"{row.beds_needed:,} of {row.beds:,}" if row.listed else f"{row.beds_needed:,} of ?",
             bool(row.short))
            for row in rows
        )  # fmt: skip
        found.append(Need(place(result.problem.scenario, name), cells))
    return found


def _homes(result: PresenceResult) -> list[Need]:
    return _by_host(
        result,
        {
            (row.nation, row.year): (
                f"{row.homes_needed:,} of {row.homes:,}",
                bool(row.homes_short),
            )
            for row in result.hosts
        },
    )


def _training(result: PresenceResult) -> list[Need]:
    return _by_host(
        result,
        {
            (row.nation, row.year): (
                f"{row.training_allied + row.training_local:.1f} of {row.training:.1f}",
                bool(row.training_short),
            )
            for row in result.hosts
        },
    )


def _by_host(result: PresenceResult, cells: dict[tuple[str, int], tuple[str, bool]]) -> list[Need]:
    hosts = dict.fromkeys(name for name, _ in cells)
    return [
        Need(
            nation(result.problem.scenario, host),
            tuple(cell for (name, _), cell in cells.items() if name == host),
        )
        for host in hosts
    ]


def _candidate(result: PresenceResult, one: Candidate) -> dict[str, Any]:
    """One column of the table of candidates; every value is text."""
    scenario = result.problem.scenario
    asked = one.added is not None
    elsewhere = [
        f"{unit.name} ({unit.brigades:.2f}, planned for {scenario.areas[unit.area].name}"
        + (f"; here {day(unit.day)})" if one.could_add is not None else ")")
        for unit in one.elsewhere
    ]
    relies = one.reliance
    means = sorted(relies.by_means.items(), key=lambda m: (-m[1], m[0])) if relies else []
    used = [f"{_MEANS[m]} {percent(n / relies.lots)}" for m, n in means if m in _MEANS and relies]
    framework = [scenario.areas[a].name for a in one.framework_in]
    return {
        "area": scenario.areas[one.area].name,
        "nation": nation(scenario, one.nation),
        "now": "leads now" if one.leads_now else "candidate",
        "in_place": f"{one.in_place:.2f}",
        "by_day": {d: f"{one.by_day[d]:.2f}" if one.by_day else "–" for d in DAYS},
        "units": [
            f"{unit.name} ({unit.brigades:.2f})"
            + (f", {day(unit.day) if unit.day is not None else 'does not close'}" if asked else "")
            for unit in one.units
        ],
        "elsewhere": elsewhere,
        "means": used[:_LEADING],
        "lots": f"{relies.delivered} of {relies.lots} lots arrive" if relies else "–",
        "transload": f"{relies.transload} lots" if relies else "–",
        "transit": [nation(scenario, n) for n in relies.transit] if relies else [],
        "pool": f"{one.pool:.2f}",
        "bound": f"{one.bound:.2f}",
        "left": f"{one.left:.2f}",
        "outside": [*(f"leads in {name}" for name in framework), *one.outside],
    }  # fmt: skip
