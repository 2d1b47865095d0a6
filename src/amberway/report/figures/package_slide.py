"""The opening page as one slide, 16:9: what the package buys, adds, costs, leaves open, how sure.

Without contributions (two variants were run, not all) the differences stand where the bars would.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from amberway.initiative.roadmap import Roadmap
from amberway.report.figures.canvas import cut, style
from amberway.report.figures.contribution_bars import Row, bars, key
from amberway.report.figures.roadmap_bars import costs
from amberway.report.palette import BLUE, GREY, MUTED, RULE, VERMILION

_SIZE = 13.333, 7.5  # inches, as presentation programs have it
_DPI = 144
_TITLE, _HEAD, _TEXT, _SMALL = 21, 13, 10, 8.5
_INDENT = 0.012
_TOP, _BOTTOM = 0.835, 0.075  # of the scoreboard
_RIGHT = 0.722  # left edge of the right column
_LETTERS = 52  # of a line in it
_LINE, _GAP = 0.0178, 0.0075


@dataclass(frozen=True)
class Number:
    """One line of the scoreboard: values in words; `word` better, worse, ..."""

    title: str
    base: str
    package: str
    difference: str
    word: str
    mark: str


@dataclass(frozen=True)
class Slide:
    """Everything that stands on the slide."""

    title: str
    summary: str
    groups: Sequence[tuple[str, Sequence[Number]]]
    actions: Sequence[str]
    rows: Sequence[Row]
    roadmap: Roadmap
    fails: Sequence[tuple[str, str]]
    sure: Sequence[str]


def write(slide: Slide, beside: Path) -> list[Path]:
    """Write the slide as SVG and PNG beside a report; the same slide gives the same bytes."""
    with style():
        made = Figure(figsize=_SIZE)
        FigureCanvasAgg(made)
        _title(made, slide)
        _board(made, slide)
        _right(made, slide)
        paths = [beside.with_name(f"{beside.stem}-slide.{kind}") for kind in ("svg", "png")]
        made.savefig(paths[0], format="svg", metadata={"Date": None, "Creator": None})
        made.savefig(paths[1], format="png", dpi=_DPI, metadata={"Software": None})
    return paths


def _title(made: Figure, slide: Slide) -> None:
    made.text(0.03, 0.945, "The package against the status quo", fontsize=_TITLE, fontweight="bold")
    made.text(0.97, 0.945, cut(slide.title, 60), fontsize=_TEXT, color=MUTED, ha="right")
    made.text(0.03, 0.912, cut(slide.summary, 170), fontsize=_TEXT - 0.7)
    _rule(made, 0.03, 0.97, 0.897)


def _rule(made: Figure, left: float, right: float, height: float) -> None:
    made.add_artist(Line2D((left, right), (height, height), color=RULE, linewidth=1))


def _head(made: Figure, x: float, height: float, words: str, colour: str = BLUE) -> None:
    made.text(x, height, words, fontsize=_HEAD, fontweight="bold", color=colour)


def _board(made: Figure, slide: Slide) -> None:
    """The scoreboard by action, and beside each line what the actions add to it."""
    apart = not slide.rows  # room for the difference and a word for it
    base, package = (0.39, 0.475) if apart else (0.335, 0.405)
    _head(made, 0.03, 0.858, "What the package buys")
    heads = [
        (base, "status quo"),
        (package, "package"),
        *([(0.575, "difference")] if apart else []),
    ]
    for x, word in heads:
        made.text(x, 0.861, word, fontsize=_SMALL, color=MUTED, ha="right")
    lines = sum(len(numbers) for _, numbers in slide.groups) + len(slide.groups)
    step = min(0.05, (_TOP - _BOTTOM) / max(lines, 1))
    height, at = _TOP - 0.4 * step, {}
    for title, numbers in slide.groups:
        _say(made, 0.03, height, title, fontweight="bold")
        height -= step
        for one in numbers:
            colour = {"better": BLUE, "worse": VERMILION}.get(one.word, GREY)
            _say(made, 0.03 + _INDENT, height, cut(one.title, 46), fontsize=_SMALL + 0.5)
            _say(made, base, height, one.base, ha="right", color=MUTED)
            _say(made, package, height, one.package, ha="right", fontweight="bold")
            _say(made, 0.582 if apart else 0.411, height, one.mark, color=colour)
            if apart:
                _say(made, 0.575, height, one.difference, ha="right")
                _say(made, 0.6, height, one.word, color=colour)
            at[one.title] = height
            height -= step
    if not apart:
        _adds(made, slide, at, step)
    made.text(
        0.03, 0.025, "▲ better   ▼ worse   = same   ≈ within the certified gap", fontsize=_SMALL,
        color=MUTED,
    )  # fmt: skip


def _say(made: Figure, x: float, height: float, text: str, **look: Any) -> None:
    made.text(x, height, text, va="center", **{"fontsize": _TEXT, **look})


def _adds(made: Figure, slide: Slide, at: dict[str, float], step: float) -> None:
    """The bars of what each action adds, level with the lines of the scoreboard."""
    _head(made, 0.438, 0.858, "What each action adds")
    top = max(at[row.name] for row in slide.rows) + 0.5 * step
    axes = made.add_axes((0.438, _BOTTOM, 0.255, top - _BOTTOM), facecolor="none")
    axes.set_ylim(_BOTTOM, top)
    bars(axes, slide.rows, [at[row.name] for row in slide.rows], 0.5 * step)
    axes.tick_params(axis="x", labelsize=_SMALL - 1)
    made.text(
        0.438, 0.025, "share of the change, right is better; faint: within the gap",
        fontsize=_SMALL - 0.5, color=MUTED,
    )  # fmt: skip
    made.legend(
        handles=key([cut(name, 18) for name in slide.actions]), loc="upper left", ncols=3,
        bbox_to_anchor=(0.432, 0.856), fontsize=7.2, columnspacing=0.9, handlelength=1.4,
        labelspacing=0.3,
    )  # fmt: skip


def _right(made: Figure, slide: Slide) -> None:
    """The right column: when and at what cost, what still fails, how sure this is."""
    height = 0.858
    if slide.roadmap.years:
        _head(made, _RIGHT, height, "When, and at what cost")
        axes = made.add_axes((_RIGHT, 0.733, 0.97 - _RIGHT, 0.1))
        costs(axes, slide.roadmap)
        axes.set_title("")
        axes.set_ylabel("")
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.tick_params(labelsize=_SMALL - 1)
        made.text(
            _RIGHT, 0.686, "10⁶ € a year, known or assumed; shaded: 2027 to 2029",
            fontsize=_SMALL - 1, color=MUTED,
        )  # fmt: skip
        height = 0.643
    _head(made, _RIGHT, height, "What still fails", VERMILION)
    height -= 0.014
    for title, text in slide.fails:
        height = _entry(made, height, f"{title[2:]}: {text}")
    height -= 0.045
    _head(made, _RIGHT, height, "How sure this is")
    height -= 0.014
    for text in slide.sure:
        height = _entry(made, height, text)


def _entry(made: Figure, height: float, words: str) -> float:
    """A paragraph of the right column; the height below it."""
    text = textwrap.fill(words, _LETTERS, max_lines=4, placeholder=" …")
    made.text(_RIGHT, height, text, fontsize=_SMALL - 0.6, va="top", linespacing=1.2)
    return height - _LINE * (text.count("\n") + 1) - _GAP
