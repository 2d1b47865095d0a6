"""Persons under each headquarters by day, against the force it can command."""

from __future__ import annotations

import math

from markupsafe import Markup

from amberway.command import CommandResult
from amberway.command.load import Load
from amberway.report.figures.canvas import (
    PAGE_IN,
    Margins,
    cut,
    days_axis,
    figure,
    inline,
    legend,
    style,
)
from amberway.report.palette import BLUE, GREY, INK, MUTED, VERMILION

_MOST = 8
_COLUMNS = 2
_ROW_IN = 1.45


def draw(result: CommandResult) -> Markup | None:
    """The headquarters with a capacity, the most loaded first; None without a deployment."""
    shown = sorted(
        (load for load in result.loads if load.ratio is not None),
        key=lambda load: (-(load.ratio or 0), load.headquarters),
    )[:_MOST]
    if not shown:
        return None
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    abroad = {load.headquarters: load for load in result.loads_from_abroad}
    rows = math.ceil(len(shown) / _COLUMNS)
    last = max(load.steps[-1][0] for load in shown) * 1.05 + 1
    with style():
        made = figure(
            PAGE_IN, _ROW_IN * rows + 0.55, Margins(left=0.62, right=0.12, top=0.5, bottom=0.3)
        )
        grid = made.subplots(rows, _COLUMNS, sharex=True, squeeze=False)
        made.subplots_adjust(hspace=0.42, wspace=0.24)
        for number, axes in enumerate(grid.flat):
            if number >= len(shown):
                axes.set_visible(False)
                continue
            load = shown[number]
            days, persons = _steps(load, last)
            axes.fill_between(days, persons, step="post", color=BLUE, alpha=0.22, linewidth=0)
            axes.step(days, persons, where="post", color=BLUE, linewidth=1.2)
            if load.headquarters in abroad:
                axes.step(
                    *_steps(abroad[load.headquarters], last),
                    where="post",
                    color=INK,
                    linewidth=0.9,
                    dashes=(3, 1.5),
                )
            assert load.capacity is not None
            axes.axhline(load.capacity, color=VERMILION, linewidth=1.3, dashes=(6, 1.5))
            axes.set_title(
                f"{cut(result.problem.name(load.headquarters), 36)}: "
                f"{load.ratio:.1f} × {load.capacity:,}",
                fontsize=7.4,
            )
            axes.set_ylim(0, max(load.peak, load.capacity) * 1.12)
            axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
            axes.grid(axis="y", color=GREY, linewidth=0.3, alpha=0.6)
            axes.tick_params(labelsize=6.8)
            days_axis(axes, last)
            axes.tick_params(labelbottom=number + _COLUMNS >= len(shown))
        legend(
            made,
            [
                Patch(facecolor=BLUE, alpha=0.4, edgecolor=BLUE, label="persons under it"),
                Line2D([], [], color=INK, dashes=(3, 1.5), label="without local forces"),
                Line2D([], [], color=VERMILION, dashes=(6, 1.5), label="force it can command"),
            ],
            3,
        )
        made.text(0.995, 0.995, "persons", ha="right", va="top", fontsize=7, color=MUTED)
        return inline(made, "command-load", "Persons under headquarters by day and their capacity")


def _steps(load: Load, last: float) -> tuple[list[float], list[int]]:
    days = [day for day, _ in load.steps] + [last]
    persons = [count for _, count in load.steps]
    return days, [*persons, persons[-1]]
