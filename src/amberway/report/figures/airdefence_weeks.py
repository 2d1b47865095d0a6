"""Continuity: coverage in each week of the year, and the aircraft of each mission."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from amberway.airdefence.result import AirDefenceResult
from amberway.report.figures.airdefence_hours import LINES
from amberway.report.figures.canvas import PAGE_IN, Margins, figure, inline, legend, style
from amberway.report.palette import MUTED, ORANGE, SKY
from amberway.scenario.air import Mission

_MARGINS = Margins(left=0.45, right=0.15, top=0.55, bottom=0.28)
_BARS = ((Mission.POLICING, SKY, ""), (Mission.DEFENCE, ORANGE, "////"))
_ROOM = 1.25


def draw(result: AirDefenceResult) -> Markup | None:
    """Least coverage of each week at the reference altitude above, fewest aircraft below."""
    if not result.problem.assets or not result.weeks:
        return None
    with style():
        made = figure(PAGE_IN, 3.1, _MARGINS)
        above, below = made.subplots(2, 1, sharex=True, gridspec_kw={"hspace": 0.35})
        _coverage(above, result)
        _aircraft(below, result)
        _c_day(above, below, result)
        begins = [i for i, week in enumerate(result.weeks) if week.monday.day <= 7]
        below.set_xticks(begins, [result.weeks[i].monday.strftime("%-d %b") for i in begins])
        below.set_xlim(0, len(result.weeks))
        key = [Line2D([], [], color=c, dashes=d[1] or (None, None), lw=w, label=n)
               for n, c, d, w in LINES]  # fmt: skip
        bars = [Patch(facecolor=c, hatch=h, edgecolor="white", label=f"{m.value} aircraft")
                for m, c, h in _BARS]  # fmt: skip
        legend(made, [*key, *bars], len(key) + len(bars))
        return inline(made, "sky-weeks", "Coverage and aircraft in each week of the year")


def _c_day(above: Axes, below: Axes, result: AirDefenceResult) -> None:
    days = (result.problem.scenario.settings.c_day - result.weeks[0].monday).days
    week = days / 7
    if not 0 <= week <= len(result.weeks):
        return
    for axes in (above, below):
        axes.axvline(week, color=MUTED, lw=0.8, linestyle=(0, (2, 2)))
    above.annotate(
        "C-day", (week, 1), (2, -2), xycoords=("data", "axes fraction"),
        textcoords="offset points", va="top", color=MUTED,
    )  # fmt: skip


def _coverage(axes: Axes, result: AirDefenceResult) -> None:
    at = result.problem.reference
    edges = np.arange(len(result.weeks) + 1)
    for layer, (_, colour, dash, width) in enumerate(LINES):
        shares = [
            float(week.coverage.by_layer[at, layer] if layer < week.coverage.by_layer.shape[1]
                  else week.coverage.any_layer[at])
            for week in result.weeks
        ]  # fmt: skip
        axes.step(
            edges, [*shares, shares[-1]], where="post", color=colour, linestyle=dash, lw=width
        )
    highest = max(float(week.coverage.any_layer[at]) for week in result.weeks)
    axes.set_ylim(0, min(1.0, max(0.1, highest * _ROOM)))
    axes.yaxis.set_major_formatter(lambda share, _: f"{share * 100:.0f} %")
    metres = result.problem.factors.reference_m
    axes.set_title(f"share of the weight covered at {metres:,.0f} m, in place", fontweight="bold")


def _aircraft(axes: Axes, result: AirDefenceResult) -> None:
    at = np.arange(len(result.weeks))
    base = np.zeros(len(at))
    for mission, colour, hatch in _BARS:
        count = np.array([week.aircraft[mission] for week in result.weeks], dtype=float)
        axes.bar(at + 0.5, count, 1.0, bottom=base, color=colour, hatch=hatch, edgecolor="white",
                 linewidth=0.3)  # fmt: skip
        base += count
    axes.set_ylim(0, max(4.0, float(base.max()) * _ROOM))
    axes.set_title("aircraft at their bases, fewest of the week", fontweight="bold")
