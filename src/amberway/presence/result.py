"""The result of the assessment of presence: headline numbers, tables, what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from amberway.presence.calendar import Post
from amberway.presence.candidates import Candidate
from amberway.presence.goal import Goal, GoalYear
from amberway.presence.host import HostYear, PlaceYear
from amberway.presence.missing import shortfalls
from amberway.presence.pool import ALL_MANOEUVRE, Draw
from amberway.presence.problem import Group, Problem
from amberway.presence.solve import Presence
from amberway.scenario.row import Confidence
from amberway.shortfall import Shortfall

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class PresenceResult:
    """Everything the assessment says; `year` and `c_day` hold the days of the year and C-day."""

    problem: Problem
    year: Presence
    c_day: Presence
    posts: tuple[Post, ...]
    draws: tuple[Draw, ...]
    places: tuple[PlaceYear, ...]
    hosts: tuple[HostYear, ...]
    goals: tuple[Goal, ...]
    housing: tuple[GoalYear, ...]
    candidates: tuple[Candidate, ...]

    @cached_property
    def headline(self) -> dict[str, Any]:
        """The numbers of the assessment, as in `amberway assess --json`."""
        scenario = self.problem.scenario
        gaps = [gap for post in self.posts for gap in post.gaps]
        overlaps = [overlap for post in self.posts for overlap in post.overlaps]
        turns = scenario.rotations.values()
        return {
            "year": self.problem.year,
            "c_day": scenario.settings.c_day.isoformat(),
            "areas": {area: self._area(area) for area in self.problem.areas},
            "posts_in_turns": len(self.posts),
            "turns": len(turns),
            "turns_assumed": sum(turn.confidence is Confidence.ASSUMED for turn in turns),
            "gaps": len(gaps),
            "gap_days": sum(gap.days for gap in gaps),
            "brigade_days_lost": round(sum(gap.brigade_days for gap in gaps), 3),
            "overlap_days": sum(overlap.days for overlap in overlaps),
            "dwell_ratio": scenario.settings.presence.dwell_ratio,
            "brigades_bound": {
                row.nation: {"in_place": round(row.rotating + row.stationed, 3),
                             "bound": round(row.tied, 3), "pool": round(row.pool, 3)}
                for row in self.draws
                if row.role == ALL_MANOEUVRE
            },
            "host_short": self._host(),
            "to_reach_goal": {
                goal.area: {
                    "lead_brigades": round(goal.lead, 3),
                    "us_brigades": round(goal.us, 3),
                    "beds_short": {
                        str(row.year): row.beds_short
                        for row in self.housing
                        if row.area == goal.area
                    },
                    "training_weeks_short": {
                        str(row.year): round(row.training_short, 3)
                        for row in self.housing
                        if row.area == goal.area
                    },
                }
                for goal in self.goals
            },
            "candidates": [
                {
                    "area": one.area,
                    "nation": one.nation,
                    "leads_now": one.leads_now,
                    "in_place": round(one.in_place, 3),
                    "by_day": _days(one.by_day),
                    "could_add": _days(one.could_add),
                    "planned": round(one.planned, 3),
                    "pool": round(one.pool, 3),
                    "pool_left": round(one.left, 3),
                }
                for one in self.candidates
            ],
        }  # fmt: skip

    def _area(self, area: str) -> dict[str, Any]:
        allied = self.year.total(area, allied=True)
        total = self.year.total(area)
        lowest = int(np.argmin(allied))
        return {
            "framework_nation": self.problem.framework[area],
            "on_c_day": {
                "total": round(float(self.c_day.total(area)[0]), 3),
                "allied": round(float(self.c_day.total(area, allied=True)[0]), 3),
                "by_group": {
                    group.value: round(float(series[0]), 3)
                    for group, series in self.c_day.brigades[area].items()
                },
                "by_role": {
                    role: round(float(series[0]), 3)
                    for role, series in self.c_day.role_brigades[area].items()
                    if series[0]
                },
                "persons_by_role": {
                    role: round(float(series[0]))
                    for role, series in self.c_day.role_persons[area].items()
                    if series[0]
                },
            },
            "year_mean": round(float(total.mean()), 3),
            "year_minimum": round(float(total.min()), 3),
            "allied_mean": round(float(allied.mean()), 3),
            "allied_minimum": round(float(allied.min()), 3),
            "allied_minimum_from": self.year.days[lowest].isoformat(),
        }

    def _host(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for year in sorted({row.year for row in self.places} | {row.year for row in self.hosts}):
            here = [row for row in self.hosts if row.year == year]
            found[str(year)] = {
                "beds": sum(row.short for row in self.places if row.year == year),
                "homes": sum(row.homes_short for row in here),
                "training_weeks": round(sum(row.training_short for row in here), 3),
            }
        return found

    @cached_property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """What is missing, in sentences."""
        return shortfalls(self)

    def to_dict(self) -> dict[str, Any]:
        """Headline numbers, shortfalls and every table; presence as runs of equal days."""
        return self.headline | {
            "shortfalls": [one.to_dict() for one in self.shortfalls],
            "presence": self.runs(),
            "calendar": [
                {
                    "post": post.post,
                    "area": post.area,
                    "turns": [
                        {"unit": t.name, "force": t.force, "nation": t.nation,
                         "from": t.first.isoformat(), "to": _iso(t.end)}
                        for t in post.turns
                    ],
                    "gaps": [
                        {"from": g.first.isoformat(), "to": g.end.isoformat(), "days": g.days,
                         "after": g.after, "before": g.before, "brigades": g.brigades}
                        for g in post.gaps
                    ],
                    "overlaps": [
                        {"from": o.first.isoformat(), "to": o.end.isoformat(), "days": o.days}
                        for o in post.overlaps
                    ],
                }
                for post in self.posts
            ],
            "force_pool": [asdict(row) | {"share": row.share} for row in self.draws],
            "host_places": [asdict(row) for row in self.places],
            "host_nations": [asdict(row) for row in self.hosts],
            "housing_the_goal": [asdict(row) for row in self.housing],
            "candidates_in_full": [
                asdict(one) | {"planned": one.planned, "left": one.left} for one in self.candidates
            ],
        }  # fmt: skip

    def runs(self) -> list[dict[str, Any]]:
        """Spans of the year with the same presence in an area: from, to (first day after)."""
        found: list[dict[str, Any]] = []
        for area in self.problem.areas:
            groups = self.year.brigades[area]
            before: dict[str, float] | None = None
            for at, day in enumerate(self.year.days):
                now = {group.value: round(float(groups[group][at]), 3) for group in Group}
                if now != before:
                    found.append({"area": area, "from": day.isoformat(), "to": "", **now})
                    before = now
                found[-1]["to"] = dt.date.fromordinal(day.toordinal() + 1).isoformat()
        return found

    def to_frame(self) -> pl.DataFrame:
        """Brigade equivalents by area, day and group: one row each."""
        import polars as pl

        rows = [
            {"area": area, "day": day, "group": group.value, "brigades": float(series[at])}
            for area in self.problem.areas
            for group, series in self.year.brigades[area].items()
            for at, day in enumerate(self.year.days)
        ]
        schema = {"area": pl.String, "day": pl.Date, "group": pl.String, "brigades": pl.Float64}
        return pl.DataFrame(rows, schema=schema)

    def to_geojson(self) -> dict[str, Any]:
        """Places that hold allied forces on C-day, with brigade equivalents and persons."""
        scenario = self.problem.scenario
        held: dict[str, list[float]] = {}
        for stay in self.problem.stays:
            if stay.on(scenario.settings.c_day) and not self.problem.local(stay):
                cell = held.setdefault(stay.place, [0.0, 0.0])
                cell[0] += stay.brigades
                cell[1] += stay.persons
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": place,
                    "properties": {
                        "name": scenario.places[place].name,
                        "brigades": round(brigades, 3),
                        "persons": round(persons),
                    },
                    "geometry": {
                        "type": "Point",
                        "coordinates": [scenario.places[place].lon, scenario.places[place].lat],
                    },
                }
                for place, (brigades, persons) in sorted(held.items())
            ],
        }


def _days(amounts: dict[int, float] | None) -> dict[str, float] | None:
    if amounts is None:
        return None
    return {f"C+{day}": round(amount, 3) for day, amount in amounts.items()}


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
