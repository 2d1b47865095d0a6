"""The tracker: how far each proposal has come, from the numbers of three runs."""

from __future__ import annotations

import pytest

from amberway.initiative.evidence import EVIDENCE
from amberway.initiative.tracker import Item, Proposal, Standing, proposals, track
from amberway.scenario import load
from amberway.scenario.load import actions_of
from outcomes import Made

ASKED = (Proposal(id="p", action="a", proposal="P", metric="x", happened="H"),)


def item(base: float | None, asked: float | None, state: float | None) -> Item:
    """A proposal whose metric has these values in the three runs."""
    (found,) = track(Made({"x": base}), Made({"x": asked}), Made({"x": state}), ASKED)
    return found


@pytest.mark.parametrize(
    ("base", "asked", "state", "missing", "done", "standing"),
    [
        (0.25, 1.0, 0.25, 0.75, 0.0, Standing.UNMOVED),
        (0.25, 1.0, 0.55, 0.45, 0.4, Standing.PARTLY),
        (0.25, 1.0, 1.0, 0.0, 1.0, Standing.DONE),
        (0.25, 1.0, 0.1, 0.9, -0.2, Standing.AWAY),
        (46.0, 0.0, 46.0, -46.0, 0.0, Standing.UNMOVED),
        (46.0, 0.0, 23.0, -23.0, 0.5, Standing.PARTLY),
        (46.0, 0.0, 50.0, -50.0, -0.086957, Standing.AWAY),
        (1.0, 1.0, 2.0, -1.0, None, Standing.UNKNOWN),
        (None, 1.0, 2.0, -1.0, None, Standing.UNKNOWN),
        (1.0, 2.0, None, None, None, Standing.UNKNOWN),
    ],
)
def test_standing(
    base: float | None,
    asked: float | None,
    state: float | None,
    missing: float | None,
    done: float | None,
    standing: Standing,
) -> None:
    """Proves what is missing and how far a proposal has come, whether more or less was asked."""
    found = item(base, asked, state)
    assert (found.missing, found.done, found.standing) == (missing, done, standing)
    assert found.to_dict()["standing"] == standing.value


def test_proposals_of_the_package() -> None:
    """Proves that each action has proposals, their metrics are measured, their sources known."""
    known = {metric.name for metric in EVIDENCE}
    sources = load("baltic", ("asof-2026",)).sources
    found = proposals()
    assert {one.metric for one in found} <= known
    assert {one.source for one in found} - {""} <= sources.keys()
    assert {one.action for one in found} == {n for n in actions_of("baltic") if n != "asof-2026"}
    assert len({one.id for one in found}) == len(found)
