"""A lot without a way is told what cuts it, and where."""

from __future__ import annotations

import pytest

from amberway.mobility import one_pass
from corridor import Corridor


def cause(corridor: Corridor) -> str:
    """Why the only lot does not arrive."""
    plan = one_pass.solve(corridor.scenario())
    assert not plan.legs
    return next(iter(plan.unmoved.values()))


def tanks_by(*modes: str) -> Corridor:
    """Two tanks that may go by these modes only."""
    return Corridor().hold(tank=2).only(*modes)


def by_sea() -> Corridor:
    """Two trucks that have to go by sea."""
    return Corridor().hold(truck=2).only("road", "sea").set("r-bc", closes="2020-01-01")


def by_air() -> Corridor:
    """Persons that have to fly."""
    return Corridor().hold(persons=50).only("road", "air").set("r-bc", closes="2020-01-01")


@pytest.mark.parametrize(
    ("corridor", "what", "where"),
    [
        (tanks_by("rail").set("rail-c", gauges_mm="1435"), "track gauge", "t-cd"),
        (tanks_by("rail").set("t-bc", axle_load_t=10), "axle load", "t-bc"),
        (tanks_by("rail").set("t-bc", max_width_m=3), "loading profile", "t-bc"),
        (tanks_by("rail").set("t-bc", max_height_m=3), "loading profile", "t-bc"),
        (tanks_by("rail").set("t-bc", closes="2020-01-01"), "closed links or terminals", "t-bc"),
        (tanks_by("rail").set("t-bc", opens="2030-01-01"), "closed links or terminals", "t-bc"),
        (tanks_by("rail").lift("wide"), "track gauge", "t-cd"),
        (
            tanks_by("rail").set("wide", users="pol").set("broad", users="pol"),
            "lift that may carry it",
            None,
        ),
        (tanks_by("road").set("r-bc", mlc_wheeled=60), "military load class", "r-bc"),
        (
            tanks_by("road").set("unit", home="c").lift().set("r-cd", mlc_tracked=60),
            "military load class",
            "r-cd",
        ),
        (by_sea().set("s-in", max_draught_m=6), "draught", None),
        (by_sea().set("quay-d", max_draught_m=6), "draught", "pd"),
        (by_sea().set("quay-d", max_length_m=100), "ship length or beam", "pd"),
        (by_sea().set("quay-a", ramp_limit_t=10), "ramp strength", "pa"),
        (by_air().set("apron-d", runway_m=2000), "runway length", "fd"),
    ],
)
def test_cause_and_place(corridor: Corridor, what: str, where: str | None) -> None:
    """The limit that opens a way when lifted is named, with the link or hop that it stands on."""
    said = cause(corridor)
    assert " to d: cut by " + what in said
    if where is not None:
        assert where in said.partition(" at ")[2].split(", ")
        assert "t-ab" not in said


def test_no_links_at_all() -> None:
    """Where nothing connects, no single limit is blamed."""
    assert "no links or lift connect them" in cause(tanks_by("sea"))


def test_border_that_stays_shut() -> None:
    """Clearance that is not granted within the horizon is named with the nation."""
    corridor = Corridor().only("road").hold(truck=1)
    corridor.tables["nations"][1] |= {"clearance_crisis_days": None}
    assert "not cleared to enter" in cause(corridor)
    assert "pol" in cause(corridor).lower()


def test_ready_too_late() -> None:
    """A lot that could not make it even alone is told so."""
    assert cause(Corridor().only("road").hold(truck=1).set("unit", ntm_days=29)).startswith(
        "ready too late"
    )


def test_wanted_after_the_horizon() -> None:
    """An earliest arrival date after the horizon is the cause."""
    corridor = Corridor().only("road").hold(truck=1).set("unit", ead_day=40)
    assert cause(corridor).startswith("not wanted before its earliest arrival date")


def test_taken() -> None:
    """A way that nobody may enter in time is taken; one that is never open is closed."""
    corridor = Corridor().only("road").hold(truck=1)
    late = corridor.set("r-bc", capacity_per_day=0.034)  # the first lot on the last day
    assert cause(late).startswith("every way to d is taken")
    never = corridor.set("r-bc", capacity_per_day=0.01)
    assert "closed links or terminals at r-bc" in cause(never)
