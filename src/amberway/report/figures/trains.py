"""Trains a day, as a table of tones: where they load and unload, which borders they cross."""

from __future__ import annotations

from collections import Counter

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes

from amberway.mobility.plan import Leg, Plan
from amberway.network.moves import Means
from amberway.report.figures.canvas import PAGE_IN, Margins, cut, days_axis, figure, inline, style
from amberway.report.palette import INK
from amberway.report.words import number, short_place
from amberway.units import HOURS_PER_DAY, period_of, period_to_days, periods

_MOST = {"depart": 12, "cross": 12, "arrive": 10}
_TITLES = {
    "depart": "Trains departing, by railhead",
    "cross": "Trains crossing a border",
    "arrive": "Trains arriving, by railhead",
}
_ROW_IN = 0.15
_NAME = 40  # characters
_MARGINS = Margins(left=1.75, right=0.45, top=0.3, bottom=0.25)
Counts = dict[str, Counter[tuple[str, int]]]


def counts(plan: Plan) -> Counts:
    """Trains by (row, day) for departures, border crossings and arrivals."""
    grid = plan.scenario.settings.grid_hours
    links, places = plan.scenario.links, plan.scenario.places
    found: Counts = {name: Counter() for name in _TITLES}
    for legs in plan.legs.values():
        for leg in legs:
            if leg.means != Means.TRAIN:
                continue
            first, last = (int(period_to_days(p, grid)) for p in (leg.start, leg.end))
            found["depart"][short_place(plan.scenario, leg.start_place), first] += 1
            found["arrive"][short_place(plan.scenario, leg.end_place), last] += 1
            hours = 0.0
            for step in leg.links:
                link = links[step[:-1]]
                entered = leg.start + _loading(plan, leg) + period_of(hours, grid)
                hours += link.km / (link.speed_kmh or 1.0) + link.passage_h
                ends = [places[link.from_place], places[link.to_place]]
                if ends[0].nation == ends[1].nation:
                    continue
                if step.endswith("<"):
                    ends.reverse()
                names = (short_place(plan.scenario, end.id) for end in ends)
                found["cross"][" → ".join(names), int(period_to_days(entered, grid))] += 1
    return found


def _loading(plan: Plan, leg: Leg) -> int:
    """Periods of loading: the part of the leg's handling that a track at its start explains."""
    settings = plan.scenario.settings

    def times(place: str) -> set[int]:
        hours = {
            t.handling_h * HOURS_PER_DAY / t.hours_per_day
            for t in plan.scenario.terminals.values()
            if t.place == place and t.handling_h is not None
        } | {settings.factors.person_handling_h}
        return {periods(h, settings.grid_hours) for h in hours}

    ends = times(leg.end_place)
    fitting = (load for load in sorted(times(leg.start_place)) if leg.handling - load in ends)
    return next(fitting, leg.handling // 2)


def draw(plan: Plan) -> Markup | None:
    """Three tables of tones, one under another; None without trains."""
    found = counts(plan)
    if not found["depart"]:
        return None
    last = max(day for counter in found.values() for _, day in counter) + 1
    rows = {name: _busiest(counter, _MOST[name]) for name, counter in found.items()}
    rows = {name: busiest for name, busiest in rows.items() if busiest}
    most = max(max(counter.values()) for counter in found.values() if counter)
    with style():
        heights = [len(busiest) for busiest in rows.values()]
        made = figure(PAGE_IN, _ROW_IN * sum(heights) + 0.6, _MARGINS)
        grid = made.subplots(
            len(rows),
            1,
            sharex=True,
            squeeze=False,
            height_ratios=heights,
            gridspec_kw={"hspace": 0.28},
        )
        for axes, (name, busiest) in zip(grid.flat, rows.items(), strict=True):
            _tones(axes, found[name], busiest, last, most)
            left_out = len({row for row, _ in found[name]}) - len(busiest)
            more = f" (the {len(busiest)} busiest; {left_out} more)" if left_out > 0 else ""
            axes.set_title(f"{_TITLES[name]}{more}")
        return inline(made, "trains", "Trains a day by railhead and border crossing")


def _busiest(counter: Counter[tuple[str, int]], most: int) -> list[str]:
    totals: Counter[str] = Counter()
    for (row, _), count in counter.items():
        totals[row] += count
    return sorted(totals, key=lambda row: (-totals[row], row))[:most]


def _tones(
    axes: Axes, counter: Counter[tuple[str, int]], busiest: list[str], last: int, most: int
) -> None:
    table = np.zeros((len(busiest), last))
    for (row, day), count in counter.items():
        if row in busiest:
            table[busiest.index(row), day] = count
    edges = np.arange(last + 1), np.arange(len(busiest) + 1)
    shown = np.ma.masked_equal(table, 0)
    axes.pcolormesh(*edges, shown, cmap="Blues", vmin=-0.35 * most, vmax=most, linewidth=0)
    size = min(6.0, 270 / last)
    for (at, on), trains in np.ndenumerate(table):
        if trains:
            tone = "white" if trains > 0.6 * most else INK
            axes.text(
                on + 0.5,
                at + 0.52,
                f"{trains:.0f}",
                ha="center",
                va="center",
                fontsize=size,
                color=tone,
            )
    axes.set_yticks(
        np.arange(len(busiest)) + 0.5,
        [cut(name, _NAME) for name in busiest],
    )
    for at, total in enumerate(table.sum(axis=1)):
        axes.text(last + 0.4, at + 0.52, number(total), va="center", fontsize=6.2)
    axes.text(last + 0.4, -0.4, "total", fontsize=6.2)
    axes.tick_params(axis="y", labelsize=6.2, length=0)
    axes.set_ylim(len(busiest), 0)
    axes.spines["left"].set_visible(False)
    days_axis(axes, last)
