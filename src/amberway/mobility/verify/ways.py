"""The way of a move over its links: contiguous, travelled the right way, how long, over which
borders, and whether a load may pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from amberway.mobility.verify.rows import Steps
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import World
from amberway.scenario.geography import Link, Mode
from amberway.units import HOURS_PER_DAY

_SLACK = 1e-9


@dataclass(frozen=True)
class Fault:
    """A rule that a way breaks, said once and noted for every move that takes the way."""

    rule: str
    sentence: str

    def note(self, subject: str, period: int, findings: Findings) -> None:
        """Add it to the findings."""
        findings.add(self.rule, subject, self.sentence, period)


@dataclass(frozen=True)
class Way:
    """A way timed from the beginning of the haul.

    `entries` are (link, forward, period offset of entering it), `crossings` (nation entered,
    period offset), `hours` the elapsed time of the haul, `haul` the same in whole periods.
    """

    faults: tuple[Fault, ...]
    links: tuple[Link, ...]
    entries: tuple[tuple[str, bool, int], ...]
    crossings: tuple[tuple[str, int], ...]
    hours: float
    haul: int
    km: float

    @cached_property
    def slots(self) -> tuple[tuple[str, int], ...]:
        """What is entered, as resources are named in files, with the period offsets."""
        return tuple(
            (f"link:{link}{'>' if forward else '<'}", at) for link, forward, at in self.entries
        )

    def limits(self, attribute: str) -> Iterator[tuple[Link, float]]:
        """The links that have such a limit, with the limit."""
        for link in self.links:
            limit = getattr(link, attribute)
            if limit is not None:
                yield link, limit


class Clock(Protocol):
    """Elapsed hours after so many hours of driving."""

    def __call__(self, driving: float, /) -> float: ...


def through(driving: float) -> float:
    """Runs through without halts."""
    return driving


def halting(hours_per_day: float) -> Clock:
    """Drives so many hours a day and halts for the rest of it."""

    def elapsed(driving: float) -> float:
        halts = max(0, math.floor((driving - _SLACK) / hours_per_day))
        return driving + halts * (HOURS_PER_DAY - hours_per_day)

    return elapsed


def trace(
    world: World,
    steps: Steps,
    ends: tuple[str, str],
    mode: Mode,
    own_speed_kmh: float | None,
    clock: Clock = through,
) -> Way:
    """Follow the links from the first to the second of `ends`, with every fault on the way.

    Vessels and track marches have their own speed; others take the links'.
    """
    faults: list[Fault] = []
    links: list[Link] = []
    entries: list[tuple[str, bool, int]] = []
    crossings: list[tuple[str, int]] = []
    place, driving, passages, elapsed = ends[0], 0.0, 0.0, 0.0
    for number, (name, forward) in enumerate(steps, start=1):
        link = world.scenario.links.get(name)
        if link is None:
            faults.append(Fault("unknown-id", f"link {name!r} is not in the tables"))
            continue
        near, far = link.from_place, link.to_place
        if not forward:
            near, far = far, near
            if not link.two_way:
                faults.append(Fault("direction", f"one-way link {name} is travelled backwards"))
        if near != place:
            faults.append(Fault("path", f"link {name} starts at {near}, the load is at {place}"))
        if link.mode is not mode:
            faults.append(Fault("path", f"link {name} is {link.mode}, not {mode}"))
        speed = own_speed_kmh or link.speed_kmh
        if speed is None:
            faults.append(Fault("path", f"link {name} has no speed"))
            speed = 1.0
        links.append(link)
        entries.append((name, forward, world.period_of(elapsed)))
        driving += link.km / speed
        passages += link.passage_h
        elapsed = clock(driving) + passages
        nation = world.scenario.places[far].nation
        # Vessels enter a nation where they call, not where they pass by.
        calls = mode not in (Mode.SEA, Mode.AIR) or number == len(steps)
        if calls and nation is not None and nation != world.scenario.places[near].nation:
            crossings.append((nation, world.period_of(elapsed)))
        place = far
    if place != ends[1]:
        faults.append(Fault("path", f"the links lead to {place}, not to {ends[1]}"))
    if not steps:
        faults.append(Fault("path", f"has no links from {ends[0]} to {ends[1]}"))
    return Way(
        tuple(faults),
        tuple(links),
        tuple(entries),
        tuple(crossings),
        elapsed,
        world.periods(elapsed),
        sum(link.km for link in links),
    )
