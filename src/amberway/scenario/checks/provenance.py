"""Checks of where figures come from."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.row import Confidence
from amberway.scenario.scenario import Scenario
from amberway.scenario.tables import TABLES


@named("source-or-assumed")
def source_or_assumed(scenario: Scenario) -> Iterator[Problem]:
    """A row claims some confidence, but names no source; without a source it is `assumed`."""
    for table in TABLES:
        if table == "sources":
            continue
        for row in scenario.table(table).values():
            if row.source is None and row.confidence is not Confidence.ASSUMED:
                yield at_row(
                    scenario,
                    "source-or-assumed",
                    table,
                    row,
                    "is claimed without a source",
                    "Name a source, or set confidence to assumed.",
                    column="confidence",
                )
