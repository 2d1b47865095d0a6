"""The certified plan: search and bound side by side, each feeding the other.

The bound (column generation) proposes prices; the search schedules lots at reduced prices and
improves the plan by ruin and recreate. They run on two threads and meet after fixed amounts of
work, counted in operations and not in seconds: the same input, seed and limit give the same plan
on any machine, whatever the number of threads. The time limit is turned into work at the speed of
the machine that benchmarks/README.md describes; a slower one takes longer and finds the same.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from amberway.mobility import one_pass
from amberway.mobility.assemble import assemble
from amberway.mobility.bottlenecks import THREADS, TRIED, found, tried
from amberway.mobility.bound import CLOSE, Run, Step, spacings
from amberway.mobility.certificate import Certificate, gap_parts, rounded
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
from amberway.mobility.problem import build
from amberway.mobility.progress import Progress, Report
from amberway.mobility.scheduler import Scheduler
from amberway.mobility.search import Search, guide
from amberway.scenario import Scenario
from amberway.units import period_to_days

METHOD = "certified"
TIME_LIMIT = 120.0
LONGEST = 30 * 24 * 3600.0
_FOR_BOUND = 0.75  # share of the time in which the bound is worked on
_SHARES = (0.5, 0.75, 0.95)  # of the prices, for list scheduling
_GUIDES = ((0.3, 0.2), (0.0, 0.0), (0.6, 0.3))  # (share of the prices, cost of an empty ship)
_THRESHOLD = 1.0  # weighted days that a step may lose at the beginning of the search
_FOR_PLAN = 0.85  # share of the time after which what one more buys is tried out
_PATIENCE, _PATIENCE_PER_LOT = 2000, 20  # steps without a better plan after which to stop
_EQUAL = 1e-6  # weighted days
_CHUNK = 250  # steps between two looks at the clock, at Ctrl-C and at the gap
# Seconds on the machine of benchmarks/README.md.
_PER_PRICE = 3.0e-9  # per arc and period
_PER_NONZERO = 9.0e-6  # of the master
_PER_LABEL = 6e-7  # of a step: about seven lots are placed, each looks at the arcs of its group
_PER_LOT = 1e-7  # of a step: all lots are looked at


@dataclass(frozen=True)
class Effort:
    """What for, how long (seconds of the reference machine), how near (gap), which seed."""

    objective: str = PriorityArrival.name
    time_limit: float = TIME_LIMIT
    gap: float = 0.0
    seed: int = 0


Guides = tuple[Guide, Guide, Guide]


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
        self._baseline = one_pass.solve(
            scenario, None, self._ground, effort.objective, stoppable=False
        )
        self._problem = build(self._ground, _guide_of(effort.objective))
        self._run = Run(self._problem)
        self._search = Search(self._problem)
        groups = self._problem.groups
        self._price_time = _PER_PRICE * len(groups.row) * self._problem.horizon
        arcs = len(groups.row) / max(1, len(groups.goal))
        self._step_time = _PER_LABEL * 7 * arcs + _PER_LOT * len(self._problem.lots)
        seed = (effort.seed + 1) * 0x9E3779B97F4A7C15 % 2**64
        self._random = np.array([seed | 1], dtype=np.uint64)
        self._patience = _PATIENCE + _PATIENCE_PER_LOT * len(self._problem.lots)
        self._spent = 0.0
        self._best = np.inf
        self._kept = self._search.copy()

    def plan(self) -> Plan:
        """Levels of the bound with search beside them, more search, the certificate."""
        levels = list(zip(spacings(self._problem), CLOSE, strict=False))
        guides = self._guides()
        self._search.schedule(guides[1], self._search.order)
        self._keep()
        with ThreadPoolExecutor(1) as pool:
            if self._effort.objective == Closure.name:
                self._deadlines()
                levels, guides = [], self._guides()
            for spacing, close in levels:
                if not self._enough(_FOR_BOUND):
                    self._level(pool, spacing, close, guides)
                    guides = self._guides()
                    self._reschedule()
        idle = 0
        while not self._enough(_FOR_PLAN):
            before = self._best
            self._improve(guides, _CHUNK, self._threshold())
            self._spend(_CHUNK * self._step_time)
            idle = 0 if self._best < before else idle + _CHUNK
            if idle > self._patience:
                break
        return self._certified()

    def _level(self, pool: ThreadPoolExecutor, spacing: int, close: float, guides: Guides) -> None:
        """One level of the bound, with as much search beside it as takes the same time."""
        self._run.know(self._search.itineraries())
        jobs: list[Future[None]] = []
        for step in self._run.level(spacing, close):
            seconds = 2 * self._price_time + _PER_NONZERO * step.nonzeros
            steps = min(int(seconds / self._step_time), self._patience)
            jobs.append(pool.submit(self._improve, guides, steps, self._threshold()))
            self._spend(seconds)
            if self._enough(_FOR_BOUND):
                break
        for job in jobs:
            job.result()

    def _deadlines(self) -> None:
        """Refute deadlines for the last closure, then look for a plan that closes near them."""
        arrival = self._kept.arrival
        none = self._problem.horizon + 1
        latest = int(np.where(arrival < 0, none, arrival).max(initial=0))
        self._free_flow = free_flow(self._problem)
        if latest > self._free_flow:

            def enough(step: Step) -> bool:
                self._spend(2 * self._price_time + _PER_NONZERO * step.nonzeros)
                return self._enough(_FOR_BOUND)

            self._refuted = refute(self._problem, self._free_flow, latest, enough)
        else:
            shape = self._problem.resources.capacity.shape
            self._refuted = Refuted(self._free_flow - 1, np.zeros(shape))
        grid = self._problem.scenario.settings.grid_hours
        floor = period_to_days(self._refuted.deadline + 1, grid)
        self._problem = self._problem.judged_by(Closure(floor))
        self._run = Run(self._problem)
        self._search = Search(self._problem)
        self._best = np.inf
        self._search.schedule(self._guides()[1], self._search.order)
        self._keep()

    def _improve(self, guides: Guides, steps: int, threshold: float) -> None:
        for first in range(0, steps, _CHUNK):
            if self._interrupt.asked:
                return
            count = min(_CHUNK, steps - first)
            self._search.improve(guides, self._run.ideal, count, threshold, self._random)
            self._keep()

    def _again(self, search: Search, seed: int) -> None:
        """Improve another plan for its part of the time that is left."""
        rest = (1 - _FOR_PLAN) * self._effort.time_limit * THREADS / (TRIED + 1)
        random = np.array([seed * 2 + 1], dtype=np.uint64)
        steps = min(int(rest / self._step_time), self._patience)
        search.improve(self._last, self._run.ideal, steps, 0.0, random)

    def _reschedule(self) -> None:
        """List scheduling at parts of the prices; the search goes on from the best plan."""
        for share in _SHARES:
            at_prices = guide(self._run.pricing, self._run.prices, share, 0.0)
            self._search.schedule(at_prices, self._search.order)
            self._keep()
        self._search.restore(self._kept)

    def _keep(self) -> None:
        if self._search.cost < self._best - 1e-9:
            self._best, self._kept = self._search.cost, self._search.copy()

    def _guides(self) -> Guides:
        first, second, third = (
            guide(self._run.pricing, self._run.prices, share, empty) for share, empty in _GUIDES
        )
        return first, second, third

    def _threshold(self) -> float:
        return _THRESHOLD * max(0.0, 1 - self._spent / self._effort.time_limit)

    def _enough(self, share: float) -> bool:
        """Is this share of the time over, or the gap reached, or Ctrl-C pressed?"""
        near = self._best - self._run.best <= self._effort.gap * abs(self._best) + _EQUAL
        return near or self._interrupt.asked or self._spent >= share * self._effort.time_limit

    def _spend(self, seconds: float) -> None:
        self._spent += seconds
        self._tell()

    def _tell(self) -> None:
        if self._report is not None:
            done = min(1.0, self._spent / self._effort.time_limit)
            self._report(Progress(done, self._best, self._run.best))

    def _certified(self) -> Plan:
        search = self._search
        search.restore(self._kept)
        self._last = self._guides()
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
            return self._last[1]
        pricing = Pricing(self._problem.judged_by(PriorityArrival()))
        return guide(pricing, np.zeros(self._run.prices.shape), 0.0, 0.0)

    def _certificate(self) -> Certificate:
        search, run = self._search, self._run
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
