"""Published cases, planned again: what was published beside what Amberway computes.

A case is a scenario folder in data/cases with a file expected.toml. `python -m
amberway.validation` prints the comparison; docs/validation.md is made of it.
"""

from amberway.validation.cases import Case, Kind, Outcome, Quantity, cases, outcomes

__all__ = ["Case", "Kind", "Outcome", "Quantity", "cases", "outcomes"]
