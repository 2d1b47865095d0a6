"""Checks of what rows refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_origin

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.read import suggestion
from amberway.scenario.row import split
from amberway.scenario.scenario import Scenario
from amberway.scenario.tables import TABLES


def references(table: str) -> Iterator[tuple[str, str, list[str]]]:
    """(attribute, column, tables referred to) of every referring column of a table."""
    for name, field in TABLES[table].model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and isinstance(ref := extra.get("ref"), str):
            yield name, field.alias or name, ref.split("|")


@named("dangling-reference")
def dangling_reference(scenario: Scenario) -> Iterator[Problem]:
    """A row refers to an id that is in no table it may refer to."""
    ids = {table: scenario.known(table) for table in TABLES}
    for table in TABLES:
        columns = [
            (attribute, column, targets, frozenset().union(*(ids[target] for target in targets)))
            for attribute, column, targets in references(table)
        ]
        for row_id, values in _values(scenario, table):
            for attribute, column, targets, known in columns:
                value = values.get(attribute)
                for one in value if isinstance(value, tuple) else (value,):
                    if one is not None and one not in known:
                        # A cell with several values is shown whole; say which of them is meant.
                        which = f"has {one!r}, which is" if isinstance(value, tuple) else "is"
                        file, line = scenario.origin.get((table, row_id), (f"{table}.csv", None))
                        yield Problem(
                            "dangling-reference",
                            file,
                            f"{which} not in {' or '.join(targets)}",
                            suggestion(one, known, "Add it there, or name one that is there."),
                            row=line,
                            column=column,
                            value=" ".join(value) if isinstance(value, tuple) else value,
                        )


def _values(scenario: Scenario, table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a table by id, as values by attribute; of malformed rows those that are text."""
    for row in scenario.table(table).values():
        yield row.id, vars(row)
    fields = TABLES[table].model_fields
    for (where, row_id), cells in scenario.malformed.items():
        if where == table:
            found = {name: cells.get(field.alias or name) for name, field in fields.items()}
            yield (
                row_id,
                {
                    name: split(cell) if get_origin(fields[name].annotation) is tuple else cell
                    for name, cell in found.items()
                },
            )


@named("cyclic-parent")
def cyclic_parent(scenario: Scenario) -> Iterator[Problem]:
    """A force element is, over its parents, its own parent."""
    for force in scenario.forces.values():
        seen = {force.id}
        above = force.parent
        while above is not None and above in scenario.forces and above not in seen:
            seen.add(above)
            above = scenario.forces[above].parent
        if above == force.id:
            yield at_row(
                scenario,
                "cyclic-parent",
                "forces",
                force,
                f"leads back to {force.id!r} itself",
                "Make one of the force elements in the circle the top one.",
                column="parent",
            )
