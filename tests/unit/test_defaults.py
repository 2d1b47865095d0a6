"""Defaults that are written twice, so that the program answers before it has loaded the planner."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from amberway.cli import mobility, package, posture
from amberway.initiative import runs, store
from amberway.mobility import certified
from amberway.server.records import Options


def default(verb: Callable[..., object], name: str) -> object:
    """What a verb takes if nothing is said."""
    return inspect.signature(verb).parameters[name].default


def test_defaults_of_the_verbs_are_those_of_the_planner() -> None:
    """Proves it of time limits, of the method and of the cache."""
    for verb in (mobility.plan, posture.assess):
        assert default(verb, "time_limit") == certified.TIME_LIMIT
        assert default(verb, "method") == certified.METHOD
    assert default(package.compare, "time_limit") == runs.TIME_LIMIT
    assert default(package.compare, "method") == certified.METHOD
    assert default(package.compare, "cache") == store.DEFAULT
    assert Options().time_limit == certified.TIME_LIMIT
    assert Options().method == certified.METHOD
