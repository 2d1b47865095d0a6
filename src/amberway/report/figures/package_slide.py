"""The opening page as one slide, 16:9: what the package buys, adds, leaves open, how sure it is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from amberway.report.figures.canvas import cut, style
from amberway.report.figures.contribution_bars import Row, bars, key
from amberway.report.palette import BLUE, GREY, INK, MUTED, RULE, VERMILION

_SIZE = 13.333, 7.5  # inches, as presentation programs have it
_DPI = 144
_TITLE, _HEAD, _TEXT, _SMALL = 21, 13, 9.5, 8
_INDENT = 0.012
_COLUMN = 52  # letters of a line in the lower right


@dataclass(frozen=True)
class Number:
    """One line of the scoreboard: values in words; `word` better, worse, ..."""

    title: str
    base: str
    package: str
    word: str
    mark: str


@dataclass(frozen=True)
class Slide:
    """Everything that stands on the slide."""

    title: str
    subtitle: str
    groups: Sequence[tuple[str, Sequence[Number]]]
    actions: Sequence[str]
    rows: Sequence[Row]
    fails: Sequence[str]
    sure: Sequence[str]


def write(slide: Slide, beside: Path) -> list[Path]:
    """Write the slide as SVG and PNG beside a report; the same slide gives the same bytes."""
    with style():
        made = Figure(figsize=_SIZE)
        FigureCanvasAgg(made)
        _title(made, slide)
        _board(made, slide)
        _adds(made, slide)
        _lists(made, slide)
        paths = [beside.with_name(f"{beside.stem}-slide.{kind}") for kind in ("svg", "png")]
        made.savefig(paths[0], format="svg", metadata={"Date": None, "Creator": None})
        made.savefig(paths[1], format="png", dpi=_DPI, metadata={"Software": None})
    return paths


def _title(made: Figure, slide: Slide) -> None:
    made.text(0.03, 0.945, cut(slide.title, 84), fontsize=_TITLE, fontweight="bold", color=INK)
    made.text(0.03, 0.912, cut(slide.subtitle, 170), fontsize=_TEXT, color=MUTED)
    made.add_artist(_rule(0.03, 0.97, 0.897))


def _rule(left: float, right: float, height: float) -> Line2D:
    return Line2D((left, right), (height, height), color=RULE, linewidth=1)


def _board(made: Figure, slide: Slide) -> None:
    """The left column: five actions, status quo against package."""
    made.text(0.03, 0.862, "What the package buys", fontsize=_HEAD, fontweight="bold", color=BLUE)
    for x, word in ((0.385, "status quo"), (0.455, "package")):
        made.text(x, 0.865, word, fontsize=_SMALL, color=MUTED, ha="right")
    lines = sum(len(numbers) for _, numbers in slide.groups) + len(slide.groups)
    step = min(0.042, 0.76 / max(lines, 1))
    height = 0.825
    for title, numbers in slide.groups:
        made.text(0.03, height, title, fontsize=_TEXT, fontweight="bold")
        height -= step
        for one in numbers:
            made.text(0.03 + _INDENT, height, cut(one.title, 50), fontsize=_SMALL + 0.5)
            made.text(0.385, height, one.base, fontsize=_TEXT, ha="right", color=MUTED)
            made.text(0.455, height, one.package, fontsize=_TEXT, ha="right", fontweight="bold")
            colour = {"better": BLUE, "worse": VERMILION}.get(one.word, GREY)
            made.text(0.462, height, one.mark, fontsize=_TEXT, color=colour)
            height -= step
    made.text(
        0.03, 0.025, "▲ better   ▼ worse   = same   ≈ within the certified gap", fontsize=_SMALL,
        color=MUTED,
    )  # fmt: skip


def _adds(made: Figure, slide: Slide) -> None:
    """The upper right: contributions, if every subset was run."""
    made.text(0.505, 0.862, "What each action adds", fontsize=_HEAD, fontweight="bold", color=BLUE)
    if not slide.rows:
        made.text(
            0.505, 0.825, "Not known from two variants: amberway compare --all-subsets tells.",
            fontsize=_TEXT, color=MUTED,
        )  # fmt: skip
        return
    axes: Axes = made.add_axes((0.705, 0.455, 0.265, 0.345))
    bars(axes, slide.rows, [row.name for row in slide.rows])
    axes.tick_params(axis="y", labelsize=_SMALL - 0.8)
    axes.set_xlabel("share of the change; right is better (faint: within the gap)", fontsize=7)
    made.legend(
        handles=key([cut(name, 22) for name in slide.actions]), loc="upper left", ncols=5,
        bbox_to_anchor=(0.5, 0.85), fontsize=6.8, columnspacing=0.9, handlelength=1.4,
    )  # fmt: skip


def _lists(made: Figure, slide: Slide) -> None:
    """The lower right: what still fails, how sure this is."""
    top = 0.365 if slide.rows else 0.75
    for x, title, lines, colour in (
        (0.505, "What still fails", slide.fails, VERMILION),
        (0.745, "How sure this is", slide.sure, BLUE),
    ):
        made.text(x, top, title, fontsize=_HEAD, fontweight="bold", color=colour)
        height = top - 0.032
        for line in lines:
            text = textwrap.fill(line, _COLUMN)
            made.text(x, height, text, fontsize=_SMALL - 0.3, va="top", linespacing=1.25)
            height -= 0.0195 * (text.count("\n") + 1) + 0.009
