"""Runs variants: each plan and each result once, from the cache if it is there, else in parallel.

First the plans and the days of free routes that are missing, then the assessments. Work goes to
local processes (joblib); what a process has finished is stored at once, so that Ctrl-C loses what
was under way and nothing else. The answer depends neither on how many processes there are nor on
their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from joblib import Parallel, cpu_count, delayed

from amberway.initiative.metrics import ACTIONS
from amberway.initiative.reads import Content, ground_key, plan_key, record_key
from amberway.initiative.record import FREE, make_plan, make_reach, make_records
from amberway.initiative.store import DEFAULT as CACHE
from amberway.initiative.store import Store
from amberway.initiative.variant import Variant, stored
from amberway.mobility.certified import Effort
from amberway.mobility.methods import DEFAULT, check_choices
from amberway.mobility.progress import Progress
from amberway.scenario import Scenario

TIME_LIMIT = 50.0
# What a plan and the days of one network take, in times of the assessments of a variant: for the
# progress bar.
_PLAN, _REACH = 30.0, 10.0


@dataclass(frozen=True)
class How:
    """How to plan every variant, where to keep the runs, in how many processes.

    `workers` 0: as many as there are processors.
    """

    method: str = DEFAULT
    effort: Effort = field(default_factory=lambda: Effort(time_limit=TIME_LIMIT))
    store: Store = field(default_factory=lambda: Store(CACHE))
    workers: int = 0

    def check(self) -> None:
        """Raise UsageError for choices that do not exist, or a cache that cannot be written."""
        effort = self.effort
        check_choices(self.method, effort.objective, effort.time_limit, effort.gap, effort.seed)
        self.store.prepare()


@dataclass(frozen=True)
class Standing:
    """How far the runs are: share of the work done, and in words."""

    done: float
    words: str


Advance = Callable[[Standing], None]


@dataclass(frozen=True)
class Entry:
    """A variant by its keys in the cache: of the plan, and of the results by action."""

    actions: tuple[str, ...]
    plan: str
    keys: dict[str, str]


def entry(content: Content, actions: tuple[str, ...], how: How) -> Entry:
    """The keys of a scenario with these actions laid over."""
    plan = plan_key(content, how.method, how.effort)
    keys = {action: record_key(action, content, plan) for action in ACTIONS}
    return Entry(actions, plan, keys)


def run(scenarios: Sequence[Scenario], how: How, advance: Advance | None = None) -> list[Entry]:
    """Plan, verify and assess every scenario, as far as the cache does not have it; their keys.

    Raises UsageError as `How.check` does, ScenarioError for pins that no plan can obey,
    KeyboardInterrupt if Ctrl-C was pressed.
    """
    how.check()
    contents, entries = [], []
    for number, scenario in enumerate(scenarios, start=1):
        contents.append(Content(scenario))
        entries.append(entry(contents[-1], scenario.actions, how))
        if advance is not None:
            advance(Standing(0.0, f"{number} of {len(scenarios)} variants looked up"))
    plans, assessments = _missing(scenarios, entries, how.store)
    networks = _networks(scenarios, contents, assessments)
    bar = _Bar(advance, _PLAN * len(plans) + _REACH * len(networks) + len(assessments))
    alone = len(plans) == 1 or _workers(how) == 1
    tasks = [
        delayed(make_plan)(
            scenario, how.method, how.effort, how.store, key, bar.within if alone else None
        )
        for key, scenario in plans.items()
    ]
    tasks += [delayed(make_reach)(alike, how.store) for alike in networks]
    bar.say(words := f"0 of {len(plans)} plans")
    made = 0
    for whole in _done(tasks, how, alone=alone):
        if whole is False:
            raise KeyboardInterrupt
        if whole:
            made += 1
            words = f"{made} of {len(plans)} plans"
        bar.step(_PLAN if whole else _REACH, words)
    jobs = [
        delayed(make_records)(scenario, plan, keys, how.store)
        for scenario, plan, keys in assessments
    ]
    bar.say(f"0 of {len(jobs)} assessments")
    for number, _ in enumerate(_done(jobs, how), start=1):
        bar.step(1.0, f"{number} of {len(jobs)} assessments")
    return entries


def variants(entries: Iterable[Entry], store: Store) -> list[Variant] | None:
    """The variants of these keys from the cache; None if one of them is not there."""
    found = []
    for one in entries:
        variant = stored(store, one.actions, one.plan, one.keys)
        if variant is None:
            return None
        found.append(variant)
    return found


def _missing(
    scenarios: Sequence[Scenario], entries: Sequence[Entry], store: Store
) -> tuple[dict[str, Scenario], list[tuple[Scenario, str, dict[str, str]]]]:
    """Plans to make by key; assessments to make, each result by the first that has its key."""
    plans: dict[str, Scenario] = {}
    assessments = []
    seen: set[str] = set()
    for scenario, one in zip(scenarios, entries, strict=True):
        keys = {
            action: key
            for action, key in one.keys.items()
            if key not in seen and store.get("records", key) is None
        }
        seen.update(keys.values())
        if keys:
            assessments.append((scenario, one.plan, keys))
            if one.plan not in plans and not store.has_plan(one.plan):
                plans[one.plan] = scenario
    return plans, assessments


def _networks(
    scenarios: Sequence[Scenario],
    contents: Sequence[Content],
    assessments: Sequence[tuple[Scenario, str, dict[str, str]]],
) -> list[list[Scenario]]:
    """Scenarios to assess that need days of free routes, those with one network together."""
    asking = {id(scenario) for scenario, _, keys in assessments if not keys.keys().isdisjoint(FREE)}
    found: dict[str, list[Scenario]] = {}
    for scenario, content in zip(scenarios, contents, strict=True):
        if id(scenario) in asking:
            found.setdefault(ground_key(content), []).append(scenario)
    return list(found.values())


def _workers(how: How) -> int:
    return int(how.workers or cpu_count())


def _done(tasks: list[Any], how: How, *, alone: bool = False) -> Iterator[Any]:
    """Results as they come; in this process if `alone`, or if there is nothing to share out."""
    workers = 1 if alone else min(_workers(how), len(tasks))
    if workers <= 1:
        for function, arguments, keywords in tasks:
            yield function(*arguments, **keywords)
        return
    yield from Parallel(n_jobs=workers, return_as="generator_unordered")(tasks)


class _Bar:
    """Adds up the work done."""

    def __init__(self, advance: Advance | None, total: float) -> None:
        self._advance, self._total, self._done, self._words = advance, max(total, 1.0), 0.0, ""

    def step(self, work: float, words: str) -> None:
        self._done += work
        self.say(words)

    def say(self, words: str) -> None:
        self._words = words
        if self._advance is not None:
            self._advance(Standing(self._done / self._total, words))

    def within(self, now: Progress) -> None:
        """A plan made in this process is so far."""
        if self._advance is not None:
            done = (self._done + _PLAN * now.done) / self._total
            self._advance(Standing(min(done, 1.0), self._words))
