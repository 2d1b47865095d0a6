"""The table of lift: ships, trains, transporters, trucks, coaches, aircraft."""

from __future__ import annotations

from enum import StrEnum

from amberway.scenario.row import Id, Ids, NationId, Row, Text, column


class LiftKind(StrEnum):
    """What class of lift it is. Every asset comes back after use."""

    SHIP = "ship"
    TRAIN_SET = "train-set"
    HEAVY_TRANSPORTER = "heavy-transporter"
    TRUCK = "truck"
    COACH = "coach"
    AIRCRAFT = "aircraft"


class Lift(Row):
    """An asset or a pool of equal assets. Ships of a pool sail as individuals.

    A train set with `wagons` carries equipment, one with `pax` carries persons.
    """

    name: Text = column("name of the ship, or what the pool is")
    kind: LiftKind = column("class of lift")
    count: int = column("assets in the pool", unit="assets", default=1, ge=0, le=10000)
    availability: float = column(
        "how many of them can be used (rounded down)", unit="share", default=1, ge=0, le=1
    )
    home: Id | None = column(
        "place where it is on C-day: needed for ships, optional for pools",
        ref="places",
        default=None,
    )
    notice_days: float = column("from activation to ready at home", unit="days", ge=0, le=720)
    loads_in: Ids = column(
        "nations in which it can be loaded, space-separated; blank: anywhere",
        ref="nations",
        default=(),
    )
    users: Ids = column(
        "nations whose forces may use it, space-separated; blank: all", ref="nations", default=()
    )
    lane_m: float | None = column("ro-ro lane metres", unit="m", default=None, gt=0, le=50000)
    wagons: int | None = column(
        "flat wagons of a train set", unit="wagons", default=None, gt=0, le=100
    )
    gross_t: float | None = column(
        "heaviest train, wagons included", unit="t", default=None, gt=0, le=10000
    )
    payload_t: float | None = column(
        "payload of one asset", unit="t", default=None, gt=0, le=100000
    )
    pax: int | None = column("persons of one asset", unit="persons", default=None, gt=0, le=5000)
    speed_kn: float | None = column("service speed of a ship", unit="kn", default=None, gt=0, le=60)
    speed_kmh: float | None = column(
        "block speed of an aircraft; others take the link's speed",
        unit="km/h",
        default=None,
        gt=0,
        le=1200,
    )
    range_km: float | None = column(
        "range with that payload; blank: not a limit", unit="km", default=None, gt=0, le=25000
    )
    draught_m: float | None = column("loaded draught", unit="m", default=None, gt=0, le=30)
    length_m: float | None = column("length over all", unit="m", default=None, gt=0, le=450)
    beam_m: float | None = column("beam", unit="m", default=None, gt=0, le=80)
    ramp_limit_t: float | None = column(
        "heaviest vehicle over the stern ramp", unit="t", default=None, gt=0, le=1000
    )
    item_length_m: float | None = column(
        "longest item that fits in", unit="m", default=None, gt=0, le=100
    )
    item_width_m: float | None = column(
        "widest item that fits in", unit="m", default=None, gt=0, le=20
    )
    item_height_m: float | None = column(
        "highest item that fits in", unit="m", default=None, gt=0, le=20
    )
    item_mass_t: float | None = column(
        "heaviest item it carries (transporters, trucks, wagons)",
        unit="t",
        default=None,
        gt=0,
        le=300,
    )
    mlc: int | None = column(
        "military load class loaded (transporters, trucks, coaches)",
        unit="MLC",
        default=None,
        gt=0,
        le=200,
    )
    runway_m: float | None = column("runway it needs loaded", unit="m", default=None, gt=0, le=6000)
    gauge_mm: int | None = column(
        "track gauge of a train set", unit="mm", default=None, ge=600, le=2000
    )
    owner: NationId | None = column("owner's nation", ref="nations", default=None)
    flag: NationId | None = column("flag state", ref="nations", default=None)
