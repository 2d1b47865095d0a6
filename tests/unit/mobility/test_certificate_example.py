"""The numbers of the three-column example in docs/methods/certificate.md are what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from amberway.mobility import one_pass
from amberway.mobility.evaluate import objective
from amberway.mobility.verify import verify
from amberway.mobility.verify.bound import Prices, Relaxation
from amberway.mobility.verify.objective import arrival_costs, deadline_costs
from amberway.mobility.verify.read import read
from amberway.mobility.verify.rows import Lot
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import Load, World
from amberway.scenario import load
from small import link
from three_lots import BORDER, certified, three_lots

GUESSES = [((0, 0), 7), ((2, 2), 9), ((2, 1), 10), ((3, 1.5), 10.5), ((3, 1), 11), ((4, 2), 11),
           ((100, 0), -86)]  # fmt: skip


@pytest.fixture
def page(repository: Path) -> str:
    """The page."""
    return (repository / "docs/methods/certificate.md").read_text(encoding="utf-8")


class Example:
    """The run of the page, and the verifier's relaxation of it."""

    def __init__(self, folder: Path) -> None:
        self.run = certified(folder)
        plan = read(self.run)
        self.lots = list(plan.lots.values())
        self.world = World(load(self.run / "scenario"))
        truck = self.world.scenario.equipment["truck"]
        loads = {lot.id: Load(((truck, 1),), self.world.factors) for lot in self.lots}
        self.findings = Findings(self.world.grid)
        self.relaxation = Relaxation(self.world, self.lots, loads, self.findings)

    def costs(self, lot: Lot) -> np.ndarray:
        """Weight x day."""
        return arrival_costs(self.world, lot, "arrival")

    def prices(self, *first: float) -> Prices:
        """Prices of the border, from day 0 on."""
        return {BORDER: np.array([*first, *(0,) * (self.world.horizon - len(first))])}


@pytest.fixture
def example(tmp_path: Path) -> Example:
    """The example."""
    return Example(tmp_path / "run")


def test_scenario_is_that_of_the_page(example: Example) -> None:
    """Weights 4, 2 and 1, ready on C-day, one column a day, a march of one period."""
    assert {lot.force: lot.weight for lot in example.lots} == {"ant": 4, "bee": 2, "cat": 1}
    assert {lot.ready for lot in example.lots} == {0}
    assert example.relaxation.capacities[BORDER].tolist() == [1] * 10
    assert example.findings.violations == []


def test_table_of_least_costs(example: Example, page: str) -> None:
    """Each row of the table: weight · (day + 1) + price, and the least as recomputed."""
    prices = example.prices(2, 1)
    least = example.relaxation.values(prices, example.costs)
    for lot in example.lots:
        days = [example.costs(lot)[day + 1] + prices[BORDER][day] for day in range(4)]
        cells = [lot.force.title(), lot.weight, *days, least[lot.id]]
        assert f"| {' | '.join(f'{c:g}' if c != cells[0] else str(c) for c in cells)} |" in page
        assert least[lot.id] == min(days)


@pytest.mark.parametrize(("prices", "bound"), GUESSES)
def test_bound_at_each_guess(
    example: Example, page: str, prices: tuple[float, float], bound: float
) -> None:
    """Each row of the table of prices, exactly."""
    priced = example.prices(*prices)
    assert example.relaxation.bound(priced, example.costs) == bound
    least = example.relaxation.values(priced, example.costs)
    pay = " + ".join(f"{least[lot.id]:g}" for lot in example.lots)
    row = f"| {prices[0]:g}, {prices[1]:g} | {pay} | {sum(prices):g} | {bound:g} |"
    assert row in page


def test_one_price_for_both_days_proves_nine(example: Example) -> None:
    """At most, whatever the price."""
    values = [
        example.relaxation.bound(example.prices(p, p), example.costs)
        for p in np.linspace(0, 10, 101)
    ]
    assert max(values) == pytest.approx(9)


def test_run_is_that_of_the_page(example: Example, page: str) -> None:
    """Plan, free flow, bound, gaps and the file of prices."""
    verdict = verify(example.run)
    assert verdict.valid
    assert verdict.headline["objective"] == 11
    assert verdict.headline["free_flow_objective"] == 7
    assert verdict.headline["bound"] == 10
    numbers = json.loads((example.run / "result.json").read_text(encoding="utf-8"))
    for name in ("certified_gap", "certified_gap_of_delay", "improvement", "improvement_of_delay"):
        (row,) = (line for line in page.splitlines() if line.startswith(f"| {name} |"))
        assert row.endswith(f"= {numbers[name]:g} |")
    assert f"```\n{(example.run / 'prices.csv').read_text(encoding='utf-8')}```" in page


def test_deadline_of_the_page(example: Example) -> None:
    """At 1 and 1, 3 − 2 = 1 column arrives after day 2; nothing is proved of day 3."""
    late = deadline_costs(example.world, 2)
    assert example.relaxation.bound(example.prices(1, 1), lambda _: late) == 1
    later = deadline_costs(example.world, 3)
    assert example.relaxation.bound(example.prices(1, 1, 1), lambda _: later) == 0
    assert verify(example.run).closures["cat"] == 4


def test_room_for_a_second_column_on_day_0_makes_8_of_11() -> None:
    """As much as the price of day 0 says."""
    wider = [link("border", "home", "goal", "road", 300, capacity_per_day=2)]
    later = [{"id": "d", "resource": "border", "from_day": 1, "remaining_share": 0.5}]
    assert objective(one_pass.solve(three_lots())) == 11
    assert objective(one_pass.solve(three_lots(links=wider, disruptions=later))) == 8
