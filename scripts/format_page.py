"""The text of docs/format.md: what a scenario folder holds, from the models that read it."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

from amberway.scenario import CHECKS
from amberway.scenario.action import Action
from amberway.scenario.air import AirDefenceFactors, Battery
from amberway.scenario.checks.lift import LIFT_NEEDS, choice
from amberway.scenario.checks.links import LINK_NEEDS
from amberway.scenario.checks.terminals import TERMINAL_NEEDS
from amberway.scenario.describe import Column, columns, keys
from amberway.scenario.faults import FAULTS
from amberway.scenario.row import Row
from amberway.scenario.settings import (
    Brings,
    Commitment,
    Factors,
    Lead,
    PhaseStart,
    PresenceFactors,
    ResponsibilityFactors,
    Settings,
)
from amberway.scenario.tables import TABLES

HEAD = """\
<!-- Written by scripts/generate.py from the models in src/amberway/scenario. Do not edit. -->

# The scenario folder

A scenario is a folder of plain text: `scenario.toml`, one CSV table a kind of thing, and
`areas.geojson` with the outlines of areas. Every table may be missing; an empty scenario is
well-formed. `amberway new my-scenario` copies the reference scenario to edit, `amberway check
my-scenario` says everything that is wrong with it.

```
my-scenario/
  scenario.toml        name, C-day, planning grid, legal phases, planning factors
  nations.csv          one row a nation
  places.csv           one row a place ... and so on, see below
  areas.geojson        outlines of the areas, by id
  actions/
    1-some-action/
      action.toml      title, cost, years
      links.csv        rows that the action adds, replaces or removes
```

## How tables are written

* UTF-8 with or without a byte order mark, cells separated by commas, one header row. A row is one
  line. A cell that holds a comma stands in double quotes. Spreadsheets that use the comma as
  decimal sign write semicolons instead; such a file is refused with advice.
* Columns may stand in any order. A column that has a default may be left out, any other name is
  refused. A blank cell takes the default; where there is none, the column is *required*.
* An **id** has lower-case letters without accents, digits and single hyphens, at most 60
  characters. A **nation** is its ISO 3166 alpha-3 code in lower case.
* Numbers have a decimal point, no unit and no thousands separator. Dates are `2024-03-13`. Truth
  values are `true` and `false`. Several values in one cell are separated by spaces.
* Days that are numbers count from C-day: 2.5 is noon of the third day.

## What every row may say about itself

Every table has these columns, and they come last. **Every row names a source or says `assumed`.**

"""

OVERLAYS = """\
## Laying tables over tables

A folder whose `scenario.toml` has `extends` takes every table of the scenario that it names, and
lays its own over them. An action does the same to the scenario that it belongs to. The rule is one:

* a row with a new id is **added**;
* a row with a known id **replaces the whole row** (blank cells take defaults, not the old values);
* a row whose id is written `-id` **removes** it (the other cells do not count; a table that only
  removes may have the column `id` alone).

Actions are laid over in the order in which they are named. Features of `areas.geojson` are laid
over by their id in the same way. Keys of `scenario.toml` go over those of the scenario extended,
planning factors one by one. Afterwards the whole is checked as if it had been written at once, and
a problem still names the file and line in which the row stands.

"""

OUTLINES = """\
## areas.geojson

A GeoJSON `FeatureCollection` in degrees (WGS 84). Each feature is a `Polygon` or `MultiPolygon`
whose `id` is that of a row in `areas.csv`. The file may be missing; if it is there, it outlines
every area.

"""


def text() -> str:
    """The whole page."""
    return HEAD + "".join(_sections())


def _sections() -> Iterator[str]:
    provenance = [column for column in columns("nations") if column.name in Row.model_fields][1:]
    own = {column.name for column in provenance}
    yield _table(provenance)
    yield "## scenario.toml\n\n" + _table(keys(Settings), "Key")
    yield "### `[[phases]]`\n\n" + _doc(PhaseStart) + _table(keys(PhaseStart), "Key")
    yield "### `[factors]`\n\n" + _doc(Factors) + _factors(keys(Factors))
    yield "### `[presence]`\n\n" + _doc(PresenceFactors) + _factors(keys(PresenceFactors))
    yield "### `[[presence.leads]]`\n\n" + _doc(Lead) + _table(keys(Lead), "Key")
    yield "### `[[presence.commitments]]`\n\n" + _doc(Commitment) + _table(keys(Commitment), "Key")
    yield (
        "### `[responsibility]`\n\n"
        + _doc(ResponsibilityFactors)
        + _factors(keys(ResponsibilityFactors))
    )
    yield "### `[[responsibility.brings]]`\n\n" + _doc(Brings) + _table(keys(Brings), "Key")
    yield "### `[airdefence]`\n\n" + _doc(AirDefenceFactors) + _factors(keys(AirDefenceFactors))
    yield "### `[[airdefence.next]]`\n\n" + _doc(Battery) + _table(keys(Battery), "Key")
    yield "## Tables\n\n"
    yield "".join(f"* [`{name}`](#{name}) – {_first_line(TABLES[name])}\n" for name in TABLES)
    yield "\n"
    for name, model in TABLES.items():
        rest = [column for column in columns(name) if column.name not in own]
        yield f"### {name}\n\n" + _doc(model) + _table(rest) + _needs(name)
    yield OUTLINES
    yield OVERLAYS
    yield "## action.toml\n\n" + _table(keys(Action), "Key")
    yield "## What is checked\n\n"
    yield "Everything wrong is reported at once. A message ends with the name of the check.\n\n"
    yield "### When files are read\n\n"
    yield _list(FAULTS.items())
    yield "### When all rows are well-formed\n\n"
    yield _list((name, _first_line(CHECKS[name])) for name in sorted(CHECKS))


def _list(lines: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"| `{name}` | {line} |\n" for name, line in lines)
    return f"| Name | What it finds |\n|---|---|\n{rows}\n"


def _table(rows: list[Column], first: str = "Column") -> str:
    head = f"| {first} | Type | Unit | Range | Default | Meaning |\n|---|---|---|---|---|---|\n"
    return head + "".join(map(_row, rows)) + "\n"


def _row(column: Column) -> str:
    meaning = column.meaning
    if column.refers:
        meaning += f" → {' or '.join(f'`{table}`' for table in column.refers)}"
    if column.options:
        meaning += f": {', '.join(f'`{option}`' for option in column.options)}"
    cells = (f"`{column.name}`", column.type, column.unit, column.range, _default(column), meaning)
    return f"| {' | '.join(cells)} |\n"


def _needs(table: str) -> str:
    """What rows of a kind cannot do without, although the column has no default for others."""
    needs: dict[str, list[str]] = {
        "terminals": [f"{kind}: {', '.join(names)}" for kind, names in TERMINAL_NEEDS.items()],
        "links": [f"{mode}: {', '.join(names)}" for mode, names in LINK_NEEDS.items()],
        "lift": [f"{kind}: {', '.join(map(choice, all_))}" for kind, all_ in LIFT_NEEDS.items()],
    }
    if table not in needs:
        return ""
    return "Needed besides, for each:\n\n" + "".join(f"* {line}\n" for line in needs[table]) + "\n"


def _default(column: Column) -> str:
    if column.default is None:
        return "*required*"
    return f"`{column.default}`" if column.default else ""


def _factors(rows: list[Column]) -> str:
    head = "| Key | Default | Unit | Range | Meaning | Where it comes from |\n"
    head += "|---|---:|---|---|---|---|\n"
    lines = [
        f"| `{c.name}` | {c.default} | {c.unit} | {c.range} | {c.meaning} | {c.source} |\n"
        for c in rows
    ]
    return head + "".join(lines) + "\n"


def _doc(thing: object) -> str:
    return (inspect.getdoc(thing) or "") + "\n\n"


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")
