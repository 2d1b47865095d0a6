"""What may be published: rows marked public that rest on nothing restricted."""

from __future__ import annotations

from amberway.scenario import Scenario
from amberway.scenario.row import Release, Row
from amberway.scenario.tables import TABLES

# A public row may name a restricted one here: it stands by itself and the name is left out.
_SEVERABLE = frozenset({"source", "parent"})


def released(scenario: Scenario, table: str, row: Row) -> bool:
    """Is the row public, and everything that it refers to?

    What it refers to counts with all that that refers to in turn. A row that is not there counts
    as restricted, so that taking restricted rows out of the tables changes nothing.
    """
    if row.release is not Release.PUBLIC:
        return False
    for name, field in TABLES[table].model_fields.items():
        extra = field.json_schema_extra
        if name in _SEVERABLE or not isinstance(extra, dict) or "ref" not in extra:
            continue
        value = getattr(row, name)
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None and not _known(scenario, str(extra["ref"]), one):
                return False
    return True


def _known(scenario: Scenario, tables: str, name: str) -> bool:
    return any(
        (row := scenario.table(table).get(name)) is not None and released(scenario, table, row)
        for table in tables.split("|")
    )
