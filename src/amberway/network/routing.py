"""Ways over the links: the quickest for a load, and alternatives that avoid its tight places.

Dijkstra's algorithm over the links that the load may pass. Loads that are stopped by the same
links share their answers, so the cost grows with the number of different obstacles, not of units.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amberway.network import shortest
from amberway.network.resources import Resources
from amberway.network.traits import Traits, demands, limits
from amberway.scenario import Scenario
from amberway.scenario.geography import Link, Mode

_PENALTY = 2.0  # a tight link counts double when an alternative is looked for
_DETOUR = 1.5  # alternatives longer than this, plus half a day, are not offered
_HALF_DAY = 12.0
_TRIES = 2  # per alternative: a way may come out again until its tight links are dear enough


@dataclass(frozen=True, eq=False)
class Step:
    """One link travelled in one direction (`>` from → to, `<` back).

    `name` is the link's id with the direction, as in plans and resource names.
    """

    link: Link
    direction: str
    name: str


@dataclass(frozen=True, eq=False)
class Route:
    """A way over links of one mode. `hours` is moving time with passages, without night halts."""

    steps: tuple[Step, ...]
    hours: float

    @cached_property
    def km(self) -> float:
        """Length in kilometres."""
        return sum(step.link.km for step in self.steps)


@dataclass(frozen=True, eq=False)
class Graph:
    """The steps open to a load, sorted by the node they start from (see `shortest.tree`)."""

    first: NDArray[np.int64]
    head: NDArray[np.int64]
    hours: NDArray[np.float64]
    steps: list[Step]
    arc: dict[str, int]


Key = tuple[Mode, float | None, int, bytes]
Tree = tuple[NDArray[np.float64], NDArray[np.int64]]


def step_hours(link: Link, traits: Traits) -> float:
    """Hours on a link: the carrier's own speed, else the link's; plus the passage."""
    speed = traits.speed_kmh or link.speed_kmh
    if speed is None:
        raise ValueError(f"link {link.id} has no speed and its traveller neither")
    return link.km / speed + link.passage_h


class Router:
    """Answers "which way" for every mode, start and load of one scenario; remembers answers."""

    def __init__(self, scenario: Scenario, resources: Resources) -> None:
        self._scenario = scenario
        self._resources = resources
        self._node = {place: i for i, place in enumerate(scenario.places)}
        self._places = list(scenario.places)
        self._links: dict[Mode, list[Link]] = {mode: [] for mode in Mode}
        for link in scenario.links.values():
            if not self._always_closed(link):
                self._links[link.mode].append(link)
        self._limits = {
            mode: (
                np.array([limits(link) for link in links]).reshape(
                    len(links), len(demands(Traits(mode)))
                ),
                np.array([link.gauge_mm or 0 for link in links], dtype=np.int64),
            )
            for mode, links in self._links.items()
        }
        self._graphs: dict[Key, Graph] = {}
        self._keys: dict[Traits, Key] = {}
        self._first: dict[tuple[Key, float | None], Traits] = {}
        self._trees: dict[tuple[Key, str], Tree] = {}
        self._routes: dict[tuple[object, ...], tuple[Route, ...]] = {}

    def alike(self, traits: Traits) -> Traits:
        """The first load asked about that is stopped by the same links as this one."""
        return self._first.setdefault((self._key(traits), traits.range_km), traits)

    def hours(self, traits: Traits, start: str, places: Iterable[str]) -> dict[str, float]:
        """Hours from `start` to those of the places that the load can reach."""
        reach = self._tree(traits, start)[0]
        return {p: float(h) for p in places if (h := reach[self._node[p]]) < math.inf}

    def hours_between(self, traits: Traits, start: str, end: str) -> float:
        """Hours of the quickest way (infinite: there is none)."""
        return float(self._tree(traits, start)[0][self._node[end]])

    def quickest(self, traits: Traits, start: str, end: str) -> Route | None:
        """The quickest way, or None."""
        return self._follow(self._graph(traits), self._tree(traits, start), start, end)

    def routes(self, traits: Traits, start: str, end: str, most: int = 3) -> tuple[Route, ...]:
        """Up to `most` different ways, quickest first.

        Alternatives avoid the links with limited capacity of the ways already found and are not
        much longer than the quickest.
        """
        key = (self._key(traits), start, end, most)
        if key not in self._routes:
            self._routes[key] = tuple(self._alternatives(traits, start, end, most))
        return self._routes[key]

    def _alternatives(self, traits: Traits, start: str, end: str, most: int) -> Iterable[Route]:
        first = self.quickest(traits, start, end)
        if first is None:
            return
        yield first
        graph = self._graph(traits)
        found = {tuple(s.name for s in first.steps)}
        hours = graph.hours.copy()
        route = first
        for _ in range(_TRIES * (most - 1)):
            if len(found) == most:
                return
            tight = [s.name for s in route.steps if f"link:{s.name}" in self._resources.index]
            if not tight:
                return
            hours[[graph.arc[name] for name in tight]] *= _PENALTY
            tree = shortest.tree(graph.first, graph.head, hours, self._node[start], self._node[end])
            other = self._follow(graph, tree, start, end)
            if other is None:
                return
            route = replace(other, hours=sum(step_hours(s.link, traits) for s in other.steps))
            names = tuple(s.name for s in route.steps)
            if names in found or route.hours > first.hours * _DETOUR + _HALF_DAY:
                continue
            found.add(names)
            yield route

    def _key(self, traits: Traits) -> Key:
        """Loads that are stopped by the same links and move at the same pace are the same."""
        if traits not in self._keys:
            blocked = self._blocked(traits)
            self._keys[traits] = (
                traits.mode,
                traits.speed_kmh,
                traits.gauge_mm,
                np.packbits(blocked).tobytes(),
            )
        return self._keys[traits]

    def _blocked(self, traits: Traits) -> NDArray[np.bool_]:
        """Which links of the mode stop the load: `traits.stops` for all of them at once."""
        limits, gauges = self._limits[traits.mode]
        blocked = np.asarray(np.array(demands(traits)) > limits).any(axis=1)
        if traits.gauge_mm:
            blocked |= gauges != traits.gauge_mm
        return np.asarray(blocked, dtype=np.bool_)

    def _graph(self, traits: Traits) -> Graph:
        key = self._key(traits)
        if key not in self._graphs:
            arcs: list[tuple[int, int, float, Step]] = []
            links = self._links[traits.mode]
            for link, blocked in zip(links, self._blocked(traits), strict=True):
                if not blocked:
                    hours = step_hours(link, traits)
                    a, b = self._node[link.from_place], self._node[link.to_place]
                    arcs.append((a, b, hours, Step(link, ">", f"{link.id}>")))
                    if link.two_way:
                        arcs.append((b, a, hours, Step(link, "<", f"{link.id}<")))
            arcs.sort(key=lambda arc: arc[0])
            tails = np.array([arc[0] for arc in arcs], dtype=np.int64)
            self._graphs[key] = Graph(
                np.searchsorted(tails, np.arange(len(self._places) + 1)).astype(np.int64),
                np.array([arc[1] for arc in arcs], dtype=np.int64),
                np.array([arc[2] for arc in arcs], dtype=np.float64),
                [arc[3] for arc in arcs],
                {arc[3].name: number for number, arc in enumerate(arcs)},
            )
        return self._graphs[key]

    def _tree(self, traits: Traits, start: str) -> Tree:
        key = (self._key(traits), start)
        if key not in self._trees:
            graph = self._graph(traits)
            self._trees[key] = shortest.tree(
                graph.first, graph.head, graph.hours, self._node[start], -1
            )
        return self._trees[key]

    def _follow(self, graph: Graph, tree: Tree, start: str, end: str) -> Route | None:
        hours, last = tree
        if not hours[self._node[end]] < math.inf:
            return None
        steps: list[Step] = []
        place = end
        while place != start:
            step = graph.steps[last[self._node[place]]]
            steps.append(step)
            place = step.link.from_place if step.direction == ">" else step.link.to_place
        return Route(tuple(reversed(steps)), float(hours[self._node[end]]))

    def _always_closed(self, link: Link) -> bool:
        row = self._resources.index.get(f"link:{link.id}>")
        return row is not None and not self._resources.capacity[row].any()
