"""Who holds what when, added up and held against what there is.

Every check of a move books what the move uses; at the end each resource's bookings become a use by
period (difference arrays) that is compared with its capacity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.verify.sharing import Wish, share
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import World
from amberway.scenario.geography import Function, Terminal
from amberway.scenario.lift import LiftKind

Booking = tuple[int, int, int, str]
"""First period, first period no longer, amount, who."""

Capacities = Mapping[str, NDArray[np.int64]]
"""What there is of each finite resource in each period (shape: horizon), by its name in files."""

NO_LIMIT = 1 << 40


class Ledger:
    """Bookings by resource: link directions, terminals, lift pools."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._links: dict[tuple[str, bool], list[Booking]] = {}
        self._terminals: dict[str, list[Booking]] = {}
        self._either: list[tuple[tuple[str, ...], Booking]] = []
        self._open: dict[str, list[Booking]] = {}
        self._pools: dict[str, list[Booking]] = {}
        self.booked = 0

    def enter(self, link: str, forward: bool, period: int, who: str) -> None:
        """One lot enters a link."""
        self._links.setdefault((link, forward), []).append((period, period + 1, 1, who))

    def hold_terminal(
        self, terminals: Sequence[Terminal], first: int, last: int, amount: int, who: str
    ) -> None:
        """Slots or stand-minutes of one of the terminals are held in the periods [first, last)."""
        booking = first, last, amount, who
        if len(terminals) > 1:
            self._either.append((tuple(t.id for t in terminals), booking))
        for terminal in terminals if len(terminals) == 1 else ():
            self._terminals.setdefault(terminal.id, []).append(booking)

    def hold_pool(self, lift: str, first: int, last: int, amount: int, who: str) -> None:
        """Assets of a pool are held in the periods [first, last)."""
        self._pools.setdefault(lift, []).append((first, last, amount, who))

    def check(self, findings: Findings) -> None:
        """Compare all that is booked with all that there is."""
        self._check_links(findings)
        self._check_terminals(findings)
        for name, bookings in self._pools.items():
            lift = self._world.scenario.lift[name]
            unit = "ships" if lift.kind is LiftKind.SHIP else "assets"
            self._compare("pool", f"lift:{name}", bookings, self._world.pool(lift), unit, findings)

    def _check_links(self, findings: Findings) -> None:
        for (name, forward), bookings in self._links.items():
            link = self._world.scenario.links[name]
            resource = f"link:{name}{'>' if forward else '<'}"
            usable = self._world.open(link.opens, link.closes, name)
            self._closed(resource, bookings, usable, findings)
            if link.capacity_per_day is None:
                self.booked += len({b[0] for b in bookings})
                continue
            rate = self._world.rate(link.capacity_per_day, usable, self._world.remaining(name))
            rate[~usable] = np.iinfo(np.int64).max  # said already
            self._compare("link-capacity", resource, bookings, rate, "lots", findings)

    def _share_out(self) -> None:
        """Give each booking that may be of several terminals one of them."""
        names = {name for terminals, _ in self._either for name in terminals}
        room = {
            name: self._world.slots(self._world.scenario.terminals[name])
            - self._use(self._terminals.get(name, []))
            for name in sorted(names)
        }
        either = sorted(self._either, key=lambda e: (e[1], e[0]))
        wishes = []
        for terminals, (first, last, amount, _) in either:
            a, b = (min(max(p, 0), self._world.horizon) for p in (first, last))
            wishes.append(Wish(terminals, a, b, amount))
        shares = share(room, wishes)
        for (_, booking), name in zip(either, shares.chosen, strict=True):
            self._terminals.setdefault(name, []).append(booking)
        for i in shares.open:
            for name in wishes[i].terminals:
                self._open.setdefault(name, []).append(either[i][1])

    def _check_terminals(self, findings: Findings) -> None:
        self._share_out()
        for name, bookings in self._terminals.items():
            terminal = self._world.scenario.terminals[name]
            resource = f"terminal:{name}"
            usable = self._world.open(terminal.opens, terminal.closes, name)
            self._closed(resource, bookings, usable, findings)
            slots = self._world.slots(terminal)
            slots[~usable] = np.iinfo(np.int64).max
            unit = "stand-minutes" if terminal.function is Function.AIR else "slots"
            doubt = self._open.get(name, ())
            self._compare("terminal-capacity", resource, bookings, slots, unit, findings, doubt)

    def _closed(
        self,
        resource: str,
        bookings: list[Booking],
        usable: NDArray[np.bool_],
        findings: Findings,
    ) -> None:
        if usable.all():
            return
        shut = np.concatenate(([0], np.cumsum(~usable)))
        for first, last, _, who in bookings:
            a, b = (min(max(p, 0), self._world.horizon) for p in (first, last))
            if b > a and shut[b] > shut[a]:
                period = a + int(np.argmin(usable[a:b]))
                findings.add("closed", who, f"uses {resource} while it is closed", period)

    def _compare(
        self,
        rule: str,
        resource: str,
        bookings: list[Booking],
        capacity: NDArray[np.int64],
        unit: str,
        findings: Findings,
        doubt: Sequence[Booking] = (),
    ) -> None:
        """Note every run of periods in which more is booked than there is.

        For bookings in `doubt` it is not known if another terminal would have had room.
        """
        use = self._use(bookings)
        self.booked += int(np.count_nonzero(use))
        over = np.flatnonzero(use > capacity)
        if not over.size:
            return
        for run in np.split(over, np.flatnonzero(np.diff(over) > 1) + 1):
            period = int(run[0])
            who = _names(b[3] for b in bookings if b[0] <= period < b[1])
            length = f" for {run.size} periods" if run.size > 1 else ""
            said = f"{use[period]} {unit} are used, there are {capacity[period]}{length}: {who}"
            if any(b[0] <= run[-1] and b[1] > period for b in doubt):
                said += "; too many at once to know if the terminals there could share them"
            findings.add(rule, resource, said, period)

    def _use(self, bookings: list[Booking]) -> NDArray[np.int64]:
        """Amount booked in each period of the horizon."""
        table = np.array([b[:3] for b in bookings], dtype=np.int64).reshape(-1, 3)
        first, last = np.clip(table[:, :2], 0, self._world.horizon).T
        change = np.zeros(self._world.horizon + 1, dtype=np.int64)
        kept = last > first
        np.add.at(change, first[kept], table[kept, 2])
        np.subtract.at(change, last[kept], table[kept, 2])
        use: NDArray[np.int64] = np.cumsum(change)[:-1]
        return use


def capacities(world: World) -> Capacities:
    """Every finite resource; NO_LIMIT for a link without a limit while it is not closed."""
    found: dict[str, NDArray[np.int64]] = {}
    for link in world.scenario.links.values():
        usable = world.open(link.opens, link.closes, link.id)
        if link.capacity_per_day is not None:
            series = world.rate(link.capacity_per_day, usable, world.remaining(link.id))
        elif usable.all():
            continue
        else:
            series = np.where(usable, NO_LIMIT, 0)
        for direction in "><" if link.two_way else ">":
            found[f"link:{link.id}{direction}"] = series
    for terminal in world.scenario.terminals.values():
        found[f"terminal:{terminal.id}"] = world.slots(terminal)
    for lift in world.scenario.lift.values():
        found[f"lift:{lift.id}"] = world.pool(lift)
    return found


def _names(who: Iterable[str]) -> str:
    names = list(who)
    rest = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return ", ".join(names[:4]) + rest
