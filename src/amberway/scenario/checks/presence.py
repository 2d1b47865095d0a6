"""Checks of rotations, and of what the settings of presence name."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.posture import Rotation
from amberway.scenario.read import suggestion
from amberway.scenario.scenario import Scenario


@named("turn-on-c-day", whole=True)
def turn_on_c_day(scenario: Scenario) -> Iterator[Problem]:
    """A force element stands in its area on C-day, but C-day falls in none of its turns there."""
    c_day = scenario.settings.c_day
    turns: dict[str, list[Rotation]] = {}
    for rotation in scenario.rotations.values():
        turns.setdefault(rotation.force, []).append(rotation)
    for name, own in turns.items():
        force = scenario.forces.get(name)
        if force is None or not force.in_place(c_day):
            continue
        if not any(
            turn.area == force.area
            and turn.from_date <= c_day
            and (turn.to_date is None or c_day < turn.to_date)
            for turn in own
        ):
            what = f"stands in {force.area!r} on C-day ({c_day}), but none of its turns there does"
            mend = "Add the turn that covers C-day, or clear in_place_since in forces.csv."
            yield at_row(
                scenario, "turn-on-c-day", "rotations", own[0], f"{what}: {name!r}", mend,
                column="from_date",
            )  # fmt: skip


@named("presence-settings", whole=True)
def presence_settings(scenario: Scenario) -> Iterator[Problem]:
    """[presence] in scenario.toml names an area, nation or source that is not in its table."""
    presence = scenario.settings.presence
    named_ids = [("leads", "areas", lead.area) for lead in presence.leads]
    named_ids += [("leads", "nations", n) for lead in presence.leads for n in lead.nations]
    named_ids += [("commitments", "nations", one.nation) for one in presence.commitments]
    named_ids += [
        ("commitments", "sources", one.source) for one in presence.commitments if one.source
    ]
    for key, table, value in named_ids:
        known = scenario.table(table)
        if value not in known:
            mend = suggestion(value, known, "Add it there, or name one that is there.")
            yield Problem(
                "presence-settings",
                "scenario.toml",
                f"is not in {table}",
                mend,
                column=f"presence.{key}",
                value=value,
            )
