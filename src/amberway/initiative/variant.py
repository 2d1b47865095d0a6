"""One variant of a scenario, run: its metrics, the plan behind them, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amberway.initiative.metrics import ACTIONS
from amberway.initiative.store import Store


@dataclass(frozen=True)
class Variant:
    """The outcome of the actions laid over (none: the scenario as it is).

    `plan` and `keys` (of the results, by action) are the keys in the cache: equal keys are the same
    run. `gap` and `gap_of_delay` are certified, None without a certificate; `valid` is the
    verifier's answer. `shortfalls` are in the form of `amberway assess --json`.
    """

    actions: tuple[str, ...]
    values: dict[str, float | None]
    gap: float | None
    gap_of_delay: float | None
    valid: bool
    plan: str
    keys: dict[str, str]
    shortfalls: dict[str, list[dict[str, Any]]]

    @property
    def name(self) -> str:
        """The actions joined by +, or `status-quo`."""
        return "+".join(self.actions) or "status-quo"

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway compare --json`."""
        return {
            "name": self.name,
            "actions": list(self.actions),
            "certified_gap": self.gap,
            "certified_gap_of_delay": self.gap_of_delay,
            "valid": self.valid,
            "plan": self.plan,
            "values": self.values,
            "shortfalls": {action: len(rows) for action, rows in self.shortfalls.items()},
        }


def stored(
    store: Store, actions: tuple[str, ...], plan: str, keys: dict[str, str]
) -> Variant | None:
    """The variant from its results in the cache; None if one is not there."""
    records = {action: store.get("records", keys[action]) for action in ACTIONS}
    if any(record is None for record in records.values()):
        return None
    found = {action: record for action, record in records.items() if record is not None}
    try:
        planned = found["mobility"]["plan"]
        return Variant(
            actions,
            {name: value for record in found.values() for name, value in record["values"].items()},
            planned["gap"],
            planned["gap_of_delay"],
            planned["valid"],
            plan,
            keys,
            {action: record["shortfalls"] for action, record in found.items()},
        )
    except (LookupError, TypeError, AttributeError):  # written by something else
        return None
