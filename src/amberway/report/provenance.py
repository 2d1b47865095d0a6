"""Where the numbers come from: sources, the share of assumed rows, planning factors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from amberway.scenario import Scenario
from amberway.scenario.posture import Source
from amberway.scenario.row import Confidence, Release
from amberway.scenario.settings import Factors
from amberway.scenario.tables import TABLES


@dataclass(frozen=True)
class TableTrust:
    """How sure the rows of one table are: rows by confidence."""

    table: str
    rows: int
    high: int
    medium: int
    low: int
    assumed: int

    @property
    def assumed_share(self) -> float:
        """Share of rows that are assumed."""
        return self.assumed / self.rows


@dataclass(frozen=True)
class Factor:
    """One planning factor as the page shows it."""

    meaning: str
    value: str
    unit: str
    source: str
    changed: bool


def trust(scenario: Scenario) -> list[TableTrust]:
    """One entry a table with rows, in the order of the tables."""
    found = []
    for name in TABLES:
        rows = scenario.table(name)
        if name == "sources" or not rows:
            continue
        marks = Counter(row.confidence for row in rows.values())
        found.append(
            TableTrust(
                name.replace("_", " "),
                len(rows),
                marks[Confidence.HIGH],
                marks[Confidence.MEDIUM],
                marks[Confidence.LOW],
                marks[Confidence.ASSUMED],
            )
        )
    return found


def restricted(scenario: Scenario) -> int:
    """Rows that must not be released."""
    return sum(
        row.release is Release.RESTRICTED
        for name in TABLES
        for row in scenario.table(name).values()
    )


def cited(scenario: Scenario) -> list[tuple[Source, int]]:
    """Sources with the number of rows that rest on them, by publisher and title."""
    uses = Counter(
        row.source
        for name in TABLES
        for row in scenario.table(name).values()
        if row.source is not None
    )
    rows = [(source, uses[name]) for name, source in scenario.sources.items()]
    return sorted(
        ((source, used) for source, used in rows if used),
        key=lambda entry: (entry[0].publisher.casefold(), entry[0].title.casefold(), entry[0].id),
    )


def factors(scenario: Scenario) -> list[Factor]:
    """Every planning factor; `changed` if the scenario sets another value than the default.

    A changed value is the scenario's own, so the default's source does not vouch for it.
    """
    found = []
    for name, field in Factors.model_fields.items():
        value = getattr(scenario.settings.factors, name)
        changed = value != field.default
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        source = "set by this scenario" if changed else str(extra.get("source", ""))
        found.append(
            Factor(
                field.description or name, f"{value:g}", str(extra.get("unit", "")), source, changed
            )
        )
    return found
