"""What a scenario says: tables, loading, checks, actions laid over it, sources. No maths."""

from amberway.scenario.checks import CHECKS, check
from amberway.scenario.folders import locate, packaged
from amberway.scenario.load import actions_of, load
from amberway.scenario.scenario import Scenario
from amberway.scenario.write import new, write

__all__ = [
    "CHECKS",
    "Scenario",
    "actions_of",
    "check",
    "load",
    "locate",
    "new",
    "packaged",
    "write",
]
