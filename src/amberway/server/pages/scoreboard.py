"""The five actions of a run in numbers, and what is missing in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from amberway.initiative.assessment import Assessment
from amberway.initiative.scorecard import TITLES
from amberway.server.pages.numbers import Number, numbers

SCOREBOARD = "scoreboard"
"""Name of the page: it comes after the others."""

Value = float | int | str | None


class Score(BaseModel):
    """A number of the scoreboard; `key` asks where it comes from. `better` is 1 if more is better,
    -1 if less is, 0 if neither."""

    key: str
    label: str
    unit: str
    meaning: str
    better: int
    value: Value


class Lack(BaseModel):
    """One thing that is missing, told in `text`."""

    kind: str
    where: str
    what: str
    amount: float
    text: str


class ActionScore(BaseModel):
    """One action: its numbers, what it lacks."""

    action: str
    title: str
    numbers: list[Score]
    shortfalls: list[Lack]


class Scoreboard(BaseModel):
    """The five actions in their order."""

    actions: list[ActionScore]


def scoreboard(assessment: Assessment) -> Scoreboard:
    """The board of an assessment."""
    scorecard = assessment.scorecard()
    return Scoreboard(
        actions=[
            ActionScore(
                action=action,
                title=title,
                numbers=[score(one, scorecard) for one in numbers() if one.action == action],
                shortfalls=[Lack(**one) for one in scorecard[action]["shortfalls"]],
            )
            for action, title in TITLES.items()
        ]
    )


def score(number: Number, scorecard: Mapping[str, Any]) -> Score:
    """A number with its value."""
    return Score(
        key=number.key,
        label=number.label,
        unit=number.unit,
        meaning=number.meaning,
        better=number.better,
        value=number.of(scorecard),
    )
