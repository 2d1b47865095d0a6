"""Tables of the force: equipment, unit types and what they hold, force elements."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from amberway.scenario.row import Date, Id, NationId, Row, Text, column

LANE_WIDTH_M = 3.0
LASHING_GAP_M = 0.5


class CargoClass(StrEnum):
    """What a lot is made of; it decides which modes can carry it."""

    PERSONS = "persons"
    WHEELED = "wheeled"
    HEAVY = "heavy"
    CONTAINERS = "containers"


class EquipmentKind(StrEnum):
    """What kind of item it is."""

    VEHICLE = "vehicle"
    TRAILER = "trailer"
    CONTAINER = "container"


class Equipment(Row):
    """A vehicle, trailer or container type."""

    name: Text = column("name")
    kind: EquipmentKind = column("what kind of item it is")
    length_m: float = column("length over all, gun forward", unit="m", gt=0, le=40)
    width_m: float = column("width as transported", unit="m", gt=0, le=10)
    height_m: float = column("height as transported", unit="m", gt=0, le=10)
    mass_t: float = column("mass combat-loaded", unit="t", gt=0, le=200)
    mlc: int = column("military load class of the item itself", unit="MLC", gt=0, le=200)
    axle_load_t: float | None = column(
        "heaviest axle; blank for tracks", unit="t", default=None, gt=0, le=60
    )
    tracked: bool = column("does it run on tracks", default=False)
    self_deploys: bool = column(
        "may it march long distances on the road by itself (trailers: towed)", default=True
    )
    crew: int = column("persons that travel with it", unit="persons", default=0, ge=0, le=30)

    @property
    def lane_m(self) -> float:
        """Ro-ro lane metres: length with lashing gap, times the lanes that its width takes."""
        return (self.length_m + LASHING_GAP_M) * max(1.0, self.width_m / LANE_WIDTH_M)

    @property
    def cargo_class(self) -> CargoClass:
        """Wheeled may march; heavy needs rail, heavy transporter or ship; containers a truck."""
        if self.kind is EquipmentKind.CONTAINER:
            return CargoClass.CONTAINERS
        if self.tracked or not self.self_deploys:
            return CargoClass.HEAVY
        return CargoClass.WHEELED


class Role(StrEnum):
    """Combat role of a unit type."""

    HEAVY = "heavy"
    MEDIUM = "medium"
    LIGHT = "light"
    FIRES = "fires"
    AIR_DEFENCE = "air-defence"
    ENGINEER = "engineer"
    LOGISTICS = "logistics"
    MEDICAL = "medical"
    AVIATION = "aviation"
    RECONNAISSANCE = "reconnaissance"
    HEADQUARTERS = "headquarters"
    TERRITORIAL = "territorial"


class UnitType(Row):
    """A type of unit. What it holds is in unit_equipment."""

    name: Text = column("name")
    role: Role = column("combat role")
    personnel: int = column("strength", unit="persons", ge=0, le=100000)
    brigade_equivalent: float = column(
        "manoeuvre brigades that it counts for (a battalion is about 0.25)",
        unit="brigades",
        ge=0,
        le=10,
    )
    sidc: str = column("APP-6 / MIL-STD-2525D symbol code (20 digits)", pattern=r"^\d{20}$")


class UnitEquipment(Row):
    """How many items of one equipment type a unit type holds."""

    unit_type: Id = column("the unit type", ref="unit_types")
    equipment: Id = column("the equipment type", ref="equipment")
    count: int = column("items", unit="items", ge=1, le=50000)


class Force(Row):
    """A force element: a unit that is planned as a whole."""

    name: Text = column("the formation's own name")
    nation: NationId = column("whose it is", ref="nations")
    unit_type: Id = column("what it is", ref="unit_types")
    parent: Id | None = column("force element it belongs to", ref="forces", default=None)
    home: Id = column("home station of its persons", ref="places")
    equipment_at: Id | None = column(
        "where its equipment is stored, if not at home (pre-positioned stocks)",
        ref="places",
        default=None,
    )
    ntm_days: float = column(
        "notice to move: from activation to ready at home; in place: to ready in its area",
        unit="days",
        ge=0,
        le=720,
    )
    in_place_since: Date | None = column(
        "day since which it stands in its area; blank: it has to be moved", default=None
    )
    strength: float = column(
        "how much of the unit type's persons and equipment is planned",
        unit="share",
        default=1,
        gt=0,
        le=3,
    )
    area: Id = column("area of responsibility it serves", ref="areas")
    destination: Id = column("assembly area where it closes", ref="places")
    ead_day: float | None = column(
        "earliest arrival date", unit="C+days", default=None, ge=0, le=720
    )
    lad_day: float | None = column("latest arrival date", unit="C+days", default=None, ge=0, le=720)
    rdd_day: float | None = column(
        "required delivery date", unit="C+days", default=None, ge=0, le=720
    )
    priority: int = column(
        "1 first, 3 last; a lot of priority p weighs 2^(3-p) in the objective",
        default=2,
        ge=1,
        le=3,
    )

    def in_place(self, c_day: dt.date) -> bool:
        """Does it stand in its area on C-day?"""
        return self.in_place_since is not None and self.in_place_since <= c_day

    @property
    def weight(self) -> int:
        """Weight of one of its lots in the objective."""
        return int(2 ** (3 - self.priority))
