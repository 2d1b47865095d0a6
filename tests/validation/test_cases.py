"""The published cases: hits are hits, misses are explained, nothing is tuned to a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amberway.mobility import folder
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import verify
from amberway.scenario import load
from amberway.scenario.scenario import Scenario
from amberway.scenario.settings import Factors
from amberway.scenario.tables import TABLES
from amberway.validation import Case, Kind, cases
from amberway.validation.page import text

CASES = cases()
BY_NAME = {case.folder.name: case for case in CASES}
QUANTITIES = [(case, quantity) for case in CASES for quantity in case.quantity]
PLANNED = [case for case in CASES if any(q.measure for q in case.quantity)]
# Figures that a published case states itself, in place of the default planning factors.
OWN_FACTORS = {
    "a1-aiding-allies": {"serial_vehicles"},
    "a2-rail-planning-chain": {"wagon_tare_t", "train_wagons", "train_gross_t"},
}


@pytest.fixture(scope="module")
def baltic() -> Scenario:
    """The reference scenario."""
    return load("baltic")


def test_cases_are_the_announced_ones() -> None:
    """No published case of this version is left out."""
    assert {case.id for case in CASES} == {
        "A1", "A2", "A3", "A4", "A5", "A6", "A7", "B1", "B1 mixed", "B2", "B3", "B5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("case", "quantity"), QUANTITIES, ids=[f"{c.id}: {q.name}" for c, q in QUANTITIES]
)
def test_quantity_hits_or_its_miss_is_explained(case: Case, quantity: object) -> None:
    """A published value comes out; where it does not, the page gives the reason, and only there."""
    value = case.compute(quantity)  # type: ignore[arg-type]
    assert quantity.hit(value) is (not quantity.miss), value  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "case", [case for case in PLANNED if case.id != "A1"], ids=lambda case: case.id
)
def test_every_lot_arrives(case: Case) -> None:
    """The plan of a case leaves nothing behind (A1 asks how much can arrive at all)."""
    assert case.plan().unmoved == {}


@pytest.mark.parametrize("case", PLANNED, ids=lambda case: case.id)
def test_plan_is_valid(case: Case, tmp_path: Path) -> None:
    """The independent verifier accepts the plan of every case."""
    run = folder.save(MobilityResult(case.plan()), tmp_path / "run")
    verdict = verify(run)
    assert verdict.valid, json.dumps(verdict.to_dict(), indent=1)[:2000]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_factors_are_the_defaults(case: Case) -> None:
    """A case changes no planning factor but those that its source states itself."""
    factors = load(case.folder).settings.factors.model_dump()
    changed = {name for name, value in Factors().model_dump().items() if factors[name] != value}
    assert changed == OWN_FACTORS.get(case.folder.name, set())
    assert all(name in case.own for name in changed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_shared_rows_are_those_of_the_reference(case: Case, baltic: Scenario) -> None:
    """A row with the id of a row of `baltic` equals it (scripts/cases.py brings it up to date)."""
    scenario = load(case.folder)
    different = [
        (table, name)
        for table in TABLES
        if table != "nations"
        for name, row in scenario.table(table).items()
        if name in baltic.table(table) and row != baltic.table(table)[name]
    ]
    assert different == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_value_names_a_source_of_the_folder(case: Case) -> None:
    """Published values name a row of the folder's sources.csv."""
    sources = load(case.folder).sources
    assert {quantity.source for quantity in case.quantity} <= sources.keys()


def test_back_tests_compute_from_a_plan() -> None:
    """No back-test compares a number that Amberway did not plan."""
    for case in CASES:
        if case.kind is Kind.BACK_TEST:
            assert all(quantity.measure for quantity in case.quantity), case.id


def test_page_shows_every_quantity_and_reason() -> None:
    """The page names each quantity, and under it the reason of each miss."""
    page = text()
    for _, quantity in QUANTITIES:
        assert quantity.name in page
        assert " ".join(quantity.miss.split()) in page
