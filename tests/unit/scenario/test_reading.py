"""Hostile and careless inputs: each is a clear message, or is read as it was meant."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amberway.errors import SHOWN_PROBLEMS, Problem, ScenarioError
from amberway.scenario import load, locate

Overlay = Callable[..., Path]
ProblemsOf = Callable[..., tuple[Problem, ...]]

FORCE = "id,name,nation,unit_type,home,ntm_days,area,destination\n"
PLACES = "id,name,nation,lat,lon,kind\n"
HILL = "hill,The Hill,wst,54.2,10.4,city\n"


def test_minimal_scenario_loads(data: Path) -> None:
    """Proves that the scenario under the broken inputs is itself without fault."""
    scenario = load(data / "minimal")
    assert scenario.name == "minimal"
    assert scenario.origin["links", "west-road"] == ("links.csv", 2)


def test_scenario_without_tables_loads(tmp_path: Path) -> None:
    """Proves that a scenario with no force at all is an answer, not a fault."""
    (tmp_path / "scenario.toml").write_text('name = "empty"\ntitle = "Empty"\nc_day = 2024-03-13\n')
    (tmp_path / "forces.csv").write_text(
        "id,name,nation,unit_type,home,ntm_days,area,destination\n"
    )
    assert load(tmp_path).forces == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"\xef\xbb\xbf" + (PLACES + HILL).encode(), "The Hill"),
        ((PLACES + HILL).replace("\n", "\r\n").encode(), "The Hill"),
        ((PLACES + HILL).rstrip("\n").encode(), "The Hill"),
        ((PLACES + "\n" + HILL + ",,,,,\n\n").encode(), "The Hill"),
        ((PLACES + ' hill , "The ""Hill"", old", wst, 54.2,10.4,city').encode(), None),
        ((PLACES + 'hill,"The ""Hill"", old",wst, 54.2 ,10.4,city').encode(), 'The "Hill", old'),
        ((PLACES + "hill,Šeštokai 丘,wst,54.2,10.4,city").encode(), "Šeštokai 丘"),
    ],
    ids=["mark", "crlf", "no-end", "blank-lines", "quote-inside", "quoted", "letters"],
)
def test_variants_of_csv(
    text: bytes, name: str | None, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that what spreadsheets and editors write is read alike, and stray quotes are not."""
    folder = overlay({"places.csv": text})
    if name is None:
        assert [p.check for p in problems_of(folder)] == ["ragged-row"]
    else:
        assert load(folder).places["hill"].name == name


@pytest.mark.parametrize(
    ("column", "cell", "check", "mend"),
    [
        ("km", "nan", "cell-form", "plain number"),
        ("km", "inf", "cell-form", "plain number"),
        ("km", "1e400", "cell-form", "plain number"),
        ("km", "-5", "cell-range", "more than 0"),
        ("km", "1e30", "cell-range", "at most 25000"),
        ("km", '"1,5"', "cell-form", "Write 1.5"),
        ("km", '"1,500"', "cell-form", "Write 1500, or 1.500"),
        ("km", "100 km", "cell-form", "without unit"),
        ("km", "", "cell-missing", "no default"),
        ("gauge_mm", "1435.5", "cell-form", "whole number"),
        ("gauge_mm", "9" * 5000, "cell-form", "whole number"),
        ("gauge_mm", "143", "cell-range", "at least 600"),
        ("mode", "Road", "cell-form", "Did you mean 'road'"),
        ("mode", "teleport", "cell-form", "'road', 'rail', 'sea' or 'air'"),
        ("two_way", "perhaps", "cell-form", "true or false"),
        ("opens", "2024-02-30", "cell-form", "2024-03-13"),
        ("opens", "45364", "cell-form", "2024-03-13"),
        ("id", "West_Road", "cell-form", "lower-case"),
        ("id", "weg-nach-köln", "cell-form", "lower-case"),
        ("id", "../../etc/passwd", "cell-form", "lower-case"),
        ("id", "<script>", "cell-form", "lower-case"),
        ("id", "a" * 61, "cell-range", "at most 60"),
        ("to", "west port", "cell-form", "lower-case"),
    ],
)
def test_faulty_cell(
    column: str, cell: str, check: str, mend: str, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that a faulty cell is named with its line, column and value, and how to mend it."""
    row = {"id": "new-road", "from": "west-camp", "to": "west-port", "mode": "road", "km": "100"}
    row |= {"speed_kmh": "40", "gauge_mm": "", "two_way": "", "opens": ""} | {column: cell}
    folder = overlay({"links.csv": f"{','.join(row)}\n\n{','.join(row.values())}\n"})
    (problem,) = problems_of(folder)
    assert (problem.check, problem.file, problem.row) == (check, "links.csv", 3)
    assert problem.column == column
    assert problem.value == (cell.strip('"')[:60] or None)
    assert mend in problem.mend


def test_every_problem_at_once(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that faults of form, cells and rules in several files come in one report."""
    folder = overlay(
        {
            "places.csv": PLACES + "hill,The Hill,wst,north,10.4,city\n",
            "links.csv": "id,from,to,mode,km,speed_kmh\n"
            "hill-road,west-camp,hill,road,20,40\nlost-road,west-camp,nowhere,road,9,40\n",
        },
        settings="grid_hours = 7\n",
    )
    found = {(p.check, p.file, p.row) for p in problems_of(folder)}
    # `hill` is malformed, not missing: nothing is said of the road that leads to it.
    assert found == {
        ("setting", "scenario.toml", None),
        ("cell-form", "places.csv", 2),
        ("dangling-reference", "links.csv", 3),
    }


def test_faulty_header_hides_no_references(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that beside a faulty header all references are judged: its rows count as known as far
    as their id can be read, their own references too, and nothing is said of what follows."""
    folder = overlay(
        {
            "places.csv": "id,name,nation,latt,lon,kind\n"
            "hill,The Hill,wst,54.2,10.4,city\nlake,The Lake,nowhere,54.3,10.5,city\nshort\n",
            "links.csv": "id,from,to,mode,km,speed_kmh\nhill-road,west-camp,hill,road,20,40\n"
            "short-road,hill,short,road,20,40\nlost-road,west-camp,hil,road,9,40\n",
            "forces.csv": FORCE + "unit,Unit,wst,no-type,hill,1,north,short\n",
        }
    )
    found = {(p.check, p.file, p.row, p.column) for p in problems_of(folder)}
    assert found == {
        ("unknown-column", "places.csv", 1, "latt"),
        ("missing-column", "places.csv", 1, "lat"),
        ("dangling-reference", "places.csv", 3, "nation"),
        ("dangling-reference", "links.csv", 4, "to"),
        ("dangling-reference", "forces.csv", 2, "unit_type"),
        ("dangling-reference", "forces.csv", 2, "area"),
    }


def test_header_without_id_leaves_references_open(
    overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that where no id can be read, no reference is said to lead nowhere."""
    folder = overlay(
        {
            "places.csv": PLACES.replace("id", "ident") + HILL,
            "links.csv": "id,from,to,mode,km,speed_kmh\nhill-road,west-camp,hill,road,20,40\n",
        }
    )
    assert {p.check for p in problems_of(folder)} == {"unknown-column", "missing-column"}


@pytest.mark.parametrize("table", sorted(p.stem for p in locate("baltic").glob("*.csv")))
def test_faulty_header_has_no_consequences(
    table: str, tmp_path: Path, problems_of: ProblemsOf
) -> None:
    """Proves on the reference scenario that one misspelt column is the only thing reported."""
    baltic = Path(shutil.copytree(locate("baltic"), tmp_path / "baltic"))
    file = baltic / f"{table}.csv"
    head, _, rows = file.read_text(encoding="utf-8").partition("\n")
    names = head.split(",")
    names[1] += "x"
    file.write_text(",".join(names) + "\n" + rows, encoding="utf-8")
    problems = problems_of(baltic)
    assert {p.check for p in problems} <= {"unknown-column", "missing-column"}
    assert {p.file for p in problems} == {f"{table}.csv"}


def test_thousands_of_problems_are_capped(overlay: Overlay) -> None:
    """Proves that the message stays readable while the exception keeps every problem."""
    rows = "".join(f"place-{i},Place,wst,x,10,city\n" for i in range(2000))
    with pytest.raises(ScenarioError) as caught:
        load(overlay({"places.csv": PLACES + rows}))
    assert len(caught.value.problems) == 2000
    lines = str(caught.value).splitlines()
    assert lines[0] == "2000 problems in the scenario"
    assert lines[-1] == f"... and {2000 - SHOWN_PROBLEMS} more"
    assert len(lines) == SHOWN_PROBLEMS + 2


@pytest.mark.parametrize(
    ("settings", "key", "mend"),
    [
        ("grid_hour = 3", "grid_hour", "grid_hours"),
        ("grid_hours = nan", "grid_hours", "plain number"),
        ("horizon_days = 10000", "horizon_days", "at most 366"),
        ('c_day = "soon"', "c_day", "2024-03-13"),
        ("c_day = 2024-03-13T12:00:00", "c_day", "2024-03-13"),
        ("phases = []", "phases", "at least one"),
        ('phases = [{phase = "war", from_day = 0}]', "phases.0.phase", "'peace', 'crisis'"),
        (
            'phases = [{phase = "crisis", from_day = 5}, {phase = "article5", from_day = 1}]',
            "phases",
            "earliest first",
        ),
        ("[factors]\nstow_factor = 2", "factors.stow_factor", "at most 1"),
        ("factors = 3", "factors", "docs/format.md"),
        ('actions_applied = "x"', "actions_applied", "docs/format.md"),
    ],
)
def test_faulty_setting(
    settings: str, key: str, mend: str, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that a fault of scenario.toml names its key and how to mend it."""
    (problem,) = problems_of(overlay(settings=settings + "\n"))
    assert (problem.check, problem.column) == ("setting", key)
    assert mend in problem.mend


def test_extends_in_a_circle_or_to_nothing(tmp_path: Path, problems_of: ProblemsOf) -> None:
    """Proves that a circle of scenarios ends, and that a base that is not there is named."""
    for name, base in (("a", "../b"), ("b", "../a"), ("c", "../nothing"), ("d", 7)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scenario.toml").write_text(
            f'name = "{name}"\ntitle = "T"\nc_day = 2024-03-13\nextends = {json.dumps(base)}\n'
        )
        checks = [problem.check for problem in problems_of(tmp_path / name)]
        assert checks == ["extends"] if isinstance(base, str) else "extends" in checks


def test_what_is_not_a_scenario(tmp_path: Path, data: Path, problems_of: ProblemsOf) -> None:
    """Proves that a wrong path is told apart: missing, a file, a folder without scenario.toml."""
    file = data / "minimal/places.csv"
    for path, words in (
        (tmp_path / "nothing", "does not exist"),
        (file, "is a file"),
        (file / "below", "does not exist"),
        (tmp_path, "holds no scenario.toml"),
        ("x" * 5000, "cannot be opened"),
        ("", "holds no scenario.toml"),
    ):
        (problem,) = problems_of(path)
        assert problem.check == "no-scenario"
        assert words in problem.what


def test_folder_in_the_place_of_a_file(minimal: Path, problems_of: ProblemsOf) -> None:
    """Proves that what cannot be opened as a table is said, not raised."""
    (minimal / "places.csv").unlink()
    (minimal / "places.csv").mkdir()
    (problem,) = problems_of(minimal)
    assert (problem.check, problem.file) == ("unreadable", "places.csv")


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "[" * 100_000,
        '{"type": "FeatureCollection", "features": [3]}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "east", '
        '"geometry": {"type": "Polygon", "coordinates": [[[21, NaN], [1, 1], [2, 2], [3, 3]]]}}]}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "east", '
        '"geometry": {"type": "Polygon", "coordinates": [[[21, 155], [1, 1], [2, 2], [3, 3]]]}}]}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "east", '
        '"geometry": null}]}',
    ],
    ids=["list", "deep", "number", "nan", "latitude", "null"],
)
def test_faulty_outlines(text: str, overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that areas.geojson cannot bring in what a map would stumble over."""
    assert {p.check for p in problems_of(overlay({"areas.geojson": text}))} == {"geojson"}


def test_utf16_and_undecodable_toml(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that the encodings that spreadsheets and editors offer by mistake are named."""
    folder = overlay({"places.csv": (PLACES + HILL).encode("utf-16")})
    assert [p.check for p in problems_of(folder)] == ["encoding"]
    (folder / "places.csv").unlink()
    (folder / "scenario.toml").write_bytes(b'name = "K\xf6ln"')
    assert [p.check for p in problems_of(folder)] == ["encoding"]


def test_packaged_name_goes_before_a_folder(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a folder in the way does not change what a packaged name means."""
    monkeypatch.setattr("amberway.scenario.folders.DATA", data)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(data / "minimal", tmp_path / "minimal")
    assert locate("minimal") == data / "minimal"
    assert locate("./minimal") == Path("minimal")
