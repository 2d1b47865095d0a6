"""The assignment against its judge and against trying everything; the announcement against leaks.

Random instances of two or three land areas, three nations and up to five force elements, with
arrival days, needs, pledges, offers to lead and any set of rules.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from amberway.responsibility.announce import announcement
from amberway.responsibility.choices import pairs
from amberway.responsibility.days import free_days
from amberway.responsibility.evaluate import Judgement, judge
from amberway.responsibility.problem import Problem, build
from amberway.responsibility.solve import solve
from amberway.scenario import Scenario
from amberway.scenario.posture import Pledge
from amberway.scenario.row import Release
from amberway.scenario.settings import Rule

NATIONS = ("aaa", "bbb", "hst")
AREAS = ("east", "north", "west")
TYPES = ("heavy", "medium", "light", "engineer")
CAPABILITIES = ("heavy-brigade", "medium-brigade", "light-brigade", "engineers")
DAYS = st.sampled_from([1.0, 5.0, 10.0, 25.0, None])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Scenario, dict[tuple[str, str], float | None]]:
    """A scenario and the days of every force element in every area."""
    areas = AREAS[: draw(st.integers(2, 3))]
    tenths = st.integers(1, 20).map(lambda n: n / 10)
    forces: list[dict[str, Any]] = []
    for i in range(draw(st.integers(0, 5))):
        unit = draw(st.sampled_from(TYPES))
        forces.append(
            {
                "id": f"f{i}", "name": f"Force {i}", "nation": draw(st.sampled_from(NATIONS)),
                "unit_type": unit, "home": "home", "destination": "home", "ntm_days": 1,
                "strength": draw(tenths), "area": draw(st.sampled_from(areas)),
                "parent": f"f{i - 1}" if i and draw(st.booleans()) else None,
                "in_place_since": draw(st.sampled_from([None, None, dt.date(2020, 1, 1)])),
                "source": draw(st.sampled_from(["paper", None])),
            }
        )  # fmt: skip
    keys = draw(
        st.lists(
            st.tuples(
                st.sampled_from(areas), st.sampled_from(CAPABILITIES), st.sampled_from([2, 10, 30])
            ),
            max_size=6,
            unique=True,
        )
    )
    needs = [
        {"id": f"r{i}", "area": a, "capability": c, "by_day": d, "quantity": draw(tenths),
         "priority": draw(st.integers(1, 3))}
        for i, (a, c, d) in enumerate(keys)
    ]  # fmt: skip
    pledges = []
    for i in range(draw(st.integers(0, 5))):
        force = draw(st.sampled_from([None, *(row["id"] for row in forces)]))
        owner = next((row["nation"] for row in forces if row["id"] == force), None)
        pledges.append(
            {
                "id": f"p{i}", "area": draw(st.sampled_from(areas)), "force": force,
                "capability": draw(st.sampled_from(CAPABILITIES)), "quantity": draw(tenths),
                "nation": owner or draw(st.sampled_from(NATIONS)), "leads": draw(st.booleans()),
                "from_day": draw(st.sampled_from([0, 5, 20])), "source": "paper",
            }
        )  # fmt: skip
    rules = draw(st.sets(st.sampled_from(list(Rule))))
    made = small.unchecked(
        {
            "responsibility": {
                "rules": [rule for rule in Rule if rule in rules],
                "count_local": draw(st.booleans()),
                "free_brigades": draw(st.booleans()),
                "lead_brigades": draw(st.sampled_from([0.25, 1])),
                "most_nations": draw(st.integers(1, 2)),
                "fewest_nations": draw(st.integers(0, 3)),
                "burden_most": draw(st.sampled_from([1, 1.5])),
            }
        },
        nations=[small.nation(name) for name in NATIONS],
        places=[small.place("home", 50, 10, "hst")],
        unit_types=[small.unit(name, 100, name, float(name != "engineer")) for name in TYPES],
        areas=[
            {"id": a, "name": a.title(), "domain": "land", "nations": "hst" * (a == "east")}
            for a in areas
        ],
        forces=forces,
        requirements=needs,
        pledges=pledges,
        sources=[{"id": "paper", "title": "A title", "publisher": "A publisher", "date": "2024",
                  "address": "https://example.org", "source": "paper"}],
    )  # fmt: skip
    return made, {(row["id"], area): draw(DAYS) for row in forces for area in areas}


def _everything(problem: Problem) -> list[Judgement]:
    """Every assignment there is, judged."""
    found = []
    for goes in product(*((*choice.areas, None) for choice in problem.choices)):
        assignment = {
            name: area
            for choice, area in zip(problem.choices, goes, strict=True)
            for name in choice.members
        }
        found.append(judge(problem, assignment))
    return found


@settings(max_examples=150, deadline=None)
@given(cases())
def test_solver_finds_what_trying_everything_finds(
    case: tuple[Scenario, dict[tuple[str, str], float | None]],
) -> None:
    """Proves that no assignment is worth more than the solver's, under any set of rules."""
    scenario, reach = case
    problem = build(scenario, free_days(scenario, pairs(scenario), reach))
    best = max(one.value for one in _everything(problem))
    assert solve(problem).value == pytest.approx(best, abs=1e-5)


@settings(max_examples=100, deadline=None)
@given(cases(), st.sampled_from(list(Rule)))
def test_a_rule_never_gains(
    case: tuple[Scenario, dict[tuple[str, str], float | None]], rule: Rule
) -> None:
    """Proves that taking a rule away never makes the best assignment worth less, and that an
    assignment under no rule breaks none."""
    scenario, reach = case
    days = free_days(scenario, pairs(scenario), reach)
    rules = scenario.settings.responsibility.rules
    with_it = solve(build(scenario, days, rules=tuple(dict.fromkeys((*rules, rule)))))
    without = solve(build(scenario, days, rules=tuple(one for one in rules if one is not rule)))
    assert without.value >= with_it.value - 1e-5
    assert not solve(build(scenario, days, rules=())).violations


@settings(max_examples=100, deadline=None)
@given(cases())
def test_score_is_monotone_in_arrival(
    case: tuple[Scenario, dict[tuple[str, str], float | None]],
) -> None:
    """Proves that arriving at once everywhere never scores less than arriving as given."""
    scenario, reach = case
    asked, rules = pairs(scenario), ()
    real = solve(build(scenario, free_days(scenario, asked, reach), rules=rules))
    at_once = solve(build(scenario, dict.fromkeys(asked, 0.0), rules=rules))
    assert at_once.value >= real.value - 1e-5
    assert 0 <= real.score <= 100 + 1e-9


TABLES = (
    "forces", "pledges", "requirements", "areas", "places", "nations", "unit_types", "sources",
)  # fmt: skip


def _restrict(scenario: Scenario, hidden: set[tuple[str, str]]) -> Scenario:
    """Some rows marked restricted."""
    return replace(
        scenario,
        **{
            table: {
                name: row.model_copy(update={"release": Release.RESTRICTED})
                if (table, name) in hidden
                else row
                for name, row in scenario.table(table).items()
            }
            for table in TABLES
        },
    )  # type: ignore[arg-type]  # a table has rows of one model


@settings(max_examples=150, deadline=None)
@given(cases(), st.data())
def test_restricted_rows_leave_no_trace_in_the_announcement(
    case: tuple[Scenario, dict[tuple[str, str], float | None]], data: st.DataObject
) -> None:
    """Proves that removing, changing or adding restricted rows leaves the announcement the same to
    the byte, in both forms."""
    scenario, _ = case
    rows = [(table, name) for table in TABLES for name in scenario.table(table)]
    hidden = data.draw(st.sets(st.sampled_from(rows), max_size=4))
    secret = _restrict(scenario, hidden)
    removed = replace(
        secret,
        **{
            table: {n: r for n, r in secret.table(table).items() if (table, n) not in hidden}
            for table in TABLES
        },
    )  # type: ignore[arg-type]
    changed = replace(
        secret,
        **{
            table: {
                n: _changed(r) if (table, n) in hidden else r
                for n, r in secret.table(table).items()
            }
            for table in TABLES
        },
    )  # type: ignore[arg-type]
    extra = Pledge.model_validate(
        {"id": "extra", "area": "east", "capability": "air", "nation": "aaa", "quantity": 7,
         "from_day": 0, "leads": True, "release": "restricted", "force": None}
    )  # fmt: skip
    added = replace(secret, pledges={"extra": extra} | secret.pledges)
    for form in ("markdown", "html"):
        expected = announcement(secret, form)
        assert announcement(removed, form) == expected
        assert announcement(changed, form) == expected
        assert announcement(added, form) == expected
        assert "SECRET" not in announcement(changed, form)


def _changed(row: Any) -> Any:
    """Every free text and number of a row changed."""
    values: dict[str, Any] = {}
    for name, value in row:
        if name in ("name", "note", "title", "publisher"):
            values[name] = "SECRET"
        elif isinstance(value, float):
            values[name] = value + 1
        elif isinstance(value, bool):
            values[name] = not value
    return row.model_copy(update=values)
