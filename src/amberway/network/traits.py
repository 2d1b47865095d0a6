"""What decides whether a load may pass a link, and the limit that stops it.

A `Traits` is a carrier with its load seen by the infrastructure: a marching serial, a loaded
transporter, a train, a ship, an aircraft. `stops` names the limit of a link that it breaks; the
same names are the words of a "no route" answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cached_property

from amberway.scenario.geography import Link, Mode

# (limit's name, attribute of the link, attribute of the traits): the load may not exceed the link.
_LIMITS = (
    ("axle load", "axle_load_t", "axle_load_t"),
    ("load class (wheels)", "mlc_wheeled", "mlc_wheeled"),
    ("load class (tracks)", "mlc_tracked", "mlc_tracked"),
    ("loading width", "max_width_m", "width_m"),
    ("loading height", "max_height_m", "height_m"),
    ("draught", "max_draught_m", "draught_m"),
    ("ship length", "max_length_m", "length_m"),
    ("beam", "max_beam_m", "beam_m"),
)


@dataclass(frozen=True)
class Traits:
    """A carrier with its load. Zero means: asks nothing of that limit.

    Metres, tonnes and military load classes; `speed_kmh` is the carrier's own pace (None: the
    link's), `range_km` the longest way it can go without landing.
    """

    mode: Mode
    gauge_mm: int = 0
    axle_load_t: float = 0.0
    mlc_wheeled: int = 0
    mlc_tracked: int = 0
    width_m: float = 0.0
    height_m: float = 0.0
    draught_m: float = 0.0
    length_m: float = 0.0
    beam_m: float = 0.0
    speed_kmh: float | None = None
    range_km: float | None = None

    def __hash__(self) -> int:
        """Loads are looked up many times: the hash is computed once."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, f.name) for f in fields(self)))


def stops(link: Link, traits: Traits) -> str | None:
    """The first limit of `link` that the load breaks, in words; None if it may pass.

    The mode must agree already.
    """
    if traits.gauge_mm and link.gauge_mm != traits.gauge_mm:
        return "gauge"
    for name, limit, value in _LIMITS:
        allowed = getattr(link, limit)
        if allowed is not None and getattr(traits, value) > allowed:
            return name
    return None


def limits(link: Link) -> list[float]:
    """The limits of a link in the order of `demands`; infinite where there is none."""
    found = (getattr(link, limit) for _, limit, _ in _LIMITS)
    return [math.inf if value is None else float(value) for value in found]


def demands(traits: Traits) -> list[float]:
    """What the load asks of each limit."""
    return [float(getattr(traits, value)) for _, _, value in _LIMITS]
