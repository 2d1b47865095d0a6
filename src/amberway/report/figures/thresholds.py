"""How far persons at notice and persons closed come towards the Force Model's thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from amberway.report.figures.canvas import PAGE_IN, figure, inline, style
from amberway.report.headline import Reading
from amberway.report.palette import BLUE, INK, SKY
from amberway.report.words import number, percent


def draw(readings: Sequence[Reading]) -> Markup:
    """One bar a reading: in place, reinforcing, and (hatched, not counted) local forces."""
    with style():
        made = figure(PAGE_IN, 0.42 * len(readings) + 0.6)
        axes = made.subplots()
        furthest = 1.0
        for row, reading in enumerate(readings):
            left = 0.0
            for persons, colour, hatch in (
                (reading.in_place.persons, BLUE, ""),
                (reading.reinforcing.persons, SKY, ""),
                (reading.local.persons, "white", "////"),
            ):
                share = persons / reading.threshold
                axes.barh(
                    row, share, 0.56, left, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.5
                )
                left += share
            furthest = max(furthest, left)
            axes.text(
                left + 0.008,
                row,
                f"{number(reading.counted.persons)} of {number(reading.threshold)}"
                f" ({percent(reading.share)})",
                va="center",
            )
        axes.axvline(1.0, color=INK, linewidth=1.4)
        axes.set_yticks(range(len(readings)), [f"{r.when}, {r.word}" for r in readings])
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlim(0, max(1.04, furthest + 0.27))
        ticks = [t / 4 for t in range(int(furthest * 4) + 1)]
        axes.set_xticks(ticks, [f"{100 * t:.0f} %" for t in ticks])
        axes.set_xlabel("share of the Force Model's threshold (heavy line: 100 %)")
        handles = [
            axes.barh(0, 0, color=c, hatch=h, edgecolor=INK, linewidth=0.5, label=word)
            for c, h, word in (
                (BLUE, "", "in place (allied)"),
                (SKY, "", "reinforcing"),
                ("white", "////", "local forces (not counted)"),
            )
        ]
        made.legend(handles=handles, loc="outside upper left", ncols=3)
        return inline(made, "thresholds", "Bars: persons as a share of the thresholds")
