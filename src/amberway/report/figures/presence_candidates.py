"""Candidates to lead, side by side: in place, closed by C+10 and C+30, later, and what else."""

from __future__ import annotations

from markupsafe import Markup
from matplotlib.patches import Patch

from amberway.presence.candidates import Candidate
from amberway.presence.result import PresenceResult
from amberway.report.figures.canvas import PAGE_IN, Margins, figure, inline, legend, style
from amberway.report.palette import BLUE, GREEN, INK, MUTED, SKY
from amberway.report.words import nation

_MARGINS = Margins(left=1.75, right=0.15, top=0.5, bottom=0.4)
_PARTS = (
    (BLUE, "", "in place"),
    (GREEN, "", "closed by C+10"),
    (SKY, "", "closed by C+30"),
    (MUTED, "....", "planned, later or never"),
    ("white", "////", "planned elsewhere, here by C+30 on free routes"),
)


def draw(result: PresenceResult) -> Markup | None:
    """A bar a candidate; None without candidates or without a deployment."""
    rows = [one for one in result.candidates if one.added is not None]
    if not rows:
        return None
    scenario = result.problem.scenario
    with style():
        made = figure(PAGE_IN, 0.36 * len(rows) + 0.95, _MARGINS)
        axes = made.subplots()
        for at, one in enumerate(rows):
            left = 0.0
            for width, (colour, hatch, _) in zip(_parts(one), _PARTS, strict=True):
                if width > 0:
                    axes.barh(
                        at, width, 0.62, left, color=colour, hatch=hatch, edgecolor=INK, lw=0.5
                    )
                    if width > 0.2:
                        axes.text(
                            left + width / 2, at, f"{width:.2f}", ha="center", va="center",
                            fontsize=6.5, color="white" if colour == BLUE else INK,
                            bbox=None if not hatch else
                            {"facecolor": "white", "edgecolor": "none", "pad": 0.5},
                        )  # fmt: skip
                left += width
        names = [f"{scenario.areas[one.area].name}: {nation(scenario, one.nation)}" for one in rows]
        axes.set_yticks(range(len(rows)), names)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(left=0)
        axes.set_xlabel("manoeuvre brigade equivalents")
        legend(made, [Patch(fc=c, hatch=h, ec=INK, lw=0.5, label=w) for c, h, w in _PARTS], 3)
        return inline(made, "presence-candidates", "Brigades of each candidate to lead an area")


def _parts(one: Candidate) -> tuple[float, ...]:
    first, second = one.added.values() if one.added else (0.0, 0.0)
    more = max(one.could_add.values()) if one.could_add else 0.0
    return (one.in_place, first, second - first, one.planned - second, more)
