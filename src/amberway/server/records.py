"""What is kept of a run: what was asked, how far it is, how it ended."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from amberway.server.faults import Refusal
from amberway.server.workspace import Slug, write_text

RECORD, OUTCOME, LOG = "record.json", "outcome.json", "worker.log"
INPUT, PLAN, PAGES, CACHE = "input", "plan", "pages", "cache"

Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]


class State(StrEnum):
    """Where a run stands. `lost`: the server or machine went down while it was planned."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"


ENDED = (State.DONE, State.CANCELLED, State.FAILED, State.LOST)


class Options(BaseModel):
    """How to plan, as the options of `amberway plan`."""

    method: Literal["certified", "one-pass"] = "certified"
    objective: Literal["arrival", "lateness", "closure"] = "arrival"
    time_limit: float = Field(
        default=120.0, ge=0, le=86400, description="work to spend, seconds of the reference machine"
    )
    gap: float = Field(default=0.0, ge=0, lt=1, description="certified gap at which to stop")
    seed: int = Field(default=0, ge=0, lt=2**32)


class Asked(Options):
    """A run to be made."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = Field(default=None, description="null: made from what is planned")
    actions: list[Slug] = Field(default_factory=list, max_length=20)
    draft: Slug | None = Field(default=None, description="a draft to lay over the actions")

    @field_validator("actions")
    @classmethod
    def _once(cls, actions: list[str]) -> list[str]:
        if len(set(actions)) < len(actions):
            raise ValueError("names an action twice")
        return actions


class Renamed(BaseModel):
    """A new name for a run."""

    model_config = ConfigDict(extra="forbid")

    name: Name


class Stage(StrEnum):
    """What the worker is at."""

    WAITING = "waiting"
    READING = "reading"
    PLANNING = "planning"
    CHECKING = "checking"
    ASSESSING = "assessing"
    ENDED = "ended"


class Progress(BaseModel):
    """How far a run is. `done` is the share of the planning; plan and bound are objectives."""

    stage: Stage = Stage.WAITING
    done: float = 0.0
    seconds: float = Field(default=0.0, description="since the worker began")
    plan: float | None = None
    bound: float | None = None
    gap: float | None = None


class Reading(BaseModel):
    """Persons by C+10 and C+30."""

    c10: int
    c30: int


class RunHeadline(BaseModel):
    """The first numbers of a plan."""

    valid: bool = Field(description="the independent verifier's answer")
    complete: bool
    objective: float
    bound: float | None
    certified_gap: float | None
    certified_gap_of_delay: float | None
    improvement: float | None
    last_closure_day: float | None
    force_elements: int
    units_not_closed: int
    lots: int
    lots_delivered: int
    persons_total: int
    persons_closed: Reading
    persons_available: Reading
    brigades_closed: dict[str, float]
    seconds: float = Field(description="time that the planning took")
    content_hash: str = Field(description="of the tables planned for")


class Outcome(BaseModel):
    """How the worker ended: with numbers, or with words."""

    headline: RunHeadline | None = None
    error: Refusal | None = None


class Run(BaseModel):
    """A run as the pages see it."""

    id: Slug
    name: str
    state: State
    actions: list[str]
    draft: str | None
    draft_title: str | None
    options: Options
    created: dt.datetime
    progress: Progress
    headline: RunHeadline | None = Field(
        default=None, description="null while there is no plan: then it has no pages either"
    )
    error: Refusal | None = None
    folder: str = Field(description="its run folder, for the command line")


class Trace(BaseModel):
    """How plan and bound came together: seconds since the worker began, objectives."""

    seconds: list[float] = Field(default_factory=list)
    plan: list[float | None] = Field(default_factory=list)
    bound: list[float | None] = Field(default_factory=list)


class Record(BaseModel):
    """What stands in record.json."""

    id: str
    name: str
    state: State
    asked: Asked
    draft_title: str | None = None
    created: dt.datetime
    progress: Progress = Field(default_factory=Progress)
    trace: Trace = Field(default_factory=Trace)
    error: Refusal | None = None

    def save(self, folder: Path) -> None:
        """Write it into the run's folder."""
        write_text(folder / RECORD, self.model_dump_json(indent=1) + "\n")

    def told(self, folder: Path, outcome: Outcome | None) -> Run:
        """As the pages see it."""
        return Run(
            id=self.id,
            name=self.name,
            state=self.state,
            actions=self.asked.actions,
            draft=self.asked.draft,
            draft_title=self.draft_title,
            options=Options(**self.asked.model_dump(include=set(Options.model_fields))),
            created=self.created,
            progress=self.progress,
            headline=outcome.headline if outcome else None,
            error=self.error,
            folder=str(folder / PLAN),
        )


def outcome_of(folder: Path) -> Outcome | None:
    """How the worker of a run ended; None if it did not come to its end."""
    try:
        return Outcome.model_validate_json((folder / OUTCOME).read_bytes())
    except (OSError, ValueError):
        return None
