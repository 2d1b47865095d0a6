"""Allied brigade equivalents in place through the year, a small picture an area."""

from __future__ import annotations

import datetime as dt
import math
import textwrap

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from amberway.presence.problem import Group, candidates
from amberway.presence.result import PresenceResult
from amberway.report.figures.canvas import PAGE_IN, Margins, cut, figure, inline, legend, style
from amberway.report.palette import BLUE, INK, ORANGE, SKY

_MARGINS = Margins(left=0.42, right=0.15, top=0.5, bottom=0.25)
_BANDS = (
    (Group.FRAMEWORK, BLUE, ""),
    (Group.OTHERS, SKY, "...."),
    (Group.US, ORANGE, "////"),
)
_TITLE = 44  # letters of a line


def draw(result: PresenceResult) -> Markup | None:
    """Stacked by framework nation, other allies, United States; None without areas."""
    areas = result.problem.areas
    if not areas:
        return None
    rows = math.ceil(len(areas) / 2)
    highest = max(float(result.year.total(area, allied=True).max()) for area in areas)
    goals = [_goal(result, area) or 0.0 for area in areas]
    with style():
        made = figure(PAGE_IN, 1.45 * rows + 0.55, _MARGINS)
        grid = made.subplots(
            rows, 2, sharey=True, squeeze=False, gridspec_kw={"hspace": 0.5, "wspace": 0.1}
        )
        for axes, area in zip(grid.flat, areas, strict=False):
            _draw_one(axes, result, area)
            axes.set_ylim(0, max(highest, *goals, 0.1) * 1.12)
        for axes in list(grid.flat)[len(areas) :]:
            axes.set_visible(False)
        for row in grid:
            row[0].set_ylabel("brigade equivalents")
        key = [Patch(facecolor=c, hatch=h, edgecolor=INK, lw=0.5, label=g) for g, c, h in _BANDS]
        legend(made, key, 3)
        description = "Allied brigade equivalents in place on each day of the year, by area"
        return inline(made, "presence-days", description)


def _draw_one(axes: Axes, result: PresenceResult, area: str) -> None:
    scenario, year = result.problem.scenario, result.problem.year
    first = result.year.days[0].toordinal()
    edges = np.arange(len(result.year.days) + 1)
    base = np.zeros(len(edges))
    for group, colour, hatch in _BANDS:
        series = result.year.brigades[area][group]
        above = base + np.append(series, series[-1])
        axes.fill_between(
            edges, base, above, step="post", facecolor=colour, hatch=hatch, edgecolor="white",
            linewidth=0,
        )  # fmt: skip
        base = above
    axes.step(edges, base, where="post", color=INK, linewidth=0.8)
    local = float(result.c_day.brigades[area][Group.LOCAL][0])
    title = f"{cut(scenario.areas[area].name, 2 * _TITLE - 20)} (and {local:.1f} local)"
    axes.set_title(textwrap.fill(title, _TITLE), fontweight="bold", pad=4)
    lowest = int(np.argmin(base[:-1]))
    if base[lowest] < base[:-1].max() - 1e-9:
        day = result.year.days[lowest]
        axes.annotate(
            f"fewest {base[lowest]:.2f}\nfrom {day.day} {day:%b}", (lowest, base[lowest]), (4, 14),
            textcoords="offset points", arrowprops={"arrowstyle": "-", "lw": 0.5}, fontsize=6.5,
        )  # fmt: skip
    else:
        axes.annotate(f"{base[0]:.2f} every day", (4, base[0]), (0, 2), textcoords="offset points")
    goal = _goal(result, area)
    if goal:
        axes.axhline(goal, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.annotate(
            f"goal {goal:g}: lead nation's and a US brigade", (4, goal), (0, -8),
            textcoords="offset points", fontsize=6.5,
        )  # fmt: skip
    if scenario.settings.c_day.year == year:
        at = scenario.settings.c_day.toordinal() - first
        axes.axvline(at, color=INK, linewidth=0.5, linestyle=(0, (1, 2)))
        axes.annotate("C-day", (at, 0.52), (2, 0), xycoords=("data", "axes fraction"),
                      textcoords="offset points", fontsize=6.5)  # fmt: skip
    months(axes, year)


def months(axes: Axes, year: int) -> None:
    """A year's days from 0, a tick at the first day of each month, its name in the middle."""
    first = dt.date(year, 1, 1).toordinal()
    begins = [dt.date(year, m, 1).toordinal() - first for m in range(1, 13)]
    end = dt.date(year + 1, 1, 1).toordinal() - first
    axes.set_xlim(0, end)
    axes.set_xticks([*begins, end], [""] * 13)
    middles = [(a + b) / 2 for a, b in zip(begins, [*begins[1:], end], strict=True)]
    axes.set_xticks(middles, list("JFMAMJJASOND"), minor=True)
    axes.tick_params(axis="x", which="minor", length=0)


def _goal(result: PresenceResult, area: str) -> float | None:
    """Goal of allied brigades of an area that has candidates."""
    factors = result.problem.scenario.settings.presence
    if area not in candidates(result.problem.scenario):
        return None
    return factors.goal_lead_brigades + factors.goal_us_brigades
