"""The verifier and the files of a run: hashes, numbers, and folders that cannot be read."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amberway.errors import PlanError
from amberway.mobility.verify import Verdict, verify
from hand_plan import CLOSURES, HandPlan, seal


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The valid plan in a folder."""
    return HandPlan().write(tmp_path / "run")


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_file_edited_without_its_hash(run: Path) -> None:
    """A changed file shows even if the plan stays possible."""
    edit(run / "unmoved.csv", "no coach", "no will")
    assert verify(run).by_rule() == {"files": 1}


def test_file_edited_with_its_hash(run: Path) -> None:
    """A new hash does not help if the plan became impossible."""
    edit(run / "moves.csv", ",march,base,camp,16,27", ",march,base,camp,15,27")
    seal(run)
    assert verify(run).by_rule() == {"readiness": 1, "duration": 1}


def test_file_left_out_of_run_json(run: Path) -> None:
    """run.json must name every file of the plan."""
    meta = json.loads((run / "run.json").read_text(encoding="utf-8"))
    del meta["files"]["moves.csv"]
    (run / "run.json").write_text(json.dumps(meta), encoding="utf-8")
    assert verify(run).by_rule() == {"files": 1}


def test_table_changed_with_the_plan_kept(run: Path) -> None:
    """Tables that were changed after planning show by their content hash."""
    edit(run / "scenario" / "equipment.csv", ",68,", ",67,")
    assert verify(run).by_rule() == {"content-hash": 1}


def test_other_grid_in_run_json(run: Path) -> None:
    """run.json and result.json must speak of the tables' grid."""
    edit(run / "run.json", '"grid_hours": 3.0', '"grid_hours": 6.0')
    assert verify(run).by_rule() == {"content-hash": 1, "result": 1}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("objective", 100.0),
        ("lots_delivered", 14),
        ("persons_closed", {"C+10": 960, "C+30": 960}),
        ("brigades_closed", {"C+10": 1.75, "C+30": 0.75}),
        ("last_closure_day", 5.0),
        ("last_closure_day", None),
        ("persons_total", "960"),
        ("persons_total", True),
        ("moves_by_means", {"march": 7}),
        ("moves_by_means", 37),
        ("objective", float("nan")),
        ("scenario", "another"),
        ("complete", False),
        ("reinforcing", {}),
        ("closures", []),
        ("closures", "all"),
        ("closures", [{"force": force, "day": 1.0} for force in CLOSURES]),
    ],
)
def test_result_says_something_else(tmp_path: Path, name: str, value: object) -> None:
    """A number of result.json that the plan does not bear out."""
    plan = HandPlan()
    plan.result[name] = value
    assert set(verify(plan.write(tmp_path / "run")).by_rule()) == {"result"}


def test_result_lacks_a_number(tmp_path: Path) -> None:
    """A headline number may not be left out."""
    plan = HandPlan()
    del plan.result["persons_closed"]
    assert verify(plan.write(tmp_path / "run")).by_rule() == {"result": 1}


def test_means_that_nobody_used_may_be_counted_as_none(tmp_path: Path) -> None:
    """A zero beside the means that were used is no untruth."""
    plan = HandPlan()
    plan.result["moves_by_means"]["airship"] = 0
    assert verify(plan.write(tmp_path / "run")).valid


# --- folders that cannot be read ----------------------------------------------------------------

FILES = (
    "run.json",
    "result.json",
    "lots.csv",
    "moves.csv",
    "sailings.csv",
    "unmoved.csv",
    "scenario/scenario.toml",
    "scenario/forces.csv",
)


@pytest.mark.parametrize("name", [name for name in FILES if name != "scenario/forces.csv"])
def test_missing_file_is_said(run: Path, name: str) -> None:
    """A missing file is a sentence that names it."""
    (run / name).unlink()
    with pytest.raises(PlanError, match=name.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0]):
        verify(run)


def test_missing_table_shows_in_the_content_hash(run: Path) -> None:
    """A scenario may lack a table, but not one that was planned with."""
    (run / "scenario" / "forces.csv").unlink()
    assert {"content-hash", "unknown-id"} <= set(verify(run).by_rule())


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[1, 2]", b'a,b\n"1', b"\x00"])
def test_malformed_file_is_said(run: Path, name: str, content: bytes) -> None:
    """A file that is no table or no JSON is a sentence, never a traceback."""
    (run / name).write_bytes(content)
    with pytest.raises(PlanError):
        verify(run)


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("moves.csv", ",16,27,", ",soon,27,", "row 5, column start: 'soon' is not a whole number"),
        ("moves.csv", ",16,27,", ",-1,27,", "'-1' is not a whole number"),
        ("moves.csv", ",16,27,", ",16.0,27,", "'16.0' is not a whole number"),
        ("moves.csv", ",16,27,", ",²,27,", "is not a whole number"),
        ("moves.csv", ",16,27,", f",16,{'9' * 5000},", "too large"),
        ("moves.csv", ",16,27,", ",16,", "row 5: has 12 cells"),
        ("moves.csv", "r-west> r-east>", "r-west r-east", "not of the form link>"),
        ("moves.csv", "lift:trucks:24", "24", "not of the form name:number"),
        ("moves.csv", "lot,leg", "leg,lot", "the header must be lot,leg"),
        ("lots.csv", "tank:10", "tank:ten", "'tank:ten' is not a whole number"),
        ("lots.csv", "road.w001,road", "rail.h001,road", "'rail.h001' stands there twice"),
        ("lots.csv", "road.w001,road", ",road", "must not be blank"),
        ("sailings.csv", "102.8", "nan", "is not a number from 0 up"),
        ("sailings.csv", "102.8", "-5", "is not a number from 0 up"),
        ("sailings.csv", "102.8", "much", "is not a number"),
        ("run.json", '"format": 1', '"format": 7', "format 7 is not known"),
        ("run.json", '"content_hash"', '"hash"', "'content_hash' is missing"),
        ("run.json", '"lots.csv"', '"../lots.csv"', "lies outside the run folder"),
        ("run.json", '"lots.csv"', '"nothing.csv"', "nothing.csv: cannot be read"),
        ("run.json", '"lots.csv"', '"a\\u0000b"', "not the name of a file"),
        ("scenario/forces.csv", "rail-unit", "tram-unit", "scenario/ cannot be used.*tram-unit"),
    ],
)
def test_fault_of_form_names_its_place(run: Path, file: str, old: str, new: str, what: str) -> None:
    """A cell or key that cannot be read is named with its place."""
    edit(run / file, old, new)
    with pytest.raises(PlanError, match=f"(?s){what}"):
        verify(run)


@pytest.mark.parametrize(
    "make",
    [
        lambda p: None,
        lambda p: p.write_text("no folder", encoding="utf-8"),
        lambda p: p.mkdir(),
    ],
)
def test_no_run_folder_is_said(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A path that is no run folder is a sentence."""
    make(tmp_path / "run")
    with pytest.raises(PlanError):
        verify(tmp_path / "run")


def test_folder_in_place_of_a_file_is_said(run: Path) -> None:
    """A directory where a table should be is a sentence."""
    (run / "moves.csv").unlink()
    (run / "moves.csv").mkdir()
    with pytest.raises(PlanError, match=r"moves\.csv: cannot be read"):
        verify(run)


# Cells that a careless or spiteful hand may write.
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "1",
            "99999999",
            "camp",
            "base",
            "ship",
            "train",
            "aircraft",
            "coach",
            "reception",
            "march",
            "arka",
            "arka#1",
            "set-1520",
            "airlift",
            "s1",
            "s2",
            "r-east>",
            "r-east<",
            "t-west> r-west<",
            "s-canal>",
            "a-up> a-up<",
            "truck:0",
            "tank:99999999",
            "box:1 tank:1",
            "persons",
            "heavy",
            "rail.h001",
            "late.p001",
            "rail",
            "old",
            "link:r-east>:3",
        ]
    ),
    st.text(max_size=8),
)


@given(
    file=st.sampled_from(["lots.csv", "moves.csv", "sailings.csv", "unmoved.csv"]),
    row=st.integers(0, 100),
    column=st.integers(0, 20),
    cell=CELLS,
)
@settings(max_examples=150, deadline=None)
def test_any_cell_gives_a_verdict_or_a_sentence(
    file: str, row: int, column: int, cell: str
) -> None:
    """Whatever stands in a cell, there is a verdict or a PlanError."""
    with tempfile.TemporaryDirectory() as folder:
        run = HandPlan().write(Path(folder) / "run")
        with (run / file).open(encoding="utf-8", newline="") as source:
            header, *rows = list(csv.reader(source))
        rows[row % len(rows)][column % len(header)] = cell
        with (run / file).open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([header, *rows])
        try:
            verdict = verify(run)
        except PlanError:
            return
        assert isinstance(verdict, Verdict)
