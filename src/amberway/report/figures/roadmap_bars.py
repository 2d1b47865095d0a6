"""The roadmap: share of each action in force by year, the window marked, cost below."""

from __future__ import annotations

from markupsafe import Markup
from matplotlib.axes import Axes

from amberway.initiative.roadmap import Roadmap
from amberway.report.figures.canvas import PAGE_IN, Margins, cut, figure, inline, style
from amberway.report.palette import BLUE, GREY, INK, MUTED, ORANGE, RULE

_MARGINS = Margins(left=1.3, right=0.1, top=0.5, bottom=0.3)
_ROW_IN, _COST_IN, _BETWEEN_IN = 0.42, 0.9, 0.35
_LETTERS = 20


def draw(roadmap: Roadmap) -> Markup | None:
    """Bars of shares by action and year, and the cost of each year; None without years."""
    if not roadmap.years:
        return None
    names = list(roadmap.titles)
    with style():
        rows = _ROW_IN * len(names)
        height = rows + _COST_IN + _BETWEEN_IN + _MARGINS.top + _MARGINS.bottom
        made = figure(PAGE_IN, height, _MARGINS)
        upper, lower = made.subplots(
            2, 1, sharex=True, height_ratios=(rows, _COST_IN),
            gridspec_kw={"hspace": 2 * _BETWEEN_IN / (rows + _COST_IN)},
        )  # fmt: skip
        _shares(upper, roadmap, names)
        costs(lower, roadmap)
        return inline(made, "roadmap", "Share of each action in force by year, and its cost")


def _shares(axes: Axes, roadmap: Roadmap, names: list[str]) -> None:
    years = [year.year for year in roadmap.years]
    _window(axes, roadmap)
    for row, name in enumerate(names):
        for year in roadmap.years:
            share = year.shares[name]
            axes.bar(year.year, -0.74, 0.8, row + 0.37, color="white", edgecolor=GREY, lw=0.5)
            if share > 0:
                whole = name in year.in_force
                axes.bar(
                    year.year, -0.74 * share, 0.8, row + 0.37, color=BLUE if whole else "#9ccbe8",
                    hatch="" if whole else "////", edgecolor=INK, lw=0.5,
                )  # fmt: skip
            if share > 0:
                axes.text(
                    year.year, row, f"{share:.0%}", ha="center", va="center", fontsize=6.5,
                    color="white" if name in year.in_force else INK,
                    bbox=None if name in year.in_force else
                    {"facecolor": "white", "edgecolor": "none", "pad": 0.8},
                )  # fmt: skip
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), [cut(name.replace("-", " ", 1), _LETTERS) for name in names])
    axes.tick_params(length=0)
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    axes.set_title(
        "Share of each action in force at the end of the year (solid: the whole)\n"
        "shaded: the years in which ground forces may have been reconstituted, 2027 to 2029"
    )


def costs(axes: Axes, roadmap: Roadmap) -> None:
    """Cost of each year into axes, the window shaded."""
    _window(axes, roadmap)
    for year in roadmap.years:
        cost = sum(amount or 0.0 for amount in year.cost.values())
        axes.bar(year.year, cost, 0.8, color=ORANGE, edgecolor=INK, lw=0.5)
        axes.annotate(
            f"{cost:,.0f}", (year.year, cost), (0, 2), textcoords="offset points", ha="center",
            fontsize=6.5,
        )  # fmt: skip
    axes.set_ylabel("10⁶ € a year", color=MUTED)
    axes.margins(y=0.25)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xticks([year.year for year in roadmap.years])
    axes.set_title("Cost known or assumed", pad=4)


def _window(axes: Axes, roadmap: Roadmap) -> None:
    inside = [year.year for year in roadmap.years if year.in_window]
    if inside:
        axes.axvspan(inside[0] - 0.5, inside[-1] + 0.5, color=RULE, alpha=0.45, lw=0, zorder=0)
