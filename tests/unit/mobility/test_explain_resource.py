"""What is said of a resource and of a certificate: prices, waiting, use, gains."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from amberway.cli import app
from amberway.errors import UsageError
from amberway.mobility import one_pass
from amberway.mobility.certificate import Bottleneck, Certificate, Gain, GapParts
from amberway.mobility.explain import explain
from amberway.mobility.explain_resource import buys, explain_resource, gain_words, waiters
from amberway.mobility.folder import save
from amberway.mobility.plan import Plan
from amberway.mobility.result import MobilityResult
from amberway.mobility.summary import certificate_lines, lines
from amberway.mobility.worth import by_day
from corridor import Corridor

PER_DAY = 24  # periods: the corridor has a grid of one hour


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Four train-loads for three train sets over a line with one path a day, priced by hand."""
    corridor = Corridor().only("rail").hold(tank=70).set("t-bc", capacity_per_day=1)
    made = one_pass.solve(corridor.set("wide", count=1).scenario())
    prices = np.zeros(made.use.capacity.shape)
    prices[made.use.names.index("link:t-bc>"), 3 * PER_DAY : 5 * PER_DAY] = 0.5
    prices[made.use.names.index("link:t-bc>"), 4 * PER_DAY : 5 * PER_DAY] = 2.0
    prices[made.use.names.index("lift:wide"), 2 * PER_DAY : 2 * PER_DAY + 12] = 0.1
    found = (
        Bottleneck("link:t-bc>", "rail", 2.5, "train path a day", Gain(3.0, 0.25, -0.5)),
        Bottleneck("lift:wide", "train-set", 1.2, "train set", None),
        Bottleneck("clearance:pol", "clearance", 4.0, "day of clearance less", Gain(0, 0, 0)),
    )
    certificate = Certificate(
        50.0, 30.0, 80.0, prices, parts=GapParts(2.0, 3.0, 5.0), bottlenecks=found
    )
    return replace(made, certificate=certificate)


def test_worth_by_day_is_that_of_one_more_unit(plan: Plan) -> None:
    """One path a day is one slot a day; one more set can be used in every period."""
    paths, sets = by_day(plan, "link:t-bc>"), by_day(plan, "lift:wide")
    assert paths is not None
    assert sets is not None
    assert paths[2:6].tolist() == [0.0, 0.5, 2.0, 0.0]
    assert sets[2] == pytest.approx(12 * 0.1)
    assert by_day(plan, "link:t-ab>") is None
    assert by_day(replace(plan, certificate=None), "lift:wide") is None


def test_price_over_time(plan: Plan) -> None:
    """When the price begins, peaks and ends, in days, and what it adds up to."""
    text = " ".join(explain_resource(plan, "link:t-bc>"))
    assert text.startswith("A rail slot b-c (link:t-bc>):")
    assert "one more train path a day is worth 2.5 weighted days in the bound" in text
    assert "from C+3.0 to C+5.0, most on C+4: 2.0 for that day" in text
    assert "last closure 0.5 days later" in text


def test_link_without_direction_gives_both(plan: Plan) -> None:
    """A shell takes `>` for itself, so a link may be named without it."""
    text = explain_resource(plan, "link:t-bc")
    assert "A rail slot b-c (link:t-bc>):" in text
    assert "A rail slot c-b (link:t-bc<):" in text


def test_waiting_adds_up_to_the_waits_of_the_legs(plan: Plan) -> None:
    """Units, lots and lot-days are those that the legs are waiting."""
    name = "lift:wide"
    waited = [n for legs in plan.legs.values() for leg in legs for r, n in leg.waits if r == name]
    (row,) = waiters(plan, name)
    assert (row.lots, row.lot_days) == (len(waited), pytest.approx(sum(waited) / PER_DAY))
    assert f"{row.lots} lots wait for it, {row.lot_days:.1f} lot-days" in " ".join(
        explain_resource(plan, name)
    )


def test_clearance_has_a_price_but_no_days(plan: Plan) -> None:
    """What has no capacity by period is worth something to those who wait."""
    text = " ".join(explain_resource(plan, "clearance:pol"))
    assert "would save the lots that wait for it about 4.0 weighted days" in text
    assert text.endswith("Planned anew with one day of clearance less: no better plan found.")


def test_without_certificate_no_price_is_made_up(plan: Plan) -> None:
    """A one-pass plan says that nothing is known of the worth, and still who waits."""
    text = " ".join(explain_resource(replace(plan, certificate=None), "lift:wide"))
    assert "the method one-pass computes no prices" in text
    assert "lots wait for it" in text


def test_ship_tells_its_sailings_and_where_its_wait_is_counted() -> None:
    """A ship's use is its sailings; what waits for it is counted at the port."""
    corridor = Corridor().only("road", "sea").set("r-bc", closes="2020-01-01").hold(truck=10)
    text = " ".join(explain_resource(one_pass.solve(corridor.scenario()), "lift:ship"))
    assert "1 ship with 1 sailing, " in text
    assert "at a port (ship:PLACE), not for one by name" in text


def test_unknown_resource_is_guessed(plan: Plan) -> None:
    """A mistyped resource is answered with the one that was meant."""
    with pytest.raises(UsageError, match="Did you mean 'lift:wide'"):
        explain_resource(plan, "lift:wid")


def test_gains_and_losses_are_told_apart(plan: Plan) -> None:
    """A gain of the objective may cost brigade-days; nothing gained is said so."""
    assert gain_words(plan, Gain(3.0, -0.25, 0.5)) == (
        "3.0 weighted days saved, 0.2 brigade-days lost, last closure 0.5 days earlier"
    )
    assert gain_words(plan, Gain(-1.0, 2.0, 0.0)) == "no better plan found"
    closure = replace(plan, objective="closure")
    assert gain_words(closure, Gain(99.0, 0.0, 1.0)) == (
        "no brigade-days saved, last closure 1.0 days earlier"
    )
    assert "is done for the dearest only" in buys(plan, Bottleneck("lift:h", "truck", 1, "truck"))


def test_chain_of_a_unit_names_the_price_of_what_it_waits_for(plan: Plan) -> None:
    """The wait of the critical lot carries the price on the dearest day of the wait."""
    prices = np.zeros(plan.use.capacity.shape)
    prices[plan.use.names.index("lift:wide")] = 0.1
    assert plan.certificate is not None
    priced = replace(plan, certificate=replace(plan.certificate, prices=prices))
    text = " ".join(explain(priced, "unit"))
    assert "for Train 1435 (one more that day would be worth 2.4 weighted days)" in text
    assert "would be worth" not in " ".join(explain(replace(plan, certificate=None), "unit"))


def test_summary_of_a_certificate(plan: Plan) -> None:
    """Plan, bound and free flow, in all and as avoidable delay; the gap's parts; bottlenecks."""
    result = MobilityResult(plan)
    value = result.headline["objective"]
    text = certificate_lines(result)
    rows = {line[:34].strip(): line[34:].split() for line in text if len(line) > 34}
    assert rows["one-pass plan"] == ["80.00", "50.00"]
    assert rows["this plan"] == [f"{value:.2f}", f"{value - 30:.2f}"]
    assert rows["certified gap"] == [
        f"{(value - 50) / value:.2%}",
        f"{(value - 50) / (value - 30):.2%}",
    ]
    assert any("3.00 is whole ships" in line for line in text)
    at = text.index("  a rail slot b-c (link:t-bc>)")
    assert text[at + 1] == (
        "    one more train path a day is worth 2.5 weighted days in the bound; "
        "3.0 weighted days saved, 0.2 brigade-days saved, last closure 0.5 days later"
    )


def test_summary_without_certificate_says_so(plan: Plan) -> None:
    """No bound, no gap: one sentence instead of numbers."""
    text = lines(MobilityResult(replace(plan, certificate=None)), valid=True)
    assert text[-1] == "The method one-pass proves no bound: a better plan may exist."


def test_command_line_takes_units_and_resources(tmp_path: Path) -> None:
    """`explain RUN UNIT|RESOURCE`: a colon makes the difference; a wrong name ends with 2."""
    run = save(MobilityResult(one_pass.solve(Corridor().hold(truck=5).scenario())), tmp_path / "r")

    def explained(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["explain", str(run), *words])
        return done.exit_code, done.output

    code, text = explained("terminal:quay-a")
    assert code == 0
    assert text.startswith("A ro-ro berth at pa (terminal:quay-a):")
    code, text = explained("terminal:quay-a", "--json")
    assert json.loads(text)["resource"] == "terminal:quay-a"
    assert explained("unit")[0] == 0
    code, text = explained("terminal:quay-aa")
    assert code == 2
    assert "Did you mean 'terminal:quay-a'?" in text
