"""Whatever the scenario, the plan is possible, complete, accounted for, and the same every time."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from amberway.mobility import folder, methods, one_pass
from amberway.mobility.explain import account, explain
from amberway.mobility.ground import Ground
from amberway.mobility.plan import Plan
from amberway.mobility.progress import Progress
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import verify
from amberway.scenario import Scenario, load, write
from property.strategies import scenarios

# Ways in which a sentence about a lot that does not arrive begins.
CAUSES = (
    "no route from ",
    "ready too late: ",
    "not cleared to enter ",
    "not wanted before ",
    "every way to ",
)


def digests(run: Path) -> dict[str, str]:
    """The files of a folder by their hash."""
    return {
        str(path.relative_to(run)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.rglob("*"))
        if path.is_file()
    }


def saved(plan: Plan, run: Path) -> Path:
    """The run folder of a plan."""
    return folder.save(MobilityResult(plan), run)


@given(scenarios())
def test_plan_is_valid(scenario: Scenario) -> None:
    """The independent verifier finds nothing wrong with any plan or its numbers."""
    with tempfile.TemporaryDirectory() as place:
        verdict = verify(saved(one_pass.solve(scenario), Path(place, "run")))
    assert [str(v) for v in verdict.violations] == []


@given(scenarios())
def test_every_lot_arrives_or_has_a_cause(scenario: Scenario) -> None:
    """No lot is forgotten: it is delivered, or one sentence says why it is not."""
    plan = one_pass.solve(scenario)
    assert sorted([*plan.legs, *plan.unmoved]) == [lot.id for lot in plan.lots]
    for cause in plan.unmoved.values():
        assert cause.startswith(CAUSES), cause
        assert "\n" not in cause


@given(scenarios())
def test_time_account_adds_up_and_is_explained(scenario: Scenario) -> None:
    """Notice, waiting, handling and moving add up to the arrival; every unit has an explanation."""
    plan = one_pass.solve(scenario)
    for lot in plan.lots:
        if lot.id in plan.legs:
            assert sum(share.periods for share in account(plan, lot)) == plan.arrival(lot)
    for force in scenario.forces.values():
        text = explain(plan, force.id)
        assert text
        assert all(sentence.endswith(".") for sentence in text)


@given(scenarios())
def test_nothing_arrives_before_its_free_flow_time(scenario: Scenario) -> None:
    """The lower bounds that direct the search are lower bounds."""
    plan = one_pass.solve(scenario)
    options = Ground.of(scenario).options
    for lot in plan.lots:
        arrival = plan.arrival(lot)
        if arrival is not None:
            found = options.of(lot)
            reception = found.reception.duration if found.reception else 0
            assert arrival >= lot.ready + found.bound[lot.origin] + reception
            assert arrival >= lot.earliest_arrival


@given(scenarios())
@settings(max_examples=40)
def test_nothing_is_used_beyond_its_capacity(scenario: Scenario) -> None:
    """The books never go below zero, and undelivered lots leave nothing behind."""
    plan = one_pass.solve(scenario)
    assert (plan.use.used >= 0).all()
    assert (plan.use.used <= plan.use.capacity).all()
    if not plan.legs:
        assert not plan.use.used.any()
    carried = {leg.sailing for legs in plan.legs.values() for leg in legs} - {None}
    assert carried == {voyage.id for voyage in plan.sailings}


@given(scenarios())
@settings(max_examples=40)
def test_stored_plan_reads_back(scenario: Scenario) -> None:
    """A run folder gives back the lots, legs, sailings, causes and uses that were saved."""
    plan = one_pass.solve(scenario)
    with tempfile.TemporaryDirectory() as place:
        stored = folder.read(saved(plan, Path(place, "run")))
    assert (stored.lots, stored.legs, stored.unmoved) == (plan.lots, plan.legs, plan.unmoved)
    assert stored.sailings == plan.sailings
    assert (stored.use.used == plan.use.used).all()


@given(scenarios())
@settings(max_examples=30)
def test_same_input_same_bytes(scenario: Scenario) -> None:
    """Planning twice in one process writes the same files."""
    with tempfile.TemporaryDirectory() as place:
        runs = [saved(one_pass.solve(scenario), Path(place, name)) for name in ("one", "two")]
        assert digests(runs[0]) == digests(runs[1])


AGAIN = """
import sys
from pathlib import Path
from amberway.mobility import folder, methods
from amberway.scenario import load
for place in sorted(Path(sys.argv[1]).glob("scenario-*")):
    folder.save(methods.plan(load(place)), place.with_name(place.name.replace("scenario", "run")))
"""


def test_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Processes with other hash seeds and numbers of threads write the same files for the same
    tables, by the certified method.
    """
    places = tmp_path / "here"
    places.mkdir()

    @given(scenarios())
    @settings(max_examples=12, database=None)
    def collect(scenario: Scenario) -> None:
        write(scenario, places / f"scenario-{len(list(places.iterdir())):03d}")

    collect()
    found = []
    for seed in ("1", "2"):
        for run in places.glob("run-*"):
            run.rename(tmp_path / f"{run.name}-{seed}")
        environment = {**os.environ, "PYTHONHASHSEED": seed, "NUMBA_NUM_THREADS": seed}
        subprocess.run([sys.executable, "-c", AGAIN, str(places)], check=True, env=environment)
        found.append({run.name: digests(run) for run in places.glob("run-*")})
    assert len(found[0]) >= 12
    assert found[0] == found[1]
    for name, files in found[0].items():
        scenario = load(places / name.replace("run", "scenario"))
        again = saved(methods.plan(scenario).plan, tmp_path / name)
        assert digests(again) == files


@pytest.mark.parametrize("after", [1, 2, 5])
def test_interrupted_plan_is_valid_but_not_complete(after: int) -> None:
    """A plan cut short after some lots is valid, says so, and names the lots not reached."""

    @given(scenarios())
    @settings(max_examples=15)
    def check(scenario: Scenario) -> None:
        told = []

        def stop(now: Progress) -> None:
            told.append(now.done)
            if len(told) == after:
                signal.raise_signal(signal.SIGINT)

        plan = one_pass.solve(scenario, stop)
        assert plan.complete is (len(plan.lots) <= after)
        left = [lot for lot, cause in plan.unmoved.items() if cause == one_pass.INTERRUPTED]
        assert len(left) == max(0, len(plan.lots) - after)
        with tempfile.TemporaryDirectory() as place:
            verdict = verify(saved(plan, Path(place, "run")))
        assert [str(v) for v in verdict.violations] == []

    check()
