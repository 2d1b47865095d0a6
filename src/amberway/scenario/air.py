"""Fighters, and what the assessment of air defence is judged by."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from amberway.scenario.row import Date, Id, NationId, Row, Text, column


class Mission(StrEnum):
    """What a detachment is there for."""

    POLICING = "policing"
    DEFENCE = "defence"


class Fighter(Row):
    """A detachment of fighters at a base, or a wing that flies from it."""

    name: Text = column("detachment or wing")
    nation: NationId = column("whose it is", ref="nations")
    base: Id = column("where it flies from", ref="places")
    aircraft_type: Text = column("type of aircraft")
    aircraft: int = column("aircraft at the base", unit="aircraft", ge=0, le=500)
    availability: float = column("share of them ready to fly", unit="share", ge=0, le=1)
    sortie_rate: float = column(
        "sorties that a ready aircraft flies, sustained", unit="sorties/day", ge=0, le=10
    )
    on_station_h: float = column("time on station of a sortie", unit="h", ge=0, le=24)
    alert_min: float = column("from the order to airborne", unit="min", default=15, ge=0, le=1440)
    speed_kmh: float = column("speed of a scramble", unit="km/h", gt=0, le=4000)
    mission: Mission = column("what it is there for")
    from_date: Date | None = column("first day; blank: already there", default=None)
    to_date: Date | None = column("first day no longer there; blank: stays", default=None)


class Battery(BaseModel):
    """A kind of battery whose next sites are asked for. Nominal public ranges only."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    name: str = Field(min_length=1, description="what kind of battery")
    range_km: float = Field(
        gt=0, le=1000, description="nominal range", json_schema_extra={"unit": "km"}
    )
    floor_m: float = Field(
        default=0, ge=0, le=100000, description="lowest altitude", json_schema_extra={"unit": "m"}
    )
    ceiling_m: float = Field(
        gt=0, le=200000, description="highest altitude", json_schema_extra={"unit": "m"}
    )
    radar_height_m: float = Field(
        default=10, ge=0, le=3000, description="height of the radar",
        json_schema_extra={"unit": "m"},
    )  # fmt: skip


def _factor(default: Any, unit: str, meaning: str, source: str, **limits: Any) -> Any:
    return Field(
        default, description=meaning, json_schema_extra={"unit": unit, "source": source}, **limits
    )


class AirDefenceFactors(BaseModel):
    """What coverage is asked at, what counts as a layer, which batteries come next."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )

    altitudes_m: tuple[float, ...] = _factor(
        (100, 1000, 10000),
        "m",
        "altitudes of targets at which coverage is asked; blank: 100, 1000, 10000",
        "assumed: a cruise missile or drone, a low and a high aircraft",
        min_length=1,
        max_length=6,
    )
    reference_m: float = _factor(
        1000, "m", "the one of them at which depth and next sites are judged", "assumed"
    )
    medium_from_km: float = _factor(
        20,
        "km",
        "nominal range from which a system is of the medium layer",
        "assumed",
        gt=0,
        le=1000,
    )
    long_from_km: float = _factor(
        60,
        "km",
        "nominal range from which a system is of the long layer",
        "assumed",
        gt=0,
        le=1000,
    )
    patrols: float = _factor(
        6, "aircraft", "aircraft that the defence mission asks to have on patrol at all times",
        "assumed: a pair over each Baltic state", ge=0, le=100,
    )  # fmt: skip
    backup_share: float = _factor(
        0.5, "share", "weight of being covered twice, against once, in backup covering",
        "assumed: both alike", ge=0, le=1,
    )  # fmt: skip
    next_most: int = _factor(
        5, "batteries", "most batteries whose next sites are asked for", "assumed", ge=1, le=20
    )
    next: tuple[Battery, ...] = Field(
        default=(
            Battery(name="medium-range battery", range_km=40, ceiling_m=20000),
            Battery(name="long-range battery", range_km=120, floor_m=60, ceiling_m=24000),
        ),
        description="kinds of battery whose next sites are asked for; blank: one of 40 km, "
        "one of 120 km",
    )
    border_points: tuple[Id, ...] = Field(
        default=(), description="places to which scramble times are given",
        json_schema_extra={"ref": "places"},
    )  # fmt: skip

    @field_validator("altitudes_m")
    @classmethod
    def _above_ground(cls, altitudes: tuple[float, ...]) -> tuple[float, ...]:
        if list(altitudes) != sorted(set(altitudes)) or min(altitudes) < 0:
            raise PydanticCustomError(
                "altitudes",
                "are not altitudes above ground in rising order",
                {"mend": "List each altitude once in metres, the lowest first."},
            )
        return altitudes

    @model_validator(mode="after")
    def _fits(self) -> AirDefenceFactors:
        if self.reference_m not in self.altitudes_m:
            raise PydanticCustomError(
                "reference",
                "has a reference_m that is not among altitudes_m",
                {"mend": "Name one of the altitudes."},
            )
        if self.long_from_km <= self.medium_from_km:
            raise PydanticCustomError(
                "layers",
                "has a long_from_km that is not beyond medium_from_km",
                {"mend": "Give long_from_km a larger range."},
            )
        return self
