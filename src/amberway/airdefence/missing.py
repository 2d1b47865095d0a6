"""What air defence lacks, in sentences: layers over assets, weeks, batteries, patrols."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from amberway.airdefence.problem import LAYERS
from amberway.airdefence.solve import LAST_DAY, Coverage
from amberway.airdefence.words import place
from amberway.scenario.air import Mission
from amberway.shortfall import Shortfall

if TYPE_CHECKING:
    from amberway.airdefence.result import AirDefenceResult

_LEAST_FALL = 1e-9


def shortfalls(result: AirDefenceResult) -> tuple[Shortfall, ...]:
    """Everything that is missing: the heaviest assets first, then weeks, batteries, patrols."""
    return (
        *_nothing(result),
        *_assets(result),
        *_weeks(result),
        *_never(result),
        *_patrols(result),
    )


def _nothing(result: AirDefenceResult) -> Iterator[Shortfall]:
    problem = result.problem
    if not problem.assets:
        text = (
            "No defended asset is listed, so no coverage can be counted: fill in defended_assets."
        )
        yield Shortfall("no-asset", "", "asset", 0, text)
    if not problem.systems:
        text = "No air-defence system is listed, so nothing is covered: fill in air_defence."
        yield Shortfall("no-system", "", "system", 0, text)
    if not problem.scenario.fighters:
        text = "No fighter is listed, so no patrol can be kept: fill in fighters."
        yield Shortfall("no-fighter", "", "fighter", 0, text)


def _assets(result: AirDefenceResult) -> Iterator[Shortfall]:
    """Assets that lack layers at the reference altitude after the last hour, or on C-day."""
    problem = result.problem
    if not problem.systems:
        return
    at, height = problem.reference, problem.factors.reference_m
    early, late = result.in_place, result.after(LAST_DAY)
    for a in np.argsort(-problem.weights, kind="stable"):
        asset, asked = problem.assets[a], int(problem.asked[a])
        here, there = int(early.depth[at, a]), int(late.depth[at, a])
        if min(here, there) >= asked:
            continue
        name = place(problem.scenario, asset.place)
        text = (
            f"{name} (weight {asset.weight:g}) should have {_layers(asked)} at {height:,.0f} m and "
            f"has {_has(early, at, int(a))} in place on C-day, {_has(late, at, int(a))} at "
            f"C+{LAST_DAY}; at {problem.altitudes[0]:,.0f} m it has {_has(late, 0, int(a))} then."
        )
        kind = "fewer-layers" if there < asked else "layers-late"
        yield Shortfall(
            kind, asset.place, "layer", asked - (there if there < asked else here), text
        )


def _has(coverage: Coverage, at: int, asset: int) -> str:
    names = [
        one.value for one, yes in zip(LAYERS, coverage.layers[at, :, asset], strict=True) if yes
    ]
    return f"{len(names)} ({', '.join(names)})" if names else "none"


def _layers(count: int) -> str:
    return "1 layer" if count == 1 else f"{count} layers"


def _weeks(result: AirDefenceResult) -> Iterator[Shortfall]:
    problem = result.problem
    for week in result.weeks:
        if not (week.falls > _LEAST_FALL).any():
            continue
        h, at = np.unravel_index(int(np.argmax(week.falls)), week.falls.shape)
        fall = float(week.falls[h, at])
        left = [problem.scenario.air_defence[name] for name in week.lost]
        who = ", ".join(f"{one.system} at {place(problem.scenario, one.place)}" for one in left)
        text = (
            f"In the week from {week.monday} the {LAYERS[at].value} layer covers {fall:.0%} less "
            f"of the weight at {problem.altitudes[h]:,.0f} m than in the week before"
            + (f": gone {'is' if len(left) == 1 else 'are'} {who}." if who else ".")
        )
        yield Shortfall("coverage-falls", "", LAYERS[at].value, round(fall, 6), text)


def _never(result: AirDefenceResult) -> Iterator[Shortfall]:
    scenario = result.problem.scenario
    late: dict[str, list[str]] = {}
    for system in result.problem.systems:
        if system.force is None:
            continue
        day = result.closure.get(system.force)
        if day is None or day > LAST_DAY:
            late.setdefault(system.force, []).append(system.system)
    for force, names in late.items():
        day = result.closure.get(force)
        if day is not None:
            reason = f"it closes on C+{day:.1f}"
        elif result.planned:
            reason = "it does not close in the plan"
        else:
            reason = "no plan was given that moves it"
        name = scenario.forces[force].name
        text = f"{name} covers nothing up to C+{LAST_DAY} ({', '.join(names)}): {reason}."
        yield Shortfall("battery-late", scenario.forces[force].area, force, len(names), text)


def _patrols(result: AirDefenceResult) -> Iterator[Shortfall]:
    asked = result.problem.factors.patrols
    for row in result.missions:
        if row.mission is Mission.DEFENCE and row.patrols < asked - 1e-9 and row.detachments:
            text = (
                f"The defence mission asks to have {asked:g} aircraft on patrol at all times; the "
                f"{row.aircraft} there on C-day keep {row.patrols:.2f}."
            )
            yield Shortfall("few-patrols", "", "aircraft", round(asked - row.patrols, 6), text)
