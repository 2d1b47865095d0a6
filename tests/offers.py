"""What the oracles read of a scenario: its lots, their options, the voyages of its ships.

The oracles (`arcflow`, `brute`) take the moves and voyages that the planner may choose from as
given, and share nothing else with the methods that they judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.options import Options, SeaWay
from amberway.mobility.passages import Passage
from amberway.scenario import Scenario
from amberway.scenario.force import CargoClass
from amberway.units import HOURS_PER_DAY, periods


@dataclass(frozen=True)
class Offers:
    """Lots with their options (of the same position), and what they have to keep to."""

    ground: Ground
    lots: tuple[Lot, ...]
    options: tuple[Options, ...]

    @property
    def horizon(self) -> int:
        """Number of periods."""
        return self.ground.scenario.settings.horizon

    def voyages(self, way: SeaWay) -> Iterator[Passage]:
        """Voyages that a sea way offers."""
        for lift, berths in way.calls:
            yield self.ground.passages.of(lift, way.start, way.end, berths)

    def first_loading(self, passage: Passage) -> int | None:
        """First period in which a ship that comes from its home can load; None if it cannot."""
        lift = passage.lift
        if lift.home is None:
            return None
        ballast = self.ground.passages.ballast(lift, lift.home, passage.start)
        return None if ballast is None else self.notice(passage) + ballast

    def notice(self, passage: Passage) -> int:
        """First period in which the ships of a voyage's class may move."""
        return periods(passage.lift.notice_days * HOURS_PER_DAY, self._grid)

    def cleared_loading(self, lot: Lot, passage: Passage) -> int:
        """First start of loading after which the lot is cleared wherever the ship calls."""
        releases = self.ground.releases
        needed = [releases[n] - at for n, at in passage.crossings if n != lot.nation]
        return max(needed, default=0)

    def own_loading(self, lot: Lot, passage: Passage) -> int:
        """Periods that the lot takes to go aboard."""
        if is_persons(lot):
            return 0
        return periods(lot.lane_m / (passage.berths[0].lane_m_per_h or 1.0), self._grid)

    @property
    def _grid(self) -> float:
        return self.ground.scenario.settings.grid_hours


def read(scenario: Scenario) -> Offers:
    """The lots of a scenario and what they may choose from."""
    ground = Ground.of(scenario)
    lots = tuple(lot for force in scenario.forces.values() for lot in lots_of(scenario, force))
    return Offers(ground, lots, tuple(ground.options.of(lot) for lot in lots))


def is_persons(lot: Lot) -> bool:
    """Does the lot take seats, not lane metres?"""
    return lot.cargo is CargoClass.PERSONS
