"""Fixtures that every test may use. Keep it small: a fixture lives beside its tests if it can."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from amberway.mobility.result import MobilityResult


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def baltic_result() -> MobilityResult:
    """The one-pass plan of the reference scenario, made once a session (about 20 s)."""
    from amberway.mobility.methods import plan
    from amberway.scenario import load

    return plan(load("baltic"), "one-pass")
