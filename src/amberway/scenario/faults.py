"""Names of the faults that reading can find before any named check runs.

Each has a broken input in tests/data/broken and a line on the reference page.
"""

from __future__ import annotations

FAULTS: dict[str, str] = {
    "no-scenario": "The path is not a folder that holds scenario.toml.",
    "toml": "A TOML file cannot be read or parsed.",
    "setting": "A key of scenario.toml is missing, unknown, of the wrong form or out of range.",
    "extends": "`extends` names no scenario, or leads back to the scenario itself.",
    "no-action": "The action asked for is not in the scenario, or is asked for twice.",
    "action": "A key of action.toml is missing, unknown, of the wrong form or out of range.",
    "unreadable": "A table cannot be opened, or is not CSV.",
    "encoding": "A file is not UTF-8 text.",
    "empty-file": "A table has no header row.",
    "separator": "A table is separated by semicolons or tabs instead of commas.",
    "unknown-table": "A CSV file is not a table of a scenario.",
    "unknown-column": "A header cell is not a column of the table.",
    "duplicate-column": "A column stands twice in the header.",
    "missing-column": "The header lacks a column that has no default.",
    "ragged-row": "A row has more or fewer cells than the header.",
    "control-character": "A cell holds a line break or another control character.",
    "missing-id": "A row has no id.",
    "duplicate-id": "An id stands twice in one table.",
    "overlay-removes-nothing": "An overlay removes a row that is not there.",
    "cell-missing": "A cell is blank whose column has no default.",
    "cell-form": "A cell is not of its column's form: number, date, id, one of a list.",
    "cell-range": "A number or text is outside its column's range.",
    "geojson": "areas.geojson is not a collection of polygons with ids.",
}
