"""The process that plans one run: `python -m amberway.server.worker FOLDER`.

It reads FOLDER/record.json and FOLDER/input, tells its progress in lines of JSON on standard
output, and writes FOLDER/plan, FOLDER/pages and then FOLDER/outcome.json: from there on the plan
can be looked at, and the assessment of all five actions follows. SIGINT makes it keep the best
plan so far, with its certificate. When standard input ends, whoever started it is gone and it ends
as well.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from amberway.errors import AmberwayError, ScenarioError
from amberway.server.faults import Refusal, fault
from amberway.server.records import (
    CACHE,
    INPUT,
    OUTCOME,
    PAGES,
    PLAN,
    RECORD,
    Outcome,
    Progress,
    Reading,
    Record,
    RunHeadline,
    Stage,
)
from amberway.server.workspace import write_text

if TYPE_CHECKING:
    from amberway.mobility.progress import Progress as Standing
    from amberway.mobility.result import MobilityResult

_OFTEN = 0.2  # seconds between two lines
_NICE = 5  # the server answers first


class Worker:
    """One run in the making."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start = time.monotonic()
        self._told = 0.0
        self._stop = False
        self._now = Progress()

    def run(self) -> None:
        """Plan, check, assess, draw; or say in words why not."""
        signal.signal(signal.SIGINT, self._note)
        try:
            self._plan()
            return
        except ScenarioError as error:
            message = str(error).partition("\n")[0] + "."
            problems = [fault(problem) for problem in error.problems]
            refusal = Refusal(kind="invalid", message=message, problems=problems)
            outcome = Outcome(error=refusal)
        except AmberwayError as error:
            outcome = Outcome(error=Refusal(kind="bad-request", message=str(error)))
        self._conclude(outcome)

    def _conclude(self, outcome: Outcome) -> None:
        write_text(self._folder / OUTCOME, outcome.model_dump_json(indent=1) + "\n")

    def _plan(self) -> None:
        record = Record.model_validate_json((self._folder / RECORD).read_bytes())
        asked = record.asked
        self._tell(Stage.READING)
        from amberway.mobility.folder import staged
        from amberway.mobility.methods import plan
        from amberway.mobility.verify import verify
        from amberway.scenario import load
        from amberway.server.pages.store import store, store_scoreboard

        actions = [*asked.actions, *([asked.draft] if asked.draft else [])]
        scenario = load(self._folder / INPUT, actions)
        self._tell(Stage.PLANNING)
        began = time.monotonic()
        result = plan(
            scenario,
            asked.method,
            self._advance,
            objective=asked.objective,
            time_limit=asked.time_limit,
            gap=asked.gap,
            seed=asked.seed,
        )
        seconds = round(time.monotonic() - began, 3)
        self._tell(Stage.CHECKING, done=1.0)
        with staged(result, self._folder / PLAN) as beside:
            valid = verify(beside).valid
        store(result, self._folder / PAGES)
        self._conclude(Outcome(headline=headline(result, valid=valid, seconds=seconds)))
        self._tell(Stage.ASSESSING)
        if not self._stop:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is lost any more
            cache = self._folder.parent.parent / CACHE
            store_scoreboard(result, self._folder / PAGES, self._folder / PLAN, cache, valid=valid)
        self._tell(Stage.ASSESSING)

    def _note(self, *_: object) -> None:
        self._stop = True

    def _advance(self, now: Standing) -> None:
        if self._stop:  # asked for before the planner listened, or again
            self._stop = False
            signal.raise_signal(signal.SIGINT)
        self._now = self._now.model_copy(
            update={"done": now.done, "plan": now.plan, "bound": now.bound, "gap": now.gap}
        )
        if time.monotonic() - self._told >= _OFTEN or now.done >= 1:
            self._tell(Stage.PLANNING)

    def _tell(self, stage: Stage, done: float | None = None) -> None:
        self._told = time.monotonic()
        self._now.stage = stage
        self._now.seconds = round(self._told - self._start, 2)
        if done is not None:
            self._now.done = done
        sys.stdout.write(self._now.model_dump_json() + "\n")
        sys.stdout.flush()


def headline(result: MobilityResult, *, valid: bool, seconds: float) -> RunHeadline:
    """The first numbers of a result."""
    numbers = result.headline

    def reading(name: str) -> Reading:
        return Reading(c10=numbers[name]["C+10"], c30=numbers[name]["C+30"])

    same = set(RunHeadline.model_fields) & set(numbers)
    return RunHeadline(
        **{name: numbers[name] for name in same - {"persons_closed", "persons_available"}},
        valid=valid,
        persons_closed=reading("persons_closed"),
        persons_available=reading("persons_available"),
        seconds=seconds,
        content_hash=result.plan.scenario.content_hash(),
    )


def _end_with_starter() -> None:
    """End when standard input does: the server is gone, and nobody will read the outcome."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def main() -> None:
    """Plan the run of the folder named."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    threading.Thread(target=_end_with_starter, daemon=True).start()
    Worker(Path(sys.argv[1])).run()


if __name__ == "__main__":
    main()
