"""What a scenario says: tables, loading, checks, actions laid over it, sources. No maths."""

from amberway.scenario.load import load, locate, packaged
from amberway.scenario.scenario import Scenario

__all__ = ["Scenario", "load", "locate", "packaged"]
