"""Ways over the links: the quickest for a load, and alternatives that avoid its tight places.

Dijkstra's algorithm over the links that the load may pass. Loads that are stopped by the same
links share their answers, so the cost grows with the number of different obstacles, not of units.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from amberway.network.resources import Resources
from amberway.network.traits import Traits, stops
from amberway.scenario import Scenario
from amberway.scenario.geography import Link, Mode

_PENALTY = 2.0  # a tight link counts double when an alternative is looked for
_DETOUR = 1.5  # alternatives longer than this, plus half a day, are not offered
_HALF_DAY = 12.0


@dataclass(frozen=True)
class Step:
    """One link travelled in one direction (`>` from → to, `<` back)."""

    link: Link
    direction: str

    @property
    def name(self) -> str:
        """Link id with direction, as in plans and resource names."""
        return self.link.id + self.direction

    @property
    def end(self) -> str:
        """The place where the step ends."""
        return self.link.to_place if self.direction == ">" else self.link.from_place


@dataclass(frozen=True)
class Route:
    """A way over links of one mode. `hours` is moving time with passages, without night halts."""

    steps: tuple[Step, ...]
    hours: float

    @cached_property
    def km(self) -> float:
        """Length in kilometres."""
        return sum(step.link.km for step in self.steps)


Arc = tuple[int, float, Step]


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
        self._graphs: dict[tuple[object, ...], list[list[Arc]]] = {}
        self._keys: dict[Traits, tuple[object, ...]] = {}
        self._trees: dict[tuple[object, ...], tuple[list[float], list[Step | None]]] = {}
        self._routes: dict[tuple[object, ...], tuple[Route, ...]] = {}

    def hours(self, traits: Traits, start: str) -> dict[str, float]:
        """Hours from `start` to every place that the load can reach."""
        reach, _ = self._tree(traits, start)
        return {p: h for p, h in zip(self._places, reach, strict=True) if h < float("inf")}

    def hours_between(self, traits: Traits, start: str, end: str) -> float:
        """Hours of the quickest way (infinite: there is none)."""
        return self._tree(traits, start)[0][self._node[end]]

    def quickest(self, traits: Traits, start: str, end: str) -> Route | None:
        """The quickest way, or None."""
        hours, steps = self._tree(traits, start)
        return self._follow(hours, steps, start, end)

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
        found = {tuple(s.name for s in first.steps)}
        penalty: dict[str, float] = {}
        route = first
        for _ in range(most - 1):
            tight = [s.name for s in route.steps if f"link:{s.name}" in self._resources.index]
            if not tight:
                return
            for name in tight:
                penalty[name] = penalty.get(name, 1.0) * _PENALTY
            tree = self._dijkstra(self._graph(traits), start, penalty)
            other = self._follow(*tree, start, end)
            if other is None:
                return
            hours = sum(step_hours(s.link, traits) for s in other.steps)
            route = Route(other.steps, hours)
            names = tuple(s.name for s in route.steps)
            if names in found or hours > first.hours * _DETOUR + _HALF_DAY:
                continue
            found.add(names)
            yield route

    def _key(self, traits: Traits) -> tuple[object, ...]:
        """Loads that are stopped by the same links and move at the same pace are the same."""
        if traits not in self._keys:
            blocked = tuple(k.id for k in self._links[traits.mode] if stops(k, traits))
            self._keys[traits] = (traits.mode, traits.speed_kmh, blocked)
        return self._keys[traits]

    def _graph(self, traits: Traits) -> list[list[Arc]]:
        key = self._key(traits)
        if key not in self._graphs:
            graph: list[list[Arc]] = [[] for _ in self._places]
            for link in self._links[traits.mode]:
                if stops(link, traits) is None:
                    hours = step_hours(link, traits)
                    a, b = self._node[link.from_place], self._node[link.to_place]
                    graph[a].append((b, hours, Step(link, ">")))
                    if link.two_way:
                        graph[b].append((a, hours, Step(link, "<")))
            self._graphs[key] = graph
        return self._graphs[key]

    def _tree(self, traits: Traits, start: str) -> tuple[list[float], list[Step | None]]:
        key = (self._key(traits), start)
        if key not in self._trees:
            self._trees[key] = self._dijkstra(self._graph(traits), start, {})
        return self._trees[key]

    def _dijkstra(
        self, graph: list[list[Arc]], start: str, penalty: dict[str, float]
    ) -> tuple[list[float], list[Step | None]]:
        hours = [float("inf")] * len(graph)
        last: list[Step | None] = [None] * len(graph)
        source = self._node[start]
        hours[source] = 0.0
        queue = [(0.0, source)]
        while queue:
            so_far, node = heapq.heappop(queue)
            if so_far > hours[node]:
                continue
            for head, length, step in graph[node]:
                weight = length * penalty.get(step.name, 1.0) if penalty else length
                if so_far + weight < hours[head]:
                    hours[head] = so_far + weight
                    last[head] = step
                    heapq.heappush(queue, (hours[head], head))
        return hours, last

    def _follow(
        self, hours: list[float], last: list[Step | None], start: str, end: str
    ) -> Route | None:
        if hours[self._node[end]] == float("inf"):
            return None
        steps: list[Step] = []
        place = end
        while place != start:
            step = last[self._node[place]]
            if step is None:
                return None
            steps.append(step)
            place = step.link.from_place if step.direction == ">" else step.link.to_place
        return Route(tuple(reversed(steps)), hours[self._node[end]])

    def _always_closed(self, link: Link) -> bool:
        row = self._resources.index.get(f"link:{link.id}>")
        return row is not None and not self._resources.capacity[row].any()
