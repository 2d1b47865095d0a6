"""Checks of the tables of command. What a structure lacks is a finding of the assessment."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.posture import CommandPhase, CommandRelation, Echelon
from amberway.scenario.scenario import Scenario

_PHASES = tuple(CommandPhase)


def _phases(row: CommandRelation) -> set[CommandPhase]:
    last = row.to_phase or _PHASES[-1]
    return set(_PHASES[_PHASES.index(row.from_phase) : _PHASES.index(last) + 1])


@named("command-cycle")
def command_cycle(scenario: Scenario) -> Iterator[Problem]:
    """A headquarters is, over those it commands in a phase, its own superior."""
    rows = scenario.command_relations.values()
    below: dict[tuple[CommandPhase, str], list[str]] = {}
    for row in rows:
        for phase in _phases(row):
            below.setdefault((phase, row.superior), []).append(row.subordinate)
    for row in rows:
        for phase in sorted(_phases(row), key=_PHASES.index):
            if _reaches(below, phase, row.subordinate, row.superior):
                yield at_row(
                    scenario,
                    "command-cycle",
                    "command_relations",
                    row,
                    f"commands {row.superior!r} in turn, in phase {phase.value}",
                    "Remove one relation of the circle, or give them different phases.",
                    column="subordinate",
                )
                break


def _reaches(
    below: dict[tuple[CommandPhase, str], list[str]], phase: CommandPhase, start: str, goal: str
) -> bool:
    seen, open_ = {start}, [start]
    while open_:
        one = open_.pop()
        if one == goal:
            return True
        fresh = [s for s in below.get((phase, one), ()) if s not in seen]
        seen.update(fresh)
        open_ += fresh
    return False


@named("command-phases")
def command_phases(scenario: Scenario) -> Iterator[Problem]:
    """A relation, or a headquarters in its areas, ends in a phase before it begins."""
    for table in ("headquarters", "command_relations"):
        rows = getattr(scenario, table).values()
        for row in rows:
            if row.to_phase and _PHASES.index(row.to_phase) < _PHASES.index(row.from_phase):
                what = f"is before from_phase, {row.from_phase.value!r}"
                mend = "Name the same phase or a later one, or leave it blank."
                yield at_row(scenario, "command-phases", table, row, what, mend, column="to_phase")


@named("two-supreme")
def two_supreme(scenario: Scenario) -> Iterator[Problem]:
    """There is a second headquarters of echelon strategic outside the nations' own chains."""
    supreme = [
        row
        for row in scenario.headquarters.values()
        if row.echelon is Echelon.STRATEGIC and not row.national
    ]
    for row in supreme[1:]:
        what = f"stands beside {supreme[0].id!r}; one headquarters is SACEUR's"
        mend = "Give it echelon joint, or national = true if it is a nation's own."
        yield at_row(scenario, "two-supreme", "headquarters", row, what, mend, column="echelon")


@named("force-or-headquarters")
def force_or_headquarters(scenario: Scenario) -> Iterator[Problem]:
    """A headquarters has the id of a force element, so that a relation could mean either."""
    for row in scenario.headquarters.values():
        if row.id in scenario.forces:
            what = "is also the id of a force element"
            mend = "Rename one of them, for example to hq-…, here and in the relations."
            yield at_row(scenario, "force-or-headquarters", "headquarters", row, what, mend)
