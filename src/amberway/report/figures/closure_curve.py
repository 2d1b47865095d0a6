"""Persons closed over time, stacked by nation, by area and by mode, with the thresholds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from amberway.mobility.evaluate import FORCE_MODEL, THRESHOLDS, Closure, Standing
from amberway.mobility.result import MobilityResult
from amberway.report.figures.canvas import PAGE_IN, days_axis, figure, inline, style
from amberway.report.palette import GREY, HATCHES, INK, MUTED, SERIES
from amberway.report.words import nation, number

_MOST = 7  # series that are told apart; the rest is "others"
_LINE_IN = 0.16  # least distance between two labels, inches


@dataclass(frozen=True)
class Band:
    """One layer of the stack: cumulative persons after each day of `days`."""

    label: str
    colour: str
    hatch: str
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
        made = figure(width, height)
        axes = made.subplots()
        axes.set_title(f"Persons closed, {title}")
        base = np.zeros(len(days))
        for band in bands:
            axes.fill_between(
                days,
                base,
                base + band.persons,
                step="post",
                facecolor=band.colour,
                hatch=band.hatch,
                edgecolor="white" if band.colour != "white" else MUTED,
                linewidth=0.5,
            )
            base = base + band.persons
        _notice(axes, result.closures, end)
        counted = sum(int(b.persons[-1]) for b in bands if b.label != _LOCAL)
        top = max(float(base[-1]), float(min(FORCE_MODEL.values())), 1.0)
        if counted > 0.5 * max(FORCE_MODEL.values()):
            top = max(top, float(max(FORCE_MODEL.values())))
        axes.set_ylim(0, top * 1.1)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        days_axis(axes, end)
        _thresholds(axes, end)
        _labels(axes, bands, _LINE_IN / height)
        return inline(made, f"closure-{name}", f"Persons closed over time, {title}")


_LOCAL = "local forces"


def _stack(
    rows: Sequence[Closure], key: Callable[[Closure], str], end: float
) -> tuple[NDArray[np.float64], list[Band]]:
    """Bands from the bottom up: the largest first, others, then local forces (not counted)."""
    closed = [row for row in rows if row.day is not None and row.day <= end]
    days = np.unique([0.0, end, *(row.day for row in closed if row.day is not None)])
    totals: dict[str, int] = {}
    for row in rows:
        if row.standing is not Standing.LOCAL:
            totals[key(row)] = totals.get(key(row), 0) + row.persons
    ranked = sorted(totals, key=lambda label: (-totals[label], label))
    named, others = ranked[:_MOST], set(ranked[_MOST:])
    if len(others) == 1:
        named, others = ranked, set()
    bands = []
    for place, label in enumerate(named):
        members = [r for r in closed if r.standing is not Standing.LOCAL and key(r) == label]
        at = place % len(SERIES)
        colour, hatch = (SERIES[at], HATCHES[at]) if place < len(SERIES) else (GREY, "")
        bands.append(Band(label, colour, hatch, _cumulative(members, days)))
    if others:
        members = [r for r in closed if r.standing is not Standing.LOCAL and key(r) in others]
        bands.append(Band(f"{len(others)} others", GREY, "", _cumulative(members, days)))
    local = [row for row in closed if row.standing is Standing.LOCAL]
    if local:
        bands.append(Band(_LOCAL, "white", "////", _cumulative(local, days)))
    return days, [band for band in bands if band.persons[-1] > 0]


def _cumulative(rows: Sequence[Closure], days: NDArray[np.float64]) -> NDArray[np.int64]:
    steps = np.zeros(len(days), dtype=np.int64)
    for row in rows:
        steps[np.searchsorted(days, row.day or 0.0)] += row.persons
    return np.cumsum(steps)


def _notice(axes: Axes, rows: Sequence[Closure], end: float) -> None:
    """The other reading: persons at notice (without local forces) as a dashed line."""
    counted = sorted(
        (row.available_day, row.persons) for row in rows if row.standing is not Standing.LOCAL
    )
    if not counted:
        return
    days = [0.0, *(day for day, _ in counted), end]
    sums = np.cumsum([0, *(persons for _, persons in counted), 0])
    axes.step(days, sums, where="post", color=INK, linewidth=1.1, linestyle=(0, (4, 2)))
    axes.plot([], [], color=INK, linewidth=1.1, linestyle=(0, (4, 2)), label="at notice")
    axes.legend(loc="lower right", borderaxespad=0.1, handlelength=2.4)


def _thresholds(axes: Axes, end: float) -> None:
    """Each threshold from its day on; an arrow if it lies above the axis."""
    top = axes.get_ylim()[1]
    days = [*THRESHOLDS.values(), end]
    for (when, day), until in zip(THRESHOLDS.items(), days[1:], strict=True):
        persons = FORCE_MODEL[when]
        if persons < top:
            axes.plot([day, until], [persons, persons], color=INK, linewidth=1.6)
            axes.plot([day], [persons], marker="o", color=INK, markersize=3.5)
            text = f"{number(persons)} by {when}"
            axes.annotate(
                text, (day, persons), (2, 3), textcoords="offset points", fontweight="bold"
            )
        else:
            axes.annotate(
                f"{number(persons)} by {when}: above this axis",
                (day, top),
                (day - 0.5, top * 0.95),
                ha="right",
                va="center",
                fontweight="bold",
                arrowprops={"arrowstyle": "->", "color": INK},
            )


def _labels(axes: Axes, bands: Sequence[Band], gap: float) -> None:
    """The name of each band at its right end, at least `gap` of the axis apart."""
    top = axes.get_ylim()[1]
    base = 0.0
    wanted = []
    for band in bands:
        wanted.append((base + band.persons[-1] / 2) / top)
        base += float(band.persons[-1])
    places = spread(wanted, gap)
    for band, want, place in zip(bands, wanted, places, strict=True):
        axes.annotate(
            f"{band.label} {number(int(band.persons[-1]))}",
            (1.0, want),
            (1.03, place),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.5, "shrinkB": 0},
        )


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Positions in the given (ascending) order, at least `gap` apart, near what is wanted."""
    blocks: list[list[float]] = []  # [sum of wanted offsets, count]; position of the first = mean
    for want in wanted:
        blocks.append([want, 1.0])
        while len(blocks) > 1:
            first, second = blocks[-2], blocks[-1]
            if first[0] / first[1] + first[1] * gap <= second[0] / second[1]:
                break
            blocks[-2:] = [
                [first[0] + second[0] - second[1] * first[1] * gap, first[1] + second[1]]
            ]
    places = []
    for total, count in blocks:
        places += [total / count + i * gap for i in range(int(count))]
    lowest = min(places, default=0.0)
    return [p - min(0.0, lowest) for p in places]
