"""Named checks of a well-formed scenario, one file a theme; each finds all rows that break a rule.

A check is a function `Scenario -> Iterable[Problem]`, registered under the name that its problems
carry, that the reference page lists, and that has a broken input in tests/data/broken. The first
line of its docstring is its line on the reference page.
"""

from __future__ import annotations

from amberway.errors import Problem
from amberway.scenario.checks import (  # noqa: F401  # importing registers the checks
    airdefence,
    areas,
    borders,
    carriage,
    command,
    forces,
    lift,
    links,
    pins,
    presence,
    provenance,
    references,
    responsibility,
    spans,
    terminals,
)
from amberway.scenario.checks.registry import CHECKS, Check, needs_whole
from amberway.scenario.scenario import Scenario

__all__ = ["CHECKS", "Check", "check"]


def check(scenario: Scenario, *, whole: bool = True) -> list[Problem]:
    """Every problem that the named checks find, in the order of their names.

    `whole=False` says that rows are missing because they are malformed: checks that judge the
    scenario as a whole are then left out.
    """
    return [
        problem
        for name in sorted(CHECKS)
        if whole or not needs_whole(name)
        for problem in CHECKS[name](scenario)
    ]
