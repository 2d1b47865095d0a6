"""What is written loads to the same scenario, and appears whole or not at all."""

from __future__ import annotations

import datetime as dt
import importlib
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amberway.errors import Problem, UsageError
from amberway.scenario import Scenario, load, new, packaged, write
from amberway.scenario.describe import Column, columns
from amberway.scenario.load import read
from amberway.scenario.settings import Settings
from amberway.scenario.tables import TABLES, header

LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
TEXTS = LINES.filter(str.strip)
IDS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
NATIONS = st.sampled_from(["ltu", "lva", "est"])
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2999, 12, 31))


def limits(column: Column) -> tuple[float, float]:
    """The range of a column's numbers, a little inside where it is open."""
    low, high = (part.strip() for part in column.range.split(","))
    beyond = 0.001 if low.startswith(">") and column.type == "number" else float(low[0] == ">")
    return float(low[1:]) + beyond, float(high[1:])


def cells(column: Column) -> st.SearchStrategy[Any]:
    """Values that a column may hold, as Python has them."""
    if column.options:
        one: st.SearchStrategy[Any] = st.sampled_from(column.options)
        return st.lists(one, max_size=3) if column.type.startswith("several") else one
    if column.name in ("sidc",):
        one = st.from_regex(r"[0-9]{20}", fullmatch=True)
    elif column.name == "gauges_mm":
        return st.lists(st.integers(600, 2000), max_size=3)
    elif column.type == "number":
        one = st.floats(*limits(column), allow_nan=False)
    elif column.type == "whole number":
        low, high = limits(column)
        one = st.integers(int(low), int(high))
    elif column.type == "ids":
        return st.lists(NATIONS if column.refers == ("nations",) else IDS, max_size=3)
    else:
        by_type = {"id": IDS, "nation": NATIONS, "date": DAYS, "true or false": st.booleans()}
        one = by_type.get(column.type, LINES if column.default == "" else TEXTS)
    nullable = column.default == "" and column.type != "text"
    return st.none() | one if nullable else one


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Well-formed rows of any tables; they need not pass the named checks."""
    tables: dict[str, Any] = {}
    for table in draw(st.lists(st.sampled_from(list(TABLES)), max_size=4, unique=True)):
        rows = draw(
            st.lists(
                st.fixed_dictionaries({c.name: cells(c) for c in columns(table)}),
                max_size=3,
                unique_by=lambda row: row["id"],
            )
        )
        tables[table] = {row["id"]: TABLES[table].model_validate(row) for row in rows}
    text = st.text(st.characters(codec="utf-8"), max_size=20)
    return Scenario(
        settings=Settings(
            name=draw(IDS),
            title=draw(text.filter(bool)),
            summary=draw(text),
            c_day=draw(DAYS),
            horizon_days=draw(st.floats(0.1, 366)),
        ),
        actions=tuple(draw(st.lists(IDS, max_size=2, unique=True))),
        **tables,
    )


@given(scenarios())
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back(scenario: Scenario) -> None:
    """Proves for any well-formed rows that a written scenario is the same scenario."""
    with tempfile.TemporaryDirectory() as folder:
        write(scenario, Path(folder) / "copy")
        problems: list[Problem] = []
        again = read(Path(folder) / "copy", (), problems, checked=False)
    assert not problems
    assert again == scenario
    assert again.content_hash() == scenario.content_hash()


@pytest.mark.parametrize("actions", [(), ("1-deeper-port", "2-second-ship")])
def test_written_scenario_is_complete(actions: tuple[str, ...], data: Path, tmp_path: Path) -> None:
    """Proves that a stored copy needs neither the base nor the actions, and writes same bytes."""
    scenario = load(data / "minimal", actions)
    write(scenario, tmp_path / "copy")
    again = load(tmp_path / "copy")
    assert again == scenario
    assert again.name == scenario.name
    assert again.content_hash() == scenario.content_hash()
    before = {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()}
    write(again, tmp_path / "copy")
    assert {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()} == before
    assert before["links.csv"].decode().splitlines()[0] == ",".join(header("links"))


@pytest.mark.parametrize("name", packaged())
def test_packaged_scenario_reads_back(name: str, tmp_path: Path) -> None:
    """Proves the round trip for the scenarios that come with Amberway."""
    scenario = load(name)
    write(scenario, tmp_path / name)
    assert load(tmp_path / name) == scenario


def test_hash_sees_values_not_files(data: Path, minimal: Path) -> None:
    """Proves that the order of rows leaves the hash alone and any value changes it."""
    base = load(data / "minimal").content_hash()
    head, *rows = (minimal / "links.csv").read_text().splitlines()
    (minimal / "links.csv").write_text("\n".join([head, *reversed(rows)]))
    assert load(minimal).content_hash() == base
    (minimal / "links.csv").write_text("\n".join([head, *rows]).replace(",280,", ",281,"))
    assert load(minimal).content_hash() != base


def test_nothing_of_the_users_is_overwritten(data: Path, minimal: Path, tmp_path: Path) -> None:
    """Proves that write refuses a folder that holds more than a stored copy, and leaves it."""
    scenario = load(data / "minimal")
    before = sorted(minimal.rglob("*"))
    with pytest.raises(UsageError, match="something else"):
        write(scenario, minimal)  # it has actions/
    with pytest.raises(UsageError, match="something else"):
        write(scenario, minimal / "places.csv")
    with pytest.raises(UsageError, match="cannot be written"):
        write(scenario, minimal / "places.csv/below")
    assert sorted(minimal.rglob("*")) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["minimal"]


def test_interrupted_write_leaves_nothing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that an earlier copy survives a write that fails half-way."""
    scenario = load(data / "minimal")
    write(scenario, tmp_path / "copy")

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    module = importlib.import_module("amberway.scenario.write")
    monkeypatch.setattr(module, "_table_text", full)
    with pytest.raises(UsageError, match="No space left"):
        write(scenario, tmp_path / "copy")
    assert load(tmp_path / "copy") == scenario
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


@pytest.fixture
def as_packaged(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The minimal scenario as if it came with Amberway."""
    monkeypatch.setattr("amberway.scenario.folders.DATA", data)


@pytest.mark.usefixtures("as_packaged")
def test_new_copies_a_scenario_to_edit(data: Path, tmp_path: Path) -> None:
    """Proves that the copy has its own name, its actions, and otherwise the same contents."""
    target = new(tmp_path / "deep/My Plan (2)", "minimal")
    copy = load(target, ["1-deeper-port"])
    assert copy.settings.name == "my-plan-2"
    assert copy.links == load(data / "minimal").links


@pytest.mark.usefixtures("as_packaged")
@pytest.mark.parametrize(
    ("target", "base", "words"),
    [
        ("there", "minimal", "exists already"),
        ("mine", "minimum", "Did you mean 'minimal'"),
        ("mine", "../minimal", "not a packaged scenario"),
        ("minimal", "minimal", "choose another"),
        ("丘", "minimal", "choose another"),
    ],
)
def test_new_refuses(target: str, base: str, words: str, tmp_path: Path) -> None:
    """Proves that nothing is overwritten, and that a packaged name is not hidden."""
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match=words):
        new(tmp_path / target, base)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_options_are_those_of_the_models() -> None:
    """Proves that the description of columns, which the strategies above use, names every column
    with a meaning, and every number with a range."""
    for table in TABLES:
        for column in columns(table):
            assert column.meaning, (table, column.name)
            if column.type in ("number", "whole number"):
                assert column.range.count(",") == 1, (table, column.name)
            assert all(isinstance(o, str) and not isinstance(o, StrEnum) for o in column.options)
