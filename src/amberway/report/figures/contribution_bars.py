"""What each action adds to a few metrics: one row a metric, better to the right."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator

from amberway.report.figures.canvas import PAGE_IN, Margins, figure, inline, legend, style
from amberway.report.palette import HATCHES, INK, MUTED, RULE, SERIES

_MARGINS = Margins(left=2.75, right=0.2, top=0.42, bottom=0.5)
_ROW_IN = 0.36
_LETTERS = 42
_FAINT = 0.35


@dataclass(frozen=True)
class Row:
    """One metric: `name`, and `values` before and after in words; per action its share.

    A share of 1 is the whole change from status quo to package, above 0 is for the better.
    `certain`: more than the plans are uncertain.
    """

    name: str
    values: str
    shares: tuple[float, ...]
    certain: tuple[bool, ...]


def draw(actions: Sequence[str], rows: Sequence[Row]) -> Markup | None:
    """Stacked bars by action; None without rows or actions."""
    if not rows or not actions:
        return None
    with style():
        height = _ROW_IN * len(rows) + _MARGINS.top + _MARGINS.bottom
        made = figure(PAGE_IN, height, _MARGINS)
        labels = [textwrap.fill(f"{row.name}: {row.values}", _LETTERS) for row in rows]
        bars(made.subplots(), rows, labels)
        legend(made, key(actions), 3)
        return inline(made, "contributions", "Shapley contribution of each action by metric")


def key(actions: Sequence[str]) -> list[Patch]:
    """The legend: one patch an action."""
    return [
        Patch(fc=_colour(i), hatch=_hatch(i), ec=INK, lw=0.5, label=name)
        for i, name in enumerate(actions)
    ]


def bars(axes: Axes, rows: Sequence[Row], labels: Sequence[str]) -> None:
    """The bars into axes: improvements stacked to the right of 0, harm to the left."""
    reach = 1.05
    for at, row in enumerate(rows):
        right = left = 0.0
        for i, (share, certain) in enumerate(zip(row.shares, row.certain, strict=True)):
            start = right if share > 0 else left
            axes.barh(
                at, share, 0.62, start, color=_colour(i), hatch=_hatch(i), edgecolor=INK,
                linewidth=0.5, alpha=1.0 if certain else _FAINT,
            )  # fmt: skip
            right, left = right + max(share, 0.0), left + min(share, 0.0)
        reach = max(reach, right, -left)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.axvline(1, color=MUTED, linewidth=0.6, linestyle=(0, (3, 2)))
    axes.set_yticks(range(len(rows)), labels)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(min(-0.1, *(sum(min(s, 0.0) for s in row.shares) for row in rows)) * 1.05, reach)
    axes.xaxis.set_major_locator(MultipleLocator(0.5))
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %".replace("-", "−"))
    axes.set_xlabel("share of the change from status quo to package; right of 0 is for the better")
    for at in range(1, len(rows)):
        axes.axhline(at - 0.5, color=RULE, linewidth=0.5)


def _colour(i: int) -> str:
    return SERIES[i % len(SERIES)]


def _hatch(i: int) -> str:
    return HATCHES[i % len(HATCHES)]
