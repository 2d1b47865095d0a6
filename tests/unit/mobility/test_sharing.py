"""A plan names the yard's place only; where its yards differ, the verifier finds who was where."""

from __future__ import annotations

from pathlib import Path

import pytest

from amberway.mobility import folder, one_pass
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import sharing, verify
from corridor import Corridor


def two_yards() -> Corridor:
    """A yard of 1435 mm beside one of both gauges at `c`, with a track each.

    The broad train of `local` loads from 59 to 62 at the yard of both gauges; the trains of
    `first` (55 to 58) and `second` (57 to 60) unload at one each. `second` is planned before
    `first`: its time at the yard of both gauges is not free, so it takes the other.
    """
    corridor = Corridor().hold(truck=4).only("rail")
    corridor.set("rail-c", id="yard", gauges_mm="1435", slots=1)
    both = {"id": "yard-both", "place": "c", "function": "rail", "slots": 1, "handling_h": 3}
    corridor.add("terminals", **both, gauges_mm="1435 1520")
    unit = corridor.tables["forces"][0]
    corridor.tables["forces"] = [
        unit | {"id": "local", "home": "c", "ntm_days": 59 / 24, "priority": 1},
        unit | {"id": "second", "ntm_days": 26 / 24, "priority": 2},
        unit | {"id": "first", "ntm_days": 1, "priority": 3},
    ]
    return corridor


def test_two_yards_of_different_gauge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A possible plan is valid, though handing out the yards one by one finds no way."""
    plan = one_pass.solve(two_yards().scenario())
    assert plan.legs["first.w001"][0].end == 58
    assert plan.legs["second.w001"][0].end == 60
    assert plan.legs["local.w001"][0].start == 59
    run = folder.save(MobilityResult(plan), tmp_path / "run")
    assert [str(v) for v in verify(run).violations] == []
    monkeypatch.setattr(sharing, "_groups", lambda wishes: [])
    assert set(verify(run).by_rule()) == {"terminal-capacity"}


def test_what_is_not_settled_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many bookings hang together, the finding says that it is not certain."""
    run = folder.save(MobilityResult(one_pass.solve(two_yards().scenario())), tmp_path / "run")
    monkeypatch.setattr(sharing, "LARGEST", 0)
    (found,) = verify(run).violations
    assert found.rule == "terminal-capacity"
    assert "too many at once to know" in found.sentence
