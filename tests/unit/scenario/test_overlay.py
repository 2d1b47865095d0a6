"""Actions and extensions: rows added, replaced, removed, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from amberway.errors import Problem, ScenarioError
from amberway.scenario import actions_of, load

Overlay = Callable[..., Path]
ProblemsOf = Callable[..., tuple[Problem, ...]]

ROAD = "id,from,to,mode,km,speed_kmh\n"
ACTION = 'title = "T"\nfirst_year = 2025\n'


def test_actions_add_replace_and_remove(data: Path) -> None:
    """Proves the three things that an overlay can do, and that the base stays as it was."""
    base = load(data / "minimal")
    acted = load(data / "minimal", ["1-deeper-port", "2-second-ship"])
    assert acted.terminals["east-port-berths"].slots == 2  # replaced, in its old place
    assert list(acted.terminals) == list(base.terminals)
    assert list(acted.lift) == [*base.lift, "ferry-2"]  # added at the end
    assert "storm" in base.disruptions
    assert not acted.disruptions  # removed
    assert acted.name == "minimal+1-deeper-port+2-second-ship"
    assert acted.origin["lift", "ferry-2"] == ("actions/2-second-ship/lift.csv", 2)


def test_replaced_row_takes_defaults_not_old_values(overlay: Overlay) -> None:
    """Proves that a replacing row is the whole row: a blank cell does not keep what was there."""
    folder = overlay({"links.csv": ROAD + "east-road,east-port,east-camp,road,220,50\n"})
    road = load(folder).links["east-road"]
    assert (road.km, road.capacity_per_day) == (220, None)


def test_last_action_wins(overlay: Overlay) -> None:
    """Proves that actions are laid over in the order in which they are named."""
    files = {}
    for name, km in (("a", 201), ("b", 202)):
        files[f"actions/{name}/action.toml"] = ACTION
        files[f"actions/{name}/links.csv"] = f"{ROAD}east-road,east-port,east-camp,road,{km},50\n"
    folder = overlay(files)
    assert load(folder, ["a", "b"]).links["east-road"].km == 202
    assert load(folder, ["b", "a"]).links["east-road"].km == 201


def test_removal_shows_what_still_refers_to_it(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that the checks see the result of an overlay, and name the row that it broke."""
    dangling, port = problems_of(overlay({"links.csv": "id\n-east-sea\n"}))
    assert (dangling.check, dangling.file) == ("dangling-reference", "minimal/disruptions.csv")
    assert (dangling.value, dangling.what) == ("east-sea", "is not in links or terminals or lift")
    assert (port.check, port.value) == ("unlinked-terminal", "east-port")


def test_contradictions_in_one_overlay(overlay: Overlay, problems_of: ProblemsOf) -> None:
    """Proves that a row that is both removed and replaced is refused."""
    rows = "-east-road,,,,,\neast-road,east-port,east-camp,road,220,50\n"
    assert [p.check for p in problems_of(overlay({"links.csv": ROAD + rows}))] == ["duplicate-id"]


def test_chain_of_extensions(tmp_path: Path, data: Path) -> None:
    """Proves that scenarios extend over several levels, with their actions and their factors."""
    for name, base, factors in (
        ("middle", data / "minimal", "stow_factor = 0.7\nship_hold_h = 12"),
        ("top", tmp_path / "middle", "stow_factor = 0.6"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scenario.toml").write_text(
            f'name = "{name}"\ntitle = "T"\nextends = "{base}"\n[factors]\n{factors}\n'
        )
    (tmp_path / "middle/links.csv").write_text(f"{ROAD}new-road,west-camp,west-port,road,120,40\n")
    (tmp_path / "top/links.csv").write_text("id\n-new-road\n")
    top = load(tmp_path / "top", ["1-deeper-port"])
    assert "new-road" in load(tmp_path / "middle").links
    assert "new-road" not in top.links
    assert top.settings.extends is None
    assert (top.settings.name, top.settings.horizon_days) == ("top", 30)
    factors = top.settings.factors
    assert (factors.stow_factor, factors.ship_hold_h, factors.marry_up_h) == (0.6, 12, 6)
    assert top.terminals["east-port-berths"].slots == 2


def test_outlines_are_laid_over_by_id(overlay: Overlay) -> None:
    """Proves that an overlay adds an area with its outline and leaves the others' alone."""
    feature = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "bay", "geometry": '
        '{"type": "Polygon", "coordinates": [[[19, 55], [20, 55], [20, 56], [19, 55]]]}}]}'
    )
    folder = overlay({"areas.csv": "id,name,domain\nbay,Bay,sea\n", "areas.geojson": feature})
    assert [f["id"] for f in load(folder).geometry["features"]] == ["east", "bay"]


@pytest.mark.parametrize("name", ["nothing", "../1-deeper-port", "1-deeper-port/", "", "/etc"])
def test_action_that_is_not_there(name: str, data: Path, problems_of: ProblemsOf) -> None:
    """Proves that an action is named, not reached by a path."""
    (problem,) = problems_of(data / "minimal", name)
    assert problem.check == "no-action"
    assert "1-deeper-port" in problem.mend


def test_action_named_twice(data: Path, problems_of: ProblemsOf) -> None:
    """Proves that laying an action over itself is refused."""
    (problem,) = problems_of(data / "minimal", "1-deeper-port", "1-deeper-port")
    assert (problem.check, problem.what) == ("no-action", "is laid over twice")


@pytest.mark.parametrize(
    ("text", "key", "what"),
    [
        ("", "title", "is missing"),
        ('title = "T"\nfirst_year = 1066', "first_year", "is out of range"),
        (ACTION + "cost_meur = -1", "cost_meur", "is out of range"),
        (ACTION + "[phases]\n2026 = 1.5", "phases.2026", "is out of range"),
        (ACTION + "[phases]\n2026 = 0.5\n2027 = 0.2", "phases", "shrink from one year to the next"),
        (ACTION + "running_meur_per_year = 5\n[phases]\n2026 = 1", None, "running_meur_per_year"),
        (ACTION + 'needs = ["b"]', "needs", "is not another action of the scenario"),
        (ACTION + 'needs = ["a"]', "needs", "is not another action of the scenario"),
        (ACTION + 'source = "rumour"', "source", "is not in sources"),
        (ACTION + 'confidence = "high"', "source", "is blank"),
        ("title =", None, "is not valid TOML"),
    ],
)
def test_faulty_action(
    text: str, key: str | None, what: str, overlay: Overlay, problems_of: ProblemsOf
) -> None:
    """Proves that a fault of action.toml names the file, the key and what is wrong."""
    folder = overlay({"actions/a/action.toml": text})
    problem = problems_of(folder, "a")[0]
    assert problem.check == ("toml" if text == "title =" else "action")
    assert (problem.file, problem.column) == ("actions/a/action.toml", key)
    assert problem.what.startswith(what)


def test_actions_of_a_scenario(data: Path, overlay: Overlay) -> None:
    """Proves that the actions are listed with what action.toml says, those of the base too."""
    actions = actions_of(overlay({"actions/3-own/action.toml": ACTION}))
    assert list(actions) == ["1-deeper-port", "2-second-ship", "3-own"]
    assert actions["1-deeper-port"].phases == {2026: 0.5, 2028: 1.0}
    assert actions_of(data / "minimal")["2-second-ship"].needs == ("1-deeper-port",)


def test_actions_of_reports_faults(overlay: Overlay) -> None:
    """Proves that a faulty action.toml does not vanish from the list in silence."""
    with pytest.raises(ScenarioError, match="first_year"):
        actions_of(overlay({"actions/a/action.toml": 'title = "T"'}))


def test_action_of_a_later_day(overlay: Overlay) -> None:
    """Proves that the last action that names a C-day sets it, and that none leaves it alone."""
    folder = overlay(
        {
            "actions/a/action.toml": ACTION + "c_day = 2026-07-01",
            "actions/b/action.toml": ACTION + "c_day = 2027-01-01",
            "actions/c/action.toml": ACTION,
        }
    )
    own = load(folder).settings.c_day
    assert load(folder, ["c"]).settings.c_day == own
    assert load(folder, ["b", "a", "c"]).settings.c_day == dt.date(2026, 7, 1)
