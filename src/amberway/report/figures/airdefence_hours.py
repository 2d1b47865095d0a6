"""Coverage hour by hour from C-day as batteries close, a small picture an altitude."""

from __future__ import annotations

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from amberway.airdefence.problem import LAYERS
from amberway.airdefence.result import AirDefenceResult
from amberway.airdefence.solve import LAST_DAY
from amberway.report.figures.canvas import (
    PAGE_IN,
    Margins,
    days_axis,
    figure,
    inline,
    legend,
    style,
)
from amberway.report.palette import BLUE, GREEN, INK, VERMILION

_MARGINS = Margins(left=0.62, right=0.15, top=0.5, bottom=0.28)
Dash = tuple[float, tuple[float, ...]]
LINES: tuple[tuple[str, str, Dash, float], ...] = (
    (LAYERS[0].value, GREEN, (0, (1.2, 1.2)), 1.4),
    (LAYERS[1].value, VERMILION, (0, (4, 1.6)), 1.4),
    (LAYERS[2].value, BLUE, (0, (7, 1.5, 1.2, 1.5)), 1.4),
    ("any layer", INK, (0, ()), 1.6),
)


def draw(result: AirDefenceResult) -> Markup | None:
    """Share of the weight covered by each layer and by any; None without assets."""
    problem = result.problem
    if not problem.assets:
        return None
    with style():
        made = figure(PAGE_IN, 2.3, _MARGINS)
        grid = made.subplots(
            1, len(problem.altitudes), sharey=True, squeeze=False, gridspec_kw={"wspace": 0.12}
        )
        for h, altitude in enumerate(problem.altitudes):
            _draw_one(grid[0][h], result, h)
            grid[0][h].set_title(f"targets at {altitude:,.0f} m", fontweight="bold", pad=4)
        grid[0][0].set_ylabel("share of the weight covered")
        key = [Line2D([], [], color=c, dashes=d[1] or (None, None), lw=w, label=n)
               for n, c, d, w in LINES]  # fmt: skip
        legend(made, key, len(key))
        return inline(made, "sky-hours", "Coverage from C-day to C+30 by layer and altitude")


def _draw_one(axes: Axes, result: AirDefenceResult, h: int) -> None:
    days = [step.day for step in result.steps] + [float(LAST_DAY)]
    for at, (_, colour, dash, width) in enumerate(LINES):
        shares = [
            float(step.coverage.by_layer[h, at] if at < len(LAYERS) else step.coverage.any_layer[h])
            for step in result.steps
        ]
        axes.step(days, [*shares, shares[-1]], where="post", color=colour, linestyle=dash, lw=width)
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
    axes.grid(axis="y", color="#e3e6ea", linewidth=0.5)
    axes.set_axisbelow(True)
    days_axis(axes, LAST_DAY)
    labels = axes.set_xticks([0, 10, 20, 30], ["C+0", "C+10", "C+20", "C+30"])
    # The last label of one picture and the first of the next would touch.
    labels[0].label1.set_horizontalalignment("left")
    labels[-1].label1.set_horizontalalignment("right")
