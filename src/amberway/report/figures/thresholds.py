"""How far persons at notice and persons closed come towards the Force Model's thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from matplotlib.patches import Patch

from amberway.report.figures.canvas import PAGE_IN, Margins, figure, inline, legend, style
from amberway.report.headline import Reading
from amberway.report.palette import BLUE, INK, SKY
from amberway.report.words import number, percent

_MARGINS = Margins(left=1.35, right=1.75, top=0.3, bottom=0.5)


def draw(readings: Sequence[Reading]) -> Markup:
    """One bar a reading: in place, reinforcing, and (hatched, not counted) local forces."""
    with style():
        made = figure(PAGE_IN, 0.34 * len(readings) + 0.8, _MARGINS)
        axes = made.subplots()
        furthest = 1.0
        for row, reading in enumerate(readings):
            left = 0.0
            for tally, colour, hatch in (
                (reading.in_place, BLUE, ""),
                (reading.reinforcing, SKY, ""),
                (reading.local, "white", "////"),
            ):
                share = tally.persons / reading.threshold
                axes.barh(
                    row, share, 0.6, left, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.5
                )
                left += share
            furthest = max(furthest, left)
            axes.annotate(
                f"{percent(reading.share)}: {number(reading.counted.persons)}\n"
                f"of {number(reading.threshold)}",
                (1.03, row),
                xycoords=axes.get_yaxis_transform(),
                va="center",
                annotation_clip=False,
            )
        axes.axvline(1.0, color=INK, linewidth=1.6)
        axes.set_yticks(range(len(readings)), [f"{r.when}, {r.word}" for r in readings])
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, furthest * 1.03)
        ticks = [t / 4 for t in range(int(furthest * 4) + 1)]
        if len(ticks) > 9:
            ticks = [float(t) for t in range(int(furthest) + 1)]
        axes.set_xticks(ticks, [f"{100 * t:.0f} %" for t in ticks])
        axes.set_xlabel("share of the threshold (heavy line: threshold met)")
        words = (
            (BLUE, "", "in place (allied)"),
            (SKY, "", "reinforcing"),
            ("white", "////", "local forces (not counted)"),
        )
        legend(made, [Patch(fc=c, hatch=h, ec=INK, lw=0.5, label=w) for c, h, w in words], 3)
        return inline(made, "thresholds", "Persons as a share of the thresholds")
