# ruff: noqa: E501  (tables are as wide as they are)
"""A small deployment worked out by hand: every means once, on a 3 h grid over ten days.

It exists to try the verifier, so nothing here comes from the planner. Blocks of text are tables:
cells are separated by spaces, `-` is a blank cell, `+` stands for a space within a cell. One day is
eight periods. The comments give the sums behind each time. The places are laid out so that the lengths
of the links can be round numbers.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from amberway.scenario import load
from amberway.scenario.tables import TABLES, header

Row = dict[str, str]

SETTINGS = """
name = "by-hand"
title = "Every means once"
c_day = 2024-03-13
grid_hours = 3
horizon_days = 10

[factors]
ship_hold_h = 3
"""

SCENARIO = {
    # Crisis from C-day: pol may be entered from period 8, ltu from period 16.
    "nations": """
        id   name       clearance_crisis_days
        deu  Germany    0
        pol  Poland     1
        ltu  Lithuania  2
        """,
    "places": """
        id             nation  lat   lon   kind           name
        base           deu     55.0  15.0  barracks       Base
        base-airfield  deu     55.1  15.1  airfield       Base+Airfield
        kiel-port      deu     55.3  15.0  seaport        Kiel
        post           pol     55.0  20.0  junction       Post
        sound          -       55.5  15.2  sea            Sound
        sky            -       55.1  19.3  air            Sky
        klaipeda-port  ltu     55.5  22.5  seaport        Klaipeda
        yard           ltu     55.0  22.0  transload-yard Yard
        camp           ltu     55.0  23.5  assembly-area  Camp
        camp-airfield  ltu     55.1  23.6  airfield       Camp+Airfield
        """,
    "terminals": """
        id            place          function   slots handling_h hours_per_day gauges_mm lane_m_per_h max_draught_m max_length_m max_beam_m ramp_limit_t runway_m
        base-rail     base           rail       1     4          24            1435      -    -  -    -   -   -
        yard-rail     yard           rail       1     3          24            1435+1520 -    -  -    -   -   -
        camp-rail     camp           rail       1     6          12            1520      -    -  -    -   -   -
        kiel-berth    kiel-port      sea        1     -          24            -         300  10 200  40  65  -
        klaipeda-berth klaipeda-port sea        1     -          24            -         300  10 200  40  65  -
        base-apron    base-airfield  air        2     2          24            -         -    -  -    -   -   2500
        camp-apron    camp-airfield  air        1     2          24            -         -    -  -    -   -   2000
        camp-reception camp          reception  2     3          24            -         -    -  -    -   -   -
        """,
    "links": """
        id         from          to             mode km     speed_kmh capacity_per_day gauge_mm axle_load_t mlc_wheeled mlc_tracked max_width_m max_height_m max_draught_m max_beam_m passage_h two_way opens
        r-west     base          post           road 400    50        8    -     11    100  80  -    -    -  -   -  -     -
        r-east     post          camp           road 300    50        -    -     11    100  80  -    -    -  -   1  -     -
        r-future   base          post           road 400    50        -    -     11    100  80  -    -    -  -   -  -     2030-01-01
        r-kiel     base          kiel-port      road 50     50        -    -     11    120  80  -    -    -  -   -  -     -
        r-single   base          kiel-port      road 50     50        -    -     11    120  80  -    -    -  -   -  false -
        r-coast    klaipeda-port camp           road 100    50        16   -     11    100  70  -    -    -  -   -  -     -
        r-bridge   klaipeda-port camp           road 100    50        -    -     11    100  30  -    -    -  -   -  -     -
        r-weak     klaipeda-port camp           road 100    50        -    -     7     100  70  -    -    -  -   -  -     -
        r-take-off base          base-airfield  road 25     50        -    -     -     -    -   -    -    -  -   -  -     -
        r-landing  camp-airfield camp           road 25     50        -    -     -     -    -   -    -    -  -   -  -     -
        t-west     base          yard           rail 900    50        -    1435  22.5  -    -   3.8  4.8  -  -   -  -     -
        t-low      base          yard           rail 900    50        -    1435  22.5  -    -   3.8  4.0  -  -   -  -     -
        t-light    base          yard           rail 900    50        -    1435  20    -    -   3.8  4.8  -  -   -  -     -
        t-east     yard          camp           rail 150    50        -    1520  22.5  -    -   3.8  4.8  -  -   -  -     -
        s-canal    kiel-port     sound          sea  37.04  -         -    -     -     -    -   -    -    9  32  4  -     -
        s-open     sound         klaipeda-port  sea  666.72 -         -    -     -     -    -   -    -    -  -   -  -     -
        a-up       base-airfield sky            air  400    -         -    -     -     -    -   -    -    -  -   -  -     -
        a-down     sky           camp-airfield  air  400    -         -    -     -     -    -   -    -    -  -   -  -     -
        """,
    "equipment": """
        id     name   kind      length_m width_m height_m mass_t mlc axle_load_t tracked self_deploys crew
        truck  Truck  vehicle   8        2.5     3.5      18     18  8           false   true         2
        tank   Tank   vehicle   10       3.7     3.0      60     68  -           true    true         4
        box    Box    container 6.1      2.4     2.6      20     20  -           false   false        0
        """,
    "unit_types": """
        id          name  role       personnel brigade_equivalent sidc
        rail-unit   Rail  heavy      40        0.25               10031000001205000000
        road-unit   Road  logistics  20        0                  10031000001205000000
        box-unit    Box   logistics  0         0                  10031000001205000000
        crate-unit  Crate logistics  0         0                  10031000001205000000
        stock-unit  Stock logistics  10        0                  10031000001205000000
        sea-unit    Sea   heavy      28        0                  10031000001205000000
        ferry-unit  Ferry logistics  30        0                  10031000001205000000
        air-unit    Air   light      200       0                  10031000001205000000
        hold-unit   Hold  light      2         0                  10031000001205000000
        home-unit   Home  territorial 100      0                  10031000001205000000
        old-unit    Old   medium     1000      1                  10031000001205000000
        late-unit   Late  light      30        0                  10031000001205000000
        """,
    "unit_equipment": """
        id           unit_type  equipment count
        rail-tanks   rail-unit  tank      10
        road-trucks  road-unit  truck     10
        box-boxes    box-unit   box       3
        crate-boxes  crate-unit box       4
        stock-trucks stock-unit truck     2
        sea-tanks    sea-unit   tank      4
        sea-trucks   sea-unit   truck     6
        ferry-trucks ferry-unit truck     5
        hold-trucks  hold-unit  truck     1
        """,
    "forces": """
        id     name  nation unit_type  home          equipment_at ntm_days in_place_since strength area  destination ead_day priority
        rail   Rail  deu    rail-unit  base          -            1        -              1        baltic camp       3       1
        road   Road  deu    road-unit  base          -            2        -              1        baltic camp       -       2
        box    Box   deu    box-unit   base          -            1        -              1        baltic camp       -       2
        crate  Crate deu    crate-unit base          -            1        -              1        baltic camp       -       2
        stock  Stock deu    stock-unit kiel-port     base         1        -              1        baltic camp       -       2
        sea    Sea   deu    sea-unit   base          -            1        -              1        baltic camp       -       2
        ferry  Ferry deu    ferry-unit base          -            3        -              1        baltic camp       -       2
        air    Air   deu    air-unit   base          -            2        -              1        baltic camp       4       2
        hold   Hold  deu    hold-unit  base-airfield -            3        -              1        baltic camp       -       2
        home   Home  ltu    home-unit  camp          -            0.5      -              1        baltic camp       -       3
        old    Old   pol    old-unit   camp          -            1        2023-01-01     0.5      baltic camp       -       2
        late   Late  deu    late-unit  base          -            1        -              1        baltic camp       -       2
        """,
    "lift": """
        id        name      kind              count availability home      notice_days loads_in users lane_m wagons gross_t payload_t pax speed_kn speed_kmh range_km draught_m length_m beam_m ramp_limit_t item_length_m item_width_m item_height_m item_mass_t mlc runway_m gauge_mm
        arka      Arka      ship              1     1            kiel-port 0  -    -    500 -  -    -   50  20 -   -    6 150 25 70 -  -   -   -  -   -    -
        bella     Bella     ship              2     0.5          kiel-port 0  -    -    90  -  -    -   -   20 -   -    6 150 25 50 -  -   -   -  -   -    -
        wide      Wide      ship              1     1            kiel-port 0  -    -    500 -  -    -   50  20 -   -    6 150 35 70 -  -   -   -  -   -    -
        deep      Deep      ship              1     1            kiel-port 0  -    -    500 -  -    -   50  20 -   -    9.5 150 25 70 -  - -   -  -   -    -
        set-1435  Standard  train-set         1     1            -         0  -    -    -   30 1600 -   -   -  -   -    - -   -  -  -  -   -   -  -   -    1435
        set-1520  Broad     train-set         1     1            -         0  -    -    -   30 1600 -   -   -  -   -    - -   -  -  -  -   -   -  -   -    1520
        hets      Hets      heavy-transporter 4     1            -         1  deu  deu  -   -  -    -   -   -  -   -    - -   -  -  -  -   -   72 110 -    -
        foreign   Foreign   heavy-transporter 9     1            -         0  ltu  ltu  -   -  -    -   -   -  -   -    - -   -  -  -  -   -   50 110 -    -
        trucks    Trucks    truck             6     1            -         1  -    -    -   -  -    -   -   -  -   -    - -   -  -  -  -   -   25 40  -    -
        coaches   Coaches   coach             8     1            -         0  -    -    -   -  -    -   50  -  -   -    - -   -  -  -  -   -   -  20  -    -
        airlift   Airlift   aircraft          2     0.5          -         0  -    -    -   -  -    30  100 -  800 3000 - -   -  -  17 3   3.6 -  -   1800 -
        shorthaul Shorthaul aircraft          2     0.5          -         0  -    -    -   -  -    30  100 -  800 700  - -   -  -  17 3   3.6 -  -   1800 -
        longrun   Longrun   aircraft          2     0.5          -         0  -    -    -   -  -    30  100 -  800 3000 - -   -  -  17 3   3.6 -  -   2200 -
        narrow    Narrow    aircraft          2     0.5          -         0  -    -    -   -  -    30  100 -  800 3000 - -   -  -  17 2  3.6 -  -   1800 -
        """,
    "areas": """
        id      name    nations domain
        baltic  Baltic  ltu     land
        """,
}

LOTS = """
    id         force cargo      origin        destination ready weight persons items
    rail.h001  rail  heavy      base          camp        8     4      40      tank:10
    road.w001  road  wheeled    base          camp        16    2      20      truck:10
    box.c001   box   containers base          camp        8     2      0       box:3
    crate.c001 crate containers base          camp        8     2      0       box:4
    stock.w001 stock wheeled    base          camp        8     2      0       truck:2
    stock.p001 stock persons    kiel-port     camp        8     2      10      -
    sea.h001   sea   heavy      base          camp        8     2      16      tank:4
    sea.w001   sea   wheeled    base          camp        8     2      12      truck:6
    ferry.w001 ferry wheeled    base          camp        24    2      10      truck:5
    ferry.p001 ferry persons    base          camp        24    2      20      -
    air.p001   air   persons    base          camp        16    2      200     -
    hold.w001  hold  wheeled    base-airfield camp        24    2      2       truck:1
    home.p001  home  persons    camp          camp        4     1      100     -
    late.p001  late  persons    base          camp        8     2      30      -
    """

# Road west + east: 8 h, then 6 h driving; after 8 h a halt of 16 h; 1 h at the border: 31 h = 11
# periods for marches and trucks; 15 h + 1 h = 6 periods for coaches that come from kiel-port.
# Rail: base 4 h = 2, yard 3 h = 1, camp 6 h at 12 h a day = 4 periods; hauls 18 h = 6, 3 h = 1.
# Sea: 20 nmi + 360 nmi at 20 kn = 19 h, 4 h in the canal: 23 h = 8 periods.
# Air: 800 km at 800 km/h = 1 h. Two sorties of one aircraft = 2 waves; apron base holds 306
# stand-minutes a period, camp 153; 240 are needed: 1 and 2 periods; cycle 2 + 2 + 2 h = 2 periods:
# 2 + 1 + 1 + 2 = 6 periods. One sortie: 1 + 1 + 1.
MOVES = """
    lot        leg means             from          to            start end lift     assets sailing links                     waits             handling
    rail.h001  1   train             base          yard          8     17  set-1435 1      -       t-west>                   -                 3
    rail.h001  2   train             yard          camp          17    23  set-1520 1      -       t-east>                   -                 5
    rail.h001  3   reception         camp          camp          23    24  -        -      -       -                         -                 1
    road.w001  1   march             base          camp          16    27  -        -      -       r-west>+r-east>           -                 0
    road.w001  2   reception         camp          camp          27    28  -        -      -       -                         -                 1
    box.c001   1   truck             base          camp          8     21  trucks   3      -       r-west>+r-east>           -                 2
    box.c001   2   reception         camp          camp          21    22  -        -      -       -                         -                 1
    crate.c001 1   truck             base          camp          32    45  trucks   4      -       r-west>+r-east>           lift:trucks:24    2
    crate.c001 2   reception         camp          camp          45    46  -        -      -       -                         -                 1
    stock.w001 1   march             base          camp          8     19  -        -      -       r-west>+r-east>           -                 0
    stock.w001 2   reception         camp          camp          19    20  -        -      -       -                         -                 1
    stock.p001 1   coach             kiel-port     camp          10    18  coaches  1      -       r-kiel<+r-west>+r-east>   clearance:ltu:2   2
    stock.p001 2   reception         camp          camp          18    19  -        -      -       -                         -                 1
    sea.h001   1   heavy-transporter base          kiel-port     8     11  hets     4      -       r-kiel>                   -                 2
    sea.h001   2   ship              kiel-port     klaipeda-port 11    22  arka     1      s1      s-canal>+s-open>          -                 3
    sea.h001   3   track-march       klaipeda-port camp          22    25  -        -      -       r-coast>                  -                 0
    sea.h001   4   reception         camp          camp          25    26  -        -      -       -                         -                 1
    sea.w001   1   march             base          kiel-port     8     9   -        -      -       r-kiel>                   -                 0
    sea.w001   2   ship              kiel-port     klaipeda-port 9     22  arka     1      s1      s-canal>+s-open>          -                 5
    sea.w001   3   march             klaipeda-port camp          22    23  -        -      -       r-coast>                  -                 0
    sea.w001   4   reception         camp          camp          23    24  -        -      -       -                         -                 1
    ferry.w001 1   march             base          kiel-port     24    25  -        -      -       r-kiel>                   -                 0
    ferry.w001 2   ship              kiel-port     klaipeda-port 30    42  arka     1      s2      s-canal>+s-open>          ship:kiel-port:5  4
    ferry.w001 3   march             klaipeda-port camp          42    43  -        -      -       r-coast>                  -                 0
    ferry.w001 4   reception         camp          camp          43    44  -        -      -       -                         -                 1
    ferry.p001 1   coach             base          kiel-port     24    27  coaches  1      -       r-kiel>                   -                 2
    ferry.p001 2   ship              kiel-port     klaipeda-port 30    42  arka     1      s2      s-canal>+s-open>          ship:kiel-port:3  4
    ferry.p001 3   coach             klaipeda-port camp          42    45  coaches  1      -       r-coast>                  -                 2
    ferry.p001 4   reception         camp          camp          45    46  -        -      -       -                         -                 1
    air.p001   1   coach             base          base-airfield 16    19  coaches  4      -       r-take-off>               -                 2
    air.p001   2   aircraft          base-airfield camp-airfield 19    25  airlift  1      -       a-up>+a-down>             -                 5
    air.p001   3   coach             camp-airfield camp          25    28  coaches  4      -       r-landing>                -                 2
    air.p001   4   reception         camp          camp          31    32  -        -      -       -                         ead:air:3         1
    hold.w001  1   aircraft          base-airfield camp-airfield 26    29  airlift  1      -       a-up>+a-down>             lift:airlift:2    2
    hold.w001  2   march             camp-airfield camp          29    30  -        -      -       r-landing>                -                 0
    hold.w001  3   reception         camp          camp          30    31  -        -      -       -                         -                 1
    home.p001  1   reception         camp          camp          4     5   -        -      -       -                         -                 1
    """

# Lane metres: tank 10.5 m x 3.7/3 = 12.95, truck 8.5. Port call of a full ship:
# 2 h + 500 x 0.85 / 300 per h = 3.4 h = 2 periods. Ballast 22 -> 30 by the same way back.
SAILINGS = """
    id ship from      to            ballast_start load_start depart arrive discharged links            ballast_links     lane_m pax
    s1 arka kiel-port klaipeda-port -             9          12     20     22         s-canal>+s-open> -                 102.8  0
    s2 arka kiel-port klaipeda-port 22            30         32     40     42         s-canal>+s-open> s-open<+s-canal<  42.5   20
    """

UNMOVED = """
    lot       cause
    late.p001 no+coach+was+free
    """

# Closing periods (arrival + 12 h = 4): rail 28, road 32, box 26, crate 50, stock 24, sea 30,
# ferry 50, air 36, hold 35, home 9, old 8 (its notice); late never.
# The home guard is local, the old guard an ally in place: 960 - 100 - 500 = 360 reinforce, of whom
# the late 30 do not close. Ships: (102.8 + 42.5) of 500 x 0.85 lane m each.
# Objective: (4·24 + 2·(28+22+46+20+19+26+24+44+46+32+31) + 1·5 + 2·80 horizon) periods / 8.
RESULT: dict[str, Any] = {
    "scenario": "by-hand",
    "method": "by hand",
    "complete": True,
    "grid_hours": 3.0,
    "horizon_days": 10.0,
    "force_elements": 12,
    "lots": 14,
    "lots_delivered": 13,
    "persons_total": 960,
    "persons_in_place": 500,
    "persons_local": 100,
    "units_not_closed": 1,
    "items_total": 45,
    "persons_closed": {"C+10": 930, "C+30": 930},
    "persons_available": {"C+10": 960, "C+30": 960},
    "brigades_closed": {"C+10": 0.75, "C+30": 0.75},
    "brigades_total": 0.75,
    "reinforcing": {
        "persons_total": 360,
        "persons_closed": {"C+10": 330, "C+30": 330},
        "persons_available": {"C+10": 360, "C+30": 360},
    },
    "last_closure_day": 6.25,
    "objective": 937 / 8,
    "moves_by_means": {
        "march": 7,
        "track-march": 1,
        "heavy-transporter": 1,
        "truck": 2,
        "coach": 5,
        "train": 2,
        "ship": 4,
        "aircraft": 2,
        "reception": 13,
    },
    "trains": 2,
    "serials": 16,
    "sailings": 2,
    "sorties": 3,
    "ship_fill_mean": (102.8 + 42.5) / 850,
}
CLOSURES = {
    "rail": 3.5,
    "road": 4.0,
    "box": 3.25,
    "crate": 6.25,
    "stock": 3.0,
    "sea": 3.75,
    "ferry": 6.25,
    "air": 4.5,
    "hold": 4.375,
    "home": 1.125,
    "old": 1.0,
    "late": None,
}


def table(block: str) -> list[Row]:
    """Rows of a block of text."""
    lines = [line.split() for line in block.strip().splitlines()]
    return [
        dict(zip(lines[0], ("" if c == "-" else c.replace("+", " ") for c in cells), strict=True))
        for cells in lines[1:]
    ]


class HandPlan:
    """The plan as rows of text that a test may change before it is written."""

    def __init__(self) -> None:
        self.scenario = {name: table(block) for name, block in SCENARIO.items()}
        self.settings = SETTINGS
        self.lots = table(LOTS)
        self.moves = table(MOVES)
        self.sailings = table(SAILINGS)
        self.unmoved = table(UNMOVED)
        self.result: dict[str, Any] = json.loads(json.dumps(RESULT)) | {
            "closures": [{"force": force, "day": day} for force, day in CLOSURES.items()]
        }

    def row(self, name: str, row_id: str) -> Row:
        """A row of a scenario table."""
        return next(r for r in self.scenario[name] if r["id"] == row_id)

    def lot(self, lot: str) -> Row:
        """A row of lots.csv."""
        return next(r for r in self.lots if r["id"] == lot)

    def move(self, lot: str, leg: int) -> Row:
        """A row of moves.csv."""
        return next(r for r in self.moves if r["lot"] == lot and r["leg"] == str(leg))

    def sailing(self, sailing: str) -> Row:
        """A row of sailings.csv."""
        return next(r for r in self.sailings if r["id"] == sailing)

    def shift(self, lot: str, leg: int, by: int) -> None:
        """Move a leg and those after it in time; the first of them waits so much more or less."""
        for move in self.moves:
            if move["lot"] == lot and int(move["leg"]) >= leg:
                move["start"] = str(int(move["start"]) + by)
                move["end"] = str(int(move["end"]) + by)
        move = self.move(lot, leg)
        waited = sum(int(word.rpartition(":")[2]) for word in move["waits"].split()) + by
        move["waits"] = f"lift:coaches:{waited}" if waited > 0 else ""

    def write(self, run: Path) -> Path:
        """Write the run folder with the right hashes."""
        tables = run / "scenario"
        tables.mkdir(parents=True)
        (tables / "scenario.toml").write_text(self.settings, encoding="utf-8")
        for name, rows in self.scenario.items():
            assert name in TABLES
            _write(tables / f"{name}.csv", header(name), rows)
        for name, rows, block in (
            ("lots", self.lots, LOTS),
            ("moves", self.moves, MOVES),
            ("sailings", self.sailings, SAILINGS),
            ("unmoved", self.unmoved, UNMOVED),
        ):
            _write(run / f"{name}.csv", tuple(block.split("\n")[1].split()), rows)
        (run / "result.json").write_text(json.dumps(self.result), encoding="utf-8")
        seal(run)
        return run


def seal(run: Path) -> None:
    """Write run.json with the hashes of what the folder holds now."""
    scenario = load(run / "scenario")
    (run / "run.json").write_text(
        json.dumps(
            {
                "format": 1,
                "amberway": "0",
                "scenario": "by-hand",
                "actions": [],
                "content_hash": scenario.content_hash(),
                "method": "by hand",
                "seed": 0,
                "grid_hours": scenario.settings.grid_hours,
                "horizon_days": scenario.settings.horizon_days,
                "complete": True,
                "versions": {},
                "files": {
                    path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                    for path in sorted(run.iterdir())
                    if path.is_file() and path.name != "run.json"
                },
            }
        ),
        encoding="utf-8",
    )


def _write(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
