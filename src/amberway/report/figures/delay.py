"""The plan's avoidable delay beside that of the one-pass plan and what is proved of it."""

from __future__ import annotations

from markupsafe import Markup
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from amberway.mobility.evaluate import objective
from amberway.mobility.plan import Plan
from amberway.report.figures.canvas import PAGE_IN, Margins, figure, inline, style
from amberway.report.palette import BLUE, GREY, INK, ORANGE
from amberway.report.words import at_most, share

_MARGINS = Margins(left=0.95, right=1.15, top=0.66, bottom=0.42)
_AXIS = {
    "arrival": "weighted days of arrival; 0 is free flow, every lot as if alone in the network",
    "lateness": "weighted days late; 0 is free flow, every lot as if alone in the network",
    "closure": "days to the last closure; 0 is free flow, every lot as if alone in the network",
}


def draw(plan: Plan) -> Markup | None:
    """Two bars from free flow on and the bound across; None without certificate or delay."""
    certificate = plan.certificate
    if certificate is None:
        return None
    free = certificate.free_flow
    delay, bound, baseline = (
        value - free for value in (objective(plan), certificate.bound, certificate.baseline)
    )
    bound = min(max(0.0, bound), delay)
    most = max(delay, baseline)
    if most <= 1e-9:
        return None
    digits = 0 if most >= 100 else 2
    with style():
        made = figure(PAGE_IN, 1.9, _MARGINS)
        axes = made.subplots()
        for row, left, length, colour, hatch in (
            (0, 0.0, baseline, GREY, ""),
            (1, 0.0, bound, BLUE, ""),
            (1, bound, delay - bound, ORANGE, "////"),
        ):
            axes.barh(
                row, length, 0.56, left, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.6
            )
        axes.plot([bound, bound], [-0.45, 1.45], color=INK, linewidth=1.6)
        axes.annotate(
            f"bound: {bound:,.{digits}f}",
            (bound, -0.45),
            (0, 3),
            textcoords="offset points",
            ha="center" if bound > 0.1 * most else "left",
            fontweight="bold",
        )
        words = f"{delay:,.{digits}f}"
        if baseline > delay > 0:
            words += f"\n({share(1 - delay / baseline)} less)"
        for row, (value, text) in enumerate(
            ((baseline, f"{baseline:,.{digits}f}"), (delay, words))
        ):
            axes.annotate(
                text, (value, row), (5, 0), textcoords="offset points", va="center",
                annotation_clip=False,
            )  # fmt: skip
        axes.set_yticks([0, 1], ["one-pass plan", "this plan"])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(1.5, -0.5)
        axes.set_xlim(0, most)
        axes.xaxis.set_major_locator(MaxNLocator(7))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,g}"))
        axes.set_xlabel(_AXIS[plan.objective])
        axes.set_title("Delay above free flow: one-pass plan, this plan, and the bound", pad=30)
        open_share = f" ({at_most(1 - bound / delay)} of this plan's delay)" if delay > 0 else ""
        key = [
            Patch(facecolor=GREY, edgecolor=INK, label="one-pass plan"),
            Patch(facecolor=BLUE, edgecolor=INK, label="proved unavoidable"),
            Patch(facecolor=ORANGE, hatch="////", edgecolor=INK, label=f"open{open_share}"),
        ]
        axes.legend(
            handles=key, ncols=3, loc="lower left", bbox_to_anchor=(0, 1.16), borderaxespad=0
        )
        return inline(
            made, "delay", "Avoidable delay of the one-pass plan and of this plan, with the bound"
        )
