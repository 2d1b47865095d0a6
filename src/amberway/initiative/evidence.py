"""Metrics that claims and tracker ask for to decide what they say.

Each reads the result of its own action only, so that it can be kept with that result. Some belong
to the reference scenario, whose areas and nations they name; elsewhere they have no value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from amberway.airdefence.result import mission_of
from amberway.initiative.assessment import Assessment
from amberway.initiative.metric import Metric
from amberway.mobility import evaluate
from amberway.mobility.evaluate import Standing
from amberway.network.moves import Means
from amberway.presence.candidates import Candidate
from amberway.presence.problem import Group, candidates
from amberway.responsibility.capability import HEAVY
from amberway.scenario import Scenario
from amberway.scenario.air import Mission
from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Mode
from amberway.scenario.lift import LiftKind
from amberway.scenario.posture import CommandPhase

_LAND = frozenset({Means.MARCH, Means.TRACK_MARCH, Means.HEAVY_TRANSPORTER, Means.TRUCK,
                   Means.COACH, Means.TRAIN})  # fmt: skip
_HEAVY_MLC = 100


# --- responsibility ----------------------------------------------------------


def _without_owner(a: Assessment) -> float:
    headline = a.responsibility.headline
    return float(headline["no_owner"] + headline["partly_owned"])


def _only_with(nation: str, a: Assessment) -> float:
    """Needs that are met, but not without one nation."""
    return float(
        len({one.need.id for one in a.responsibility.dependencies if one.nation == nation})
    )


def _leads(proposed: dict[str, str], a: Assessment) -> float | None:
    """Areas that a proposed nation leads in the best assignment; None without the areas."""
    leads = a.responsibility.main.best.leads
    if not proposed.keys() <= leads.keys():
        return None
    return float(sum(leads[area] == nation for area, nation in proposed.items()))


def _heavy_needs_met(a: Assessment) -> float | None:
    """Share of needs of heavy brigades by the first day that are met, in areas to be led."""
    result = a.responsibility
    first, asked = result.main.problem.days[0], candidates(result.scenario)
    here = [
        one
        for one in result.main.planned.fulfilments
        if one.need.capability is HEAVY and one.need.day == first and one.need.area in asked
    ]
    return sum(one.met for one in here) / len(here) if here else None


def _heavy_only_with(nation: str, a: Assessment) -> float:
    """Needs of heavy brigades by the first day, in areas to be led, that fail without a nation."""
    result = a.responsibility
    first, asked = result.main.problem.days[0], candidates(result.scenario)
    return float(
        sum(
            one.nation == nation
            and one.need.capability is HEAVY
            and one.need.day == first
            and one.need.area in asked
            for one in result.dependencies
        )
    )


# --- presence ----------------------------------------------------------------


def _in_place(groups: tuple[Group, ...], area: str, a: Assessment) -> float | None:
    """Brigade equivalents of groups of nations in an area on C-day."""
    brigades = a.presence.c_day.brigades
    if area not in brigades:
        return None
    return round(sum(float(brigades[area][group][0]) for group in groups), 6)


def _lead_most(a: Assessment) -> float | None:
    """Most brigade equivalents that a framework nation has in one area with candidates."""
    asked = candidates(a.presence.problem.scenario)
    found = [_in_place((Group.FRAMEWORK,), area, a) for area in asked]
    return max((amount for amount in found if amount is not None), default=None)


def _beds_short(a: Assessment) -> float:
    """Beds missing in the last year that hosts announce anything for."""
    last = max(row.year for row in a.presence.places) if a.presence.places else 0
    return float(sum(row.short for row in a.presence.places if row.year == last))


def _candidate(area: str, nation: str, a: Assessment) -> Candidate | None:
    return next(
        (one for one in a.presence.candidates if (one.area, one.nation) == (area, nation)), None
    )


def _by_c30(area: str, nation: str, a: Assessment) -> float | None:
    """Brigade equivalents that a nation can have in an area by C+30.

    In place, planned for it, and planned elsewhere if it came here by a free network.
    """
    one = _candidate(area, nation, a)
    if one is None or one.by_day is None or one.could_add is None:
        return None
    return round(one.by_day[30] + one.could_add[30], 6)


def _pool_left(area: str, nation: str, a: Assessment) -> float | None:
    """Pool of a nation less what presence binds in all areas and outside the scenario."""
    one = _candidate(area, nation, a)
    if one is None:
        return None
    outside = a.presence.problem.scenario.settings.presence.commitments
    elsewhere = sum(row.brigades for row in outside if row.nation == nation)
    return round(one.pool - one.bound - elsewhere, 6)


# --- air defence -------------------------------------------------------------


def _short(moment: str, a: Assessment) -> float:
    """Assets with fewer layers than they should have, at the reference altitude."""
    return float(a.airdefence.headline["assets_short"][moment])


def _patrols(a: Assessment) -> float:
    return float(mission_of(a.airdefence, Mission.DEFENCE).patrols)


def _aircraft(a: Assessment) -> float:
    return float(mission_of(a.airdefence, Mission.DEFENCE).aircraft)


# --- mobility ----------------------------------------------------------------


def _persons(standing: Standing, a: Assessment) -> float:
    return float(sum(row.persons for row in a.mobility.closures if row.standing is standing))


def _closed_c10(allies: bool, a: Assessment) -> float:
    """Persons closed by C+10, of all or of allies only."""
    every = a.mobility.closures
    rows = [row for row in every if not allies or row.standing is not Standing.LOCAL]
    return float(evaluate.persons_by(rows, 10, arrived=True))


def _arrivals(a: Assessment) -> float | None:
    """The plan's objective, if it is the weighted sum of arrivals."""
    plan = a.mobility.plan
    return evaluate.objective(plan) if plan.objective == "arrival" else None


def _land_share(a: Assessment) -> float | None:
    """Share of moves between places that go by rail or road."""
    legs = [leg for legs in a.mobility.plan.legs.values() for leg in legs]
    moved = [leg for leg in legs if leg.means != Means.RECEPTION]
    return sum(leg.means in _LAND for leg in moved) / len(moved) if moved else None


def _heavy_rail_share(a: Assessment) -> float | None:
    """Share of the heavy lots that move by other than reception that use a train."""
    plan = a.mobility.plan
    means = [
        {leg.means for leg in legs} - {Means.RECEPTION}
        for lot in plan.lots
        if lot.cargo is CargoClass.HEAVY and (legs := plan.legs.get(lot.id))
    ]
    moved = [used for used in means if used]
    return sum(Means.TRAIN in used for used in moved) / len(moved) if moved else None


def _norwegian_share(a: Assessment) -> float | None:
    """Share of moves of lots by ship that are on ships owned in Norway."""
    plan = a.mobility.plan
    lift = plan.scenario.lift
    at_sea = [leg.lift for legs in plan.legs.values() for leg in legs if leg.means == Means.SHIP]
    own = sum(name is not None and lift[name].owner == "nor" for name in at_sea)
    return own / len(at_sea) if at_sea else None


def _norwegian_ships(a: Assessment) -> float:
    """Ships owned in Norway that are ready within 14 days."""
    return float(
        sum(
            row.count
            for row in a.mobility.plan.scenario.lift.values()
            if row.kind is LiftKind.SHIP and row.owner == "nor" and row.notice_days <= 14
        )
    )


def _clearance(a: Assessment) -> float | None:
    """Mean lead time of allies in a crisis, in days."""
    days = [
        row.clearance_crisis_days
        for row in a.mobility.plan.scenario.nations.values()
        if row.ally_since is not None and row.clearance_crisis_days is not None
    ]
    return round(sum(days) / len(days), 6) if days else None


def _border(mode: Mode, mlc: int, a: Assessment) -> float | None:
    """Lots a day and direction over the border of Poland and Lithuania on C-day by one mode.

    `mlc` leaves out roads of a lower load class. None without such a link.
    """
    scenario = a.mobility.plan.scenario
    c_day = scenario.settings.c_day
    found = [
        row.capacity_per_day
        for row in scenario.links.values()
        if row.mode is mode
        and _between(scenario, row.from_place, row.to_place) == {"ltu", "pol"}
        and (row.opens is None or row.opens <= c_day)
        and (row.closes is None or row.closes > c_day)
        and (row.mlc_wheeled is None or row.mlc_wheeled >= mlc)
        and row.capacity_per_day is not None
    ]
    return sum(found) if found else None


def _between(scenario: Scenario, *places: str) -> set[str | None]:
    return {scenario.places[place].nation for place in places}


# --- command -----------------------------------------------------------------


def _joint_load(a: Assessment) -> float | None:
    """Largest peak over capacity of a joint headquarters; None without a deployment."""
    ratios = [row["ratio"] for row in a.command.headline["joint"] if row["ratio"] is not None]
    return max(ratios, default=None)


def _open_seams(a: Assessment) -> float:
    return float(a.command.headline["open_seams"][CommandPhase.DEFENCE.value])


def _led_by_us(a: Assessment) -> float | None:
    return a.command.led_by("usa")


def _from_abroad(a: Assessment) -> dict[str, int]:
    """Persons that stand or come from abroad, by nation."""
    problem = a.command.problem
    found: dict[str, int] = {}
    for force, persons in problem.persons.items():
        if not problem.local(force):
            nation = problem.scenario.forces[force].nation
            found[nation] = found.get(nation, 0) + persons
    return found


def _us_share(a: Assessment) -> float | None:
    persons = _from_abroad(a)
    total = sum(persons.values())
    return persons.get("usa", 0) / total if total else None


def _us_to_next(a: Assessment) -> float | None:
    """Persons of the United States for each of the largest other nation."""
    persons = _from_abroad(a)
    next_most = max((n for nation, n in persons.items() if nation != "usa"), default=0)
    return persons.get("usa", 0) / next_most if next_most else None


def _per_state(name: str, title: str, groups: tuple[Group, ...]) -> tuple[Metric, ...]:
    return tuple(
        Metric(
            f"{name}_{area}", "presence", f"{title} in {area.title()} on C-day", "brigades",
            "higher", partial(_in_place, groups, area),
        )
        for area in ("estonia", "latvia", "lithuania")
    )  # fmt: skip


def _per_nation(
    name: str,
    title: str,
    value: Callable[[str, str, Assessment], float | None],
    *nations: tuple[str, str],
    plan: bool = False,
) -> tuple[Metric, ...]:
    return tuple(
        Metric(
            f"{name}_{word.lower()}", "presence", f"{word}: {title}", "brigades", "higher",
            partial(value, "latvia", nation), plan,
        )
        for nation, word in nations
    )  # fmt: skip


EVIDENCE: tuple[Metric, ...] = (
    Metric("needs_without_owner", "responsibility", "Needs without an owner, or with too little "
           "owned", "needs", "lower", _without_owner),
    Metric("needs_met_only_with_usa", "responsibility", "Needs met, but not without the United "
           "States", "needs", "lower", partial(_only_with, "usa"), plan=True),
    Metric("heavy_needs_only_with_usa_c2", "responsibility", "Needs of heavy brigades by C+2 in "
           "the Baltic states that are met, but not without the United States", "needs", "lower",
           partial(_heavy_only_with, "usa"), plan=True),
    Metric("leads_as_proposed", "responsibility", "Of Germany in Lithuania and the United Kingdom "
           "in Estonia, how many lead in the best assignment", "areas", "higher",
           partial(_leads, {"lithuania": "deu", "estonia": "gbr"}), plan=True),
    Metric("heavy_needs_met_c2", "responsibility", "Needs of heavy brigades by C+2 that are met in "
           "the Baltic states", "share", "higher", _heavy_needs_met, plan=True),
    Metric("lead_brigades_most", "presence", "Most that a framework nation has in place in one "
           "state", "brigades", "higher", _lead_most),
    *_per_state("allied_brigades", "Allies without the United States in place",
                (Group.FRAMEWORK, Group.OTHERS)),
    *_per_state("us_brigades", "The United States in place", (Group.US,)),
    Metric("beds_short_last_year", "presence", "Beds missing once all that is announced is built",
           "beds", "lower", _beds_short),
    *_per_nation("latvia_by_c30", "what it can have in Latvia by C+30", _by_c30,
                  ("fra", "France"), ("can", "Canada"), plan=True),
    *_per_nation("pool_left", "pool less what presence binds", _pool_left,
             ("fra", "France"), ("can", "Canada")),
    Metric("assets_short_c0", "airdefence", "Assets short of layers on C-day", "assets", "lower",
           partial(_short, "in place")),
    Metric("assets_short_c30", "airdefence", "Assets short of layers on C+30", "assets", "lower",
           partial(_short, "C+30"), plan=True),
    Metric("defence_patrols", "airdefence", "Patrols for defence that can be kept up", "patrols",
           "higher", _patrols),
    Metric("defence_aircraft", "airdefence", "Aircraft for defence at their bases on C-day",
           "aircraft", "higher", _aircraft),
    Metric("persons_to_move", "mobility", "Allied persons that have to move", "persons", "lower",
           partial(_persons, Standing.REINFORCING)),
    Metric("allied_persons_in_place", "mobility", "Allied persons in place on C-day", "persons",
           "higher", partial(_persons, Standing.IN_PLACE)),
    Metric("all_closed_c10", "mobility", "Persons closed by C+10, local forces counted",
           "persons", "higher", partial(_closed_c10, False), plan=True),
    Metric("allied_closed_c10", "mobility", "Allied persons closed by C+10, those in place "
           "counted", "persons", "higher", partial(_closed_c10, True), plan=True),
    Metric("sum_of_arrivals", "mobility", "Weighted sum of arrivals (the plan's objective)",
           "weighted days", "lower", _arrivals, plan=True),
    Metric("land_share_of_moves", "mobility", "Moves by rail or road", "share", "higher",
           _land_share, plan=True),
    Metric("heavy_rail_share", "mobility", "Heavy lots that use a train", "share", "higher",
           _heavy_rail_share, plan=True),
    Metric("norwegian_share_at_sea", "mobility", "Lots at sea on ships that Norway controls",
           "share", "higher", _norwegian_share, plan=True),
    Metric("norwegian_ships_14d", "mobility", "Ships that Norway controls, ready within 14 days",
           "ships", "higher", _norwegian_ships),
    Metric("clearance_crisis_days", "mobility", "Mean lead time at a border in a crisis", "days",
           "lower", _clearance),
    Metric("border_trains_per_day", "mobility", "Trains a day from Poland to Lithuania", "trains",
           "higher", partial(_border, Mode.RAIL, 0)),
    Metric("border_heavy_serials_per_day", "mobility", "Road serials a day from Poland to "
           "Lithuania that may carry a tank", "serials", "higher",
           partial(_border, Mode.ROAD, _HEAVY_MLC)),
    Metric("joint_load_ratio", "command", "Persons under the fullest joint headquarters, over its "
           "capacity", "ratio", "lower", _joint_load, plan=True),
    Metric("open_sea_seams", "command", "Open seams on and over the sea in the defence", "seams",
           "lower", _open_seams),
    Metric("us_led_share", "command", "Persons whose joint headquarters the United States lead",
           "share", "higher", _led_by_us),
    Metric("us_share_from_abroad", "command", "Persons from abroad that are of the United States",
           "share", "higher", _us_share),
    Metric("us_to_next_from_abroad", "command", "Persons of the United States for each of the "
           "next nation, from abroad", "ratio", "higher", _us_to_next),
)  # fmt: skip
