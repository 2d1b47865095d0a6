"""Sailings as bars, a row a ship: ballast, loading, at sea, discharging."""

from __future__ import annotations

from markupsafe import Markup
from matplotlib.patches import Patch

from amberway.mobility.plan import Plan, Voyage
from amberway.report.figures.canvas import (
    PAGE_IN,
    Margins,
    cut,
    days_axis,
    figure,
    inline,
    legend,
    style,
)
from amberway.report.palette import BLUE, GREEN, INK, MUTED, ORANGE
from amberway.report.words import number, short_place
from amberway.units import period_to_days

_MOST = 60  # ships that fit on a printed page
_MARGINS = Margins(left=2.4, right=0.1, top=0.3, bottom=0.45)
_NAME, _ROUTE = 22, 28  # characters


def draw(plan: Plan) -> Markup | None:
    """The ships that sail, in order of their first sailing; None if none does."""
    if not plan.sailings:
        return None
    ships: dict[str, list[Voyage]] = {}
    for voyage in sorted(plan.sailings, key=lambda v: (v.load_start, v.ship, v.id)):
        ships.setdefault(voyage.ship, []).append(voyage)
    shown = dict(list(ships.items())[:_MOST])
    grid = plan.scenario.settings.grid_hours

    def day(period: int) -> float:
        return period_to_days(period, grid)

    with style():
        made = figure(PAGE_IN, 0.145 * len(shown) + 0.75, _MARGINS)
        axes = made.subplots()
        for row, voyages in enumerate(shown.values()):
            for v in voyages:
                for begin, end, colour, hatch in (
                    (v.ballast_start, v.load_start, "white", "......"),
                    (v.load_start, v.depart, ORANGE, ""),
                    (v.depart, v.arrive, BLUE, ""),
                    (v.arrive, v.discharged, GREEN, "////"),
                ):
                    axes.barh(
                        row,
                        day(end - begin),
                        0.68,
                        day(begin),
                        color=colour,
                        hatch=hatch,
                        edgecolor=MUTED if colour == "white" else "white",
                        linewidth=0.3,
                    )
            words = f"{len(voyages)}×, {number(sum(v.lane_m for v in voyages))} lane m"
            axes.text(day(voyages[-1].discharged) + 0.3, row, words, va="center", fontsize=5.8)
        axes.set_yticks(range(len(shown)), [_name(plan, s, v) for s, v in shown.items()])
        axes.tick_params(axis="y", labelsize=6.2, length=0)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        last = max(day(v.discharged) for v in plan.sailings)
        days_axis(axes, last * 1.16 + 1)
        axes.grid(axis="x", color=MUTED, linewidth=0.3, alpha=0.5)
        axes.set_axisbelow(True)
        key = [
            Patch(facecolor="white", hatch="......", edgecolor=MUTED, label="in ballast, waiting"),
            Patch(facecolor=ORANGE, edgecolor=INK, label="loading"),
            Patch(facecolor=BLUE, edgecolor=INK, label="at sea"),
            Patch(facecolor=GREEN, hatch="////", edgecolor="white", label="discharging"),
        ]
        legend(made, key, 4)
        if len(ships) > _MOST:
            axes.set_xlabel(f"and {len(ships) - _MOST} more ships with later first sailings")
        return inline(made, "sailings", "Gantt picture of the sailings, a row a ship")


def _name(plan: Plan, ship: str, voyages: list[Voyage]) -> str:
    """Ship's name with the ports of its first sailing."""
    lift, _, number_of = ship.partition("#")
    name = plan.scenario.lift[lift].name
    if number_of:
        name += f" {number_of}"
    first = voyages[0]
    ends = (short_place(plan.scenario, end) for end in (first.start_place, first.end_place))
    return f"{cut(name, _NAME)}: {cut(' → '.join(ends), _ROUTE)}"
