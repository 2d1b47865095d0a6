"""How full the tightest resources are, day by day."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from amberway.mobility.result import MobilityResult
from amberway.report.figures.canvas import PAGE_IN, Margins, cut, days_axis, figure, inline, style
from amberway.report.palette import BLUE, INK, SKY
from amberway.report.words import decimal, resource
from amberway.units import HOURS_PER_DAY

MOST = 10
_COLUMNS = 2
_LONGEST = 52
_MARGINS = Margins(left=0.45, right=0.22, top=0.36, bottom=0.25)


@dataclass(frozen=True)
class Series:
    """Share of the daily capacity taken, one value a day; waiting in lot-days."""

    title: str
    capacity: str
    share: NDArray[np.float64]
    waiting: float


def tightest(result: MobilityResult) -> list[Series]:
    """The resources with a count that cause the most waiting, then the fullest."""
    plan = result.plan
    rows = {name: row for row, name in enumerate(plan.use.names)}
    per_day = round(HOURS_PER_DAY / plan.scenario.settings.grid_hours)
    found = []
    for use in result.resources:
        if use.mean_use is None or use.name not in rows:
            continue
        row = rows[use.name]
        title, capacity = resource(plan.scenario, use.name)
        have, used = (_daily(table[row], per_day) for table in (plan.use.capacity, plan.use.used))
        share = np.divide(used, have, where=have > 0, out=np.zeros(len(have)))
        found.append(Series(title, capacity, share, use.waiting_lot_days))
        if len(found) == MOST:
            break
    return found


def draw(result: MobilityResult) -> Markup | None:
    """Small multiples, two abreast; None if nothing finite is used."""
    series = tightest(result)
    if not series:
        return None
    last = max(int(np.flatnonzero(s.share)[-1]) + 1 if s.share.any() else 1 for s in series)
    rows = math.ceil(len(series) / _COLUMNS)
    with style():
        made = figure(PAGE_IN, 1.08 * rows + 0.3, _MARGINS)
        spaces = {"hspace": 0.75, "wspace": 0.12}
        grid = made.subplots(
            rows, _COLUMNS, sharex=True, sharey=True, squeeze=False, gridspec_kw=spaces
        )
        for axes, one in zip(grid.flat, series, strict=False):
            days = np.arange(last + 1)
            share = np.append(one.share[:last], one.share[last - 1])
            axes.fill_between(days, share, step="post", color=SKY, linewidth=0)
            axes.step(days, share, where="post", color=BLUE, linewidth=0.8)
            axes.axhline(1, color=INK, linewidth=0.6, linestyle=(0, (4, 3)))
            capacity = f" ({one.capacity})" if one.capacity else ""
            axes.set_title(f"{cut(one.title, _LONGEST)}\n", pad=3)
            axes.text(
                0,
                1.05,
                f"share of daily capacity{capacity}; waiting: {decimal(one.waiting)} lot-days",
                transform=axes.transAxes,
                fontsize=6.3,
                va="bottom",
            )
            axes.set_ylim(0, 1.08)
            axes.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
            days_axis(axes, last)
        for axes in list(grid.flat)[len(series) :]:
            axes.set_visible(False)
            grid[-2][-1].tick_params(labelbottom=True)
        return inline(made, "resources", "Use over time of the tightest resources")


def _daily(series: NDArray[np.int32], per_day: int) -> NDArray[np.float64]:
    whole = len(series) // per_day * per_day
    return np.asarray(series[:whole].reshape(-1, per_day).sum(axis=1), dtype=np.float64)
