"""All five actions over one scenario and one deployment plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from amberway import airdefence, command, presence, responsibility
from amberway.command import Comparison
from amberway.deployment import Reach
from amberway.mobility.deploy import deployment
from amberway.mobility.reach import reach
from amberway.mobility.result import MobilityResult
from amberway.responsibility import WhatIf
from amberway.scenario import Scenario
from amberway.scenario.settings import Rule
from amberway.shortfall import Shortfall


class Result(Protocol):
    """What every assessment answers."""

    @property
    def headline(self) -> dict[str, Any]:
        """Headline numbers."""

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """What is missing."""


@dataclass(frozen=True, eq=False)
class Assessment:
    """The five results, in the order of the initiative's actions.

    `instead` says what other lead nations would change, `structures` has other command structures
    beside the one assessed; both only if asked for.
    """

    scenario: Scenario
    responsibility: responsibility.ResponsibilityResult
    presence: presence.PresenceResult
    airdefence: airdefence.AirDefenceResult
    mobility: MobilityResult
    command: command.CommandResult
    instead: WhatIf | None = None
    structures: Comparison | None = None

    @property
    def results(self) -> dict[str, Result]:
        """The results by the name of the action."""
        return {
            "responsibility": self.responsibility,
            "presence": self.presence,
            "airdefence": self.airdefence,
            "mobility": self.mobility,
            "command": self.command,
        }

    def scorecard(self) -> dict[str, Any]:
        """Headline numbers and shortfalls by action, as in `amberway assess --json`."""
        card = {
            name: result.headline
            | {"shortfalls": [shortfall.to_dict() for shortfall in result.shortfalls]}
            for name, result in self.results.items()
        }
        if self.instead is not None:
            card["responsibility"]["what_if"] = self.instead.to_dict()
        if self.structures is not None:
            card["command"]["structures"] = self.structures.to_dict()
        return card


def assess(
    scenario: Scenario,
    mobility: MobilityResult,
    *,
    lead: Mapping[str, str] | None = None,
    known: Reach | None = None,
    without: Iterable[Rule | str] = (),
) -> Assessment:
    """Assess a scenario by every action, with the deployment of a plan that was made for it.

    `lead` (area → nation) forces lead nations; `known` are days of `reachable(scenario, lead)`
    that need not be found again; `without` names rules of responsibility to leave out.
    """
    plan = deployment(mobility.plan)
    days = reachable(scenario, lead) if known is None else known
    return Assessment(
        scenario,
        responsibility.assess(scenario, plan, reach=days, lead=lead, without=without),
        presence.assess(scenario, plan, reach=days),
        airdefence.assess(scenario, plan),
        mobility,
        command.assess(scenario, plan),
    )


def reachable(scenario: Scenario, lead: Mapping[str, str] | None = None) -> Reach:
    """Days on which the force elements that the assessments ask for could be where."""
    return reach(scenario, asked(scenario, lead))


def asked(scenario: Scenario, lead: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """The pairs of force element and area that the assessments ask about."""
    return sorted({*responsibility.pairs(scenario, lead), *presence.pairs(scenario)})
