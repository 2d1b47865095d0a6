"""Pins that no plan can obey are refused before planning begins, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from amberway.errors import Problem, ScenarioError
from amberway.mobility.cut import way
from amberway.mobility.ground import Ground
from amberway.mobility.lots import Lot, lots_of
from amberway.mobility.pins import Pins
from amberway.mobility.scheduler import Scheduler
from amberway.scenario import Scenario
from amberway.scenario.checks.registry import at_row
from amberway.units import HOURS_PER_DAY


def refuse_impossible_pins(scenario: Scenario) -> None:
    """Raise ScenarioError, naming every pin that no plan can obey and why, if there is one.

    A pin is impossible if one of its lots, alone on the whole network, cannot arrive within the
    horizon, but could without the pin. A lot that cannot arrive in any case is the plan's matter.
    """
    if not scenario.pins:
        return
    problems = list(_impossible(scenario))
    if problems:
        raise ScenarioError(problems)


def _impossible(scenario: Scenario) -> Iterator[Problem]:
    pins = Pins(scenario)
    pinned, free = _Alone(scenario), _Alone(replace(scenario, pins={}))
    # A lot that joins a ship which others load is up to one loading earlier than a lot alone.
    patient = _Alone(_longer(scenario))
    for pin in scenario.pins.values():
        lots = [lot for lot in lots_of(scenario, scenario.forces[pin.force]) if pins.of(lot) == pin]
        cannot = [
            (lot, cause)
            for lot in lots
            if (cause := pinned.why_not(lot)) is not None
            and patient.why_not(lot) is not None
            and free.why_not(lot) is None
        ]
        if cannot:
            lot, cause = cannot[0]
            who = f"{len(cannot)} of its {len(lots)} lots, {lot.id} for one"
            what = f"cannot be obeyed by {lot.id if len(lots) == 1 else who}: {cause}"
            hops = way(lot, free.scheduler.options.of(lot))
            known = ", ".join(f"by {h.mode} to {scenario.places[h.end].name}" for h in hops)
            mend = f"Change or remove it; without it, {lot.id} can go {known}."
            yield at_row(scenario, "impossible-pin", "pins", pin, what, mend)


class _Alone:
    """A lot alone on the network of a scenario, which is built when it is first asked for."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario

    @cached_property
    def scheduler(self) -> Scheduler:
        """A scheduler that has placed nothing."""
        return Scheduler(Ground.of(self._scenario))

    def why_not(self, lot: Lot) -> str | None:
        """Why the lot has no itinerary; None if it has one."""
        return self.scheduler.why_not(lot)


def _longer(scenario: Scenario) -> Scenario:
    """The scenario with a horizon later by the longest loading of a ship."""
    factors = scenario.settings.factors
    lane_m = max((ship.lane_m or 0.0 for ship in scenario.lift.values()), default=0.0)
    hours = [
        (factors.ship_turn_h + lane_m * factors.stow_factor / berth.lane_m_per_h)
        * HOURS_PER_DAY
        / berth.hours_per_day
        for berth in scenario.terminals.values()
        if berth.lane_m_per_h is not None
    ]
    loading = max([factors.ship_hold_h, *hours]) + scenario.settings.grid_hours
    days = scenario.settings.horizon_days + loading / HOURS_PER_DAY
    return replace(scenario, settings=scenario.settings.model_copy(update={"horizon_days": days}))
