"""Presence as lines for the terminal."""

from __future__ import annotations

from amberway.presence.candidates import Candidate
from amberway.presence.pool import ALL_MANOEUVRE
from amberway.presence.problem import Group
from amberway.presence.result import PresenceResult

_NATIONS = 4
_HEADS = ("local", "frame", "US", "others", "in all", "fewest")


def lines(result: PresenceResult) -> list[str]:
    """In place by area, gaps, what rotation binds, host support, candidates; 8 to 20 lines."""
    problem = result.problem
    scenario = problem.scenario
    if not problem.areas or not problem.stays:
        return [one.text for one in result.shortfalls]
    numbers = result.headline
    text = [
        f"Brigade equivalents in place on C-day ({scenario.settings.c_day}), and fewest in "
        f"{problem.year}:",
        f"{'(local: after mobilisation)':42}" + "".join(f"{head:>8}" for head in _HEADS),
    ]
    for area in problem.areas:
        here = numbers["areas"][area]
        cells = [here["on_c_day"]["by_group"][group.value] for group in _ORDER]
        cells += [here["on_c_day"]["total"], here["year_minimum"]]
        name = scenario.areas[area].name
        leads = here["framework_nation"]
        name = f"{_cut(name, 32)} ({leads})" if leads else _cut(name, 40)
        text.append(f"{name:<42}" + "".join(f"{cell:>8.2f}" for cell in cells))
    return (
        text + _turns(result) + _bound(result) + _host(result) + _goal(result) + _candidates(result)
    )


_ORDER = (Group.LOCAL, Group.FRAMEWORK, Group.US, Group.OTHERS)


def _turns(result: PresenceResult) -> list[str]:
    numbers = result.headline
    if not numbers["turns"]:
        return ["No rotation is listed: what stands there stays."]
    share = numbers["turns_assumed"] / numbers["turns"]
    count = numbers["posts_in_turns"]
    posts = "1 post is" if count == 1 else f"{count} posts are"
    text = [
        f"{posts} filled in turns: {numbers['gap_days']} days empty "
        f"({numbers['brigade_days_lost']:g} brigade-days), {numbers['overlap_days']} days of "
        f"handover; the days of {share:.0%} of the turns are assumed."
    ]
    gaps = [one for one in result.shortfalls if one.kind == "rotation-gap"]
    return text + [f"  {gap.text}" for gap in gaps[:3]]


def _bound(result: PresenceResult) -> list[str]:
    rows = [row for row in result.draws if row.role == ALL_MANOEUVRE][:_NATIONS]
    if not rows:
        return []
    ratio = result.problem.scenario.settings.presence.dwell_ratio
    named = ", ".join(f"{row.nation} {row.tied:.2f} of {row.pool:.2f}" for row in rows)
    return [f"Brigade equivalents bound at a dwell ratio of 1:{ratio:g}: {named}."]


def _host(result: PresenceResult) -> list[str]:
    found = [
        f"{year}: {short['beds']:,} beds, {short['homes']:,} homes, "
        f"{short['training_weeks']:g} brigade-weeks"
        for year, short in result.headline["host_short"].items()
        if any(short.values())
    ]
    if not result.problem.scenario.host_support:
        return ["No host support is listed: fill in host_support."]
    if not found:
        years = sorted(result.headline["host_short"])
        return [f"Host support lacks nothing listed from {years[0]} to {years[-1]}."]
    return [f"Host support lacks {'; '.join(found)}."]


def _goal(result: PresenceResult) -> list[str]:
    areas = result.problem.scenario.areas
    text = []
    for goal in (one for one in result.goals if one.missing):
        rows = [row for row in result.housing if row.area == goal.area]
        beds = "; ".join(
            f"{row.beds_short:,} beds and {row.training_short:.3g} brigade-weeks in {row.year}"
            for row in dict.fromkeys((rows[0], rows[-1]))
        )
        text.append(
            f"{areas[goal.area].name}: {goal.lead:.2f} brigades short of the goal for the lead "
            f"nation, {goal.us:.2f} for the United States; to host them it lacks {beds}."
        )
    return text


def _candidates(result: PresenceResult) -> list[str]:
    scenario = result.problem.scenario
    return [
        f"{scenario.nations[one.nation].name} as lead in {scenario.areas[one.area].name}: "
        f"{candidate_words(one)}."
        for one in result.candidates
    ]


def candidate_words(one: Candidate) -> str:
    """'0.34 in place, 0.34 by C+10, 0.94 by C+30 (0.60 planned to follow)'."""
    words = f"{one.in_place:.2f} in place"
    if one.by_day is not None:
        words += "".join(f", {amount:.2f} by C+{day}" for day, amount in one.by_day.items())
    if one.planned:
        words += f" ({one.planned:.2f} planned to follow)"
    away = sum(unit.brigades for unit in one.elsewhere)
    if away:
        words += f"; {away:.2f} more are planned elsewhere"
    if away and one.could_add is not None:
        day, amount = max(one.could_add.items())
        words += f", of which {amount:.2f} could close here by C+{day} on free routes"
    return words


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
