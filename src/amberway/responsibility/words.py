"""How responsibility says needs, force elements and quantities."""

from __future__ import annotations

from amberway.responsibility.capability import NEEDED, UNITS
from amberway.responsibility.problem import Need
from amberway.scenario import Scenario
from amberway.scenario.posture import Capability


def quantity(value: float) -> str:
    """At most two decimals: 3, 0.25."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def counted(capability: Capability, value: float) -> str:
    """'1 battery', '0.25 brigades'."""
    one, many = UNITS[capability]
    return f"{quantity(value)} {one if quantity(value) == '1' else many}"


def day(value: float | None) -> str:
    """C+9.6, or never."""
    return "never" if value is None else f"C+{value:.1f}".removesuffix(".0")


def area(scenario: Scenario, name: str | None) -> str:
    """An area's name; none for a force element held back."""
    return "no area" if name is None else scenario.areas[name].name


def nation(scenario: Scenario, name: str | None) -> str:
    """A nation's name."""
    return "nobody" if name is None else scenario.nations[name].name


def asked(need: Need) -> str:
    """'3 brigades of any kind', '1 engineer battalion'."""
    one, many = NEEDED[need.capability]
    return f"{quantity(need.quantity)} {one if need.quantity == 1 else many}"


def named(scenario: Scenario, need: Need) -> str:
    """A need as a noun: 'Latvia by C+10: 3 brigades of any kind'."""
    return f"{area(scenario, need.area)} by {day(need.day)}: {asked(need)}"


def listed(texts: list[str], most: int = 6) -> str:
    """'a, b and c'; beyond `most` the rest is counted."""
    if len(texts) > most:
        texts = [*texts[:most], f"{len(texts) - most} more"]
    return " and ".join(([", ".join(texts[:-1])] if texts[1:] else []) + texts[-1:])
