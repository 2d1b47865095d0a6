"""Command structures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amberway.command.findings import CHECKS
from amberway.command.result import CommandResult
from amberway.scenario.posture import CommandPhase

_LABELS = {
    "unbroken-chain": "groups of units without a chain to SACEUR",
    "rival-command": "units or headquarters with two superiors of one authority",
    "one-commander": "areas and domains without exactly one commander",
    "span-of-control": "headquarters with too many subordinates",
    "headquarters-capacity": "headquarters over their capacity",
    "dual-hat": "commanders of two busy headquarters",
    "lead-nation-share": "headquarters whose lead nation does not bring most",
    "transfers-of-authority": "units handed over too often",
    "sea-seam": "seams at sea that only SACEUR settles (defence)",
}


@dataclass(frozen=True)
class Comparison:
    """One row a measure: its name and a value for each structure, in the order given.

    `key` is the measure's name in JSON; `unit` is blank for a count, `mean`, `share` or a unit.
    """

    structures: tuple[str, ...]
    rows: tuple[tuple[str, str, str, tuple[Any, ...]], ...]

    def to_dict(self) -> dict[str, Any]:
        """The rows by key, each a mapping of structure to value."""
        return {
            key: dict(zip(self.structures, values, strict=True)) for key, _, _, values in self.rows
        }


def compare(results: Sequence[CommandResult]) -> Comparison:
    """The measures of several structures: every check's count, transfers, loads, seams, lead."""
    heads = [result.headline for result in results]
    last = CommandPhase.DEFENCE.value
    rows: list[tuple[str, str, str, tuple[Any, ...]]] = []

    def row(key: str, label: str, unit: str, values: list[Any]) -> None:
        rows.append((key, label, unit, tuple(values)))

    row("headquarters", "headquarters in the tables", "", [h["headquarters"] for h in heads])
    for phase in CommandPhase:
        row(
            f"persons_under_saceur_{phase.value}",
            f"persons with a chain to SACEUR, {phase.value}",
            "persons",
            [h["persons_under_saceur"][phase.value] for h in heads],
        )
    row(
        "one_commander",
        "areas and domains with exactly one commander (defence)",
        "",
        [f"{h['one_commander'][last]} of {h['area_domains']}" for h in heads],
    )
    row(
        "sea_one_commander",
        "of them at sea",
        "",
        [f"{h['sea_one_commander'][last]} of {h['sea_area_domains']}" for h in heads],
    )
    for name in CHECKS:
        row(f"finding_{name}", _LABELS[name], "", [h["findings"].get(name, 0) for h in heads])
    row(
        "transfers_mean",
        "transfers of authority a unit, mean",
        "mean",
        _each(heads, "transfers_mean"),
    )
    row(
        "transfers_mean_moving",
        "the same for units that move",
        "mean",
        _each(heads, "transfers_mean_moving"),
    )
    row("transfers_max", "transfers of authority a unit, most", "", _each(heads, "transfers_max"))
    row(
        "mean_chain_links_defence",
        "links from a unit to SACEUR, mean (defence)",
        "mean",
        _each(heads, "mean_chain_links_defence"),
    )
    row(
        "peak_load_ratio",
        "highest peak load over capacity",
        "times",
        _each(heads, "peak_load_ratio"),
    )
    row(
        "joint_peak_load_ratio",
        "the same for joint headquarters",
        "times",
        [max((j["ratio"] for j in h["joint"] if j["ratio"]), default=None) for h in heads],
    )
    row("first_over_day", "first day over a capacity", "day", _each(heads, "first_over_day"))
    row(
        "us_led_share",
        "persons under a US-led joint headquarters",
        "share",
        _each(heads, "us_led_share"),
    )
    return Comparison(tuple(r.problem.scenario.name for r in results), tuple(rows))


def _each(heads: Sequence[dict[str, Any]], key: str) -> list[Any]:
    return [head[key] for head in heads]
