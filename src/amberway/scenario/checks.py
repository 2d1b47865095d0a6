"""Named checks of a well-formed scenario. Each finds every row that breaks one rule.

A check is a function `Scenario -> Iterable[Problem]`, registered under the name that its problems
carry, that the reference page lists, and that has a broken input in tests/data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from amberway.errors import Problem
from amberway.scenario.read import suggestion
from amberway.scenario.row import Row
from amberway.scenario.scenario import Scenario
from amberway.scenario.tables import TABLES

Check = Callable[[Scenario], Iterable[Problem]]
CHECKS: dict[str, Check] = {}


def named(name: str) -> Callable[[Check], Check]:
    """Register a check under its public name."""

    def register(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return register


def check(scenario: Scenario) -> list[Problem]:
    """Every problem that the named checks find, in the order of the checks."""
    return [problem for function in CHECKS.values() for problem in function(scenario)]


def problem(
    scenario: Scenario, name: str, table: str, row: Row, column: str | None, what: str, mend: str
) -> Problem:
    """A problem of one row, with the file and line where the row stands."""
    file, line = scenario.origin.get((table, row.id), (f"{table}.csv", None))
    value = None
    if column is not None:
        field = next((n for n, f in type(row).model_fields.items() if column in (n, f.alias)), None)
        value = None if field is None else _shown(getattr(row, field))
    return Problem(name, file, line, column, value, what, mend)


def _shown(value: Any) -> str | None:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return None if value is None else str(value)


def references(table: str) -> Iterator[tuple[str, str, list[str]]]:
    """(attribute, column, tables referred to) of every referring column of a table."""
    for name, field in TABLES[table].model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and isinstance(ref := extra.get("ref"), str):
            yield name, field.alias or name, ref.split("|")


@named("dangling-reference")
def dangling_reference(scenario: Scenario) -> Iterator[Problem]:
    """A row refers to an id that is in no table it may refer to."""
    for table in TABLES:
        columns = list(references(table))
        for row in scenario.table(table).values():
            for attribute, name, targets in columns:
                value = getattr(row, attribute)
                known = {i for target in targets for i in scenario.table(target)}
                for one in value if isinstance(value, tuple) else (value,):
                    if one is not None and one not in known:
                        yield problem(
                            scenario, "dangling-reference", table, row, name,
                            f"{one!r} is not in {' or '.join(targets)}",
                            suggestion(one, known, "Add it there, or name one that is there."))


@named("cyclic-parent")
def cyclic_parent(scenario: Scenario) -> Iterator[Problem]:
    """A force element that is, over its parents, its own parent."""
    for force in scenario.forces.values():
        seen = {force.id}
        above = force.parent
        while above is not None and above in scenario.forces and above not in seen:
            seen.add(above)
            above = scenario.forces[above].parent
        if above == force.id:
            yield problem(scenario, "cyclic-parent", "forces", force, "parent",
                          "leads back to the force element itself",
                          "Make one of the force elements in the circle the top one.")
