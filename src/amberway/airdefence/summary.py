"""Air defence as lines for the terminal."""

from __future__ import annotations

from amberway.airdefence.fighters import MissionRow
from amberway.airdefence.problem import LAYERS
from amberway.airdefence.result import AirDefenceResult
from amberway.airdefence.siting import Model
from amberway.airdefence.solve import LAST_DAY
from amberway.airdefence.words import place
from amberway.scenario.air import Mission

_SITES = 3


def lines(result: AirDefenceResult) -> list[str]:
    """Coverage by moment and altitude, assets short, weeks, next sites, missions; 8 to 25 lines."""
    problem = result.problem
    if not problem.assets or not problem.systems:
        found = [one.text for one in result.shortfalls if one.kind.startswith("no-")]
        return found + (_fighters(result) if problem.scenario.fighters else [])
    return _coverage(result) + _assets(result) + _weeks(result) + _next(result) + _fighters(result)


def _coverage(result: AirDefenceResult) -> list[str]:
    heads = "".join(f"{name:>9}" for name in (*LAYERS, "any", "as asked"))
    text = [f"{'Share of the weight of defended assets covered':47}{heads}"]
    for name, coverage in result.moments.items():
        for h, altitude in enumerate(result.problem.altitudes):
            shares = [*coverage.by_layer[h], coverage.any_layer[h], coverage.as_asked[h]]
            label = "on C-day, in place, whatever its notice" if name == "in place" else name
            label = label if h == 0 else ""
            cells = "".join(f"{share:>9.0%}" for share in shares)
            text.append(f"  {label:39}{altitude:>4,.0f} m{cells}" if altitude < 1000
                        else f"  {label:36}{altitude:>7,.0f} m{cells}")  # fmt: skip
    if not result.planned:
        text.append("  No plan was given: batteries that have to move do not count.")
    return text


def _assets(result: AirDefenceResult) -> list[str]:
    numbers = result.headline
    short = numbers["assets_short"]
    return [
        f"Assets with fewer layers than asked at {numbers['reference_m']:,.0f} m, of "
        f"{numbers['assets']}: {short['in place']} on C-day by what is in place, "
        f"{short['C+10']} at C+10, {short['C+30']} at C+30."
    ]


def _weeks(result: AirDefenceResult) -> list[str]:
    falls = result.headline["weeks_falling"]
    fewer = result.headline["weeks_fewer_aircraft"][Mission.POLICING.value]
    flown = (
        f" Policing has fewer aircraft than the week before from {', '.join(fewer[:4])}."
        if fewer
        else ""
    )
    if not falls:
        return [f"Coverage falls in none of the {len(result.weeks)} weeks of the year.{flown}"]
    return [
        f"Coverage falls in {len(falls)} of the {len(result.weeks)} weeks of the year: from "
        f"{', '.join(falls[:6])}{' ...' if len(falls) > 6 else ''}.{flown}"
    ]


def _next(result: AirDefenceResult) -> list[str]:
    scenario = result.problem.scenario
    text = []
    for battery in result.problem.factors.next:
        found = [
            one
            for one in result.sitings
            if one.battery == battery.name and one.model is Model.MAXIMAL and one.n <= _SITES
        ]
        for one in found[-1:]:
            names = "; ".join(place(scenario, site) for site in one.sites)
            text.append(
                f"Next {one.n} sites for a {one.battery} each: {names or 'none adds anything'}; "
                f"the {one.layer.value} layer goes from {one.before:.0%} to {one.after:.0%}."
            )
    return text


def _fighters(result: AirDefenceResult) -> list[str]:
    """The two missions side by side."""
    rows = result.missions
    if not any(row.detachments for row in rows):
        return ["No fighter flies from its base on C-day."]
    asked = result.problem.factors.patrols
    at = result.problem.reference
    text = [f"{'The two missions on C-day':47}{'policing':>18}{'defence':>18}"]

    def add(label: str, cells: list[str]) -> None:
        text.append(f"  {label:45}" + "".join(f"{cell:>18}" for cell in cells))

    add("aircraft at their bases", [str(row.aircraft) for row in rows])
    add("on patrol at all times", [_patrols(row, asked) for row in rows])
    add("at the border after, first and last point", [_minutes(row) for row in rows])
    covered = result.in_place.any_layer[at], result.after(LAST_DAY).any_layer[at]
    add("ground-based systems in place", ["none of it", str(int(result.in_place.active.sum()))])
    add(
        f"weight covered, in place and at C+{LAST_DAY}",
        ["none of it", f"{covered[0]:.0%}, {covered[1]:.0%}"],
    )
    return text


def _patrols(row: MissionRow, asked: float) -> str:
    goal = f" of {asked:g} asked" if row.mission is Mission.DEFENCE else ""
    return f"{row.patrols:.1f}{goal}"


def _minutes(row: MissionRow) -> str:
    minutes = [one.minutes for one in row.scrambles]
    return f"{min(minutes):.0f} to {max(minutes):.0f} min" if minutes else "no point asked"
