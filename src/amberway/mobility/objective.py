"""What a plan is judged by: the cost of a lot's arrival, by period.

Every objective is a sum over lots of a cost that never falls with the time of arrival; a lot that
does not arrive costs as much as one that arrives at the horizon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from amberway.mobility.lots import Lot
from amberway.scenario import Scenario
from amberway.units import HOURS_PER_DAY, periods

Costs = NDArray[np.float64]
"""Cost of arriving in period 0 … T, then of not arriving: float64[T + 2]."""


class Objective(Protocol):
    """A cost for every lot and period."""

    name: str

    def costs(self, scenario: Scenario, lot: Lot) -> Costs:
        """Costs of a lot; lots of one force element and weight have the same."""


def _days(scenario: Scenario) -> Costs:
    settings = scenario.settings
    periods_of = np.append(np.arange(settings.horizon + 1), settings.horizon)
    return periods_of * settings.grid_hours / HOURS_PER_DAY


class PriorityArrival:
    """Σ weight x day of arrival: every day counts for every lot (weighted days)."""

    name = "arrival"

    def costs(self, scenario: Scenario, lot: Lot) -> Costs:
        """Weight x days."""
        return lot.weight * _days(scenario)


class Lateness:
    """Σ weight x days after the required delivery date; units without one cost nothing.

    A lot that does not arrive is late until the horizon.
    """

    name = "lateness"

    def costs(self, scenario: Scenario, lot: Lot) -> Costs:
        """Weight x days late."""
        due = scenario.forces[lot.force].rdd_day
        if due is None:
            return np.zeros(scenario.settings.horizon + 2)
        return lot.weight * np.maximum(0.0, _days(scenario) - due)


@dataclass(frozen=True)
class Deadline:
    """Number of lots that arrive after a period: the test whether all can arrive by then."""

    last: int
    name = "deadline"

    def costs(self, scenario: Scenario, lot: Lot) -> Costs:  # noqa: ARG002  (as the protocol)
        """1 after the deadline, else 0."""
        late = np.ones(scenario.settings.horizon + 2)
        late[: self.last + 1] = 0.0
        return late


class Closure:
    """A guide towards an early last closure: the later a lot, the more a period counts.

    Σ (days after `floor`)², with a little of the days themselves, so that no lot dawdles. What is
    certified is the day of the last closure itself, see `closure`.
    """

    name = "closure"

    def __init__(self, floor: float = 0.0) -> None:
        self._floor = floor

    def costs(self, scenario: Scenario, lot: Lot) -> Costs:  # noqa: ARG002  (as the protocol)
        """Square days, and a hundredth of the days."""
        days = _days(scenario)
        return np.maximum(0.0, days - self._floor) ** 2 + 0.01 * days


OBJECTIVES = (PriorityArrival.name, Lateness.name, Closure.name)


def marry_up(scenario: Scenario) -> int:
    """Periods from the arrival of the last lot to closure."""
    return periods(scenario.settings.factors.marry_up_h, scenario.settings.grid_hours)
