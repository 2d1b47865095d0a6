"""The best plan of a tiny scenario, by trying all of them (branch and bound).

Ships are individuals: each makes its voyages one after the other, comes in ballast to the next
port, and holds berths as long as a full ship takes (the rules of mobility/shipping.py).

Every lot has a list of choices: what it holds of which resource and when, the voyages that it
wants to be aboard of, and the cost of its arrival. What can never run short (more of it in every
period than all lots together may ask for) is left out; then, of moves that hold nothing that can
run short only the earliest start is worth a try, and of choices that hold the same only the
cheapest. Lots are taken one after the other, cheapest choice first; a branch ends when what is
spent, and the cheapest choice of every lot to come, cost no less than the best plan known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.lots import Lot
from amberway.mobility.options import Options, SeaWay
from amberway.mobility.passages import Passage
from amberway.network.moves import Move, earliest_start
from amberway.network.resources import usable
from amberway.scenario import Scenario
from amberway.scenario.lift import LiftKind
from amberway.units import period_to_days
from offers import Offers, is_persons, read

Ints = NDArray[np.int64]
Hold = tuple[int, int, int, int]
"""Resource, first period, period after the last, amount."""
Boarding = tuple[Passage, int]
"""A voyage and the period in which loading starts."""


class TooBigError(Exception):
    """There is too much to try."""


@dataclass(frozen=True)
class Choice:
    """An itinerary of a lot, as far as others may be in its way; cost in weighted periods."""

    cost: int
    holds: tuple[Hold, ...]
    boards: tuple[Boarding, ...]


@dataclass
class Hull:
    """One ship with its voyages, in the order of their time."""

    number: int
    passages: list[Sailing] = field(default_factory=list)


@dataclass(eq=False)
class Sailing:
    """A voyage in the making: what is aboard, and of how many lots."""

    passage: Passage
    start: int
    lane_m: float = 0.0
    pax: int = 0
    lots: int = 0

    @property
    def end(self) -> int:
        """When the ship has been discharged."""
        return self.start + self.passage.least


def optimum(scenario: Scenario, *, choices: int = 3000, nodes: int = 300_000) -> float:
    """Least Σ weight x arrival in days; a lot that does not arrive counts as at the horizon.

    Raises TooBigError if a lot has too many choices, or the search too many nodes.
    """
    offers = read(scenario)
    search = _Search(offers, _Chooser(offers, choices), nodes)
    return period_to_days(search.best(), scenario.settings.grid_hours)


class _Chooser:
    """Lists the choices of lots."""

    def __init__(self, offers: Offers, most: int) -> None:
        self._offers = offers
        self._most = most
        self._scarce = self._can_run_short()

    def _can_run_short(self) -> NDArray[np.bool_]:
        """Cells [r, t] with less capacity than all lots together could ever hold at once."""
        offers = self._offers
        capacity = offers.ground.resources.capacity
        most = np.zeros(len(capacity), dtype=np.int64)
        for options in offers.options:
            received = [] if options.reception is None else [options.reception.uses]
            leaving = {place: [m.uses for m in moves] for place, moves in options.moves.items()}
            for place, ways in options.sea.items():
                voyages = [p for way in ways for p in offers.voyages(way)]
                leaving.setdefault(place, []).extend(self._with_ship(p) for p in voyages)
            for tables in (received, *leaving.values()):  # a lot leaves every place but once
                worst = np.zeros(len(capacity), dtype=np.int64)
                for uses in tables:
                    taken = np.bincount(uses[:, 0], uses[:, 3], len(capacity)).astype(np.int64)
                    worst = np.maximum(worst, taken)
                most += worst
        return np.asarray(capacity < most[:, None], dtype=np.bool_)

    def of(self, lot: Lot, options: Options) -> list[Choice]:
        """Every choice worth a try, the cheapest first; the last holds nothing."""
        best: dict[tuple[tuple[Hold, ...], tuple[Boarding, ...]], int]
        best = {((), ()): self._offers.horizon}  # to stay
        possible = options.reception is not None or lot.destination in options.bound
        begin = max(lot.ready, options.first_start)
        ways = self._from(lot, options, lot.origin, begin, frozenset()) if possible else ()
        for number, (arrival, holds, boards) in enumerate(ways):
            key = tuple(sorted(holds)), boards
            best[key] = min(best.get(key, arrival), arrival)
            if number > self._most:
                raise TooBigError(f"{lot.id} has more than {self._most} choices")
        found = [Choice(lot.weight * at, *key) for key, at in best.items()]
        found.sort(key=lambda c: (c.cost, len(c.holds) + len(c.boards)))
        free = next(n for n, c in enumerate(found) if not c.holds and not c.boards)
        return found[: free + 1]

    def _from(
        self, lot: Lot, options: Options, place: str, at: int, seen: frozenset[str]
    ) -> Iterator[tuple[int, tuple[Hold, ...], tuple[Boarding, ...]]]:
        """Arrival, holds and voyages of every way on from a place, where the lot is at `at`."""
        T = self._offers.horizon
        if at > T:
            return
        if place == lot.destination:
            if options.reception is None:
                yield max(at, lot.earliest_arrival), (), ()
                return
            first = max(at, lot.earliest_arrival - options.reception.duration)
            for end, holds in self._starts(options.reception, first, T):
                yield end, holds, ()
            return
        for move in options.moves.get(place, ()):
            if move.end not in seen:
                first = max(at, earliest_start(move, lot.nation, self._offers.ground.releases))
                if move.end == lot.destination and options.reception is None:
                    first = max(first, lot.earliest_arrival - move.duration)
                for end, holds in self._starts(move, first, self._last(lot, options, place)):
                    on = self._from(lot, options, move.end, end, seen | {place})
                    yield from ((arrival, holds + more, boards) for arrival, more, boards in on)
        for way in options.sea.get(place, ()):
            if way.end not in seen:
                for passage, start in self._voyages(lot, options, way, at):
                    on = self._from(lot, options, way.end, start + passage.least, seen | {place})
                    for arrival, more, boards in on:
                        yield arrival, more, ((passage, start), *boards)

    def _last(self, lot: Lot, options: Options, place: str) -> int:
        """Last period in which a move may start, for a pinned date's sake."""
        pinned = options.last_start is not None and place == lot.origin
        return options.last_start if pinned else self._offers.horizon  # type: ignore[return-value]

    def _starts(self, move: Move, first: int, last: int) -> Iterator[tuple[int, tuple[Hold, ...]]]:
        """End and holds of every start worth a try."""
        T = self._offers.horizon
        for start in range(max(0, first), min(last, T - move.duration) + 1):
            holds = self._holds(move.uses, start)
            if holds is not None:
                yield start + move.duration, holds
                if not holds:
                    return

    def _holds(self, uses: Ints, start: int) -> tuple[Hold, ...] | None:
        """What can run short of what is held from a start on; None if that never fits."""
        T = self._offers.horizon
        capacity = self._offers.ground.resources.capacity
        holds = []
        for resource, offset, length, amount in uses.tolist():
            begin, end = start + offset, min(start + offset + length, T)
            if begin < end:
                if (capacity[resource, begin:end] < amount).any():
                    return None
                if self._scarce[resource, begin:end].any():
                    holds.append((resource, begin, end, amount))
        return tuple(holds)

    def _voyages(
        self, lot: Lot, options: Options, way: SeaWay, at: int
    ) -> Iterator[tuple[Passage, int]]:
        """Voyages that the lot can board in time, with the start of loading."""
        offers = self._offers
        for passage in offers.voyages(way):
            begin = offers.first_loading(passage)
            if begin is None:
                continue
            aboard = at + offers.own_loading(lot, passage) - passage.loading
            first = max(begin, aboard, offers.cleared_loading(lot, passage))
            if way.end == lot.destination and options.reception is None:
                first = max(first, lot.earliest_arrival - passage.least)
            last = min(self._last(lot, options, way.start), offers.horizon - passage.least)
            uses = self._with_ship(passage)
            for start in range(first, last + 1):
                if self._holds(uses, start) is not None:
                    yield passage, start

    def _with_ship(self, passage: Passage) -> Ints:
        """What a voyage holds, with the ship."""
        ship = self._offers.ground.resources.index[f"lift:{passage.lift.id}"]
        return np.vstack([np.array([(ship, 0, passage.least, 1)]), passage.uses])


class _Search:
    """Depth first over lots, then over their choices, then over the ships to board."""

    def __init__(self, offers: Offers, chooser: _Chooser, nodes: int) -> None:
        self._offers = offers
        self._left = nodes
        self._free = offers.ground.resources.capacity.astype(np.int64)
        self._stow = offers.ground.scenario.settings.factors.stow_factor
        self._fleet = {
            lift.id: [Hull(number) for number in range(usable(lift))]
            for lift in offers.ground.scenario.lift.values()
            if lift.kind is LiftKind.SHIP
        }
        listed = [
            (_alike(lot, options), lot, chooser.of(lot, options))
            for lot, options in zip(offers.lots, offers.options, strict=True)
        ]
        # Heavy lots and lots with few choices first; lots that are alike next to each other.
        listed.sort(key=lambda item: (-item[1].weight, len(item[2]), hash(item[0])))
        self._lots = [lot for _, lot, _ in listed]
        self._choices = [choices for _, _, choices in listed]
        kinds = [kind for kind, _, _ in listed]
        self._twin = [n > 0 and kind == kinds[n - 1] for n, kind in enumerate(kinds)]
        least = [choices[0].cost for choices in self._choices]
        self._to_come = np.append(np.cumsum(least[::-1])[::-1], 0).tolist()
        self._best = sum(lot.weight for lot in self._lots) * offers.horizon

    def best(self) -> int:
        """Cost of the best plan, in weighted periods."""
        self._place(0, 0, 0)
        return self._best

    def _place(self, number: int, spent: int, first: int) -> None:
        """Place the lots from `number` on; a lot like the one before starts with choice `first`."""
        if number == len(self._lots):
            if self._ships_fit():
                self._best = min(self._best, spent)
            return
        for n in range(first, len(self._choices[number])):
            choice = self._choices[number][n]
            if spent + choice.cost + self._to_come[number + 1] >= self._best:
                return
            self._left -= 1
            if self._left < 0:
                raise TooBigError("too many plans to try")
            if self._book(choice.holds):
                twin = number + 1 < len(self._lots) and self._twin[number + 1]
                for _ in self._aboard(self._lots[number], choice.boards):
                    self._place(number + 1, spent + choice.cost, n if twin else 0)
                self._release(choice.holds)

    def _book(self, holds: tuple[Hold, ...]) -> bool:
        """Take what a choice holds; False (and nothing is taken) if it does not fit."""
        for done, (resource, begin, end, amount) in enumerate(holds):
            self._free[resource, begin:end] -= amount
            if (self._free[resource, begin:end] < 0).any():
                self._release(holds[: done + 1])
                return False
        return True

    def _release(self, holds: tuple[Hold, ...]) -> None:
        for resource, begin, end, amount in holds:
            self._free[resource, begin:end] += amount

    # --- ships ------------------------------------------------------------------------------

    def _aboard(self, lot: Lot, boards: tuple[Boarding, ...]) -> Iterator[None]:
        """Yield with the lot aboard its voyages, once for every ship that it can take."""
        if not boards:
            yield
            return
        (passage, start), rest = boards[0], boards[1:]
        unused = False
        for hull in self._fleet[passage.lift.id]:
            found = [s for s in hull.passages if s.passage is passage and s.start == start]
            if found:
                (sailing,) = found
                if self._room(lot, sailing):
                    self._load(lot, sailing, 1)
                    yield from self._aboard(lot, rest)
                    self._load(lot, sailing, -1)
                continue
            if not hull.passages:
                if unused:  # ships that have not sailed yet are alike
                    continue
                unused = True
            sailing = Sailing(passage, start)
            if self._room(lot, sailing) and self._follows(hull, sailing):
                holds = self._berths(sailing)
                if self._book(holds):
                    hull.passages.append(sailing)
                    hull.passages.sort(key=lambda s: s.start)
                    self._load(lot, sailing, 1)
                    yield from self._aboard(lot, rest)
                    self._load(lot, sailing, -1)
                    hull.passages.remove(sailing)
                    self._release(holds)

    def _room(self, lot: Lot, sailing: Sailing) -> bool:
        ship = sailing.passage.lift
        if is_persons(lot):
            return sailing.pax + lot.persons <= (ship.pax or 0)
        return sailing.lane_m + lot.lane_m <= (ship.lane_m or 0.0) * self._stow + 1e-9

    def _load(self, lot: Lot, sailing: Sailing, sign: int) -> None:
        if is_persons(lot):
            sailing.pax += sign * lot.persons
        else:
            sailing.lane_m += sign * lot.lane_m

    def _berths(self, sailing: Sailing) -> tuple[Hold, ...]:
        """Berths and links of a voyage; the ship itself is counted when the plan is complete."""
        T = self._offers.horizon
        return tuple(
            (resource, sailing.start + offset, min(sailing.start + offset + length, T), amount)
            for resource, offset, length, amount in sailing.passage.uses.tolist()
        )

    def _follows(self, hull: Hull, new: Sailing) -> bool:
        """Can the ship make this voyage as well? (Detours never save time, so pairs suffice.)"""
        ballast = self._ballast(new, None)
        if ballast is None or new.start - ballast < self._offers.notice(new.passage):
            return False
        for other in hull.passages:
            before, after = sorted((other, new), key=lambda s: s.start)
            ballast = self._ballast(after, before)
            if ballast is None or before.end + ballast > after.start:
                return False
        return True

    def _ballast(self, sailing: Sailing, before: Sailing | None) -> int | None:
        lift = sailing.passage.lift
        place = lift.home if before is None else before.passage.end
        return self._offers.ground.passages.ballast(lift, place or "", sailing.passage.start)

    def _ships_fit(self) -> bool:
        """Has every pool enough ships in every period, those in ballast among them?"""
        T = self._offers.horizon
        capacity = self._offers.ground.resources.capacity
        for lift, hulls in self._fleet.items():
            used = np.zeros(T, dtype=np.int64)
            for hull in hulls:
                before = None
                for sailing in hull.passages:
                    ballast = self._ballast(sailing, before)
                    assert ballast is not None
                    used[sailing.start - ballast : sailing.end] += 1
                    before = sailing
            if (used > capacity[self._offers.ground.resources.index[f"lift:{lift}"]]).any():
                return False
        return True


def _alike(lot: Lot, options: Options) -> tuple[object, ...]:
    """Equal for lots that may change places."""
    items = tuple((item.id, count) for item, count in lot.items)
    return id(options), lot.ready, lot.earliest_arrival, lot.weight, lot.persons, items
