"""The certificate as the report tells it: values, proofs that stay proofs, prices, fill."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from amberway.mobility.certificate import Certificate
from amberway.mobility.result import MobilityResult
from amberway.mobility.worth import by_day
from amberway.report import html, limits, quality, sailings, words
from amberway.report.figures import delay, prices


def judged(certified: MobilityResult, objective: str, **changes: float) -> MobilityResult:
    """The plan by another objective and with other values in its certificate."""
    certificate = certified.plan.certificate
    assert isinstance(certificate, Certificate)
    return MobilityResult(
        replace(
            certified.plan,
            objective=objective,
            certificate=replace(certificate, parts=None, **changes),
        )
    )


def test_values_are_those_of_the_result(certified: MobilityResult) -> None:
    """Total and delay of plan, bound and free flow; parts of the gap add up to it."""
    numbers, found = certified.headline, quality.of(certified)
    assert found is not None
    free = numbers["free_flow_objective"]
    for value, key in zip(
        found.values,
        ("baseline_objective", "objective", "bound", "free_flow_objective"),
        strict=True,
    ):
        assert float(value.total.replace(",", "")) == pytest.approx(numbers[key], abs=0.51)
        assert float(value.delay.replace(",", "")) == pytest.approx(numbers[key] - free, abs=0.51)
    assert sum(part.share for part in found.parts) == pytest.approx(1)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.2534, "25.4 %"), (0.254, "25.4 %"), (0.00931, "0.94 %"), (0.0, "0.0 %"), (1.0, "100.0 %")],
)
def test_proved_shares_are_rounded_up(value: float, text: str) -> None:
    """What is proved to be at most so much stays true when it is rounded."""
    assert words.at_most(value).replace("\N{NO-BREAK SPACE}", " ") == text


def test_first_page_says_what_is_proved(certified: MobilityResult, result: MobilityResult) -> None:
    """A gap, a plan that is best, a day before which nothing closes, nothing known."""
    gap = certified.headline["certified_gap"]
    assert f"by more than {words.at_most(gap)}" in quality.sentence(certified)
    late = judged(certified, "lateness", bound=0.0, free_flow=0.0, baseline=0.0)
    assert late.headline["objective"] == 0
    assert quality.sentence(late) == (
        "It is proved that no other plan has a smaller sum of weighted days late."
    )
    last = judged(certified, "closure", bound=7.5, free_flow=7.0, baseline=9.0)
    assert quality.sentence(last).endswith("has its last closure before C+7.5.")
    assert "nobody knows how far it is from the best" in quality.sentence(result)


@pytest.mark.parametrize("objective", ["arrival", "lateness", "closure"])
def test_pages_of_every_objective(certified: MobilityResult, objective: str) -> None:
    """Each objective has its page; one without delay draws no delay."""
    page = html.render(judged(certified, objective, bound=0.0, free_flow=0.0, baseline=1.0), None)
    assert "How good is this plan?" in page
    assert ("no plan can have a smaller" in page) is (objective == "lateness")
    flat = judged(certified, "lateness", bound=0.0, free_flow=0.0, baseline=0.0)
    assert delay.draw(flat.plan) is None


def test_strips_add_up_to_the_prices(certified: MobilityResult) -> None:
    """Worth by day is the price of the bottleneck, taken apart."""
    certificate = certified.plan.certificate
    assert certificate is not None
    drawn = prices.strips(certified.plan)
    assert drawn
    for one in certificate.bottlenecks:
        worth = by_day(certified.plan, one.resource)
        assert one.kind == "clearance" or worth is not None
        if worth is not None:
            assert worth.sum() == pytest.approx(one.price, abs=6e-4)


def test_sailings_are_all_there_with_their_fill(certified: MobilityResult) -> None:
    """One line a sailing; the mean of the fills is the headline's."""
    rows = sailings.table(certified.plan)
    assert len(rows) == certified.headline["sailings"] > 0
    fills = [row.fill for row in rows if row.fill is not None]
    mean = certified.headline["ship_fill_mean"]
    assert sum(fills) / len(fills) == pytest.approx(mean, abs=1e-4)
    assert sum(count for _, count in sailings.bands(rows)) == len(fills)
    page = html.render(certified, None)
    table = re.search(r'<table class="sailings">(.*?)</table>', page, re.DOTALL)
    assert table is not None
    assert table.group(1).count("<tr>") == len(rows) + 1


def test_limits_are_those_of_the_method(certified: MobilityResult, result: MobilityResult) -> None:
    """Only a plan without a bound says that nothing is proved."""
    assert "gives no proof" in limits.of(result.plan)[0]
    assert "gives no proof" not in " ".join(limits.of(certified.plan))
    assert limits.of(certified.plan)[1:] == limits.of(result.plan)[1:]
