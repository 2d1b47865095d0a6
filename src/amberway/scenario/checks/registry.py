"""How a check gets its public name, and how it says which row is at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from amberway.errors import Problem
from amberway.scenario.row import Row
from amberway.scenario.scenario import Scenario

Check = Callable[[Scenario], Iterable[Problem]]
CHECKS: dict[str, Check] = {}
_WHOLE: set[str] = set()


def named(name: str, *, whole: bool = False) -> Callable[[Check], Check]:
    """Register a check under its public name.

    `whole` marks a check whose verdict on a row depends on other rows being there.
    """

    def register(function: Check) -> Check:
        if name in CHECKS:
            raise ValueError(f"two checks are named {name}")
        CHECKS[name] = function
        if whole:
            _WHOLE.add(name)
        return function

    return register


def needs_whole(name: str) -> bool:
    """Does the check judge the scenario as a whole?"""
    return name in _WHOLE


def at_row(
    scenario: Scenario,
    check: str,
    table: str,
    row: Row,
    what: str,
    mend: str,
    *,
    column: str | None = None,
) -> Problem:
    """A problem of one row, with the file and line where the row stands."""
    file, line = scenario.origin.get((table, row.id), (f"{table}.csv", None))
    shown: str | None = row.id
    if column is not None:
        fields = type(row).model_fields.items()
        attribute = next(name for name, field in fields if column in (name, field.alias))
        shown = _shown(getattr(row, attribute))
    return Problem(check, file, what, mend, row=line, column=column, value=shown)


def _shown(value: Any) -> str | None:
    """As in the table's cell; None if that is blank."""
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or None
    if isinstance(value, float):
        return f"{value:g}"
    return None if value is None else str(value)
