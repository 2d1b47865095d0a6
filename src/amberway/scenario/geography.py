"""Tables of the ground: nations, places, terminals, links, areas."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from amberway.scenario.row import Date, Gauges, Id, Ids, NationId, Row, Text, column


class Nation(Row):
    """A nation, and how long it takes to let a foreign force cross its border."""

    id: NationId = column("ISO 3166 alpha-3 code in lower case")
    name: Text = column("name in English")
    ally_since: int | None = column("year of NATO accession", default=None, ge=1949, le=2100)
    clearance_peace_days: float | None = column(
        "lead time to enter with a foreign force in peace; blank: never granted",
        unit="days",
        default=None,
        ge=0,
        le=365,
    )
    clearance_crisis_days: float | None = column(
        "the same in a crisis (pledged procedures in force)",
        unit="days",
        default=None,
        ge=0,
        le=365,
    )
    clearance_article5_days: float | None = column(
        "the same under Article 5 or an emergency scheme",
        unit="days",
        default=None,
        ge=0,
        le=365,
    )
    gdp_busd: float | None = column(
        "gross domestic product", unit="10⁹ US$", default=None, ge=0, le=1e6
    )
    defence_spending_pct: float | None = column(
        "defence spending", unit="% of GDP", default=None, ge=0, le=100
    )


class PlaceKind(StrEnum):
    """What a place is on the map."""

    BARRACKS = "barracks"
    RAILHEAD = "railhead"
    SEAPORT = "seaport"
    AIRFIELD = "airfield"
    BORDER_CROSSING = "border-crossing"
    TRANSLOAD_YARD = "transload-yard"
    STAGING_AREA = "staging-area"
    ASSEMBLY_AREA = "assembly-area"
    CITY = "city"
    HEADQUARTERS = "headquarters"
    JUNCTION = "junction"
    SEA = "sea"
    AIR = "air"


class Place(Row):
    """A place: a node of the network, with its position."""

    name: Text = column("name as on a map")
    nation: NationId | None = column(
        "nation in which it lies; blank at sea and for air waypoints", ref="nations", default=None
    )
    lat: float = column("latitude, WGS 84", unit="° N", ge=-90, le=90)
    lon: float = column("longitude, WGS 84", unit="° E", ge=-180, le=180)
    kind: PlaceKind = column("what the place is")


class Function(StrEnum):
    """What a terminal handles."""

    RAIL = "rail"
    SEA = "sea"
    AIR = "air"
    RECEPTION = "reception"


class Terminal(Row):
    """One handling function at a place: rail ramps, ro-ro berths, aircraft stands, reception.

    A rail terminal with two gauges is a transload yard: a lot is unloaded from a train of one
    gauge and loaded on a train of the other, each taking `handling_h` of a slot.
    """

    place: Id = column("where it is", ref="places")
    function: Function = column("what it handles")
    slots: int = column(
        "trains, ships or aircraft handled at once; reception: lots at once",
        unit="slots",
        ge=0,
        le=500,
    )
    handling_h: float | None = column(
        "time of a slot for one train-load, aircraft or received lot; blank for berths",
        unit="h",
        default=None,
        gt=0,
        le=240,
    )
    lane_m_per_h: float | None = column(
        "loading or discharging rate of one berth", unit="lane m/h", default=None, gt=0, le=5000
    )
    hours_per_day: float = column("working hours", unit="h/day", default=24, gt=0, le=24)
    gauges_mm: Gauges = column("track gauges served, space-separated", unit="mm", default=())
    max_draught_m: float | None = column("deepest ship", unit="m", default=None, gt=0, le=40)
    max_length_m: float | None = column("longest ship", unit="m", default=None, gt=0, le=500)
    max_beam_m: float | None = column("widest ship", unit="m", default=None, gt=0, le=100)
    ramp_limit_t: float | None = column(
        "heaviest vehicle over the ramp; blank: no limit known",
        unit="t",
        default=None,
        gt=0,
        le=1000,
    )
    runway_m: float | None = column("longest runway", unit="m", default=None, gt=0, le=6000)
    opens: Date | None = column("first day of use; blank: open already", default=None)
    closes: Date | None = column("first day closed; blank: stays open", default=None)


class Mode(StrEnum):
    """How a link is travelled."""

    ROAD = "road"
    RAIL = "rail"
    SEA = "sea"
    AIR = "air"


class Link(Row):
    """A connection between two places. A blank limit is no limit known."""

    from_place: Id = Field(alias="from", description="one end", json_schema_extra={"ref": "places"})
    to_place: Id = Field(
        alias="to", description="the other end", json_schema_extra={"ref": "places"}
    )
    mode: Mode = column("how it is travelled")
    km: float = column("length of the way", unit="km", gt=0, le=25000)
    speed_kmh: float | None = column(
        "average speed while moving; blank at sea and in the air: the vessel's own",
        unit="km/h",
        default=None,
        gt=0,
        le=1000,
    )
    capacity_per_day: float | None = column(
        "lots (trains, road serials) per day and direction left for this deployment; "
        "blank: not a limit",
        unit="lots/day",
        default=None,
        ge=0,
        le=10000,
    )
    gauge_mm: int | None = column("track gauge", unit="mm", default=None, ge=600, le=2000)
    axle_load_t: float | None = column("heaviest axle", unit="t", default=None, gt=0, le=60)
    mlc_wheeled: int | None = column(
        "military load class for wheels", unit="MLC", default=None, gt=0, le=200
    )
    mlc_tracked: int | None = column(
        "military load class for tracks", unit="MLC", default=None, gt=0, le=200
    )
    max_width_m: float | None = column(
        "loading profile: widest item", unit="m", default=None, gt=0, le=20
    )
    max_height_m: float | None = column(
        "loading profile: highest item above its own wheels", unit="m", default=None, gt=0, le=20
    )
    max_draught_m: float | None = column("deepest ship", unit="m", default=None, gt=0, le=40)
    max_length_m: float | None = column("longest ship", unit="m", default=None, gt=0, le=500)
    max_beam_m: float | None = column("widest ship", unit="m", default=None, gt=0, le=100)
    passage_h: float = column(
        "hours added to the run (locks, pilotage, border stop)", unit="h", default=0, ge=0, le=240
    )
    two_way: bool = column("may it be travelled in both directions", default=True)
    opens: Date | None = column("first day of use; blank: open already", default=None)
    closes: Date | None = column("first day closed; blank: stays open", default=None)


class Domain(StrEnum):
    """The domain of an area."""

    LAND = "land"
    SEA = "sea"
    AIR = "air"


class Area(Row):
    """An area of responsibility. Its outline is the feature of the same id in areas.geojson."""

    name: Text = column("name")
    nations: Ids = column(
        "nations on whose soil it lies, space-separated; blank at sea", ref="nations", default=()
    )
    domain: Domain = column("domain")
