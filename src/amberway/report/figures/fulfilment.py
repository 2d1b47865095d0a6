"""What of each requirement is there on each day: one small bar a day in a grid of areas."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from amberway.report.figures.canvas import PAGE_IN, Margins, cut, figure, inline, legend, style
from amberway.report.palette import BLUE, GREY, INK, ORANGE, RULE, VERMILION

# State → fill, hatch, word of the legend.
STATES = {
    "met": (BLUE, "", "met"),
    "late": (ORANGE, "", "comes late: this much is there in time"),
    "partly-owned": (VERMILION, "////", "too little assigned: this much is there in time"),
    "no-owner": ("white", "xxxx", "no owner"),
}
_MARGINS = Margins(left=1.05, right=0.05, top=0.38, bottom=0.32)  # and the lines of the heads
_ROW_IN, _LINE_IN = 0.62, 0.11
_ROW_LETTERS, _HEAD_LETTERS = 16, 125  # letters of a row's name, of all heads in one line
_LONGEST = 60


@dataclass(frozen=True)
class Bar:
    """One requirement: its cell, its place among the days, the share there, its state."""

    row: int
    column: int
    day: int
    share: float
    state: str


def draw(
    name: str, rows: Sequence[str], columns: Sequence[str], days: Sequence[str], bars: Sequence[Bar]
) -> Markup | None:
    """The grid, areas down and capabilities across; None if nothing is needed."""
    if not bars:
        return None
    with style():
        heads = [
            textwrap.fill(cut(c, _LONGEST), max(8, _HEAD_LETTERS // len(columns))) for c in columns
        ]
        lines = max(head.count("\n") + 1 for head in heads)
        margins = replace(_MARGINS, top=_MARGINS.top + _LINE_IN * lines)
        height = _ROW_IN * len(rows) + margins.top + margins.bottom
        made = figure(PAGE_IN, height, margins)
        axes = made.subplots()
        _frame(axes, rows, heads)
        for bar in bars:
            left = bar.column + (bar.day - (len(days) - 1) / 2) * 0.9 / len(days)
            _bar(axes, left, bar.row, 0.82 / len(days), bar)
        for row, column in dict.fromkeys((bar.row, bar.column) for bar in bars):
            for i, day in enumerate(days):
                left = column + (i - (len(days) - 1) / 2) * 0.9 / len(days)
                axes.text(
                    left, row + 0.44, day.removeprefix("C+"), ha="center", va="center", fontsize=5
                )
        handles = [Patch(fc=c, hatch=h, ec=INK, lw=0.5, label=w) for c, h, w in STATES.values()]
        legend(made, handles, 4)
        return inline(made, f"fulfilment-{name}", "Fulfilment of requirements by area and day")


def _frame(axes: Axes, rows: Sequence[str], heads: Sequence[str]) -> None:
    axes.set_xlim(-0.5, len(heads) - 0.5)
    axes.set_ylim(len(rows) - 0.45, -0.5)
    axes.set_yticks(
        range(len(rows)), [textwrap.fill(cut(row, _LONGEST), _ROW_LETTERS) for row in rows]
    )
    axes.set_xticks(range(len(heads)), heads, fontsize=6.3)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for row in range(1, len(rows)):
        axes.axhline(row - 0.47, color=RULE, linewidth=0.6)
    axes.set_xlabel("small figures: days after C-day; a full frame is the whole need", fontsize=6.3)


def _bar(axes: Axes, middle: float, row: int, width: float, bar: Bar) -> None:
    bottom, height = row + 0.33, 0.66
    colour, hatch, _ = STATES[bar.state]
    empty = bar.state == "no-owner"
    axes.bar(
        middle, -height, width, bottom, color="white", edgecolor=INK if empty else GREY,
        linewidth=0.5, hatch=hatch if empty else "",
    )  # fmt: skip
    if bar.share > 0:
        axes.bar(
            middle, -height * bar.share, width, bottom, color=colour, hatch=hatch, edgecolor=INK,
            linewidth=0.4,
        )  # fmt: skip
