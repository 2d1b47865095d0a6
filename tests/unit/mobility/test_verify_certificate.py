"""The verifier refuses a certificate that does not hold: prices, bound, gaps, tables, offers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amberway.errors import PlanError
from amberway.mobility import folder, one_pass
from amberway.mobility.certificate import Certificate
from amberway.mobility.passages import Passages
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import build
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import Verdict, verify
from amberway.network.moves import Move, MoveMaker
from corridor import Corridor
from three_lots import BORDER, certified, rewrite, three_lots

HEADER = "resource,first,prices\n"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The three-lot plan with the bound 10, proved by the prices 2 and 1."""
    return certified(tmp_path / "run")


def said(verdict: Verdict) -> str:
    """The violations, for a failing test."""
    return "\n".join(map(str, verdict.violations))


def result(run: Path, **changes: Any) -> Path:
    """Change result.json and its hash."""
    numbers = json.loads((run / "result.json").read_text(encoding="utf-8")) | changes
    return rewrite(run, {"result.json": json.dumps(numbers)})


def prices(run: Path, *rows: str) -> Path:
    """Change prices.csv and its hash."""
    return rewrite(run, {"prices.csv": HEADER + "".join(f"{row}\n" for row in rows)})


def test_certificate_that_holds(run: Path) -> None:
    """Bound and free flow are recomputed and agree."""
    verdict = verify(run)
    assert verdict.valid, said(verdict)
    assert verdict.headline["bound"] == 10
    assert verdict.headline["free_flow_objective"] == 7


def test_plan_without_a_bound(tmp_path: Path) -> None:
    """A method need not prove anything."""
    run = folder.save(MobilityResult(one_pass.solve(three_lots())), tmp_path / "run")
    verdict = verify(run)
    assert verdict.valid, said(verdict)
    assert "bound" not in verdict.headline


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ((f"{BORDER},0,2 -1",), "price in period 1 is -1"),
        ((f"{BORDER},0,2 nan",), "price in period 1 is nan"),
        ((f"{BORDER},0,inf",), "price in period 0 is inf"),
        ((f"{BORDER},9,2 1",), "has a price in period 10, the last one is 9"),
        (("link:bridge>,0,2 1",), "is not a finite resource"),
        (("border,0,2 1",), "is not a finite resource"),
        ((f"{BORDER},0,2", f"{BORDER},1,1"), "has prices in an earlier row"),
    ],
)
def test_prices_that_are_none(run: Path, rows: tuple[str, ...], word: str) -> None:
    """Prices are numbers from 0 up, of finite resources, within the horizon."""
    verdict = verify(prices(run, *rows))
    assert verdict.by_rule() == {"prices": 1}
    assert word in said(verdict)


def test_price_of_what_has_no_limit(tmp_path: Path) -> None:
    """A road that is closed on some days has no capacity that a price could be paid for."""
    run = certified(tmp_path / "run")
    links = (run / "scenario" / "links.csv").read_text(encoding="utf-8")
    lines = [line.split(",") for line in links.splitlines()]
    columns = lines[0]
    lines[1][columns.index("capacity_per_day")] = ""
    lines[1][columns.index("opens")] = "2024-03-14"
    changed = "".join(",".join(cells) + "\n" for cells in lines)
    (run / "scenario" / "links.csv").write_text(changed, encoding="utf-8")
    assert "has no limit, so it cannot have a price" in said(verify(run))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (HEADER + f"{BORDER},0,2 one\n", "is not a list of numbers"),
        (HEADER + f"{BORDER},-1,2 1\n", "is not a whole number"),
        (HEADER + f"{BORDER},0\n", "has 2 cells"),
        ("resource,prices\n", "the header must be"),
    ],
)
def test_prices_that_cannot_be_read(run: Path, text: str, word: str) -> None:
    """A malformed file is refused with its place, as every file of a run."""
    with pytest.raises(PlanError, match=r"prices\.csv.*" + word):
        verify(rewrite(run, {"prices.csv": text}))


def test_prices_missing(run: Path) -> None:
    """No bound without prices; a file that run.json names must be there."""
    (run / "prices.csv").unlink()
    with pytest.raises(PlanError, match=r"prices\.csv: cannot be read"):
        verify(run)
    meta = json.loads((run / "run.json").read_text(encoding="utf-8"))
    del meta["files"]["prices.csv"]
    (run / "run.json").write_text(json.dumps(meta), encoding="utf-8")
    verdict = verify(run)
    assert verdict.by_rule() == {"prices": 1}
    assert "is missing" in said(verdict)


def test_prices_not_named(run: Path) -> None:
    """Prices without a hash in run.json prove nothing."""
    meta = json.loads((run / "run.json").read_text(encoding="utf-8"))
    del meta["files"]["prices.csv"]
    (run / "run.json").write_text(json.dumps(meta), encoding="utf-8")
    assert verify(run).by_rule() == {"files": 1}


def test_prices_changed(run: Path) -> None:
    """Without a new hash the file shows; with one, the bound that it no longer proves."""
    (run / "prices.csv").write_text(HEADER + f"{BORDER},0,2 2\n", encoding="utf-8")
    assert verify(run).by_rule() == {"files": 1, "bound": 1, "gap": 2}
    verdict = verify(prices(run, f"{BORDER},0,2 2"))
    assert verdict.by_rule() == {"bound": 1, "gap": 2}
    assert "bound 10 is above what the prices prove, 9 " in said(verdict)


@pytest.mark.parametrize("bound", [10.00001, 9.99999, 11, "10", True, float("nan")])
def test_bound_that_the_prices_do_not_prove(run: Path, bound: object) -> None:
    """Neither above nor below, and a number."""
    assert verify(result(run, bound=bound)).by_rule() == {"bound": 1}


def test_plan_below_the_bound(run: Path) -> None:
    """No plan is below a bound that holds: a plan that says so is found out twice."""
    assert verify(result(run, objective=9.0)).by_rule() == {"result": 1}
    moves = (run / "moves.csv").read_text(encoding="utf-8")
    moves = moves.replace("goal,2,3,,0,,border>,link:border>:2", "goal,0,1,,0,,border>,")
    moves = moves.replace("goal,1,2,,0,,border>,link:border>:1", "goal,0,1,,0,,border>,")
    assert {"link-capacity", "bound"} <= set(verify(rewrite(run, {"moves.csv": moves})).by_rule())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("certified_gap", 0.0),
        ("certified_gap", None),
        ("certified_gap_of_delay", 0.24),
        ("improvement", 0.2),
        ("improvement_of_delay", "1/3"),
        ("baseline_objective", None),
        ("baseline_objective", "13"),
    ],
)
def test_gap_that_does_not_follow(run: Path, name: str, value: object) -> None:
    """Gaps and gains follow from objective, bound, free flow and baseline."""
    assert verify(result(run, **{name: value})).by_rule() == {"gap": 1}


def test_baseline_exaggerated(run: Path) -> None:
    """A worse baseline alone makes both gains wrong."""
    assert verify(result(run, baseline_objective=20.0)).by_rule() == {"gap": 2}


@pytest.mark.parametrize("value", [6.9, None, "7"])
def test_free_flow_misstated(run: Path, value: object) -> None:
    """Free flow is recomputed."""
    assert verify(result(run, free_flow_objective=value)).by_rule() == {"free-flow": 1}


def test_objective_unknown(run: Path) -> None:
    """Only three objectives have a bound."""
    verdict = verify(result(run, objective_name="glory"))
    assert verdict.by_rule() == {"result": 1}
    assert "must be one of arrival, lateness, closure" in said(verdict)


def test_table_changed(run: Path) -> None:
    """More capacity in the tables shows by their hash, and by the bound that is none any more."""
    links = (run / "scenario" / "links.csv").read_text(encoding="utf-8")
    assert ",50.0,1.0," in links or ",50,1," in links
    wider = links.replace(",50.0,1.0,", ",50.0,2.0,").replace(",50,1,", ",50,2,")
    (run / "scenario" / "links.csv").write_text(wider, encoding="utf-8")
    assert {"content-hash", "bound"} <= set(verify(run).by_rule())


def test_lot_made_lighter(run: Path) -> None:
    """Where the lots are not those of the tables, nothing is said about the bound."""
    lots = (run / "lots.csv").read_text(encoding="utf-8").replace("goal,0,4,2", "goal,0,1,2")
    assert set(verify(rewrite(run, {"lots.csv": lots})).by_rule()) == {"lot", "result"}


# --- other objectives -------------------------------------------------------------------------


def closing(run: Path, deadline: int | None, bound: float, rows: str) -> Path:
    """A certificate of the last closure: the plan closes on day 3 + 1 to marry up."""
    plan = one_pass.solve(three_lots())
    plan = replace(
        plan,
        objective="closure",
        certificate=Certificate(
            bound, 2.0, 5.0, 0.0 * plan.use.capacity.astype(float), deadline=deadline
        ),
    )
    return prices(folder.save(MobilityResult(plan), run), *([rows] if rows else []))


def test_deadline_that_cannot_be_met(tmp_path: Path) -> None:
    """Two days take two of the three: at a price of 1 on both, 3 lots pay 3, the slots cost 2."""
    run = closing(tmp_path / "run", 2, 4.0, f"{BORDER},0,1 1")
    verdict = verify(run)
    assert verdict.valid, said(verdict)
    assert verdict.headline["bound"] == 4
    assert verdict.headline["free_flow_objective"] == 2


@pytest.mark.parametrize(
    ("deadline", "bound", "rows", "rules"),
    [
        (3, 5.0, f"{BORDER},0,1 1 1", {"bound": 2}),  # it can be met, and the plan does
        (2, 4.0, "", {"bound": 1}),  # true, but not proved
        (2, 4.0, f"{BORDER},0,1 1 1", {"bound": 1}),
        (2, 3.0, f"{BORDER},0,1 1", {"bound": 1, "gap": 2}),
        (0, 2.0, "", {}),
        (-1, 1.0, "", {}),  # nothing is proved but that a lot has to arrive
        (None, 4.0, f"{BORDER},0,1 1", {"bound": 1}),
        (11, 13.0, "", {"bound": 1}),
    ],
)
def test_deadline(
    tmp_path: Path, deadline: int | None, bound: float, rows: str, rules: dict[str, int]
) -> None:
    """A deadline is proved by prices at which not all lots arrive in time."""
    verdict = verify(closing(tmp_path / "run", deadline, bound, rows))
    assert verdict.by_rule() == rules, said(verdict)


def test_lateness_is_counted_from_the_date(tmp_path: Path) -> None:
    """With a required date of C+1 only the two later columns are late: 2·1 + 1·2 = 4."""
    made = three_lots()
    forces = {n: f.model_copy(update={"rdd_day": 1.0}) for n, f in made.forces.items()}
    plan = one_pass.solve(replace(made, forces=forces))
    priced = 0.0 * plan.use.capacity.astype(float)
    priced[plan.use.names.index(BORDER), :2] = 3, 1
    plan = replace(plan, objective="lateness", certificate=Certificate(4.0, 0.0, 4.0, priced))
    run = folder.save(MobilityResult(plan), tmp_path / "run")
    verdict = verify(run)
    assert verdict.valid, said(verdict)
    assert verdict.headline["bound"] == verdict.headline["objective"] == 4


# --- offers -----------------------------------------------------------------------------------


def altered(monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[Move], Move]) -> None:
    """Have the planner reckon with other moves than it should."""
    make = getattr(MoveMaker, name)

    def made(*args: Any, **more: Any) -> Move | None:
        move = make(*args, **more)
        return None if move is None else change(move)

    monkeypatch.setattr(MoveMaker, name, made)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda m: replace(m, duration=2), r"takes \(2,\), by the rules it takes \(1,\)"),
        (lambda m: replace(m, uses=m.uses[:0]), r"holds \(\), by the rules it holds"),
        (lambda m: replace(m, crossings=()), r"crosses \(\), by the rules it crosses"),
    ],
)
def test_offer_reckoned_otherwise(
    run: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Move], Move], word: str
) -> None:
    """The planner's choice is taken, its times and uses are not."""
    altered(monkeypatch, "road", change)
    verdict = verify(run)
    assert verdict.by_rule() == {"offer": 1}
    (violation,) = verdict.violations
    assert violation.subject == "march home – goal"
    assert re.search(word, violation.sentence), violation.sentence
    assert verdict.headline["bound"] == 10  # by the verifier's own times


def test_voyage_reckoned_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same at sea: a port call that is shorter than a full ship's."""
    scenario = Corridor().hold(truck=8).only("road", "sea").set("r-bc", mlc_wheeled=5).scenario()
    plan = one_pass.solve(scenario)
    none = 0.0 * plan.use.capacity.astype(float)
    pricing = Pricing(build(scenario))
    pricing.price(none)
    alone = pricing.bound(none)
    plan = replace(plan, certificate=Certificate(alone, alone, alone, none))
    run = folder.save(MobilityResult(plan), tmp_path / "run")
    verdict = verify(run)
    assert verdict.valid, said(verdict)
    monkeypatch.setattr(Passages, "_full", lambda *_: 1)
    verdict = verify(run)
    assert set(verdict.by_rule()) == {"offer"}, said(verdict)
    assert "ship pa – pd" in said(verdict)
