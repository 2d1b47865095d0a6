"""The small deployment of the small command structure."""

from __future__ import annotations

import pytest

from amberway.deployment import Deployment
from structures import delivered


@pytest.fixture
def deployment() -> Deployment:
    """f1 in two lots by C+8 and C+10, f2 by C+6; f3 stands there, ready on C+1."""
    return delivered()
