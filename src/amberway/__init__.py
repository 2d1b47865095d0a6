"""Amberway: plan, test and explain the defence of the Baltic states, in the open.

>>> import amberway as aw
>>> scenario = aw.load("baltic")
>>> result = aw.plan(scenario)
>>> result.headline["persons_closed"]
>>> result.to_frame()
>>> aw.compare(scenario, scenario.with_actions("4-mobility")).to_frame()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amberway.errors import AmberwayError, PlanError, ScenarioError, UsageError
    from amberway.initiative.compare import compare
    from amberway.mobility.methods import plan
    from amberway.mobility.verify import verify
    from amberway.scenario import Scenario, load

__all__ = [
    "AmberwayError",
    "PlanError",
    "Scenario",
    "ScenarioError",
    "UsageError",
    "compare",
    "load",
    "plan",
    "verify",
]

_HOME = {
    "AmberwayError": "errors",
    "PlanError": "errors",
    "ScenarioError": "errors",
    "UsageError": "errors",
    "Scenario": "scenario",
    "compare": "initiative.compare",
    "load": "scenario",
    "plan": "mobility.methods",
    "verify": "mobility.verify",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line starts at once."""
    if name not in _HOME:
        raise AttributeError(f"module 'amberway' has no attribute {name!r}")
    return getattr(import_module(f"amberway.{_HOME[name]}"), name)
