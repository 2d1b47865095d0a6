"""Action 5, command: who commands whom, where, with how much; what a structure lacks."""

from __future__ import annotations

from amberway.command.compare import Comparison, compare
from amberway.command.problem import Limits, problem
from amberway.command.result import CommandResult
from amberway.command.structures import side_by_side
from amberway.deployment import Deployment
from amberway.scenario import Scenario

__all__ = ["CommandResult", "Comparison", "Limits", "assess", "compare", "side_by_side"]


def assess(
    scenario: Scenario, deployment: Deployment | None = None, limits: Limits | None = None
) -> CommandResult:
    """Assess the command structure of a scenario.

    With a deployment, headquarters are loaded by day as it delivers persons and transfers have
    days; without one, loads are those of a force that is all there.
    """
    return CommandResult(problem(scenario), deployment, limits or Limits())
