"""The first page: what the scenario is, what can be laid over it, how much of it is assumed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import BaseModel

from amberway.scenario import Scenario
from amberway.scenario.action import Action
from amberway.scenario.tables import TABLES


class PhaseFrom(BaseModel):
    """A legal phase and the day on which it begins."""

    phase: str
    from_day: float


class ActionSummary(BaseModel):
    """An action of the scenario. One with a `c_day` is a record of what happened since."""

    name: str
    title: str
    summary: str
    first_year: int
    cost_meur: float | None
    phases: dict[int, float]
    needs: list[str]
    c_day: dt.date | None


class ScenarioSummary(BaseModel):
    """What is served."""

    name: str
    title: str
    summary: str
    c_day: dt.date
    grid_hours: float
    horizon_days: float
    phases: list[PhaseFrom]
    hash: str
    tables: dict[str, int]
    actions: list[ActionSummary]
    assumed: dict[str, float]
    folder: str


def summary(scenario: Scenario, actions: Mapping[str, Action], folder: str) -> ScenarioSummary:
    """The page of a scenario; `folder` is the workspace."""
    settings = scenario.settings
    return ScenarioSummary(
        name=scenario.name,
        title=settings.title,
        summary=" ".join(settings.summary.split()),
        c_day=settings.c_day,
        grid_hours=settings.grid_hours,
        horizon_days=settings.horizon_days,
        phases=[PhaseFrom(phase=p.phase.value, from_day=p.from_day) for p in settings.phases],
        hash=scenario.content_hash(),
        tables={name: len(rows) for name in TABLES if (rows := scenario.table(name))},
        actions=[
            ActionSummary(
                name=name,
                title=action.title,
                summary=" ".join(action.summary.split()),
                first_year=action.first_year,
                cost_meur=action.cost_meur,
                phases=action.phases,
                needs=list(action.needs),
                c_day=action.c_day,
            )
            for name, action in actions.items()
        ],
        assumed={table: round(share, 4) for table, share in scenario.assumed_shares().items()},
        folder=folder,
    )
