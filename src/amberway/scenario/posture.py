"""Tables of posture: who owes what where, what stands already, what covers the sky, who commands.

The assessments of responsibility, presence, air defence and command read them; mobility does not.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from amberway.scenario.row import Date, Id, Ids, Line, NationId, Row, Text, column, split


class Capability(StrEnum):
    """What an area may need and a nation may offer."""

    HEAVY_BRIGADE = "heavy-brigade"
    MEDIUM_BRIGADE = "medium-brigade"
    LIGHT_BRIGADE = "light-brigade"
    ARTILLERY = "artillery"
    LONG_RANGE_FIRES = "long-range-fires"
    SHORT_RANGE_AIR_DEFENCE = "short-range-air-defence"
    MEDIUM_RANGE_AIR_DEFENCE = "medium-range-air-defence"
    LONG_RANGE_AIR_DEFENCE = "long-range-air-defence"
    ENGINEERS = "engineers"
    LOGISTICS = "logistics"
    MEDICAL = "medical"
    MARITIME = "maritime"
    AIR = "air"


class Requirement(Row):
    """A capability that an area needs by a day.

    Quantities are totals by that day. Brigades count upwards: a need of medium brigades is met by
    medium and heavy ones, one of light brigades by any.
    """

    area: Id = column("where", ref="areas")
    capability: Capability = column("what")
    quantity: float = column(
        "how many there must be by that day: brigades; battalions of artillery, long-range fires, "
        "short-range air defence, engineers, logistics, medical; air-defence batteries; warships; "
        "combat aircraft",
        unit="units",
        gt=0,
        le=1000,
    )
    by_day: float = column("needed by", unit="C+days", ge=0, le=720)
    priority: int = column(
        "1 first, 3 last; one of priority p weighs 2^(3-p)", default=2, ge=1, le=3
    )


class Pledge(Row):
    """A capability that a nation offers to an area.

    A force element that several pledges name for several areas may serve any one of them. What its
    pledges for an area say is what it brings there, instead of what its unit type says.
    """

    area: Id = column("where", ref="areas")
    capability: Capability = column("what")
    nation: NationId = column("who", ref="nations")
    force: Id | None = column("the force element, if named", ref="forces", default=None)
    quantity: float = column("how many units of it", unit="units", gt=0, le=1000)
    from_day: float = column("offered from", unit="C+days", ge=0, le=720)
    leads: bool = column("does the nation offer to lead in the area", default=False)


class Rotation(Row):
    """A turn of duty: a force element's time in an area, or a unit's time at a standing post.

    A force element that has turns is present on their days and on no others. Successive units of
    a post that are not force elements themselves are turns of the element that stands for it.
    """

    force: Id = column("who, or the standing post whose turn it is", ref="forces")
    post: Id | None = column("the post that it fills, if not its own", ref="forces", default=None)
    unit: Line = column("name of the unit that serves the turn, where public", default="")
    area: Id = column("where", ref="areas")
    place: Id | None = column(
        "where it is housed; blank: where the force element stands or closes",
        ref="places",
        default=None,
    )
    from_date: Date = column("first day")
    to_date: Date | None = column(
        "first day no longer there; blank: relieved heel to toe from then on", default=None
    )


class HostSupport(Row):
    """What a host nation provides at a place."""

    place: Id = column("where", ref="places")
    beds: int = column("barracks beds", unit="beds", ge=0, le=100000)
    family_homes: int = column("family homes", unit="homes", default=0, ge=0, le=100000)
    training_weeks: float = column(
        "training area", unit="brigade-weeks/year", default=0, ge=0, le=1000
    )
    in_place_by: Date | None = column("available from; blank: already", default=None)


class AirDefence(Row):
    """An air-defence system on a site. Nominal public ranges only."""

    system: Text = column("name of the system")
    nation: NationId = column("whose it is", ref="nations")
    place: Id = column("site", ref="places")
    force: Id | None = column("the force element, if planned", ref="forces", default=None)
    range_km: float = column("nominal range", unit="km", gt=0, le=1000)
    floor_m: float = column("lowest altitude", unit="m", default=0, ge=0, le=100000)
    ceiling_m: float = column("highest altitude", unit="m", gt=0, le=200000)
    radar_height_m: float = column("height of the radar", unit="m", default=10, ge=0, le=3000)
    launchers: int = column("launchers", unit="launchers", ge=0, le=100)
    from_date: Date | None = column("first day; blank: already there", default=None)
    to_date: Date | None = column("first day no longer there; blank: stays", default=None)


class DefendedAsset(Row):
    """A place worth defending against air attack."""

    place: Id = column("where", ref="places")
    weight: float = column("importance", gt=0, le=1000)
    layers: int = column("layers that it should have", unit="layers", default=1, ge=1, le=5)


class Echelon(StrEnum):
    """Level of a headquarters, highest first."""

    STRATEGIC = "strategic"
    JOINT = "joint"
    COMPONENT = "component"
    CORPS = "corps"
    DIVISION = "division"
    BRIGADE = "brigade"


class CommandDomain(StrEnum):
    """A domain in which somebody has to command."""

    LAND = "land"
    SEA = "sea"
    AIR = "air"
    CYBER = "cyber"
    SPACE = "space"


Domains = Annotated[tuple[CommandDomain, ...], BeforeValidator(split)]


class CommandPhase(StrEnum):
    """Phase of an operation, earliest first."""

    PEACE = "peace"
    CRISIS = "crisis"
    DEPLOYMENT = "deployment"
    DEFENCE = "defence"


class Headquarters(Row):
    """A headquarters. The one of echelon strategic is SACEUR's."""

    name: Text = column("name")
    echelon: Echelon = column("level of command")
    place: Id = column("seat", ref="places")
    lead_nation: NationId = column("lead nation", ref="nations")
    domains: Domains = column("domains it commands, space-separated", default=())
    areas: Ids = column("areas it commands, space-separated", ref="areas", default=())
    capacity: int | None = column(
        "force it can command", unit="persons", default=None, ge=0, le=10000000
    )
    sidc: str | None = column("APP-6 symbol code (20 digits)", default=None, pattern=r"^\d{20}$")
    national: bool = column("does it belong to one nation's own chain of command", default=False)
    from_phase: CommandPhase = column(
        "first phase in which it commands its areas", default=CommandPhase.PEACE
    )
    to_phase: CommandPhase | None = column(
        "last phase in which it commands its areas; blank: to the end", default=None
    )
    dual_hat: Id | None = column(
        "other headquarters that its commander also leads", ref="headquarters", default=None
    )
    staff_posts: int | None = column(
        "posts of its staff in peace", unit="posts", default=None, ge=0, le=100000
    )


class Relation(StrEnum):
    """Command relation, strongest first."""

    FULL = "full"
    OPCOM = "opcom"
    OPCON = "opcon"
    TACOM = "tacom"
    TACON = "tacon"


class CommandRelation(Row):
    """Who commands whom, in which phases."""

    superior: Id = column("who commands", ref="headquarters")
    subordinate: Id = column("who is commanded", ref="headquarters|forces")
    relation: Relation = column("kind of authority")
    domain: CommandDomain | None = column("for one domain only; blank: all", default=None)
    from_phase: CommandPhase = column("first phase in which it holds", default=CommandPhase.PEACE)
    to_phase: CommandPhase | None = column(
        "last phase in which it holds; blank: to the end", default=None
    )


class Disruption(Row):
    """A condition on infrastructure: what remains of a resource between two days."""

    resource: Id = column("link, terminal or lift", ref="links|terminals|lift")
    from_day: float = column("first day", unit="C+days", ge=0, le=720)
    to_day: float | None = column(
        "first day no longer; blank: to the end", unit="C+days", default=None, ge=0, le=720
    )
    remaining_share: float = column("what remains of its capacity", unit="share", ge=0, le=1)


class Source(Row):
    """A published source."""

    title: Text = column("title")
    publisher: Text = column("publisher")
    date: Line = column("date of publication or state", default="")
    address: Line = column("where to find it", default="")
