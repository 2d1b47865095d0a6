"""What the verifier says: violations by rule, counts of what was checked, recomputed numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amberway.units import period_to_days

RULES: dict[str, str] = {
    "files": "every file is the one that run.json names by its hash",
    "content-hash": "scenario/ holds the tables that were planned",
    "unknown-id": "every id of the plan stands in the tables",
    "holdings": "a force element's lots add up to its persons and equipment, each item once",
    "lot": "a lot's places, readiness, weight and cargo class follow from its force element",
    "lot-size": "a lot is at most one train-load, one serial, one lot of persons",
    "complete": "a lot is moved from origin to destination, or stands in unmoved.csv",
    "chain": "each move starts where the one before ended",
    "order": "each move starts no earlier than the one before ended",
    "readiness": "no lot moves before it is ready",
    "ead": "no lot arrives before its earliest arrival date",
    "horizon": "nothing ends after the horizon",
    "path": "a move's links lead from its start to its end, by the mode of its means",
    "direction": "a one-way link is travelled forwards",
    "closed": "nothing uses a link or terminal that is closed",
    "cargo": "the means carries such cargo",
    "lift": "the lift is of the right kind, open to the user and able to load there",
    "assets": "a move holds as many assets as its load needs",
    "terminal": "both ends have a terminal of the mode",
    "gauge": "terminals, links and train set have one gauge",
    "axle-load": "no axle is too heavy for a link",
    "load-class": "no military load class is above a link's",
    "loading-profile": "no item is too wide or too high for a link",
    "item": "every item fits the lift: length, width, height, mass",
    "load": "the load fits the lift: wagons, tonnes, lane metres, persons",
    "ship-size": "draught, length and beam fit links and berths",
    "ramp": "no item is too heavy for a ramp",
    "runway": "both runways are long enough",
    "range": "no flight is longer than the range",
    "duration": "a move takes the time that its loading, haul and unloading take",
    "clearance": "no border is crossed before clearance",
    "sailing": "a ship's times at sea and at berth are long enough",
    "ship-position": "a ship is at one place at a time",
    "boarding": "a lot boards and leaves its own sailing, in time",
    "link-capacity": "no more lots enter a link in a period than it takes",
    "terminal-capacity": "no more slots or stand-minutes are held than there are",
    "pool": "no more assets are held than there are",
    "pin": "a pinned lot goes by the mode, ports, place and day that its pin names",
    "waits": "the waits of a move add up to the time waited",
    "result": "result.json says what the plan says",
    "offer": "what the bound lets lots choose from takes the time and holds what the rules say",
    "prices": "prices are numbers from 0 up, of finite resources, within the horizon",
    "free-flow": "the objective of every lot alone in the empty network is the one recomputed",
    "bound": "the bound is that of the prices, and no plan is below it",
    "gap": "gaps and improvements follow from objective, bound, free flow and baseline",
}


@dataclass(frozen=True)
class Violation:
    """One broken rule: `subject` is the lot, ship, resource or file; `period` when, if ever."""

    rule: str
    subject: str
    period: int | None
    day: float | None
    sentence: str

    def __str__(self) -> str:
        when = "" if self.day is None else f" (C+{self.day:.2f})"
        return f"{self.subject}{when}: {self.sentence} [{self.rule}]"

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "rule": self.rule,
            "subject": self.subject,
            "period": self.period,
            "day": self.day,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Verdict:
    """Is the plan valid, and if not, why.

    `checked` counts lots, moves, sailings and booked resource-periods; `headline` holds the
    numbers recomputed from the moves; `closures` the closing day of each force element (None: not
    closed within the horizon).
    """

    violations: tuple[Violation, ...]
    checked: Mapping[str, int]
    headline: Mapping[str, Any]
    closures: Mapping[str, float | None]

    @property
    def valid(self) -> bool:
        """No rule is broken."""
        return not self.violations

    def by_rule(self) -> dict[str, int]:
        """Number of violations of each broken rule."""
        counts: dict[str, int] = {}
        for violation in self.violations:
            counts[violation.rule] = counts.get(violation.rule, 0) + 1
        return counts

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "valid": self.valid,
            "checked": dict(self.checked),
            "headline": dict(self.headline),
            "closures": dict(self.closures),
            "by_rule": self.by_rule(),
            "violations": [v.to_dict() for v in self.violations],
        }


@dataclass
class Findings:
    """Collects violations while the checks run."""

    grid_hours: float
    violations: list[Violation] = field(default_factory=list)

    def add(self, rule: str, subject: str, sentence: str, period: int | None = None) -> None:
        """Note a broken rule (a name of RULES)."""
        if rule not in RULES:
            raise KeyError(rule)
        day = None if period is None else round(period_to_days(period, self.grid_hours), 4)
        self.violations.append(Violation(rule, subject, period, day, sentence))
