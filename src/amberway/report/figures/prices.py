"""When the dearest resources are scarce: worth of one more unit, a strip a resource."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from amberway.mobility.objective import Closure
from amberway.mobility.plan import Plan
from amberway.mobility.worth import UNIT, by_day
from amberway.report.figures.canvas import PAGE_IN, Margins, cut, days_axis, figure, inline, style
from amberway.report.palette import RULE
from amberway.report.words import resource

MOST = 12
_ROW_IN = 0.27
_NAME = 34
_SCALE_IN = 0.5  # height of the scale of tones
# White to ink by luminance alone: the same order in grey and to the colour-blind. Below 50 tones
# the scale is drawn, not painted as a bitmap.
_TONES = LinearSegmentedColormap.from_list(
    "tones", ["#ffffff", "#9cc4e0", "#2b6ca3", "#08233d"], 48
)


@dataclass(frozen=True)
class Strip:
    """Worth of one more unit of a resource on each day, and in all (`price`)."""

    title: str
    price: float
    worth: NDArray[np.float64]


def strips(plan: Plan) -> list[Strip]:
    """The bottlenecks with a price over time, the dearest first."""
    found = []
    for one in () if plan.certificate is None else plan.certificate.bottlenecks:
        worth = by_day(plan, one.resource)
        if worth is not None:
            title = cut(resource(plan.scenario, one.resource)[0], _NAME)
            if one.resource.startswith("lift:"):
                title += f" ({one.one_more})"
            found.append(Strip(title, one.price, worth))
    return found[:MOST]


def draw(plan: Plan) -> Markup | None:
    """A strip a resource on a common axis of days; None if nothing has a price."""
    rows = strips(plan)
    if not rows:
        return None
    table = np.array([row.worth for row in rows])
    last = int(np.flatnonzero(table.any(axis=0))[-1]) + 1
    measured = plan.objective != Closure.name  # its prices have proportions only
    margins = Margins(2.25, 0.75, 0.4, 0.3 + measured * _SCALE_IN)
    with style():
        made = figure(PAGE_IN, _ROW_IN * len(rows) + margins.top + margins.bottom, margins)
        axes = made.subplots()
        mesh = axes.pcolormesh(
            np.arange(last + 1),
            np.arange(len(rows) + 1),
            table[:, :last],
            cmap=_TONES,
            norm=PowerNorm(0.5, 0, float(table.max())),
            linewidth=0,
        )
        for row in range(1, len(rows)):
            axes.axhline(row, color=RULE, linewidth=0.6)
        axes.set_yticks(np.arange(len(rows)) + 0.5, [row.title for row in rows])
        axes.tick_params(axis="y", labelsize=6.8, length=0)
        axes.set_ylim(len(rows), 0)
        axes.set_title("Worth of one more unit, by day", pad=14)
        days_axis(axes, last)
        if measured:
            _totals(axes, rows, last)
            _scale(made, mesh, margins, f"{UNIT[plan.objective]}, for one more unit on that day")
        return inline(made, "prices", "Worth of one more unit of the dearest resources by day")


def _totals(axes: Axes, rows: list[Strip], last: int) -> None:
    """What the days add up to, at the right edge."""
    for at, row in enumerate(rows):
        axes.text(last * 1.015, at + 0.52, f"{row.price:,.1f}", va="center")
    axes.text(last * 1.015, -0.2, "all days", va="bottom", fontsize=6.8)


def _scale(made: Figure, mesh: QuadMesh, margins: Margins, label: str) -> None:
    """The scale of tones, below the strips."""
    height = made.get_figheight()
    place = made.add_axes((margins.left / PAGE_IN, 0.4 / height, 0.3, 0.09 / height))
    scale = made.colorbar(mesh, cax=place, orientation="horizontal")
    scale.set_label(label, loc="left", fontsize=6.8)
    scale.ax.tick_params(labelsize=6.8)
    scale.outline.set_linewidth(0.4)
