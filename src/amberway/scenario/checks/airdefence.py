"""Checks of air defence. What is not covered is a finding of the assessment."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.read import suggestion
from amberway.scenario.scenario import Scenario


@named("repeated-asset")
def repeated_asset(scenario: Scenario) -> Iterator[Problem]:
    """A place is listed as a defended asset twice, so that it would weigh twice."""
    first: dict[str, str] = {}
    for row in scenario.defended_assets.values():
        known = first.setdefault(row.place, row.id)
        if known != row.id:
            what = f"is a defended asset already, in row {known!r}"
            mend = "Keep one row, with the weight that the place has in all."
            yield at_row(
                scenario, "repeated-asset", "defended_assets", row, what, mend, column="place"
            )


@named("system-of-another")
def system_of_another(scenario: Scenario) -> Iterator[Problem]:
    """A system belongs to another nation than the force element that brings it."""
    for row in scenario.air_defence.values():
        force = scenario.forces.get(row.force or "")
        if force is not None and force.nation != row.nation:
            what = f"does not own {force.id!r}, which is of {force.nation!r}"
            mend = "Name the nation whose force element it is."
            yield at_row(
                scenario, "system-of-another", "air_defence", row, what, mend, column="nation"
            )


@named("airdefence-settings", whole=True)
def airdefence_settings(scenario: Scenario) -> Iterator[Problem]:
    """[airdefence] in scenario.toml names a place that is not in its table."""
    for value in scenario.settings.airdefence.border_points:
        if value not in scenario.places:
            mend = suggestion(value, scenario.places, "Add it there, or name one that is there.")
            yield Problem(
                "airdefence-settings",
                "scenario.toml",
                "is not in places",
                mend,
                column="airdefence.border_points",
                value=value,
            )
