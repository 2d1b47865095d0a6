"""The certified plan: search and bound side by side, each feeding the other.

The bound (column generation) proposes prices; the search schedules lots at reduced prices and
improves the plan by ruin and recreate. They run on two threads and meet after fixed amounts of
work, counted in operations and not in seconds: the same input, seed and limit give the same plan
on any machine, whatever the number of threads. The time limit is turned into work at the speed of
the machine that benchmarks/README.md describes; a slower one takes longer and finds the same.
"""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from amberway.mobility import one_pass
from amberway.mobility.assemble import assemble
from amberway.mobility.bottlenecks import THREADS, TRIED, found, tried
from amberway.mobility.bound import CLOSE, Run, Step, spacings
from amberway.mobility.certificate import Certificate, gap_parts, rounded
from amberway.mobility.climb import Climb
from amberway.mobility.deadline import Refuted, free_flow, refute
from amberway.mobility.evaluate import objective as objective_of
from amberway.mobility.ground import Ground
from amberway.mobility.interrupt import Interrupt, ctrl_c
from amberway.mobility.objective import (
    Closure,
    Lateness,
    Objective,
    PriorityArrival,
    marry_up,
)
from amberway.mobility.packing import Guide
from amberway.mobility.plan import Plan
from amberway.mobility.pricing import Pricing
from amberway.mobility.problem import Floats, build
from amberway.mobility.progress import Progress, Report
from amberway.mobility.scheduler import Scheduler
from amberway.mobility.search import Search, guide
from amberway.scenario import Scenario
from amberway.units import period_to_days

METHOD = "certified"
TIME_LIMIT = 120.0
LONGEST = 30 * 24 * 3600.0
_FOR_PLAN = 0.82  # share of the time for bound and plan
_FOR_TRIED = 0.12  # and to try out what one more buys; the rest is what nobody counts
_FOR_DEADLINE = 0.6  # share of the time for the bound of the last closure
_THRESHOLD = 1.0  # weighted days that a step may lose at the beginning of the search
_PATIENCE, _PATIENCE_PER_LOT = 2000, 20  # steps without a better plan after which to stop
_EQUAL = 1e-6  # weighted days
_FIRST = 4  # times as long as a step of the level before takes the first of a finer level
_CHUNK = 500  # steps between two looks at the clock and at the gap
# Seconds on the machine of benchmarks/README.md.
_PER_PRICE = 9.5e-10  # per arc and period
_PER_WORK = 1.35e-9  # of the solver on the master
_PLACED = 16  # lots are placed in a step:
_PER_NODE = 6.6e-6  # each looks at the nodes of its group,
_PER_LOT = 1.9e-7  # and to choose them all lots are looked at
_PER_ARC = 9e-6  # of what comes before: arcs are made,
_PER_GROUP = 3.2e-3  # for the moves that a group may choose from,
_PER_PLACED = 1.3e-4  # and each lot is placed once, by the root of the arcs of its group
_PER_ONCE = 6e-3  # per lot of the one-pass plan, for the bar alone: arcs are not known by then


@dataclass(frozen=True)
class Effort:
    """What for, how long (seconds of the reference machine), how near (gap), which seed."""

    objective: str = PriorityArrival.name
    time_limit: float = TIME_LIMIT
    gap: float = 0.0
    seed: int = 0


def solve(scenario: Scenario, effort: Effort | None = None, report: Report | None = None) -> Plan:
    """The best plan found, with its certificate. Ctrl-C keeps what there is so far."""
    with ctrl_c() as interrupt:
        return _Solve(scenario, effort or Effort(), report, interrupt).plan()


class _Solve:
    def __init__(
        self, scenario: Scenario, effort: Effort, report: Report | None, interrupt: Interrupt
    ) -> None:
        self._effort, self._report, self._interrupt = effort, report, interrupt
        self._ground = Ground.of(scenario)
        self._spent = self._shown = 0.0
        self._baseline = one_pass.solve(
            scenario, self._once, self._ground, effort.objective, stoppable=False
        )
        self._problem = build(self._ground, _guide_of(effort.objective))
        groups = self._problem.groups
        lots, arcs, count = len(self._problem.lots), len(groups.row), max(1, len(groups.goal))
        self._price_time = _PER_PRICE * arcs * self._problem.horizon
        self._step_time = _PER_NODE * _PLACED * int(groups.base[-1]) / count + _PER_LOT * lots
        self._patience = _PATIENCE + _PATIENCE_PER_LOT * lots
        placed = _PER_PLACED * lots * math.sqrt(arcs / count)
        self._spent = _PER_ARC * arcs + _PER_GROUP * count + placed
        self._last_step = 0.0  # seconds of the bound's
        self._run = Run(self._problem)
        self._climb = Climb(self._problem, self._run.ideal, effort.seed)
        self._best = self._climb.best

    def plan(self) -> Plan:
        """Levels of the bound with search beside them, more search, the certificate."""
        levels = list(zip(spacings(self._problem), CLOSE, strict=False))
        with ThreadPoolExecutor(1) as pool:
            if self._effort.objective == Closure.name:
                self._deadlines()
                levels = []
            for spacing, close in levels:
                if not self._enough(_FOR_PLAN, _FIRST * self._last_step):
                    self._level(pool, spacing, close)
            self._search_on(pool)
        return self._certified()

    def _level(self, pool: ThreadPoolExecutor, spacing: int, close: float) -> None:
        """One level of the bound, with as much search beside it as takes the same time."""
        self._run.know(self._climb.search.itineraries())
        job: Future[float] | None = None
        for step in self._run.level(spacing, close):
            # What beside this step was found is known after the next: not earlier, else chance
            # would decide when to stop.
            self._best = job.result() if job else self._best
            self._last_step = seconds = 2 * self._price_time + _PER_WORK * step.work
            steps = int((seconds - self._price_time) / self._step_time)
            steps = max(1, min(steps, self._patience))
            job = pool.submit(self._guided, self._run.prices, steps, self._threshold())
            self._spend(seconds)
            if self._enough(_FOR_PLAN, self._last_step):
                break
        self._best = job.result() if job else self._best

    def _guided(self, prices: Floats, steps: int, threshold: float) -> float:
        self._climb.renew(prices)
        self._climb.improve(steps, threshold, self._stop)
        return self._climb.best

    def _search_on(self, pool: ThreadPoolExecutor) -> None:
        """When the bound is done, two walks on two threads; the better one is kept."""
        if self._enough():
            return
        for _ in range(2):
            self._climb.renew(self._run.prices)
        walks = self._climb, self._climb.twin(self._effort.seed + 1)
        walks[0].finish()
        idle = 0
        while not self._enough() and idle <= self._patience:
            before = self._best
            steps = min(_CHUNK, 1 + int(0.02 * self._effort.time_limit / self._step_time))
            beside = pool.submit(walks[1].improve, steps, self._threshold(), self._stop)
            walks[0].improve(steps, self._threshold(), self._stop)
            beside.result()
            self._spend(steps * self._step_time)
            self._climb = min(walks, key=lambda walk: walk.best)
            self._best = self._climb.best
            idle = 0 if self._best < before else idle + steps

    def _deadlines(self) -> None:
        """Refute deadlines for the last closure, then look for a plan that closes near them."""
        arrival = self._climb.kept.arrival
        none = self._problem.horizon + 1
        latest = int(np.where(arrival < 0, none, arrival).max(initial=0))
        self._free_flow = free_flow(self._problem)
        if latest > self._free_flow:

            def enough(step: Step) -> bool:
                self._spend(2 * self._price_time + _PER_WORK * step.work)
                return self._enough(_FOR_DEADLINE)

            self._refuted = refute(self._problem, self._free_flow, latest, enough)
        else:
            shape = self._problem.resources.capacity.shape
            self._refuted = Refuted(self._free_flow - 1, np.zeros(shape))
        grid = self._problem.scenario.settings.grid_hours
        floor = period_to_days(self._refuted.deadline + 1, grid)
        self._problem = self._problem.judged_by(Closure(floor))
        self._run = Run(self._problem)
        self._climb = Climb(self._problem, self._run.ideal, self._effort.seed)
        self._best = self._climb.best

    def _again(self, search: Search, seed: int) -> None:
        """Improve another plan for its part of the time that is left."""
        time = _FOR_TRIED * self._effort.time_limit * THREADS / (TRIED + 1)
        steps = min(int(time / self._step_time), self._patience)
        random = np.array([seed * 2 + 1], dtype=np.uint64)
        search.improve(self._climb.guides, self._run.ideal, steps, 0.0, random)

    def _threshold(self) -> float:
        over = self._spent / (_FOR_PLAN * self._effort.time_limit)
        return _THRESHOLD * max(0.0, 1 - over)

    def _stop(self) -> bool:
        return self._interrupt.asked

    def _enough(self, share: float = _FOR_PLAN, more: float = 0.0) -> bool:
        """Is this share of the time over in so many more seconds, the gap reached, or Ctrl-C?"""
        near = self._best - self._run.best <= self._effort.gap * abs(self._best) + _EQUAL
        return (
            near or self._interrupt.asked or self._spent + more >= share * self._effort.time_limit
        )

    def _spend(self, seconds: float) -> None:
        self._spent += seconds
        self._tell(self._best, self._run.best)

    def _once(self, _: Progress) -> None:
        """One more lot is in the one-pass plan."""
        self._spent += _PER_ONCE
        self._tell()

    def _tell(self, plan: float | None = None, bound: float | None = None) -> None:
        """Report how far it is; the bar never moves back."""
        if self._report is not None:
            limit = self._effort.time_limit
            self._shown = max(self._shown, min(1.0, self._spent / limit) if limit else 1.0)
            self._report(Progress(self._shown, plan, bound))

    def _certified(self) -> Plan:
        self._climb.finish()
        search = self._climb.search
        search.tidy(self._early())
        certificate = (
            self._closure_certificate()
            if self._effort.objective == Closure.name
            else self._certificate()
        )
        judge = Scheduler(self._ground)
        lots = self._problem.lots
        unmoved = {
            lots[i].id: judge.cause(lots[i]) for i in np.flatnonzero(search.state.arrival < 0)
        }
        plan = assemble(self._problem, search.net, search.state, METHOD, unmoved)
        bottlenecks = found(self._problem, plan, certificate.prices)
        if not self._interrupt.asked and bottlenecks:
            bottlenecks = tried(self._problem, search, bottlenecks, self._again)
        self._spend(self._effort.time_limit - self._spent)
        certificate = replace(certificate, bottlenecks=bottlenecks)
        return replace(plan, objective=self._effort.objective, certificate=certificate)

    def _early(self) -> Guide:
        """A guide to the earliest arrival, also where the objective does not ask for it."""
        if self._effort.objective == PriorityArrival.name:
            return self._climb.early
        pricing = Pricing(self._problem.judged_by(PriorityArrival()))
        return guide(pricing, np.zeros(self._run.prices.shape), 0.0, 0.0)

    def _certificate(self) -> Certificate:
        search, run = self._climb.search, self._run
        prices = rounded(run.prices)
        run.pricing.price(prices)
        bound = run.pricing.bound(prices)
        return Certificate(
            bound,
            run.free_flow,
            objective_of(self._baseline),
            prices,
            self._effort.seed,
            self._effort.time_limit,
            self._interrupt.asked,
            master=None if np.isinf(run.master) else run.master,
            parts=gap_parts(search, run.pricing, bound),
        )

    def _closure_certificate(self) -> Certificate:
        scenario, refuted = self._problem.scenario, self._refuted
        grid, late = scenario.settings.grid_hours, marry_up(scenario)
        return Certificate(
            period_to_days(refuted.deadline + 1 + late, grid),
            period_to_days(self._free_flow + late, grid),
            objective_of(self._baseline),
            rounded(refuted.prices),
            self._effort.seed,
            self._effort.time_limit,
            self._interrupt.asked,
            deadline=refuted.deadline,
        )


def _guide_of(objective: str) -> Objective:
    """What the search goes by."""
    return {o.name: o for o in (PriorityArrival(), Lateness(), Closure())}[objective]
