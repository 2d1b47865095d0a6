"""The run folder: written whole, read back, never over something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amberway.errors import PlanError, UsageError
from amberway.mobility import folder, methods, one_pass
from amberway.mobility.ground import Ground
from amberway.mobility.result import MobilityResult
from amberway.mobility.scheduler import Scheduler
from amberway.scenario import load
from corridor import Corridor


@pytest.fixture(scope="module")
def result() -> MobilityResult:
    """A plan with every kind of row: marches, trains, a sailing, a lot that does not move."""
    corridor = Corridor().hold(persons=300, truck=60, tank=20, box=11)
    corridor.set("r-bc", capacity_per_day=1)
    first = corridor.tables["forces"][0]
    corridor.tables["forces"] += [
        first | {"id": "near", "home": "b"},
        first | {"id": "stuck", "ntm_days": 29.9, "priority": 3},
    ]
    return methods.plan(corridor.scenario(), "one-pass")


def test_round_trip(result: MobilityResult, tmp_path: Path) -> None:
    """Lots, legs, sailings, causes and tables come back as they were."""
    stored = folder.read(folder.save(result, tmp_path / "run"))
    plan = result.plan
    assert plan.unmoved
    assert (stored.legs, stored.unmoved, stored.sailings) == (
        plan.legs, plan.unmoved, plan.sailings
    )  # fmt: skip
    assert stored.scenario.content_hash() == plan.scenario.content_hash()
    assert (stored.method, stored.complete) == ("one-pass", True)


@pytest.mark.parametrize("method", ["one-pass", "certified"])
def test_resource_use_is_that_of_the_fresh_plan(method: str, tmp_path: Path) -> None:
    """A stored plan has the use of every resource that the fresh one has, by every means."""
    corridor = Corridor().hold(persons=300, truck=60, tank=20, box=11)
    first = corridor.tables["forces"][0]
    hall = {"id": "hall", "place": "d", "function": "reception", "slots": 2, "handling_h": 3}
    corridor.add("terminals", **hall)
    cargo = {"rail": "heavy", "sea": "wheeled", "air": "persons"}
    corridor.tables["forces"] += [first | {"id": mode} for mode in cargo]
    corridor.tables["pins"] = [
        {"id": mode, "force": mode, "mode": mode, "cargo": cargo[mode]} for mode in cargo
    ]
    result = methods.plan(corridor.scenario(), method, time_limit=1)
    assert {"train", "ship", "aircraft", "reception", "coach"} <= {
        leg.means for legs in result.plan.legs.values() for leg in legs
    }
    stored = MobilityResult(folder.read(folder.save(result, tmp_path / "run")))
    assert (stored.plan.use.used == result.plan.use.used).all()
    assert stored.resources == result.resources


def test_resource_use_is_what_was_booked() -> None:
    """The use worked out from the legs and sailings is what the scheduler took of each resource."""
    corridor = Corridor().hold(persons=300, truck=60, tank=20, box=11)
    scheduler = Scheduler(Ground.of(corridor.scenario()))
    plan = one_pass.solve(corridor.scenario())
    for lot in one_pass.order(list(plan.lots)):
        scheduler.place(lot)
    assert plan.use.used.any()
    assert (plan.use.capacity - plan.use.used == scheduler._free.left).all()


def test_says_what_it_is(result: MobilityResult, tmp_path: Path) -> None:
    """run.json has format, versions and hashes, and nothing of the time or the place of writing."""
    run = json.loads((folder.save(result, tmp_path / "run") / "run.json").read_text())
    assert run["format"] == 1
    assert run["content_hash"] == load(tmp_path / "run/scenario").content_hash()
    assert set(run["files"]) == {
        "lots.csv", "moves.csv", "sailings.csv", "unmoved.csv", "result.json"
    }  # fmt: skip
    assert str(tmp_path) not in json.dumps(run)


def test_replaces_an_earlier_run_and_leaves_nothing_else(
    result: MobilityResult, tmp_path: Path
) -> None:
    """Written twice, the folder holds one run; no partial folder is left beside it."""
    folder.save(result, tmp_path / "run")
    (tmp_path / "run" / "old").write_text("x")
    folder.save(result, tmp_path / "run")
    assert not (tmp_path / "run" / "old").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_refuses_what_is_not_a_run(result: MobilityResult, tmp_path: Path) -> None:
    """A folder or file that is something else is left as it is."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("x")
    for target in ("mine", "mine/file"):
        with pytest.raises(UsageError, match="is not a run"):
            folder.save(result, tmp_path / target)
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "file"]


def test_refuses_a_place_that_cannot_be_written(result: MobilityResult, tmp_path: Path) -> None:
    """A file where a folder should be."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot write"):
        folder.save(result, tmp_path / "file" / "run")
    with pytest.raises(UsageError, match="too long"):
        folder.save(result, tmp_path / ("a" * 300))


def test_follows_a_link(result: MobilityResult, tmp_path: Path) -> None:
    """A symbolic link to a run stays a link; the run behind it is replaced."""
    folder.save(result, tmp_path / "run")
    (tmp_path / "latest").symlink_to("run")
    folder.save(result, tmp_path / "latest")
    assert (tmp_path / "latest").is_symlink()
    folder.read(tmp_path / "run")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("moves.csv", "r-bc>", "r-xx>"),
        ("moves.csv", ",march,", ",flight,"),
        ("moves.csv", "unit.w001", "unit.w999"),
        ("moves.csv", "lot,leg", "leg,lot"),
        ("moves.csv", "link:r-bc>:", "link:r-xx>:"),
        ("moves.csv", ",wide,", ",wild,"),
        ("sailings.csv", "s0001,", "s9999,"),
        ("run.json", '"method"', '"metod"'),
    ],
)
def test_names_that_are_nowhere_are_an_error(
    file: str, old: str, new: str, result: MobilityResult, tmp_path: Path
) -> None:
    """A tampered folder is not explained but refused."""
    run = folder.save(result, tmp_path / "run")
    text = (run / file).read_text(encoding="utf-8")
    assert old in text
    (run / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PlanError, match="cannot be read as a plan"):
        folder.read(run)


def test_not_a_run(tmp_path: Path) -> None:
    """An empty folder is no run."""
    with pytest.raises(PlanError, match="is not a run folder"):
        folder.read(tmp_path)
