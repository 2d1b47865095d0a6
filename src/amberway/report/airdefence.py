"""The report's section on air and missile defence: tables and pictures of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from amberway.airdefence.fighters import patrols, scrambles
from amberway.airdefence.problem import LAYERS
from amberway.airdefence.result import AirDefenceResult, mission_of
from amberway.airdefence.siting import Model, Siting
from amberway.airdefence.solve import LAST_DAY, Coverage
from amberway.airdefence.words import place
from amberway.report.words import nation
from amberway.scenario.air import Mission

_ASSETS_SHOWN = 25


@dataclass(frozen=True)
class Moment:
    """Coverage at one moment: its name, and a row of shares an altitude."""

    name: str
    rows: tuple[tuple[str, tuple[float, ...]], ...]


def context(result: AirDefenceResult) -> dict[str, Any]:
    """Data and figures for `templates/airdefence.html.j2`, under the name `airdefence`."""
    problem = result.problem
    empty = not problem.assets or not problem.systems
    kinds = ("fewer-layers", "layers-late")
    short = [one for one in result.shortfalls if one.kind in kinds]
    return {
        "empty": [s.text for s in result.shortfalls if s.kind.startswith("no-")] if empty else [],
        "numbers": result.headline,
        "factors": problem.factors,
        "planned": result.planned,
        "last_day": LAST_DAY,
        "layers": [layer.value for layer in LAYERS],
        "moments": [_moment(name, one) for name, one in result.moments.items()],
        "years": [_moment(str(year), one) for year, one in result.years.items()],
        "reference": problem.reference,
        "figures": {} if empty else _figures(result),
        "short": short[:_ASSETS_SHOWN],
        "short_more": max(0, len(short) - _ASSETS_SHOWN),
        "falls": [one for one in result.shortfalls if one.kind == "coverage-falls"],
        "late": [one for one in result.shortfalls if one.kind == "battery-late"],
        "sitings": _sitings(result),
        "missions": [_mission(result, mission) for mission in Mission],
        "flown_years": [
            {"year": year, "missions": rows} for year, rows in result.missions_by_year.items()
        ],
        "points": _points(result),
        "detachments": _detachments(result),
    }


def _figures(result: AirDefenceResult) -> dict[str, Markup | None]:
    # Matplotlib takes a second to import; nobody pays for it who writes no report.
    from amberway.report.figures import airdefence_hours, airdefence_maps, airdefence_weeks

    return {
        "maps": airdefence_maps.draw(result),
        "hours": airdefence_hours.draw(result),
        "weeks": airdefence_weeks.draw(result),
    }


def _moment(name: str, coverage: Coverage) -> Moment:
    rows = tuple(
        (
            f"{altitude:,.0f} m",
            tuple(float(share) for share in (
                *coverage.by_layer[h], coverage.any_layer[h], coverage.as_asked[h]
            )),
        )
        for h, altitude in enumerate(coverage.problem.altitudes)
    )  # fmt: skip
    return Moment("in place on C-day, whatever its notice" if name == "in place" else name, rows)


def _sitings(result: AirDefenceResult) -> list[dict[str, Any]]:
    """One table a kind of battery and moment: a row an n, maximal and backup covering abreast."""
    found = []
    for when, sitings in (
        ("beside what is in place on C-day", result.sitings),
        (f"beside what covers at C+{LAST_DAY}", result.later_sitings),
    ):
        for battery in result.problem.factors.next:
            own = [one for one in sitings if one.battery == battery.name]
            if own:
                found.append(
                    {
                        "title": f"{battery.name}, {battery.range_km:g} km, {when}",
                        "layer": own[0].layer.value,
                        "before": own[0].before,
                        "rows": [
                            {model.value: _siting(result, own, model, n) for model in Model}
                            | {"n": n}
                            for n in sorted({one.n for one in own})
                        ],
                    }
                )
    return found


def _siting(
    result: AirDefenceResult, sitings: list[Siting], model: Model, n: int
) -> dict[str, Any]:
    one = next(s for s in sitings if s.model is model and s.n == n)
    names = [place(result.problem.scenario, site) for site in one.sites]
    return {
        "sites": "; ".join(names) or "none adds anything",
        "after": one.after,
        "twice": one.twice,
        "greedy": one.greedy,
    }


def _mission(result: AirDefenceResult, mission: Mission) -> dict[str, Any]:
    row = mission_of(result, mission)
    at = result.problem.reference
    minutes = [one.minutes for one in row.scrambles]
    defends = mission is Mission.DEFENCE
    return {
        "name": "Air policing" if not defends else "Air and missile defence",
        "detachments": len(row.detachments),
        "aircraft": row.aircraft,
        "ready": row.ready,
        "sorties": row.sorties,
        "patrols": row.patrols,
        "asked": result.problem.factors.patrols if defends else None,
        "fewest": _fewest(result, mission),
        "slowest": max(minutes) if minutes else None,
        "systems": int(result.in_place.active.sum()) if defends else None,
        "covered": float(result.in_place.any_layer[at]) if defends else None,
        "late": float(result.after(LAST_DAY).any_layer[at]) if defends else None,
    }


def _fewest(result: AirDefenceResult, mission: Mission) -> int:
    own = [
        week.aircraft[Mission.POLICING]
        + (week.aircraft[Mission.DEFENCE] if mission is Mission.DEFENCE else 0)
        for week in result.weeks
    ]
    return min(own, default=0)


def _points(result: AirDefenceResult) -> list[dict[str, Any]]:
    """Each border point with the first detachment of both missions, and the second."""
    problem = result.problem
    both = [scrambles(problem, mission_of(result, mission).detachments) for mission in Mission]
    fighters = problem.scenario.fighters

    def cell(times: list[Any], rank: int) -> str:
        if len(times) <= rank:
            return "–"
        one = times[rank]
        base = place(problem.scenario, fighters[one.detachment].base)
        return f"{one.minutes:.0f} min from {base} ({one.km:.0f} km)"

    return [
        {
            "name": place(problem.scenario, point),
            "policing": cell(both[0][at], 0),
            "defence": cell(both[1][at], 0),
        }
        for at, point in enumerate(problem.factors.border_points)
    ]


def _detachments(result: AirDefenceResult) -> list[dict[str, Any]]:
    scenario = result.problem.scenario
    return [
        {
            "name": row.name,
            "nation": nation(scenario, row.nation),
            "base": place(scenario, row.base),
            "type": row.aircraft_type,
            "aircraft": row.aircraft,
            "mission": row.mission.value,
            "patrols": patrols(row),
        }
        for row in mission_of(result, Mission.DEFENCE).detachments
    ]
