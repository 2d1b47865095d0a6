"""Brigade equivalents that each nation has in each land area by each day, against the need."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from amberway.report.figures.canvas import PAGE_IN, Margins, cut, figure, inline, legend, style
from amberway.report.palette import GREY, HATCHES, INK, SERIES

_MARGINS = Margins(left=0.42, right=0.05, top=0.78, bottom=0.3)
_NAMED = 6


@dataclass(frozen=True)
class Panel:
    """One area: by nation, brigade equivalents on each day; the need of brigades of any kind."""

    title: str
    local: tuple[float, ...]
    by_nation: Mapping[str, tuple[float, ...]]
    needed: tuple[float | None, ...]


def draw(panels: Sequence[Panel], days: Sequence[str]) -> Markup | None:
    """One panel an area, one stacked bar a day; None without brigades."""
    totals: dict[str, float] = {}
    for panel in panels:
        for nation, held in panel.by_nation.items():
            totals[nation] = totals.get(nation, 0.0) + held[-1]
    if not panels or not (totals or any(any(panel.local) for panel in panels)):
        return None
    ranked = sorted(totals, key=lambda name: (-totals[name], name))[:_NAMED]
    looks = {name: (SERIES[i], HATCHES[i]) for i, name in enumerate(ranked)}
    with style():
        made = figure(PAGE_IN, 2.75, _MARGINS)
        grid = made.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        for axes, panel in zip(grid, panels, strict=True):
            _panel(axes, panel, days, looks)
        grid[0].set_ylabel("brigade equivalents")
        handles = [Patch(fc="white", hatch="", ec=INK, lw=0.5, label="host nation's own")]
        handles += [
            Patch(fc=c, hatch=h, ec=INK, lw=0.4, label=name) for name, (c, h) in looks.items()
        ]
        if len(totals) > len(ranked):
            handles.append(Patch(fc=GREY, ec=INK, lw=0.4, label="other allies"))
        legend(made, handles, 4)
        return inline(made, "brigades", "Brigade equivalents by area, nation and day")


def _panel(
    axes: Axes, panel: Panel, days: Sequence[str], looks: Mapping[str, tuple[str, str]]
) -> None:
    others = [0.0] * len(days)
    for nation, held in panel.by_nation.items():
        if nation not in looks:
            others = [a + b for a, b in zip(others, held, strict=True)]
    layers = [("white", "", panel.local)]
    layers += [
        (colour, hatch, panel.by_nation[nation])
        for nation, (colour, hatch) in looks.items()
        if nation in panel.by_nation
    ]
    layers.append((GREY, "", tuple(others)))
    for i in range(len(days)):
        bottom = 0.0
        for colour, hatch, held in layers:
            if held[i] > 0:
                axes.bar(
                    i, held[i], 0.62, bottom, color=colour, hatch=hatch, edgecolor=INK,
                    linewidth=0.4,
                )  # fmt: skip
                bottom += held[i]
        need = panel.needed[i]
        if need is not None:
            axes.plot([i - 0.42, i + 0.42], [need, need], color=INK, linewidth=1.8)
    axes.set_title(textwrap.fill(cut(panel.title, 50), 26), pad=4)
    axes.set_xticks(range(len(days)), days)
    axes.tick_params(axis="x", length=0)
