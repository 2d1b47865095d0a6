"""How the report says numbers, days, names and resources."""

from __future__ import annotations

import math
import re

from amberway.network.resources import usable
from amberway.scenario import Scenario
from amberway.scenario.settings import Phase

# ICAO codes, roads at border crossings, basins of a port; not the river in 'Frankfurt (Oder)'.
_ADDITION = re.compile(r" \((?:[A-Z]{4}|[^)]*(?:border|[Hh]arbour)[^)]*)\)$")
_METHODS = {
    "certified": "certified (search with a proved bound)",
    "one-pass": "one-pass list scheduling",
}
_PHASES = {Phase.PEACE: "peace", Phase.CRISIS: "crisis", Phase.ARTICLE5: "Article 5"}
_SLOTS = {
    "rail": ("Rail terminal", "track", "tracks"),
    "sea": ("Ro-ro port", "berth", "berths"),
    "air": ("Airfield", "stand", "stands"),
    "reception": ("Reception", "lot at once", "lots at once"),
}
_ASSETS = {
    "ship": ("ship", "ships"),
    "train-set": ("train set", "train sets"),
    "heavy-transporter": ("transporter", "transporters"),
    "truck": ("truck", "trucks"),
    "coach": ("coach", "coaches"),
    "aircraft": ("aircraft", "aircraft"),
}


def number(value: float) -> str:
    """12,345 (rounded to a whole number)."""
    return f"{value:,.0f}"


def decimal(value: float) -> str:
    """12.3, without a trailing .0."""
    return f"{value:,.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """Share as per cent; below one per cent with one decimal."""
    value = 100 * share
    return f"{value:.1f} %" if 0 < value < 1 else f"{value:.0f} %"


def share(value: float) -> str:
    """Share as per cent where tenths matter: 15.8 %, 0.93 %."""
    return f"{100 * value:.{2 if 0 < value < 0.01 else 1}f}\N{NO-BREAK SPACE}%"


def at_most(value: float) -> str:
    """A share that is proved as an upper limit, rounded up so that it stays one."""
    step = 1e-4 if 0 < value < 0.01 else 1e-3
    return share(math.ceil(value / step - 1e-6) * step)


def day(value: float | None) -> str:
    """C+9.6, or a dash for never."""
    return "–" if value is None else f"C+{decimal(value)}"


def counted(count: float, one: str, many: str) -> str:
    """'1 ship', '12 ships', '0.3 ships'."""
    return f"{decimal(count)} {one if count == 1 else many}"


def sentence(text: str) -> str:
    """A cause or name as a sentence: capital letter, full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def method(name: str) -> str:
    """A planning method's name as the field says it."""
    return _METHODS.get(name, name)


def phases(scenario: Scenario) -> str:
    """The legal phases in their order: 'crisis from C+0, Article 5 from C+5'."""
    return ", ".join(
        f"{_PHASES[start.phase]} from {day(start.from_day)}" for start in scenario.settings.phases
    )


def nation(scenario: Scenario, name: str) -> str:
    """A nation's English name."""
    row = scenario.nations.get(name)
    return name.upper() if row is None else row.name


def place(scenario: Scenario, name: str) -> str:
    """A place's name on the map."""
    return scenario.places[name].name


def short_place(scenario: Scenario, name: str) -> str:
    """A place's name where room is short: 'Riga' for 'Port of Riga' or 'Riga (EVRA)'."""
    return _ADDITION.sub("", place(scenario, name).removeprefix("Port of "))


def resource(scenario: Scenario, name: str) -> tuple[str, str]:
    """A resource as a heading and its capacity in units: ('Rail A → B', '6 trains a day')."""
    kind, _, rest = name.partition(":")
    if kind == "link":
        return _link(scenario, rest)
    if kind == "terminal":
        terminal = scenario.terminals[rest]
        what, one, many = _SLOTS[terminal.function.value]
        title = f"{what}, {place(scenario, terminal.place)}"
        return title, counted(terminal.slots, one, many)
    if kind == "lift":
        lift = scenario.lift[rest]
        return lift.name, counted(usable(lift), *_ASSETS[lift.kind.value])
    if kind == "ship":
        return f"No ship free at {place(scenario, rest)}", ""
    if kind == "clearance":
        return f"Clearance to enter {nation(scenario, rest)}", ""
    return {"notice": "Notice to move"}.get(name, name), ""


def _link(scenario: Scenario, rest: str) -> tuple[str, str]:
    link = scenario.links[rest[:-1]]
    ends = [place(scenario, link.from_place), place(scenario, link.to_place)]
    if rest.endswith("<"):
        ends.reverse()
    what = {"rail": ("train", "trains"), "road": ("serial", "serials")}.get(
        link.mode.value, ("lot", "lots")
    )
    capacity = ""
    if link.capacity_per_day is not None:
        capacity = f"{counted(link.capacity_per_day, *what)} a day"
    return f"{link.mode.value.capitalize()} {ends[0]} → {ends[1]}", capacity
