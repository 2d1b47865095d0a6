"""What presence lacks, in sentences: gaps, brigades short of the goal, pools, host support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amberway.presence.pool import ALL_MANOEUVRE
from amberway.presence.problem import US
from amberway.shortfall import Shortfall

if TYPE_CHECKING:
    from amberway.presence.result import PresenceResult


def shortfalls(result: PresenceResult) -> tuple[Shortfall, ...]:
    """Everything that is missing; gaps first, then goals, pools, host support by year."""
    if not result.problem.areas:
        text = "The scenario has no area on land, so nothing can be in place: add rows to areas."
        return (Shortfall("no-area", "", "area", 0, text),)
    if not result.problem.stays:
        text = (
            "No force element stands in an area and no rotation is listed, so nothing is in place: "
            "fill in in_place_since in forces, or add rows to rotations."
        )
        return (Shortfall("nothing-in-place", "", "brigade", 0, text),)
    return (*_gaps(result), *_goals(result), *_pools(result), *_beds(result), *_hosts(result))


def _gaps(result: PresenceResult) -> Iterator[Shortfall]:
    scenario = result.problem.scenario
    for post in result.posts:
        for gap in post.gaps:
            follows = (
                f"until {gap.before} follows on {gap.end}" if gap.before else "and nobody follows"
            )
            text = (
                f"{scenario.areas[gap.area].name}: the post of {scenario.forces[gap.post].name} "
                f"stands empty for {gap.days} days from {gap.first}, when {gap.after} has left, "
                f"{follows}; that is {gap.brigades:.2f} brigade equivalents, "
                f"{gap.brigade_days:g} brigade-days."
            )
            yield Shortfall("rotation-gap", gap.area, gap.post, gap.days, text)


def _goals(result: PresenceResult) -> Iterator[Shortfall]:
    problem = result.problem
    factors = problem.scenario.settings.presence
    for one in result.goals:
        name = problem.scenario.areas[one.area].name
        leads = problem.framework[one.area] or ""
        who = "the framework nation and other allies"
        for kind, what, short, goal, whose in (
            ("lead-brigade", leads, one.lead, factors.goal_lead_brigades, who),
            ("us-brigade", US, one.us, factors.goal_us_brigades, "the United States"),
        ):
            if short:
                text = (
                    f"{name}: at the fewest in {problem.year}, {whose} have "
                    f"{round(goal - short, 6):.2f} brigade equivalents in place, {short:.2f} less "
                    f"than the goal of {goal:g}."
                )
                yield Shortfall(kind, one.area, what, short, text)


def _pools(result: PresenceResult) -> Iterator[Shortfall]:
    scenario = result.problem.scenario
    ratio = scenario.settings.presence.dwell_ratio
    for row in result.draws:
        if row.role == ALL_MANOEUVRE and row.tied > row.pool + 1e-9:
            text = (
                f"{_nation(result, row.nation)}: presence binds {row.tied:.2f} brigade equivalents "
                f"at a dwell ratio of 1:{ratio:g}, {row.tied - row.pool:.2f} more than the "
                f"{row.pool:.2f} that the scenario holds of it."
            )
            yield Shortfall("force-pool", "", row.nation, round(row.tied - row.pool, 6), text)


def _beds(result: PresenceResult) -> Iterator[Shortfall]:
    places = result.problem.scenario.places
    for row in result.places:
        name = places[row.place].name
        if not row.listed and row.beds_needed and row.year == result.problem.year:
            text = (
                f"{name}: {row.beds_needed} allied persons are housed here in {row.year}, and "
                f"host_support has no row for the place, so nobody knows whether they have beds."
            )
            yield Shortfall("host-unlisted", row.place, "beds", row.beds_needed, text)
        if row.short:
            text = (
                f"{name}: {row.short:,} beds are missing in {row.year}; {row.beds_needed:,} are "
                f"needed and {row.beds:,} are there on the worst day."
            )
            yield Shortfall("host-beds", row.place, f"beds {row.year}", row.short, text)


def _hosts(result: PresenceResult) -> Iterator[Shortfall]:
    for row in result.hosts:
        name = _nation(result, row.nation)
        if row.homes_short:
            text = (
                f"{name}: {row.homes_short:,} homes are missing in {row.year}; "
                f"{row.homes_needed:,} households of allied soldiers need one and {row.homes:,} "
                f"are there on the worst day."
            )
            yield Shortfall("host-homes", row.nation, f"homes {row.year}", row.homes_short, text)
        if row.training_short:
            text = (
                f"{name}: {row.training_short:.1f} brigade-weeks of training area are missing in "
                f"{row.year}; allied forces need {row.training_allied:.1f}, its own "
                f"{row.training_local:.1f}, and there are {row.training:.1f}."
            )
            what = f"training area {row.year}"
            yield Shortfall("host-training", row.nation, what, row.training_short, text)


def _nation(result: PresenceResult, name: str) -> str:
    row = result.problem.scenario.nations.get(name)
    return name.upper() if row is None else row.name
