"""Persons closed over time, stacked by nation, by area and by mode, with the thresholds."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from amberway.mobility.evaluate import FORCE_MODEL, THRESHOLDS, Closure, Standing
from amberway.mobility.result import MobilityResult
from amberway.report.figures.canvas import PAGE_IN, Margins, days_axis, figure, inline, style
from amberway.report.palette import GREY, HATCHES, INK, MUTED, SERIES
from amberway.report.words import nation, number

_MARGINS = Margins(left=0.55, right=1.42, top=0.25, bottom=0.25)
_LINE_IN = 0.13  # height of a line of a label, inches
_LABEL = 24  # characters of a label before it is wrapped


@dataclass(frozen=True)
class Band:
    """One layer of the stack: cumulative persons after each day of `days`."""

    label: str
    colour: str
    hatch: str
    persons: NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """A step line: its dashes as matplotlib takes them, cumulative persons at days."""

    label: str
    dash: tuple[int, tuple[float, ...]]
    days: NDArray[np.float64]
    persons: NDArray[np.int64]


def last_day(result: MobilityResult) -> float:
    """Right end of the time axis: the last closure, and at least past the later threshold."""
    latest = max((row.day for row in result.closures if row.day is not None), default=0.0)
    horizon = result.plan.scenario.settings.horizon_days
    return float(min(max(max(THRESHOLDS.values()) + 2, latest + 1), max(horizon, latest)))


def by_nation(result: MobilityResult) -> Markup:
    """The curve by nation, full width."""
    scenario = result.plan.scenario
    return _draw(result, "by nation", "nation", lambda r: nation(scenario, r.nation), PAGE_IN, 3.7)


def by_area(result: MobilityResult) -> Markup:
    """The curve by area, half width."""
    areas = result.plan.scenario.areas
    return _draw(result, "by area", "area", lambda r: areas[r.area].name, PAGE_IN / 2, 3.0)


def by_mode(result: MobilityResult) -> Markup:
    """The curve by the mode that carries most of a unit's equipment, half width."""

    def mode(row: Closure) -> str:
        if row.standing is Standing.IN_PLACE:
            return "in place"
        return "persons only" if row.mode == "none" else row.mode

    return _draw(result, "by main mode", "mode", mode, PAGE_IN / 2, 3.0)


def _draw(
    result: MobilityResult,
    title: str,
    name: str,
    key: Callable[[Closure], str],
    width: float,
    height: float,
) -> Markup:
    end = last_day(result)
    days, bands = _stack(result.closures, key, end)
    with style():
        made = figure(width, height, _MARGINS)
        axes = made.subplots()
        axes.set_title(f"Persons closed, {title}")
        base = np.zeros(len(days))
        labels = []
        for band in bands:
            above = base + band.persons
            axes.fill_between(
                days,
                base,
                above,
                step="post",
                facecolor=band.colour,
                hatch=band.hatch,
                edgecolor="white",
                linewidth=0.5,
            )
            text = f"{band.label}: {number(int(band.persons[-1]))}"
            labels.append((float(base[-1] + above[-1]) / 2, text))
            base = above
        for line in _lines(result.closures, end):
            axes.step(line.days, line.persons, where="post", color=INK, lw=1.1, linestyle=line.dash)
            labels.append((float(line.persons[-1]), f"{line.label}: {number(line.persons[-1])}"))
        _scale(axes, max(height for height, _ in labels))
        days_axis(axes, end)
        _thresholds(axes, end)
        _write(axes, labels, height - _MARGINS.top - _MARGINS.bottom)
        return inline(made, f"closure-{name}", f"Persons closed over time, {title}")


def _lines(rows: Sequence[Closure], end: float) -> list[Line]:
    """The other reading (at notice), and what local forces would add to the bands."""
    local = any(row.standing is Standing.LOCAL for row in rows)
    counted = [
        (row.available_day, row.persons) for row in rows if row.standing is not Standing.LOCAL
    ]
    closed = [(row.day, row.persons) for row in rows if row.day is not None]
    found = [Line("at notice", (0, (4, 2)), *_steps(counted, end))]
    if local:
        found.append(Line("with local", (0, (1, 1.3)), *_steps(closed, end)))
    return found


def _steps(
    events: list[tuple[float, int]], end: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Days and cumulative persons, from 0 to `end`."""
    events = sorted(event for event in events if event[0] <= end)
    days = np.array([0.0, *(day for day, _ in events), end])
    return days, np.cumsum([0, *(persons for _, persons in events), 0])


def _stack(
    rows: Sequence[Closure], key: Callable[[Closure], str], end: float
) -> tuple[NDArray[np.float64], list[Band]]:
    """Bands of forces that count towards the thresholds, the largest at the bottom."""
    counted = [row for row in rows if row.standing is not Standing.LOCAL]
    closed = [row for row in counted if row.day is not None and row.day <= end]
    days = np.unique([0.0, end, *(row.day for row in closed if row.day is not None)])
    totals: dict[str, int] = {}
    for row in counted:
        totals[key(row)] = totals.get(key(row), 0) + row.persons
    ranked = sorted(totals, key=lambda label: (-totals[label], label))
    named = ranked if len(ranked) <= len(SERIES) + 1 else ranked[: len(SERIES)]
    bands = []
    for place, label in enumerate(named):
        colour, hatch = (*SERIES, GREY)[place], (*HATCHES, "")[place]
        members = [row for row in closed if key(row) == label]
        bands.append(Band(label, colour, hatch, _cumulative(members, days)))
    others = [row for row in closed if key(row) not in named]
    if others:
        label = f"{len(ranked) - len(named)} others"
        bands.append(Band(label, GREY, "", _cumulative(others, days)))
    return days, [band for band in bands if band.persons[-1] > 0]


def _cumulative(rows: Sequence[Closure], days: NDArray[np.float64]) -> NDArray[np.int64]:
    steps = np.zeros(len(days), dtype=np.int64)
    for row in rows:
        steps[np.searchsorted(days, row.day or 0.0)] += row.persons
    return np.cumsum(steps)


def _scale(axes: Axes, highest: float) -> None:
    """Persons from 0 to above the data and, unless they dwarf the data, the thresholds."""
    low, high = sorted(FORCE_MODEL.values())
    top = max(highest, low if highest < high / 5 else high)
    axes.set_ylim(0, (top if highest > low / 10 else highest or 1.0) * 1.08)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))


def _thresholds(axes: Axes, end: float) -> None:
    """Each threshold from its day on; in words if it lies above the axis."""
    top = axes.get_ylim()[1]
    days = [*THRESHOLDS.values(), end]
    above = []
    for (when, day), until in zip(THRESHOLDS.items(), days[1:], strict=True):
        text = f"{number(FORCE_MODEL[when])} by {when}"
        persons = FORCE_MODEL[when]
        if persons >= top:
            above.append(text)
            continue
        axes.plot([day, until], [persons, persons], color=INK, linewidth=1.8)
        axes.plot([day], [persons], marker="o", color=INK, markersize=3.5)
        right = day > end / 2
        axes.annotate(
            text,
            (until if right else day, persons),
            (0, 3),
            textcoords="offset points",
            ha="right" if right else "left",
            fontweight="bold",
            bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.6},
        )
    if above:
        text = f"threshold{'s' if len(above) > 1 else ''} above this axis: {', '.join(above)} ↑"
        axes.annotate(text, (0.02, 0.97), xycoords="axes fraction", va="top", fontweight="bold")


def _write(axes: Axes, labels: list[tuple[float, str]], height: float) -> None:
    """Labels (persons, text) at the right edge, moved apart; `height` of the axes in inches."""
    top = axes.get_ylim()[1]
    lines = [(persons / top, textwrap.fill(text, _LABEL)) for persons, text in sorted(labels)]
    sizes = [((text.count("\n") + 1) * _LINE_IN + 0.02) / height for _, text in lines]
    places = spread([at for at, _ in lines], sizes)
    for (at, text), place in zip(lines, places, strict=True):
        axes.annotate(
            text,
            (1.0, at),
            (1.04, place),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            linespacing=1.0,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": MUTED,
                "linewidth": 0.5,
                "shrinkB": 0,
                "relpos": (0, 0.5),
            },
        )


def spread(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Middles of labels of given sizes, in ascending order, near what is wanted, not below 0.

    Least squares subject to no overlap: with the sizes below each label taken off, the middles
    only have to be in order, which pooling adjacent violators achieves.
    """
    below = [sum(sizes[:i]) + (size - sizes[0]) / 2 for i, size in enumerate(sizes)]
    pools: list[tuple[float, int]] = []
    for want, off in zip(wanted, below, strict=True):
        pools.append((want - off, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (first, m), (second, n) = pools[-2:]
            pools[-2:] = [((first * m + second * n) / (m + n), m + n)]
    levels = [level for level, count in pools for _ in range(count)]
    return [max(level, 0.0) + off for level, off in zip(levels, below, strict=True)]
