"""Presence on small scenarios worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from amberway.deployment import Deployment, Movement, Stage
from amberway.errors import UsageError
from amberway.presence import assess, pairs
from amberway.presence.evaluate import differences
from amberway.presence.pool import tied
from amberway.presence.problem import Group
from amberway.presence.solve import Presence
from amberway.presence.summary import lines
from amberway.scenario import Scenario
from small import Rows, nation, place, unchecked, unit

D = dt.date
LEADS: list[dict[str, Any]] = [{"area": "north", "nations": ["gbr", "fra"]}]


def force(name: str, who: str, kind: str = "battalion", **more: Any) -> dict[str, Any]:
    """A force element that stands in the north, or (with `home`) has to go there."""
    row: dict[str, Any] = {
        "id": name, "name": name.upper(), "nation": who, "unit_type": kind, "ntm_days": 5,
        "home": "camp", "area": "north", "destination": "camp", "in_place_since": D(2020, 1, 1),
    }  # fmt: skip
    return row | more


def turn(name: str, who: str, begin: dt.date, end: dt.date | None, **more: Any) -> dict[str, Any]:
    """A turn in the north."""
    row = {"id": name, "force": who, "area": "north", "from_date": begin, "to_date": end}
    return row | more


def north(
    forces: Rows,
    rotations: Rows | None = None,
    host_support: Rows | None = None,
    **presence: Any,
) -> Scenario:
    """A host, two foreign nations and the United States; battalions of 500 are a quarter brigade.

    There is no lift: nothing here asks how units move.
    """
    return unchecked(
        {"presence": presence},
        nations=[nation(n) for n in ("est", "gbr", "fra", "usa")],
        places=[
            place("camp", 59, 26, "est"),
            place("range", 59, 27, "est"),
            place("aldershot", 51, -1, "gbr"),
        ],
        areas=[
            {"id": name, "name": name.title(), "nations": ["est"], "domain": "land"}
            for name in ("north", "south")
        ],
        unit_types=[
            unit("battalion", 500, brigades=0.25), unit("brigade", 4000, "medium"),
            unit("battery", 100, "air-defence", 0),
        ],
        forces=forces,
        rotations=rotations or [],
        host_support=host_support or [],
    )  # fmt: skip


def relieved(second: dt.date) -> Scenario:
    """A post of one battalion: first turn until 1 May 2024, the second from a day on."""
    return north(
        [force("bg", "gbr")],
        [
            turn("one", "bg", D(2023, 11, 1), D(2024, 5, 1), unit="1st Battalion"),
            turn("two", "bg", second, D(2025, 5, 1), unit="2nd Battalion"),
        ],
    )


def test_split_by_whose_forces() -> None:
    """Proves that local, framework, US and other forces are told apart and add up."""
    made = north(
        [
            force("own", "est", "brigade"),
            force("lead", "gbr"),
            force("help", "fra", parent="lead"),
            force("us", "usa"),
            force("ad", "gbr", "battery"),
        ],
    )  # fmt: skip
    here = assess(made).headline["areas"]["north"]
    assert here["framework_nation"] == "gbr"
    assert here["on_c_day"]["by_group"] == {
        "local": 1, "framework nation": 0.25, "United States": 0.25, "other allies": 0.25,
    }  # fmt: skip
    assert here["on_c_day"]["total"] == 1.75
    assert here["on_c_day"]["by_role"] == {"heavy": 0.75, "medium": 1}
    assert here["on_c_day"]["persons_by_role"]["air-defence"] == 100


def test_gap_has_dates_and_loss() -> None:
    """Proves that a late relief is a gap with its days, both units and what is lost."""
    result = assess(relieved(D(2024, 5, 22)))
    (post,) = result.posts
    (gap,) = post.gaps
    assert (gap.first, gap.end, gap.days) == (D(2024, 5, 1), D(2024, 5, 22), 21)
    assert (gap.after, gap.before) == ("1st Battalion", "2nd Battalion")
    assert gap.brigade_days == 5.25
    numbers = result.headline
    assert (numbers["gap_days"], numbers["brigade_days_lost"]) == (21, 5.25)
    here = numbers["areas"]["north"]
    assert (here["year_minimum"], here["allied_minimum_from"]) == (0, "2024-05-01")
    (short,) = [s for s in result.shortfalls if s.kind == "rotation-gap"]
    assert "21 days from 2024-05-01" in short.text
    assert any("21 days empty" in line for line in lines(result))


def test_handover_counts_the_post_once() -> None:
    """Proves that an overlap is named, needs beds for both, and adds no brigade."""
    result = assess(relieved(D(2024, 4, 20)))
    (post,) = result.posts
    assert [(o.first, o.days) for o in post.overlaps] == [(D(2024, 4, 20), 11)]
    assert post.gaps == ()
    assert set(result.year.total("north")) == {0.25}
    camp = next(row for row in result.places if row.place == "camp" and row.year == 2024)
    assert camp.beds_needed == 1000


def test_heel_to_toe_is_neither_gap_nor_overlap() -> None:
    """Proves that a relief on the day of departure leaves no day empty and none double."""
    (post,) = assess(relieved(D(2024, 5, 1))).posts
    assert (post.gaps, post.overlaps) == ((), ())


def test_post_with_no_successor_is_empty_to_the_end_of_the_year() -> None:
    """Proves that the end of the last turn is a gap with nobody named to follow."""
    (post,) = assess(relieved(D(2024, 5, 1)), year=2025).posts
    (gap,) = post.gaps
    assert (gap.first, gap.end, gap.before) == (D(2025, 5, 1), D(2026, 1, 1), None)


def test_another_nation_fills_the_post() -> None:
    """Proves that two force elements alternate in one post without a gap."""
    made = north(
        [force("bg", "gbr"), force("relief", "fra", in_place_since=None, home="aldershot")],
        [
            turn("one", "bg", D(2023, 11, 1), D(2024, 5, 1)),
            turn("two", "relief", D(2024, 5, 1), None, post="bg"),
        ],
        leads=LEADS,
    )
    result = assess(made)
    (post,) = result.posts
    assert [stay.nation for stay in post.turns] == ["gbr", "fra"]
    assert post.gaps == ()
    groups = result.year.brigades["north"]
    assert groups[Group.FRAMEWORK].sum() == 121 * 0.25
    assert groups[Group.OTHERS].sum() == (366 - 121) * 0.25


def test_forces_for_good_and_on_turns_draw_on_the_pool() -> None:
    """Proves the dwell formula on a unit that rotates and one that stays."""
    made = north(
        [force("bg", "gbr"), force("stays", "fra"), force("pool", "gbr", "brigade")],
        [turn("one", "bg", D(2023, 11, 1), None)],
        dwell_ratio=3,
    )
    rows = {(row.nation, row.role): row for row in assess(made).draws}
    assert rows["gbr", "heavy"].tied == 1
    assert rows["fra", "heavy"].tied == 0.25
    assert rows["gbr", "manoeuvre"].pool == 1.25
    assert rows["gbr", "manoeuvre"].tied == 2
    assert tied(2, 1, 3) == 9


def test_forces_at_home_draw_on_no_pool() -> None:
    """Proves that a nation's units in its own country bind nothing."""
    assert assess(north([force("own", "est", "brigade")])).draws == ()


def test_framework_nation_is_the_one_that_others_belong_to() -> None:
    """Proves that most subordinate elements of other nations decide, not names or candidates."""
    made = north(
        [
            force("a", "fra"), force("b", "gbr"), force("c", "usa"),
            force("b1", "gbr", parent="a"),
            force("a1", "fra", parent="b"), force("a2", "fra", parent="b"),
            force("c1", "usa", parent="c"), force("own", "est", parent="c"),
        ],
        leads=[{"area": "north", "nations": ["fra"]}],
    )  # fmt: skip
    assert assess(made).headline["areas"]["north"]["framework_nation"] == "gbr"


def test_goal_is_judged_on_the_worst_day() -> None:
    """Proves that a gap in the year counts against the goal, although C-day has no gap."""
    late = relieved(D(2024, 5, 22))
    settings = late.settings.model_copy(
        update={"presence": late.settings.presence.model_validate({"leads": LEADS})}
    )
    (goal,) = assess(replace(late, settings=settings)).goals
    assert (goal.lead, goal.us) == (1, 1)


def test_closure_on_the_day_itself_counts() -> None:
    """Proves that C+10 includes a unit that closes at C+10 sharp, and not one an hour later."""
    made = candidates_world()
    for day, added in ((10.0, 1.25), (10.0625, 0.25)):
        (british, _) = assess(made, Deployment((), {"brit": day})).candidates
        assert british.by_day == {10: added, 30: 1.25}


def test_one_train_is_no_transload() -> None:
    """Proves that only going from train to train counts as changing trains."""
    stages = (Stage("train", "aldershot", "range", 5, 8), Stage("march", "range", "camp", 8, 9))
    move = Movement("brit.w001", "brit", 10, 5, stages, 9)
    (british, _) = assess(candidates_world(), Deployment((move,), {"brit": 9.5})).candidates
    assert british.reliance is not None
    assert british.reliance.transload == 0


def test_pool_too_small_is_a_shortfall() -> None:
    """Proves that a nation whose rotation binds more than it has is named, with the difference."""
    made = north([force("bg", "gbr")], [turn("one", "bg", D(2023, 11, 1), None)])
    (short,) = [s for s in assess(made).shortfalls if s.kind == "force-pool"]
    assert (short.what, short.amount) == ("gbr", 0.5)


def test_host_support_by_year() -> None:
    """Proves that beds count from the day they are there, homes for those who stay, and that
    training area is compared with need."""
    host = [
        {"id": "now", "place": "camp", "beds": 300, "training_weeks": 1},
        {
            "id": "later", "place": "camp", "beds": 500, "family_homes": 60,
            "in_place_by": D(2025, 1, 1),
        },
    ]  # fmt: skip
    made = north(
        [force("bg", "gbr"), force("stays", "fra")],
        [turn("one", "bg", D(2023, 11, 1), None)],
        host, accompanied_share=0.2, training_weeks=4,
    )  # fmt: skip
    result = assess(made)
    places = {row.year: row for row in result.places}
    hosts = {row.year: row for row in result.hosts}
    assert (places[2024].beds_needed, places[2024].beds, places[2024].short) == (900, 300, 600)
    assert (places[2025].beds, places[2025].short) == (800, 100)
    assert (hosts[2024].homes_short, hosts[2025].homes_short) == (100, 40)
    assert (hosts[2024].training_allied, hosts[2024].training_short) == (2, 1)
    assert result.headline["host_short"]["2025"] == {"beds": 100, "homes": 40, "training_weeks": 1}
    kinds = {one.kind for one in result.shortfalls}
    assert {"host-beds", "host-homes", "host-training"} <= kinds


def test_what_the_goal_would_take() -> None:
    """Proves the brigades missing for the lead nation and the United States, and their housing."""
    host = [
        {"id": "now", "place": "camp", "beds": 1000, "training_weeks": 20},
        {"id": "later", "place": "camp", "beds": 6000, "in_place_by": D(2025, 7, 1)},
    ]
    made = north(
        [force("bg", "gbr"), force("us", "usa", strength=2)],
        [turn("one", "bg", D(2023, 11, 1), None), turn("two", "us", D(2023, 11, 1), None)],
        host, leads=LEADS,
    )  # fmt: skip
    result = assess(made)
    (goal,) = result.goals
    assert (goal.lead, goal.us, goal.missing) == (0.75, 0.5, 1.25)
    rows = {row.year: row for row in result.housing}
    assert sorted(rows) == [2024, 2025, 2026]
    assert (rows[2024].beds, rows[2024].beds_free, rows[2024].beds_short) == (5000, 0, 5000)
    assert (rows[2025].beds_free, rows[2025].beds_short) == (5500, 0)
    assert (rows[2024].training, rows[2024].training_free) == (10, 14)
    kinds = {one.kind: one.amount for one in result.shortfalls}
    assert (kinds["lead-brigade"], kinds["us-brigade"], kinds["host-beds"]) == (0.75, 0.5, 500)


def test_place_without_host_support_is_unknown_not_short() -> None:
    """Proves that a place that nobody has listed is reported as such, once."""
    kinds = [one.kind for one in assess(relieved(D(2024, 5, 1))).shortfalls]
    assert kinds.count("host-unlisted") == 1
    assert "host-beds" not in kinds


def candidates_world() -> Scenario:
    """Britain leads in the north with a battalion; France has a brigade planned for the south."""
    return north(
        [
            force("bg", "gbr"),
            force("own", "est", "brigade"),
            force("brit", "gbr", "brigade", in_place_since=None, home="aldershot"),
            force("french", "fra", "brigade", in_place_since=None, area="south"),
        ],
        leads=LEADS,
    )


def test_candidates_side_by_side() -> None:
    """Proves what a candidate has in place, adds as planned, and could add by free routes."""
    made = candidates_world()
    move = Movement(
        "brit.w001", "brit", 10, 5,
        (Stage("ship", "aldershot", "camp", 5, 8), Stage("train", "camp", "range", 8, 9),
         Stage("train", "range", "camp", 9, 9.5)), 9.5,
    )  # fmt: skip
    deployment = Deployment((move,), {"bg": 0.0, "own": 1.0, "brit": 9.5, "french": 20.0})
    assert pairs(made) == [("french", "north")]
    british, french = assess(made, deployment, reach={("french", "north"): 25.0}).candidates
    assert british.leads_now
    assert not french.leads_now
    assert british.by_day == {10: 1.25, 30: 1.25}
    assert british.reliance is not None
    assert british.reliance.by_means == {"ship": 1, "train": 1}
    assert (british.reliance.transload, british.reliance.transit) == (1, ())
    assert french.by_day == {10: 0, 30: 0}
    assert french.could_add == {10: 0, 30: 1}
    assert (french.pool, french.left, british.left) == (1, 1, 0)
    alone = assess(made).candidates[0]
    assert (alone.by_day, alone.could_add, alone.reliance) == (None, None, None)


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (unchecked(), "no-area"),
        (north([force("brit", "gbr", in_place_since=None)]), "nothing-in-place"),
        (north([]), "nothing-in-place"),
    ],
)
def test_empty_tables_are_an_answer(made: Scenario, kind: str) -> None:
    """Proves that nothing in place is a result that says so, in every form."""
    result = assess(made)
    assert lines(result)
    assert result.to_dict()["year"] == 2024
    assert result.to_frame().columns == ["area", "day", "group", "brigades"]
    assert result.to_geojson()["features"] == []
    assert [one.kind for one in result.shortfalls] == [kind]


def test_evaluation_finds_a_wrong_count() -> None:
    """Proves that the judge names area and day of a count that is not right."""
    made = relieved(D(2024, 5, 22))
    right = assess(made).year
    assert differences(made, right) == []
    wrong = {g: series.copy() for g, series in right.brigades["north"].items()}
    wrong[Group.OTHERS][3] += 0.25
    told = differences(
        made, Presence(right.days, {"north": wrong}, right.role_brigades, right.role_persons)
    )
    assert told == ["north on 2024-01-04: 0.5 given, 0.25 counted"]


def test_year_out_of_range_is_refused() -> None:
    """Proves that a year that no calendar has is a message, not a traceback."""
    with pytest.raises(UsageError, match="year 20240; name one from 1900"):
        assess(north([]), year=20240)


def test_runs_cover_the_year() -> None:
    """Proves that the spans of equal presence follow on each other from New Year to New Year."""
    runs = [r for r in assess(relieved(D(2024, 5, 22))).runs() if r["area"] == "north"]
    assert [run["from"] for run in runs] == ["2024-01-01", "2024-05-01", "2024-05-22"]
    assert [run["to"] for run in runs] == ["2024-05-01", "2024-05-22", "2025-01-01"]
