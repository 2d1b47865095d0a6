"""Checks that a beginning comes before its end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.scenario import Scenario

# (table, beginning, first that is no longer in it)
SPANS = (
    ("terminals", "opens", "closes"),
    ("links", "opens", "closes"),
    ("disruptions", "from_day", "to_day"),
    ("rotations", "from_date", "to_date"),
    ("air_defence", "from_date", "to_date"),
    ("air_defence", "floor_m", "ceiling_m"),
    ("fighters", "from_date", "to_date"),
)


@named("empty-span")
def empty_span(scenario: Scenario) -> Iterator[Problem]:
    """Something ends before it begins, or as it begins: opening, period, rotation, altitude."""
    for table, begin, end in SPANS:
        for row in scenario.table(table).values():
            first, last = getattr(row, begin), getattr(row, end)
            if first is not None and last is not None and last <= first:
                yield at_row(
                    scenario,
                    "empty-span",
                    table,
                    row,
                    f"does not come after {begin} ({first})",
                    f"Put {end} after {begin}, or leave it blank.",
                    column=end,
                )


@named("arrival-window")
def arrival_window(scenario: Scenario) -> Iterator[Problem]:
    """A force element's earliest arrival, latest arrival and required delivery are out of order."""
    for force in scenario.forces.values():
        for begin, end in combinations(("ead_day", "lad_day", "rdd_day"), 2):
            first, last = getattr(force, begin), getattr(force, end)
            if first is not None and last is not None and last < first:
                yield at_row(
                    scenario,
                    "arrival-window",
                    "forces",
                    force,
                    f"comes before {begin} ({first:g})",
                    "Put EAD, LAD and RDD in this order.",
                    column=end,
                )
