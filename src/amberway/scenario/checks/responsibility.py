"""Checks of requirements and pledges, and of what the settings of responsibility name."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.read import suggestion
from amberway.scenario.scenario import Scenario


@named("repeated-requirement")
def repeated_requirement(scenario: Scenario) -> Iterator[Problem]:
    """Two rows say what an area needs of one capability by one day."""
    first: dict[tuple[str, str, float], str] = {}
    for row in scenario.requirements.values():
        known = first.setdefault((row.area, row.capability, row.by_day), row.id)
        if known != row.id:
            what = f"is asked for by that day in {row.area!r} already, in row {known!r}"
            mend = "Keep one row: a quantity is the total by its day."
            yield at_row(
                scenario, "repeated-requirement", "requirements", row, what, mend,
                column="capability",
            )  # fmt: skip


@named("pledged-by-another")
def pledged_by_another(scenario: Scenario) -> Iterator[Problem]:
    """A nation pledges a force element that is not its own."""
    for row in scenario.pledges.values():
        force = scenario.forces.get(row.force or "")
        if force is not None and force.nation != row.nation:
            what = f"does not own {force.id!r}, which is of {force.nation!r}"
            mend = "Name the nation whose force element it is."
            yield at_row(
                scenario, "pledged-by-another", "pledges", row, what, mend, column="nation"
            )


@named("responsibility-settings", whole=True)
def responsibility_settings(scenario: Scenario) -> Iterator[Problem]:
    """[responsibility] in scenario.toml names a nation or unit type that is not in its table."""
    settings = scenario.settings.responsibility
    named_ids = [("coherence_exempt", "nations", one) for one in settings.coherence_exempt]
    named_ids += [("brings", "unit_types", one.unit_type) for one in settings.brings]
    for key, table, value in named_ids:
        known = scenario.table(table)
        if value not in known:
            mend = suggestion(value, known, "Add it there, or name one that is there.")
            yield Problem(
                "responsibility-settings",
                "scenario.toml",
                f"is not in {table}",
                mend,
                column=f"responsibility.{key}",
                value=value,
            )
