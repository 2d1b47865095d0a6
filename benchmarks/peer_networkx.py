"""The named peer: earliest-arrival list scheduling written plainly on networkx.

Road marches of wheeled lots over links with a daily rate, night halts, border clearance and
reception: the part of the model that is told in a page of Python. Graph and shortest paths are
networkx's, capacities are Python dicts. It shares the lots and their order with Amberway, nothing
else, and must find the same arrivals.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import Any

import networkx as nx

from amberway.mobility.lots import Lot
from amberway.scenario import Scenario
from amberway.scenario.geography import Function, Link, Mode

WAYS, TRIES, PENALTY, DETOUR, HALF_DAY = 3, 2, 2.0, 1.5, 12.0
Step = tuple[Link, str]


class Peer:
    """Schedules lots one after the other. `remember` keeps ways between lots of one kind."""

    def __init__(self, scenario: Scenario, *, remember: bool) -> None:
        self.scenario, self.remember = scenario, remember
        self.grid, self.horizon = scenario.settings.grid_hours, scenario.settings.horizon
        self.used: dict[tuple[str, int], int] = defaultdict(int)
        self.ways: dict[tuple[object, ...], list[list[Step]]] = {}
        self.release = {nation: self._release(nation) for nation in scenario.nations}
        self.reception = {
            t.place: t for t in scenario.terminals.values() if t.function is Function.RECEPTION
        }

    def place(self, lot: Lot) -> int | None:
        """Period of arrival of a lot, None if there is none within the horizon."""
        best: tuple[int, int, list[tuple[str, int]]] | None = None
        for way in self._ways(lot):
            entries, crossings, haul = self._march(way)
            start = max(
                [lot.ready]
                + [self.release[nation] - at for nation, at in crossings if nation != lot.nation]
            )
            limit = self.horizon if best is None else best[0] - 1
            while start + haul <= limit:
                if all(self._room(name, start + at) for name, at in entries):
                    best = (start + haul, start, entries)
                    break
                start += 1
        if best is None:
            return None
        end, start, entries = best
        return self._received(lot, end, [(name, start + at) for name, at in entries])

    def _received(self, lot: Lot, end: int, taken: list[tuple[str, int]]) -> int | None:
        terminal = self.reception.get(lot.destination)
        if terminal is not None:
            hours = (terminal.handling_h or 0) * 24 / terminal.hours_per_day
            length = math.ceil(hours / self.grid - 1e-9)
            start = max(end, lot.earliest_arrival - length)
            slots = range(start, start + length)
            while any(self.used[terminal.id, p] >= terminal.slots for p in slots):
                start += 1
                slots = range(start, start + length)
            end = start + length
            taken += [(terminal.id, p) for p in slots]
        if end > self.horizon:
            return None
        for key in taken:
            self.used[key] += 1
        return end

    def _room(self, name: str, period: int) -> bool:
        per_day = self.scenario.links[name[:-1]].capacity_per_day
        if per_day is None:
            return True
        step = per_day * self.grid / 24
        rate = math.floor((period + 1) * step + 1e-9) - math.floor(period * step + 1e-9)
        return self.used[name, period] < rate

    def _march(self, way: list[Step]) -> tuple[list[tuple[str, int]], list[tuple[str, int]], int]:
        """Links entered and nations entered, by periods from the start; periods of the haul."""
        daily = self.scenario.settings.factors.march_hours_per_day
        driving = passages = elapsed = 0.0
        entries, crossings = [], []
        for link, direction in way:
            entries.append((link.id + direction, math.floor(elapsed / self.grid + 1e-9)))
            driving += link.km / (link.speed_kmh or 1)
            passages += link.passage_h
            halts = math.floor(max(0.0, driving - 1e-9) / daily)
            elapsed = driving + halts * (24 - daily) + passages
            near, far = (self.scenario.places[p].nation for p in (link.from_place, link.to_place))
            if direction == "<":
                near, far = far, near
            if far is not None and far != near:
                crossings.append((far, math.floor(elapsed / self.grid + 1e-9)))
        return entries, crossings, math.ceil(elapsed / self.grid - 1e-9)

    def _ways(self, lot: Lot) -> list[list[Step]]:
        key = (lot.origin, lot.destination, lot.most("mlc"), lot.most("axle_load_t"),
               lot.most("width_m"), lot.most("height_m"))  # fmt: skip
        if not self.remember:
            return self._alternatives(lot)
        if key not in self.ways:
            self.ways[key] = self._alternatives(lot)
        return self.ways[key]

    def _alternatives(self, lot: Lot) -> list[list[Step]]:
        """The quickest way, and others that avoid its links with a rate."""
        graph = self._graph(lot)
        found: list[list[Step]] = []
        shortest = 0.0
        way: list[Step] = []
        for _ in range(1 + TRIES * (WAYS - 1)):
            tight = [s for s in way if s[0].capacity_per_day is not None]
            if len(found) == WAYS or (way and not tight):
                break
            for link, direction in tight:
                ends = (link.from_place, link.to_place)
                a, b = ends if direction == ">" else ends[::-1]
                graph[a][b][link.id]["hours"] *= PENALTY
            try:
                nodes = nx.dijkstra_path(graph, lot.origin, lot.destination, weight="hours")
            except nx.NetworkXNoPath:
                break
            way = [self._step(graph, a, b) for a, b in pairwise(nodes)]
            hours = sum(link.km / (link.speed_kmh or 1) + link.passage_h for link, _ in way)
            shortest = shortest or hours
            if way not in found and hours <= shortest * DETOUR + HALF_DAY:
                found.append(way)
        return found

    def _graph(self, lot: Lot) -> nx.MultiDiGraph[str]:
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from(self.scenario.places)
        for link in self.scenario.links.values():
            if link.mode is Mode.ROAD and not stops(link, lot):
                hours = link.km / (link.speed_kmh or 1) + link.passage_h
                ends: list[tuple[str, str, str]] = [(link.from_place, link.to_place, ">")]
                if link.two_way:
                    ends.append((link.to_place, link.from_place, "<"))
                for a, b, direction in ends:
                    graph.add_edge(a, b, key=link.id, hours=hours, step=(link, direction))
        return graph

    def _step(self, graph: nx.MultiDiGraph[str], a: str, b: str) -> Step:
        edges: dict[str, Any] = graph[a][b]
        step: Step = min(edges.values(), key=lambda e: e["hours"])["step"]
        return step

    def _release(self, nation: str) -> int:
        row = self.scenario.nations[nation]
        days = [
            start.from_day + lead
            for start in self.scenario.settings.phases
            if (lead := getattr(row, f"clearance_{start.phase.value}_days")) is not None
        ]
        return math.ceil(min(days) * 24 / self.grid - 1e-9) if days else self.horizon


def stops(link: Link, lot: Lot) -> bool:
    """Does a limit of the road stop the lot?"""
    limits = (
        (lot.most("mlc"), link.mlc_wheeled),
        (lot.most("axle_load_t"), link.axle_load_t),
        (lot.most("width_m"), link.max_width_m),
        (lot.most("height_m"), link.max_height_m),
    )
    return any(limit is not None and value > limit for value, limit in limits)
