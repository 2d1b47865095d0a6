"""Who commands in each area and domain, and where two sea areas' commanders meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amberway.command.problem import Problem
from amberway.command.solve import Chain, chains
from amberway.scenario import Scenario
from amberway.scenario.geography import Domain
from amberway.scenario.posture import CommandDomain, CommandPhase

_TOUCH_DEG = 0.05
"""Outlines are hand-drawn: areas that come as near as this are neighbours (5 km or less)."""

ASKED = {
    Domain.LAND: (CommandDomain.LAND, CommandDomain.CYBER, CommandDomain.SPACE),
    Domain.SEA: (CommandDomain.SEA, CommandDomain.AIR, CommandDomain.CYBER, CommandDomain.SPACE),
    Domain.AIR: (CommandDomain.AIR,),
}
"""Domains in which an area needs a commander: a sea area on the sea and over it."""

DomainChains = Mapping[tuple[CommandPhase, CommandDomain], Mapping[str, Chain]]


@dataclass(frozen=True)
class Command:
    """Who commands an area in a domain and phase: `commanders` are none, one, or several that do
    not command each other."""

    area: str
    domain: CommandDomain
    phase: CommandPhase
    commanders: tuple[str, ...]


def commands(problem: Problem) -> tuple[Command, ...]:
    """Every area, domain and phase with its commanders, in the order of the tables.

    Headquarters that name the area and the domain, without those that command another of them in
    that domain and phase, directly or over others: the lowest of one line commands.
    """
    found = []
    for phase in CommandPhase:
        for domain in CommandDomain:
            lower = _ancestors(problem, phase, domain)
            for area in problem.scenario.areas.values():
                if domain not in ASKED[area.domain]:
                    continue
                claims = [
                    row.id
                    for row in problem.headquarters.values()
                    if area.id in row.areas and domain in row.domains and problem.active(row, phase)
                ]
                over = set().union(*(lower[claim] for claim in claims))
                left = tuple(claim for claim in claims if claim not in over)
                found.append(Command(area.id, domain, phase, left))
    return tuple(found)


def _ancestors(problem: Problem, phase: CommandPhase, domain: CommandDomain) -> dict[str, set[str]]:
    above = problem.superiors(phase, domain)
    found: dict[str, set[str]] = {}
    for row in problem.headquarters:
        seen: set[str] = set()
        open_ = [row]
        while open_:
            for link in above.get(open_.pop(), ()):
                if link.superior not in seen and link.superior != row:
                    seen.add(link.superior)
                    open_.append(link.superior)
        found[row] = seen
    return found


@dataclass(frozen=True)
class Seam:
    """Two commanders who meet on one water.

    Between neighbouring areas in one domain, or, with `first == second`, between the sea and the
    air over it (`domain` is then air). `common` is the first superior of both, None if there is
    none; `steps` the links up to it from the lower of the two. `open` says that nobody below
    SACEUR commands both.
    """

    phase: CommandPhase
    first: str
    second: str
    domain: CommandDomain
    commanders: tuple[tuple[str, ...], tuple[str, ...]]
    common: str | None
    steps: int | None
    open: bool


def seams(problem: Problem, held: tuple[Command, ...]) -> tuple[Seam, ...]:
    """The seams of the sea areas in each phase."""
    who = {(c.phase, c.area, c.domain): c.commanders for c in held}
    sea, air = CommandDomain.SEA, CommandDomain.AIR
    waters = [a.id for a in problem.scenario.areas.values() if a.domain is Domain.SEA]
    found = []
    for phase in CommandPhase:
        lines = {domain: chains(problem, phase, domain) for domain in (sea, air)}
        pairs = [(first, sea, second, sea) for first, second in neighbours(problem.scenario)] + [
            (first, air, second, air) for first, second in neighbours(problem.scenario)
        ]
        pairs += [(area, sea, area, air) for area in waters]
        for first, one, second, other in pairs:
            ours, theirs = who[phase, first, one], who[phase, second, other]
            if set(ours) != set(theirs):
                common, steps = _common(ours, lines[one], theirs, lines[other])
                unsettled = common in (None, problem.top)
                found.append(
                    Seam(phase, first, second, other, (ours, theirs), common, steps, unsettled)
                )
    return tuple(found)


def _common(
    ours: tuple[str, ...],
    our_lines: Mapping[str, Chain],
    theirs: tuple[str, ...],
    their_lines: Mapping[str, Chain],
) -> tuple[str | None, int | None]:
    paths = [our_lines[o].nodes for o in ours] + [their_lines[t].nodes for t in theirs]
    if not ours or not theirs:
        return None, None
    shared = set(paths[0]).intersection(*paths[1:])
    common = next((node for node in paths[0] if node in shared), None)
    if common is None:
        return None, None
    return common, max(path.index(common) for path in paths)


def neighbours(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Pairs of sea areas whose outlines touch (areas.geojson), each once, in table order."""
    import shapely

    outlines = {
        feature.get("id") or feature.get("properties", {}).get("id"): shapely.geometry.shape(
            feature["geometry"]
        )
        for feature in scenario.geometry.get("features", ())
    }
    waters = [
        area.id
        for area in scenario.areas.values()
        if area.domain is Domain.SEA and area.id in outlines
    ]
    return tuple(
        (first, second)
        for place, first in enumerate(waters)
        for second in waters[place + 1 :]
        if outlines[first].distance(outlines[second]) <= _TOUCH_DEG
    )
