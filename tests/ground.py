"""What the oracles read of a scenario: its lots, their options, the voyages of its ships.

The oracles (`arcflow`, `brute`) take the moves and voyages that the planner may choose from as
given, and share nothing else with the methods that they judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.options import OptionMaker, Options, SeaWay
from amberway.mobility.passages import Passage, Passages
from amberway.network import resources
from amberway.network.clearance import release_periods
from amberway.network.moves import MoveMaker
from amberway.network.resources import Resources
from amberway.network.routing import Router
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.units import HOURS_PER_DAY, periods


@dataclass(frozen=True)
class Ground:
    """Lots with their options (of the same position), capacities, clearances and voyages."""

    scenario: Scenario
    resources: Resources
    lots: tuple[Lot, ...]
    options: tuple[Options, ...]
    releases: dict[str, int]
    passages: Passages

    @property
    def horizon(self) -> int:
        """Number of periods."""
        return self.scenario.settings.horizon

    def voyages(self, way: SeaWay) -> Iterator[Passage]:
        """Voyages that a sea way offers."""
        for lift, berths in way.calls:
            yield self.passages.of(lift, way.start, way.end, berths)

    def first_loading(self, passage: Passage) -> int | None:
        """First period in which a ship that comes from its home can load; None if it cannot."""
        lift = passage.lift
        if lift.home is None:
            return None
        ballast = self.passages.ballast(lift, lift.home, passage.start)
        return None if ballast is None else self.notice(passage) + ballast

    def notice(self, passage: Passage) -> int:
        """First period in which the ships of a voyage's class may move."""
        return periods(passage.lift.notice_days * HOURS_PER_DAY, self._grid)

    def cleared_loading(self, lot: Lot, passage: Passage) -> int:
        """First start of loading after which the lot is cleared wherever the ship calls."""
        needed = [self.releases[n] - at for n, at in passage.crossings if n != lot.nation]
        return max(needed, default=0)

    def own_loading(self, lot: Lot, passage: Passage) -> int:
        """Periods that the lot takes to go aboard."""
        if is_persons(lot):
            return 0
        return periods(lot.lane_m / (passage.berths[0].lane_m_per_h or 1.0), self._grid)

    @property
    def _grid(self) -> float:
        return self.scenario.settings.grid_hours


def read(scenario: Scenario) -> Ground:
    """The lots of a scenario and what they may choose from."""
    table = resources.build(scenario)
    router = Router(scenario, table)
    maker = MoveMaker(scenario, table)
    options = OptionMaker(scenario, table, router, maker)
    lots = tuple(lot for force in scenario.forces.values() for lot in lots_of(scenario, force))
    return Ground(
        scenario,
        table,
        lots,
        tuple(options.of(lot) for lot in lots),
        release_periods(scenario),
        Passages(scenario, table, router, maker),
    )


def is_persons(lot: Lot) -> bool:
    """Does the lot take seats, not lane metres?"""
    return lot.cargo is CargoClass.PERSONS
