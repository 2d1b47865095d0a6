"""The program as a user runs it: answers, exit codes, words instead of tracebacks."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from amberway.cli import app

PROGRAM = Path(sys.executable).parent / "amberway"
VERBS = ("new", "check", "plan", "verify", "explain", "assess", "announce", "serve")
LONG = "a" * 300


def call(*arguments: object) -> Result:
    """Run the program within this process."""
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.stderr
    return result


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    command = [str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)


@pytest.fixture
def scenario(repository: Path, tmp_path: Path) -> Path:
    """A small scenario whose path has blanks and letters beyond ASCII."""
    folder = tmp_path / "Šeštokai – a b" / "scenario"
    shutil.copytree(repository / "tests/data/minimal", folder)
    return folder


@pytest.fixture(scope="module")
def planned(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of the small scenario."""
    folder = tmp_path_factory.mktemp("planned") / "run"
    result = call("plan", repository / "tests/data/minimal", "--out", folder)
    assert result.exit_code == 0
    return folder


# --- answers ----------------------------------------------------------------------------------


def test_help_loads_nothing_heavy() -> None:
    """`--help` comes at once: it imports no library that takes time."""
    heavy = (
        "numpy numba scipy polars pydantic matplotlib highspy pyproj shapely rich fastapi uvicorn"
    )
    code = (
        "import sys; from amberway.cli import app; app(['--help'], standalone_mode=False); "
        f"print('loaded:', sorted(set('{heavy}'.split()) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_help_names_every_verb() -> None:
    """The help of the program lists its verbs, and each verb has help of its own."""
    text = call("--help").stdout
    for verb in VERBS:
        assert re.search(rf"^\s+{verb}\s", text, re.MULTILINE)
        assert call(verb, "--help").exit_code == 0


def test_new_check_plan_verify_explain_assess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scenario: Path
) -> None:
    """The verbs work one after the other, in any working directory, into default places."""
    monkeypatch.chdir(tmp_path)
    assert call("new", "mine").exit_code == 0
    assert "nothing wrong" in call("check", "mine").stdout
    shutil.rmtree("mine")
    assert call("plan", scenario).exit_code == 0
    assert call("verify", "runs/minimal-certified").stdout.startswith("Valid: ")
    assert "East" in call("explain", "runs/minimal-certified", "west-brigade").stdout
    assert call("assess", scenario, "--report", "r.html").exit_code == 0
    assert Path("r.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_module_is_the_same_program() -> None:
    """`python -m amberway` is `amberway`."""
    done = subprocess.run(
        [sys.executable, "-m", "amberway", "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout == run("--help").stdout


@pytest.mark.parametrize("verb", ["check", "plan", "verify", "explain", "assess", "announce"])
def test_json_is_one_object_and_nothing_else(
    verb: str, scenario: Path, planned: Path, tmp_path: Path
) -> None:
    """With `--json` standard output is one JSON object, standard error is empty."""
    arguments: dict[str, list[object]] = {
        "check": [scenario],
        "plan": [scenario, "--out", tmp_path / "run"],
        "verify": [planned],
        "explain": [planned, "west-brigade"],
        "assess": [scenario, "--out", tmp_path / "run"],
        "announce": [scenario],
    }
    done = run(verb, *arguments[verb], "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert isinstance(json.loads(done.stdout), dict)


def test_plan_json_has_the_promised_numbers(scenario: Path, tmp_path: Path) -> None:
    """The keys that others build on are there."""
    numbers = json.loads(call("plan", scenario, "--out", tmp_path / "run", "--json").stdout)
    promised = (
        "scenario grid_hours horizon_days force_elements lots lots_delivered persons_total "
        "persons_in_place persons_closed brigades_closed last_closure_day objective valid "
        "solve_seconds resources_top"
    )
    assert set(promised.split()) <= set(numbers)
    assert set(numbers["persons_closed"]) == set(numbers["brigades_closed"]) == {"C+10", "C+30"}
    assert numbers["valid"] is True
    tight = numbers["resources_top"][0]
    assert {"name", "kind", "mean_use", "peak_use", "waiting_lot_days"} <= set(tight)


def test_assess_json_has_an_action_per_key(scenario: Path, tmp_path: Path) -> None:
    """The scorecard has one object per action, with numbers and a list of shortfalls, and is kept
    in the run."""
    card = json.loads(call("assess", scenario, "--out", tmp_path / "run", "--json").stdout)
    assert list(card["actions"]) == [
        "responsibility", "presence", "airdefence", "mobility", "command"]  # fmt: skip
    for numbers in card["actions"].values():
        assert len(numbers) > 5
        for shortfall in numbers["shortfalls"]:
            assert {"kind", "where", "what", "amount", "text"} == set(shortfall)
    stored = json.loads((tmp_path / "run/scorecard.json").read_text(encoding="utf-8"))
    assert stored["actions"]["presence"] == card["actions"]["presence"]


@pytest.fixture
def duties(repository: Path, tmp_path: Path) -> Path:
    """The small scenario with a need, a lead, and a headquarters that an action renames."""
    folder = tmp_path / "duties"
    shutil.copytree(repository / "tests/data/minimal", folder)
    area = "east"
    tables = {
        "requirements.csv": "id,area,capability,quantity,by_day,confidence\n"
        f"n1,{area},light-brigade,3,10,assumed\n",
        "pledges.csv": "id,area,capability,nation,quantity,from_day,leads,confidence\n"
        f"p1,{area},light-brigade,wst,0.5,0,true,assumed\n",
        "headquarters.csv": "id,name,echelon,place,lead_nation,domains,areas,confidence\n"
        f"top,Top,strategic,west-camp,wst,land,{area},assumed\n",
    }
    other = folder / "actions" / "other"
    other.mkdir(parents=True)
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    changed = tables["headquarters.csv"].replace("Top", "Other")
    (other / "headquarters.csv").write_text(changed, encoding="utf-8")
    title = 'title = "Another"\nfirst_year = 2026\nconfidence = "assumed"\n'
    (other / "action.toml").write_text(title, encoding="utf-8")
    return folder


def test_assess_answers_what_if_and_compares_structures(duties: Path, tmp_path: Path) -> None:
    """`--lead` adds what another lead nation changes, `--without-rule` leaves a rule out, and the
    structures of the scenario's actions stand beside each other: in JSON and in the report."""
    run = tmp_path / "run"
    assert call("plan", duties, "--method", "one-pass", "--out", run).exit_code == 0
    arguments = ["assess", duties, "--run", run, "--lead", "east=eas", "--without-rule", "burden"]
    card = json.loads(call(*arguments, "--json").stdout)["actions"]
    assert card["responsibility"]["what_if"]["leads_after"] == {"east": "eas"}
    assert card["command"]["structures"]["headquarters"] == {"minimal": 1, "minimal+other": 1}
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "What changes with another lead nation" in page
    assert "Structures side by side" in page
    assert "<td>burden</td>" not in page
    assert "<td>coherence</td>" in page
    said = call(*arguments).stdout
    assert "If Eastland leads in Eastland:" in said


def test_announce_writes_what_the_name_asks_for(duties: Path, tmp_path: Path) -> None:
    """The statement is Markdown on the screen and in a file, HTML in one that ends with .html."""
    shown = call("announce", duties).stdout
    assert shown.startswith("# Areas of responsibility")
    for name, start in (("a.md", "# Areas"), ("a.html", "<!DOCTYPE html>")):
        assert call("announce", duties, "--out", tmp_path / name).exit_code == 0
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.startswith(start)
        assert "Westland" in text
    told = json.loads(call("announce", duties, "--json").stdout)
    assert (told["form"], told["text"]) == ("markdown", shown)


def test_actions_are_laid_over(scenario: Path, tmp_path: Path) -> None:
    """`--with` plans another scenario, and the run says which."""
    call("plan", scenario, "--with", "1-deeper-port, 2-second-ship", "--out", tmp_path / "run")
    stored = json.loads((tmp_path / "run/run.json").read_text(encoding="utf-8"))
    assert stored["actions"] == ["1-deeper-port", "2-second-ship"]
    assert call("verify", tmp_path / "run").exit_code == 0


# --- wrong input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "baltik"], "Did you mean 'baltic'?"),
        (["plan", "no-such-place"], "does not exist"),
        (["plan", "{file}"], "is a file"),
        (["plan", "{folder}"], "holds no scenario.toml"),
        (["plan", "{scenario}", "--method", "magic"], "methods are: certified, one-pass"),
        (["plan", "{scenario}", "--with", "1-deeper-prot"], "1-deeper-port"),
        (["plan", "{scenario}", "--out", "{file}"], "is not a run"),
        (["plan", "{scenario}", "--out", "{file}/run"], "cannot write"),
        (["plan", "{scenario}", "--out", "{folder}"], "is not a run"),
        (["plan", "{scenario}", "--out", LONG], "too long"),
        (["assess", "{scenario}", "--out", "{folder}/r", "--report", "{file}/x"], "cannot write"),
        (["assess", "{scenario}", "--lead", "east"], "is not AREA=NATION"),
        (["assess", "{scenario}", "--lead", "eest=wst"], "Did you mean 'east'?"),
        (["assess", "{scenario}", "--lead", "east=wts"], "Did you mean 'wst'?"),
        (["assess", "{scenario}", "--without-rule", "luck"], "there are lead, coherence"),
        (["announce", "{scenario}", "--out", "{file}/x"], "cannot write"),
        (["verify", "{folder}"], "is not a run folder"),
        (["verify", LONG], "too long"),
        (["explain", "{folder}", "unit"], "is not a run folder"),
        (["explain", "{run}", "west-brigad"], "Did you mean 'west-brigade'?"),
        (["new", "{folder}"], "exists already"),
        (["new", LONG], "too long"),
        (["new", "{folder}/mine", "--from", "baltik"], "Did you mean 'baltic'?"),
    ],
)
def test_wrong_input_is_said_in_words(
    arguments: list[str], says: str, scenario: Path, planned: Path, tmp_path: Path
) -> None:
    """What cannot be used ends with code 2 and a sentence that says what and how to go on."""
    file, folder = tmp_path / "a file", tmp_path / "a folder"
    file.write_text("x")
    (folder / "something").mkdir(parents=True)
    given = {"file": file, "folder": folder, "scenario": scenario, "run": planned}
    result = call(*(a.format(**given) for a in arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr


def test_unusable_place_is_refused_before_planning(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a plan that then cannot be written."""
    monkeypatch.setattr("amberway.mobility.methods.plan", None)
    (tmp_path / "file").write_text("x")
    assert call("plan", scenario, "--out", tmp_path / "file").exit_code == 2


@pytest.mark.parametrize("arguments", [[], ["plan"], ["bogus"], ["plan", "--bogus", "x"]])
def test_wrong_usage_shows_usage(arguments: list[str]) -> None:
    """Missing and unknown arguments end with code 2 and the usage."""
    result = call(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr + result.stdout


def test_every_broken_scenario_ends_with_code_2(repository: Path) -> None:
    """Broken tables of every kind: each problem in words, as JSON too, never a traceback."""
    for folder in sorted((repository / "tests/data/broken").iterdir()):
        action = {"no-action": "1-deeper-prot", "action": "1-wish"}.get(folder.name, "")
        result = call("check", folder, "--with", action)
        assert result.exit_code == 2, folder.name
        assert f"[{folder.name}]" in result.stderr
        told = json.loads(call("plan", folder, "--with", action, "--json").stdout)
        assert {problem["check"] for problem in told["problems"]} == {folder.name}


@pytest.mark.parametrize(
    "settings",
    [
        "horizon_days = 1",
        "horizon_days = 0.01",
        "horizon_days = 366\ngrid_hours = 0.25",
        "horizon_days = 30\ngrid_hours = 24",
    ],
)
def test_extreme_grids_and_horizons_are_planned(
    settings: str, scenario: Path, tmp_path: Path
) -> None:
    """One day, less than one period, a year of quarters of an hour, periods of a day: all valid."""
    toml = scenario / "scenario.toml"
    text = re.sub(r"^horizon_days.*$", settings, toml.read_text(), flags=re.MULTILINE)
    toml.write_text(text)
    (scenario / "pins.csv").unlink()  # of days that some of these horizons do not have
    assert call("plan", scenario, "--out", tmp_path / "run").exit_code == 0


def test_empty_tables_are_planned(scenario: Path, tmp_path: Path) -> None:
    """A scenario of header rows only has an empty plan."""
    for table in scenario.glob("*.csv"):
        table.write_text(table.read_text().splitlines()[0] + "\n")
    (scenario / "areas.geojson").unlink()
    result = call("plan", scenario, "--out", tmp_path / "run", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["lots"] == 0


def test_enormous_unit_is_planned(scenario: Path, tmp_path: Path) -> None:
    """The largest numbers that a table may hold end in a valid plan."""
    holdings = scenario / "unit_equipment.csv"
    holdings.write_text(holdings.read_text().replace("truck-8t,60", "truck-8t,50000"))
    result = call("plan", scenario, "--out", tmp_path / "run", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["lots"] > 1000


def test_read_only_scenario_is_planned(scenario: Path, tmp_path: Path) -> None:
    """Planning writes nothing into the scenario's folder."""
    before = {path: path.stat().st_mtime_ns for path in [scenario, *scenario.rglob("*")]}
    scenario.chmod(0o555)
    try:
        assert call("plan", scenario, "--out", tmp_path / "run").exit_code == 0
    finally:
        scenario.chmod(0o755)
    assert {path: path.stat().st_mtime_ns for path in [scenario, *scenario.rglob("*")]} == before


# --- tampered runs ----------------------------------------------------------------------------


def test_tampered_run_ends_with_code_1(planned: Path, tmp_path: Path) -> None:
    """A changed plan is not valid: code 1, and the rule that is broken is named."""
    run_folder = tmp_path / "run"
    shutil.copytree(planned, run_folder)
    lots = run_folder / "lots.csv"
    lots.write_text(lots.read_text().replace("west-camp", "east-camp", 1))
    result = call("verify", run_folder)
    assert result.exit_code == 1
    assert "[files]" in result.stdout
    assert "[lot]" in result.stdout
    verdict = json.loads(call("verify", run_folder, "--json").stdout)
    assert verdict["valid"] is False


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("run.json", "[]"),
        ("run.json", "{"),
        ("moves.csv", "lot,leg\nx"),
        ("moves.csv", "\x00"),
        ("sailings.csv", "id\nx"),
        ("scenario/scenario.toml", "="),
        ("unmoved.csv", ""),
    ],
)
@pytest.mark.parametrize("verb", ["verify", "explain"])
def test_unreadable_run_ends_with_code_2(
    verb: str, file: str, text: str, planned: Path, tmp_path: Path
) -> None:
    """A run folder that is damaged is said to be so."""
    run_folder = tmp_path / "run"
    shutil.copytree(planned, run_folder)
    (run_folder / file).write_text(text)
    result = call(verb, run_folder, *(["west-brigade"] if verb == "explain" else []))
    assert result.exit_code == 2
    assert result.stderr


# --- interruption, pipes, company --------------------------------------------------------------


def test_ctrl_c_keeps_what_is_planned(repository: Path, tmp_path: Path) -> None:
    """Ctrl-C: the lots planned so far are saved, valid but not complete; the code is 130."""
    program = """
import os, signal, sys
from amberway.mobility.scheduler import Scheduler
place = Scheduler.place
def slowly(self, lot):
    place(self, lot)
    if len(self.legs) == 3:
        os.kill(os.getpid(), signal.SIGINT)
Scheduler.place = slowly
from amberway.cli import main
sys.argv = ["amberway", *sys.argv[1:]]
main()
"""
    out = tmp_path / "run"
    command = [sys.executable, "-c", program, "plan", str(repository / "tests/data/minimal")]
    command += ["--method", "one-pass"]
    done = subprocess.run(
        [*command, "--out", str(out), "--json"],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    numbers = json.loads(done.stdout)
    assert (numbers["complete"], numbers["valid"], numbers["lots_delivered"]) == (False, True, 3)
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["complete"] is False
    assert call("verify", out).exit_code == 0


def test_ctrl_c_keeps_the_certified_plan(repository: Path, tmp_path: Path) -> None:
    """Ctrl-C while the plan is improved: the best so far is kept, whole, with its certificate."""
    program = """
import os, signal, sys
from amberway.mobility.search import Search
improve = Search.improve
def slowly(self, *arguments):
    improve(self, *arguments)
    os.kill(os.getpid(), signal.SIGINT)
Search.improve = slowly
from amberway.cli import main
sys.argv = ["amberway", *sys.argv[1:]]
main()
"""
    out = tmp_path / "run"
    command = [sys.executable, "-c", program, "plan", str(repository / "tests/data/minimal")]
    done = subprocess.run(
        [*command, "--out", str(out), "--json"],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert "Traceback" not in done.stderr
    numbers = json.loads(done.stdout)
    assert (numbers["complete"], numbers["valid"]) == (True, True)
    assert numbers["bound"] <= numbers["objective"]
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["stopped"] is True


def test_ctrl_c_before_planning_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C while the tables are read: nothing is written, and no traceback."""
    program = """
import signal, sys
import amberway.scenario as scenario
scenario.load = lambda *_: signal.raise_signal(signal.SIGINT)
from amberway.cli import main
sys.argv = ["amberway", *sys.argv[1:]]
main()
"""
    command = [sys.executable, "-c", program, "plan", "baltic", "--out", str(tmp_path / "run")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
    assert done.returncode == 130
    assert "nothing was written" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_closed_pipe_gives_no_traceback(planned: Path) -> None:
    """`amberway verify RUN --json | head -1` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [str(PROGRAM), "verify", str(planned), "--json"], check=False, stdout=writing,
            stderr=subprocess.PIPE, text=True, timeout=240,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_full_disk_is_said_in_words(planned: Path) -> None:
    """Output that cannot be written is a sentence, not a traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [str(PROGRAM), "verify", str(planned)],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_two_plans_into_one_folder(scenario: Path, tmp_path: Path) -> None:
    """Programs that write the same run at the same time leave one whole run."""
    command = [str(PROGRAM), "plan", str(scenario), "--out", str(tmp_path / "run")]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait(timeout=240) for process in running] == [0, 0, 0]
    assert call("verify", tmp_path / "run").exit_code == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_signal_handler_is_given_back(scenario: Path, tmp_path: Path) -> None:
    """After planning, Ctrl-C is again what it was."""
    before = signal.getsignal(signal.SIGINT)
    call("plan", scenario, "--out", tmp_path / "run")
    assert signal.getsignal(signal.SIGINT) is before
