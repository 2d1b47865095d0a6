"""`scenario.toml`: the scenario's name, its C-day, its legal phases, its planning factors."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from amberway.scenario.air import AirDefenceFactors
from amberway.scenario.posture import Capability
from amberway.scenario.row import Id, Line, NationId


class Phase(StrEnum):
    """Legal phase; it decides how long clearance takes."""

    PEACE = "peace"
    CRISIS = "crisis"
    ARTICLE5 = "article5"


class PhaseStart(BaseModel):
    """A legal phase and the day on which it begins."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    phase: Phase = Field(description="which phase")
    from_day: float = Field(
        ge=0, le=720, description="day on which it begins", json_schema_extra={"unit": "C+days"}
    )


def _factor(default: float, unit: str, meaning: str, source: str, **limits: Any) -> Any:
    return Field(
        default, description=meaning, json_schema_extra={"unit": unit, "source": source}, **limits
    )


class Factors(BaseModel):
    """Planning factors: the rules of thumb of movement planning, each with its source."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    march_hours_per_day: float = _factor(
        8,
        "h/day",
        "hours that a road march drives before it halts for the night",
        "assumed; long-haul convoys of 2024 averaged 345 km a day over 7 days (UK MoD), that is "
        "about 8 h at 43 km/h",
        gt=0,
        le=24,
    )
    wagon_length_m: float = _factor(
        18.5, "m", "usable length of a flat wagon", "assumed: common bogie flats", gt=5, le=30
    )
    wagon_tare_t: float = _factor(
        24, "t", "mass of an empty flat wagon", "assumed: common bogie flats", gt=0, le=60
    )
    wagon_deck_m: float = _factor(
        1.25,
        "m",
        "height of a flat wagon's deck above the rail, added to the item's height",
        "assumed: common bogie flats",
        ge=0,
        le=2,
    )
    wagon_heavy_t: float = _factor(
        60,
        "t",
        "item mass above which a six-axle wagon is used instead of a four-axle one",
        "assumed",
        gt=0,
        le=200,
    )
    train_wagons: int = _factor(
        30,
        "wagons",
        "wagons of the train-load that a lot is cut to",
        "assumed: 600 m trains with 40-50 mixed vehicles (Dacian Fall 2025)",
        gt=0,
        le=100,
    )
    train_gross_t: float = _factor(
        1600,
        "t",
        "heaviest train that a lot is cut to",
        "18 main battle tanks a train (DB Cargo), wagons included",
        gt=0,
        le=10000,
    )
    serial_vehicles: int = _factor(
        45,
        "vehicles",
        "most vehicles of a lot: one road serial, one train-load",
        "trains of 40-50 vehicles (Dacian Fall 2025); the same parcel marches as one serial",
        gt=0,
        le=500,
    )
    person_lot: int = _factor(
        240,
        "persons",
        "most persons of a lot: an airliner, five coaches, a passenger train",
        "assumed",
        gt=0,
        le=2000,
    )
    person_handling_h: float = _factor(
        1,
        "h",
        "time of a rail track or reception slot for a lot of persons",
        "assumed",
        gt=0,
        le=48,
    )
    road_loading_h: float = _factor(
        2,
        "h",
        "time to load or unload heavy transporters, trucks and coaches",
        "assumed",
        ge=0,
        le=48,
    )
    track_march_km: float = _factor(
        150,
        "km",
        "longest leg that heavy lots march on their own wheels or tracks",
        "assumed",
        ge=0,
        le=2000,
    )
    track_march_kmh: float = _factor(
        12,
        "km/h",
        "pace of such a march, rests included",
        "heavy column, 100 km in about 9 h (UK press, 2025)",
        gt=0,
        le=60,
    )
    stow_factor: float = _factor(
        0.85, "share", "share of a ship's lane metres that can be used", "assumed", gt=0, le=1
    )
    ship_hold_h: float = _factor(
        24,
        "h",
        "longest time that a ship stays open for more lots after its first",
        "assumed",
        ge=0,
        le=720,
    )
    ship_turn_h: float = _factor(
        2, "h", "berthing and pilotage at each port call", "assumed", ge=0, le=72
    )
    air_queue_efficiency: float = _factor(
        0.85, "share", "queueing efficiency of an airfield", "AFPAM 10-1403", gt=0, le=1
    )
    access_km: float = _factor(
        300, "km", "longest road leg to or from a railhead or airfield", "assumed", gt=0, le=5000
    )
    marry_up_h: float = _factor(
        12, "h", "from the arrival of the last lot to closure", "assumed", ge=0, le=720
    )


class Lead(BaseModel):
    """Nations to compare as lead nation of an area."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    area: Id = Field(description="the area", json_schema_extra={"ref": "areas"})
    nations: tuple[NationId, ...] = Field(
        min_length=1,
        description="candidates, the nation that leads now first",
        json_schema_extra={"ref": "nations"},
    )


class Commitment(BaseModel):
    """What binds a nation's land forces outside the areas of the scenario."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    nation: NationId = Field(description="whose", json_schema_extra={"ref": "nations"})
    where: Line = Field(min_length=1, description="where, and as what")
    brigades: float = Field(
        ge=0,
        le=10,
        description="brigade equivalents bound there",
        json_schema_extra={"unit": "brigades"},
    )
    source: Id | None = Field(
        default=None,
        description="where it is published; blank: assumed",
        json_schema_extra={"ref": "sources"},
    )


class PresenceFactors(BaseModel):
    """Rules of thumb and questions of the assessment of presence."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    dwell_ratio: float = _factor(
        2,
        "units",
        "units at home (recovering, training) for each one on a turn: 1:2",
        "assumed; a common aim of armies for units on rotation",
        ge=0,
        le=10,
    )
    training_weeks: float = _factor(
        8,
        "brigade-weeks/year",
        "training area that an allied brigade equivalent in place needs",
        "assumed",
        ge=0,
        le=52,
    )
    local_training_weeks: float = _factor(
        4,
        "brigade-weeks/year",
        "the same for a brigade of the host, filled by conscripts and reservists",
        "assumed: half of an allied one",
        ge=0,
        le=52,
    )
    accompanied_share: float = _factor(
        0.5,
        "share",
        "persons of units stationed for good who bring a household: a home instead of a bed",
        "assumed",
        ge=0,
        le=1,
    )
    goal_lead_brigades: float = _factor(
        1,
        "brigades",
        "goal of allied brigade equivalents in place, without those of the United States, in each "
        "area with a candidate",
        "Kramer and Binnendijk, 2024: battlegroups become brigades",
        ge=0,
        le=10,
    )
    goal_us_brigades: float = _factor(
        1,
        "brigades",
        "goal of brigade equivalents of the United States in place there",
        "Kramer and Binnendijk, 2024: a brigade in each Baltic state",
        ge=0,
        le=10,
    )
    brigade_persons: float = _factor(
        4000,
        "persons",
        "persons of a brigade that is not there yet, to ask what housing the goal would take",
        "assumed; the brigades of unit_types have 3,000 to 4,900",
        gt=0,
        le=20000,
    )
    leads: tuple[Lead, ...] = Field(default=(), description="lead nations to compare, by area")
    commitments: tuple[Commitment, ...] = Field(
        default=(), description="what binds nations outside the areas of the scenario"
    )


class Rule(StrEnum):
    """A rule that an assignment of forces to areas has to keep."""

    LEAD = "lead"
    COHERENCE = "coherence"
    MOST_NATIONS = "most-nations"
    FEWEST_NATIONS = "fewest-nations"
    BURDEN = "burden"


class Measure(StrEnum):
    """What a fair share of the burden is measured by."""

    FORCE = "force"
    GDP = "gdp"
    DEFENCE = "defence"


class Brings(BaseModel):
    """What a whole unit of a type counts for, where its role and symbol do not say it."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    unit_type: Id = Field(description="the unit type", json_schema_extra={"ref": "unit_types"})
    capability: Capability = Field(description="what it is")
    quantity: float = Field(
        ge=0, le=100, description="how many; 0: it counts for nothing",
        json_schema_extra={"unit": "units"},
    )  # fmt: skip


class ResponsibilityFactors(BaseModel):
    """Rules of the assignment of forces to areas, and what they are judged by."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    rules: tuple[Rule, ...] = Field(default=tuple(Rule), description="rules in force")
    half_life_days: float = _factor(
        10,
        "days",
        "a requirement that many days later weighs half as much",
        "assumed: C+10 is twice as urgent as C+20",
        gt=0,
        le=720,
    )
    met_share: float = _factor(
        0.95,
        "share",
        "fulfilled share from which a requirement counts as met",
        "assumed: strengths are known to a tenth at best",
        gt=0,
        le=1,
    )
    count_local: bool = Field(
        default=True,
        description="do brigades of the host nation count towards a need of brigades",
        json_schema_extra={"unit": "", "source": "assumed: the source of the need does not say"},
    )
    free_brigades: bool = Field(
        default=True,
        description="may reinforcing brigades serve any land area, not only planned and pledged",
        json_schema_extra={"unit": "", "source": "assumed"},
    )
    whole_brigade: float = _factor(
        0.5, "brigades", "from this size on a force element is a brigade in that sense", "assumed",
        gt=0, le=10,
    )  # fmt: skip
    move_cost: float = _factor(
        0.05,
        "points",
        "what a force element has to gain if it is to leave the area planned for it; twice as "
        "much if it is to serve nowhere",
        "assumed; it keeps what makes no difference where it is",
        ge=0,
        le=10,
    )
    lead_brigades: float = _factor(
        0.25,
        "brigades",
        "what the lead nation of an area has there of its own",
        "a battlegroup, as framework nations of the forward presence had in 2024",
        gt=0,
        le=10,
    )
    lead_by_day: float = _factor(
        30, "C+days", "day by which it has that there", "assumed", ge=0, le=720
    )
    coherence_areas: int = _factor(
        1, "areas", "areas to which a nation's reinforcing brigades go, at most",
        "assumed: one nation, one area", ge=1, le=20,
    )  # fmt: skip
    coherence_exempt: tuple[NationId, ...] = Field(
        default=(), description="nations that coherence does not bind",
        json_schema_extra={"ref": "nations"},
    )  # fmt: skip
    most_nations: int = _factor(
        6, "nations", "nations whose manoeuvre units reinforce one area, at most", "assumed",
        ge=1, le=50,
    )  # fmt: skip
    fewest_nations: int = _factor(
        2, "nations", "allied nations with manoeuvre units in an area, at least",
        "assumed: no area is one ally's alone", ge=0, le=50,
    )  # fmt: skip
    burden_by: Measure = Field(
        default=Measure.FORCE,
        description="what a fair share is measured by: own brigades, GDP or defence spending",
    )
    burden_least: float = _factor(
        0.5, "share", "least burden of a nation, as a share of the mean", "assumed", ge=0, le=1
    )
    burden_most: float = _factor(
        1.5, "share", "largest burden of a nation, as a share of the mean", "assumed", ge=1, le=100
    )
    brings: tuple[Brings, ...] = Field(default=(), description="what units of a type count for")


class Settings(BaseModel):
    """Everything in scenario.toml.

    Once loaded, `extends` and `actions_applied` are resolved and empty: the tables are complete.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    name: Id = Field(description="short name, as in the folder's name")
    title: str = Field(min_length=1, description="one line that says what the scenario is")
    summary: str = Field(default="", description="a paragraph for the report")
    extends: str | None = Field(
        default=None,
        description="scenario over which this folder's tables are laid "
        "(a packaged name, or a path relative to this folder)",
    )
    actions_applied: tuple[Id, ...] = Field(
        default=(), description="actions already laid over these tables (in stored copies)"
    )
    c_day: dt.date = Field(description="day on which deployment starts")
    grid_hours: float = Field(
        default=3,
        ge=0.25,
        le=24,
        description="planning grid; it divides a day",
        json_schema_extra={"unit": "h"},
    )
    horizon_days: float = Field(
        default=60,
        gt=0,
        le=366,
        description="how long after C-day is planned",
        json_schema_extra={"unit": "days"},
    )
    phases: tuple[PhaseStart, ...] = Field(
        default=(PhaseStart(phase=Phase.CRISIS, from_day=0),),
        min_length=1,
        description="legal phases and when they begin; blank: crisis from C-day on",
    )
    factors: Factors = Field(default=Factors(), description="planning factors")
    presence: PresenceFactors = Field(
        default=PresenceFactors(), description="factors and questions of presence"
    )
    responsibility: ResponsibilityFactors = Field(
        default=ResponsibilityFactors(), description="rules of responsibility"
    )
    airdefence: AirDefenceFactors = Field(
        default=AirDefenceFactors(), description="factors and questions of air defence"
    )

    @field_validator("grid_hours")
    @classmethod
    def _divides_a_day(cls, hours: float) -> float:
        if abs(24 / hours - round(24 / hours)) > 1e-9:
            raise PydanticCustomError(
                "grid",
                "does not divide a day into whole periods",
                {"mend": "Use 1, 2, 3, 4, 6, 8, 12 or 24."},
            )
        return hours

    @field_validator("phases")
    @classmethod
    def _in_order(cls, phases: tuple[PhaseStart, ...]) -> tuple[PhaseStart, ...]:
        days = [start.from_day for start in phases]
        names = [start.phase for start in phases]
        if days != sorted(set(days)) or len(set(names)) != len(names):
            raise PydanticCustomError(
                "phases",
                "are not in order of their first days, or repeat a phase",
                {"mend": "List each phase once, the earliest first."},
            )
        return phases

    @property
    def horizon(self) -> int:
        """Number of periods planned."""
        return int(self.horizon_days * 24 // self.grid_hours)
