"""What every method plans on: resources, routes, moves and the options of lots, built once."""

from __future__ import annotations

from dataclasses import dataclass

from amberway.mobility.options import OptionMaker
from amberway.mobility.passages import Passages
from amberway.network import resources
from amberway.network.clearance import release_periods
from amberway.network.moves import MoveMaker
from amberway.network.resources import Resources
from amberway.network.routing import Router
from amberway.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Ground:
    """The network of a scenario; `releases` are the periods of clearance by nation."""

    scenario: Scenario
    resources: Resources
    options: OptionMaker
    passages: Passages
    releases: dict[str, int]

    @classmethod
    def of(cls, scenario: Scenario) -> Ground:
        """The network of a scenario, from its tables alone."""
        table = resources.build(scenario)
        router = Router(scenario, table)
        maker = MoveMaker(scenario, table)
        return cls(
            scenario,
            table,
            OptionMaker(scenario, table, router, maker),
            Passages(scenario, table, router, maker),
            release_periods(scenario),
        )
