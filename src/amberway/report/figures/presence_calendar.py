"""The rotation calendar: a row a post, turns as bars, gaps and handovers marked."""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from amberway.presence.calendar import Gap, Overlap, Post
from amberway.presence.result import PresenceResult
from amberway.report.figures.canvas import PAGE_IN, Margins, cut, figure, inline, legend, style
from amberway.report.figures.presence_days import months
from amberway.report.palette import BLUE, INK, ORANGE, SKY, VERMILION

_MARGINS = Margins(left=2.95, right=0.1, top=0.32, bottom=0.25)
_ROW_IN = 0.155
_NAME = 52
_MOST = 60  # posts that fit on a printed page


def draw(result: PresenceResult) -> Markup | None:
    """Posts by area; None if none is filled in turns."""
    posts = result.posts[:_MOST]
    if not posts:
        return None
    scenario, year = result.problem.scenario, result.problem.year
    labels: list[tuple[str, Post | None]] = []
    area = ""
    for post in posts:
        if post.area != area:
            area = post.area
            labels.append((scenario.areas[area].name, None))
        labels.append((cut(scenario.forces[post.post].name, _NAME), post))
    with style():
        made = figure(PAGE_IN, _ROW_IN * len(labels) + 0.6, _MARGINS)
        axes = made.subplots()
        for row, (_, one) in enumerate(labels):
            if one is not None:
                _row(axes, row, one, year)
        axes.set_yticks(range(len(labels)), [name for name, _ in labels])
        for tick, (_, one) in zip(axes.get_yticklabels(), labels, strict=True):
            tick.set_fontweight("normal" if one else "bold")
        axes.tick_params(axis="y", labelsize=6.4, length=0)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        months(axes, year)
        if scenario.settings.c_day.year == year:
            at = _at(scenario.settings.c_day, year)
            axes.axvline(at, color=INK, linewidth=0.6, linestyle=(0, (1, 2)))
            axes.annotate("C-day", (at, -0.6), (2, 1), textcoords="offset points", fontsize=6.2)
        key = [
            Patch(facecolor=BLUE, edgecolor=INK, lw=0.4, label="turn"),
            Patch(facecolor=SKY, edgecolor=INK, lw=0.4, label="next turn"),
            Patch(facecolor=ORANGE, hatch="////", edgecolor=INK, lw=0.4, label="handover (both)"),
            Patch(facecolor="white", hatch="xxxx", edgecolor=VERMILION, label="gap: nobody"),
        ]
        legend(made, key, 4)
        if len(result.posts) > _MOST:
            axes.set_xlabel(f"and {len(result.posts) - _MOST} more posts")
        return inline(made, "presence-calendar", f"Rotation calendar of {year}, a row a post")


def _at(day: dt.date, year: int) -> int:
    return day.toordinal() - dt.date(year, 1, 1).toordinal()


def _row(axes: Axes, row: int, post: Post, year: int) -> None:
    end_of_year = dt.date(year + 1, 1, 1)
    for at, turn in enumerate(post.turns):
        begin, end = (
            max(_at(turn.first, year), 0),
            _at(min(turn.end or end_of_year, end_of_year), year),
        )
        if begin < end:
            colour = (BLUE, SKY)[at % 2]
            axes.barh(row, end - begin, 0.7, begin, color=colour, edgecolor="white", lw=0.6)
    marked: list[tuple[Gap | Overlap, str, str, str]] = [
        (o, ORANGE, "////", INK) for o in post.overlaps
    ]
    marked += [(gap, "white", "xxxx", VERMILION) for gap in post.gaps]
    for span, colour, hatch, edge in marked:
        begin = _at(span.first, year)
        axes.barh(row, span.days, 0.7, begin, facecolor=colour, hatch=hatch, edgecolor=edge, lw=0.6)
    for gap in post.gaps:
        axes.text(
            _at(gap.first, year) + gap.days / 2, row, f"{gap.days} d", ha="center", va="center",
            fontsize=5.8, fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3},
        )  # fmt: skip
