"""The named checks of a command structure. Each gives a shortfall for everything it finds.

A shortfall's `kind` is the name of its check. What is wrong with the tables themselves, a circle
of command or an unknown id, the scenario's own checks refuse before an assessment begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from amberway.command.load import Load
from amberway.command.problem import STRENGTH
from amberway.scenario.posture import CommandDomain, CommandPhase, Headquarters
from amberway.shortfall import Shortfall

if TYPE_CHECKING:
    from amberway.command.result import CommandResult

Check = Callable[["CommandResult"], Iterable[Shortfall]]
_NAMED = 3  # units that a sentence names before it says how many more


def unbroken_chain(result: CommandResult) -> Iterator[Shortfall]:
    """Force elements whose chain does not reach SACEUR, by where it ends and in which phases.

    `amount` is the number of force elements.
    """
    groups: dict[tuple[str, tuple[CommandPhase, ...]], list[str]] = {}
    for force in result.problem.persons:
        ends: dict[str, list[CommandPhase]] = {}
        for phase in CommandPhase:
            chain = result.chains[phase][force]
            if not chain.complete:
                end = chain.end if chain.end in result.problem.headquarters else ""
                ends.setdefault(end, []).append(phase)
        for end, phases in ends.items():
            groups.setdefault((end, tuple(phases)), []).append(force)
    for (end, failing), forces in groups.items():
        persons = sum(result.problem.persons[force] for force in forces)
        if not end:
            why = "no headquarters is over it"
        elif result.problem.headquarters[end].national:
            why = f"the chain ends with the nation, at {result.problem.name(end)}"
        else:
            why = f"the chain ends at {result.problem.name(end)}, which nobody commands"
        text = (
            f"In {_phases(failing)} {_units(result, forces)} with {persons:,} persons "
            f"{'has' if len(forces) == 1 else 'have'} no chain of command to SACEUR: {why}."
        )
        yield Shortfall("unbroken-chain", end, _phases(failing), len(forces), text)


def rival_command(result: CommandResult) -> Iterator[Shortfall]:
    """A force element or headquarters with two superiors of the same authority in one phase.

    Two superiors of whom one commands the other are no rivals. `amount` is their number.
    """
    problem = result.problem
    found: dict[tuple[str, tuple[str, ...]], list[CommandPhase]] = {}
    for phase in CommandPhase:
        for node, links in problem.superiors(phase, CommandDomain.LAND).items():
            ranks: dict[int, set[str]] = {}
            for link in links:
                ranks.setdefault(STRENGTH[link.relation], set()).add(link.superior)
            for superiors in ranks.values():
                over = {above for one in superiors for above in result.chains[phase][one].nodes[1:]}
                rivals = tuple(sorted(superiors - over))
                if len(rivals) > 1:
                    phases = found.setdefault((node, rivals), [])
                    if phase not in phases:
                        phases.append(phase)
    for (node, rivals), phases in found.items():
        names = " and ".join(problem.name(one) for one in rivals)
        text = (
            f"In {_phases(phases)} {problem.name(node)} takes orders of the same authority from "
            f"{names}, of whom neither commands the other."
        )
        yield Shortfall("rival-command", node, _phases(phases), len(rivals), text)


def one_commander(result: CommandResult) -> Iterator[Shortfall]:
    """An area without a commander in a domain, or with several. `amount` is how many there are."""
    problem = result.problem
    found: dict[tuple[str, CommandDomain, tuple[str, ...]], list[CommandPhase]] = {}
    for held in result.commands:
        if len(held.commanders) != 1:
            key = (held.area, held.domain, held.commanders)
            found.setdefault(key, []).append(held.phase)
    for (area, domain, commanders), phases in found.items():
        where = problem.scenario.areas[area].name
        if commanders:
            names = " and ".join(problem.name(one) for one in commanders)
            text = (
                f"In {_phases(phases)} {len(commanders)} headquarters command in {where} "
                f"({domain.value}) of whom none commands the other: {names}."
            )
        else:
            text = f"In {_phases(phases)} nobody commands in {where} ({domain.value})."
        yield Shortfall("one-commander", area, domain.value, len(commanders), text)


def span_of_control(result: CommandResult) -> Iterator[Shortfall]:
    """A headquarters with more subordinates than one commander can lead, in its worst phase.

    Counted on chains that reach SACEUR: headquarters, and force elements that are manoeuvre units
    (supporting units come grouped under commands that the tables do not show). `amount` is the
    number of subordinates.
    """
    limit = result.limits.subordinates
    for row, spans in result.spans.items():
        phase = max(CommandPhase, key=lambda one: spans.get(one, 0))
        if (count := spans.get(phase, 0)) > limit:
            text = (
                f"In {phase.value} {result.problem.name(row)} leads {count} headquarters and "
                f"manoeuvre units directly, more than {limit}."
            )
            yield Shortfall("span-of-control", row, phase.value, count, text)


def headquarters_capacity(result: CommandResult) -> Iterator[Shortfall]:
    """A headquarters with more persons under it than it was built for. `amount` is the excess."""
    if result.deployment is None:
        for row, nations in result.assigned[CommandPhase.DEFENCE].items():
            capacity, persons = result.problem.headquarters[row].capacity, sum(nations.values())
            if capacity is not None and persons > capacity:
                text = (
                    f"{result.problem.name(row)} would have {persons:,} persons under it in the "
                    f"defence and can command {capacity:,}."
                )
                excess = persons - capacity
                yield Shortfall("headquarters-capacity", row, "defence", excess, text)
        return
    for load in result.loads:
        if load.over_day is not None and load.capacity is not None:
            text = (
                f"{result.problem.name(load.headquarters)} can command {load.capacity:,} persons; "
                f"from C+{load.over_day:.1f} on it has more, at most {load.peak:,} "
                f"{_times(load)} (C+{load.peak_day:.1f})."
            )
            excess = load.peak - load.capacity
            yield Shortfall("headquarters-capacity", load.headquarters, "persons", excess, text)


def dual_hat(result: CommandResult) -> Iterator[Shortfall]:
    """A commander of two headquarters that both have forces or areas to command in one phase.

    `amount` is the number of persons under the two in the last such phase, each once.
    """
    problem = result.problem
    for row in problem.headquarters.values():
        other = problem.headquarters.get(row.dual_hat or "")
        if other is None:
            continue
        busy = [
            phase
            for phase in CommandPhase
            if all(_busy(result, one, phase) for one in (row, other))
        ]
        if busy:
            persons = sum(
                count
                for force, count in problem.persons.items()
                if {row.id, other.id} & set(result.chains[busy[-1]][force].nodes)
            )
            text = (
                f"In {_phases(busy)} one commander leads {row.name} and {other.name}, and both "
                f"have something to command."
            )
            yield Shortfall("dual-hat", row.id, other.id, persons, text)


def _busy(result: CommandResult, row: Headquarters, phase: CommandPhase) -> bool:
    areas = bool(row.areas and row.domains) and result.problem.active(row, phase)
    return areas or bool(result.assigned[phase].get(row.id))


def lead_nation_share(result: CommandResult) -> Iterator[Shortfall]:
    """A headquarters whose lead nation is not the one that brings most of its force (defence).

    `amount` is the lead nation's share of the persons under it.
    """
    for row, nations in result.assigned[CommandPhase.DEFENCE].items():
        total = sum(nations.values())
        if len(nations) < 2 or not total:
            continue
        lead = result.problem.headquarters[row].lead_nation
        most = max(sorted(nations), key=lambda nation: nations[nation])
        if nations[most] > nations.get(lead, 0):
            share = nations.get(lead, 0) / total
            text = (
                f"{result.problem.name(row)} is led by {_nation(result, lead)}, which brings "
                f"{share:.0%} of the {total:,} persons under it in the defence; "
                f"{_nation(result, most)} brings {nations[most] / total:.0%}."
            )
            yield Shortfall("lead-nation-share", row, most, round(share, 4), text)


def transfers_of_authority(result: CommandResult) -> Iterator[Shortfall]:
    """A unit handed over more often than the limit on its way. `amount` is how often."""
    for passage in result.passages:
        count = len(passage.transfers)
        if count > result.limits.transfers:
            way = " → ".join(
                "nobody" if one is None else result.problem.name(one)
                for one in [passage.transfers[0].giver, *(t.taker for t in passage.transfers)]
            )
            text = (
                f"{result.problem.name(passage.force)} is handed over {count} times between its "
                f"barracks and the defence: {way}."
            )
            yield Shortfall("transfers-of-authority", passage.force, "unit", count, text)


def sea_seam(result: CommandResult) -> Iterator[Shortfall]:
    """Two commanders who meet on one water in the defence, with nobody over both below SACEUR.

    `amount` is the number of headquarters between them and their first common superior, that one
    included; 0 if there is none.
    """
    names = result.problem.scenario.areas
    for seam in result.seams:
        if seam.phase is not CommandPhase.DEFENCE or not seam.open:
            continue
        first, second = (
            " and ".join(map(result.problem.name, who)) or "nobody" for who in seam.commanders
        )
        if seam.common is None:
            common = "they have no common superior"
        else:
            common = f"their first common superior is {result.problem.name(seam.common)}"
        if seam.first == seam.second:
            text = (
                f"{names[seam.first].name}: on the water commands {first}, in the air over it "
                f"{second}; {common}."
            )
        else:
            text = (
                f"{names[seam.first].name} ({first}) meets {names[seam.second].name} ({second}) "
                f"in domain {seam.domain.value}; {common}."
            )
        where = seam.first if seam.first == seam.second else f"{seam.first} {seam.second}"
        yield Shortfall("sea-seam", where, seam.domain.value, seam.steps or 0, text)


CHECKS: dict[str, Check] = {
    "unbroken-chain": unbroken_chain,
    "rival-command": rival_command,
    "one-commander": one_commander,
    "span-of-control": span_of_control,
    "headquarters-capacity": headquarters_capacity,
    "dual-hat": dual_hat,
    "lead-nation-share": lead_nation_share,
    "transfers-of-authority": transfers_of_authority,
    "sea-seam": sea_seam,
}
"""Every named check of the assessment, in the order of the report."""


def findings(result: CommandResult) -> tuple[Shortfall, ...]:
    """What all named checks find; of a scenario without headquarters only that."""
    if not result.problem.headquarters:
        text = (
            "The scenario names no headquarters, so nothing can be said about command: fill in "
            "headquarters.csv and command_relations.csv."
        )
        return (Shortfall("no-headquarters", "", "", 0, text),)
    found = [] if result.problem.top else [_no_top()]
    for check in CHECKS.values():
        found += check(result)
    return tuple(found)


def _no_top() -> Shortfall:
    text = (
        "No headquarters is SACEUR's, so no chain can reach it: give one echelon strategic and "
        "national = false."
    )
    return Shortfall("no-supreme", "", "", 0, text)


def _phases(phases: Iterable[CommandPhase]) -> str:
    words = [phase.value for phase in phases]
    if len(words) == len(CommandPhase):
        return "every phase"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _units(result: CommandResult, forces: list[str]) -> str:
    if len(forces) == 1:
        return f"one force element ({result.problem.name(forces[0])})"
    names = ", ".join(result.problem.name(force) for force in forces[:_NAMED])
    more = f" and {len(forces) - _NAMED} more" if len(forces) > _NAMED else ""
    return f"{len(forces)} force elements ({names}{more})"


def _nation(result: CommandResult, nation: str) -> str:
    row = result.problem.scenario.nations.get(nation)
    return nation.upper() if row is None else row.name


def _times(load: Load) -> str:
    return "" if load.ratio is None else f"or {load.ratio:.1f} times its capacity"
