"""The list scheduler on instances small enough to plan by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from amberway.errors import UsageError
from amberway.mobility import folder, methods, one_pass
from amberway.mobility.plan import Plan
from amberway.mobility.progress import Progress
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import verify
from corridor import Corridor


def valid(plan: Plan, place: Path) -> bool:
    """Does the verifier agree?"""
    verdict = verify(folder.save(MobilityResult(plan), place / "run"))
    assert [str(v) for v in verdict.violations] == []
    return verdict.valid


def test_rate_that_does_not_divide_the_grid(tmp_path: Path) -> None:
    """Ten a day on a 3 h grid: serials leave in steps of 1, 1, 1, 2, and ten every day."""
    corridor = Corridor(grid_hours=3).only("road").hold(truck=45 * 24).set("unit", ntm_days=0)
    plan = one_pass.solve(corridor.set("r-ab", capacity_per_day=10).scenario())
    starts = [plan.legs[lot.id][0].start for lot in plan.lots]
    assert [starts.count(t) for t in range(16)] == [1, 1, 1, 2, 1, 1, 1, 2] * 2
    assert len(starts) == 24
    assert valid(plan, tmp_path)


def test_slots_follow_each_other(tmp_path: Path) -> None:
    """One track, six hours a train: trains leave six hours apart, and wait for the track."""
    corridor = Corridor().only("rail").hold(tank=51).set("rail-a", slots=1)
    plan = one_pass.solve(corridor.scenario())
    first = sorted(plan.legs[lot.id][0].start for lot in plan.lots)
    assert first == [24, 30, 36]
    waits = [plan.legs[lot.id][0].waits for lot in plan.lots]
    assert waits == [(), (("terminal:rail-a", 6),), (("terminal:rail-a", 12),)]
    assert valid(plan, tmp_path)


def two_rides() -> Corridor:
    """Containers that ride lorries to the railhead and again from the last one."""
    corridor = Corridor().hold(box=10).only("road", "rail").set("unit", home="pa")
    corridor.settings["factors"] = {"access_km": 800}
    corridor.set("r-bc", closes="2020-01-01").set("t-cd", closes="2020-01-01")
    return corridor.set("r-port", km=900)


def test_two_moves_of_one_way_share_a_pool(tmp_path: Path) -> None:
    """Lorries of the second ride are those of the first, once they have come back empty."""
    corridor = two_rides()
    plan = one_pass.solve(corridor.scenario())
    ride, train, again = plan.legs["unit.c001"]
    back = ride.end + 50  # 18 hours of driving, 32 of halts
    assert (ride.means, train.means, again.means) == ("truck", "train", "truck")
    assert train.end < back
    assert again.start == back
    assert again.waits == (("lift:lorry", back - train.end),)
    assert valid(plan, tmp_path)


def test_undone_when_the_pool_comes_back_too_late(tmp_path: Path) -> None:
    """If the second ride no longer fits in the horizon, the first is given back."""
    corridor = two_rides()
    corridor.settings["horizon_days"] = 5.5
    plan = one_pass.solve(corridor.scenario())
    assert plan.unmoved == {"unit.c001": "every way to d is taken until the horizon (C+5.5)"}
    assert not plan.use.used.any()
    assert valid(plan, tmp_path)


def test_priority_then_readiness_then_name() -> None:
    """What matters more goes first, although it is ready later."""
    corridor = Corridor().only("road").hold(truck=10).set("r-ab", capacity_per_day=1)
    first = corridor.tables["forces"][0]
    corridor.tables["forces"] = [
        first | {"id": "late", "priority": 1, "ntm_days": 2},
        first | {"id": "early", "ntm_days": 0},
        first | {"id": "also", "ntm_days": 0},
    ]
    plan = one_pass.solve(corridor.scenario())
    ends = {lot.force: plan.arrival(lot) or 0 for lot in plan.lots}
    assert [lot.force for lot in one_pass.order(list(plan.lots))] == ["late", "also", "early"]
    assert ends["also"] < ends["early"]


def test_already_there() -> None:
    """A unit at home in its assembly area arrives when it is ready, and has no legs."""
    plan = one_pass.solve(Corridor().hold(truck=1).set("unit", home="d").scenario())
    assert plan.legs == {"unit.w001": ()}
    assert plan.arrival(plan.lots[0]) == 24


def test_progress_counts_lots() -> None:
    """The progress goes from the first lot to the last."""
    seen: list[float] = []
    one_pass.solve(Corridor().hold(truck=90).scenario(), lambda now: seen.append(now.done))
    assert seen == [(n + 1) / len(seen) for n in range(len(seen))]


@pytest.mark.parametrize("limit", [0.0, 1.0, 5.0])
def test_progress_of_the_certified_plan_moves_while_the_first_plan_is_made(limit: float) -> None:
    """It moves with every lot of the one-pass plan, never back, and ends at the end."""
    seen: list[Progress] = []
    scenario = Corridor().hold(truck=90).scenario()
    plan = methods.plan(scenario, "certified", seen.append, time_limit=limit).plan
    first = [now.done for now in seen if now.plan is None]
    assert len(first) == len(plan.lots) > 1
    if limit:
        assert 0 < first[0] < first[-1] < 1
    done = [now.done for now in seen]
    assert done == sorted(done)
    assert done[-1] == 1


def test_methods_by_name() -> None:
    """A method that is not there is refused with those that are."""
    scenario = Corridor().hold(truck=1).scenario()
    assert methods.plan(scenario, "one-pass").headline["method"] == "one-pass"
    assert methods.plan(scenario).headline["method"] == "certified"
    with pytest.raises(UsageError, match="methods are: certified, one-pass"):
        methods.plan(scenario, "magic")
