"""Settings of the property tests: no deadline (compilation), the same examples every time in CI.

In CI a failing example is printed as it was found: making it smaller takes minutes.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_COMMON = {
    "deadline": None,
    "max_examples": 60,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much],
}
settings.register_profile("dev", **_COMMON)  # type: ignore[arg-type]  # a plain dict of settings
settings.register_profile(
    "ci",
    **_COMMON,  # type: ignore[arg-type]
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    print_blob=True,
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
