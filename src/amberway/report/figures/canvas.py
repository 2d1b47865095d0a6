"""Matplotlib figures as inline SVG: fixed bytes, ids that do not clash, the page's own type."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import matplotlib as mpl
from markupsafe import Markup, escape
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from amberway.report.palette import INK, MUTED

PAGE_IN = 7.1  # printed width of the page's text, inches

# Text stays text, so that it can be searched and read aloud. It is laid out with the metrics of
# DejaVu Sans, which comes with matplotlib, and shown in the page's narrower sans-serif.
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "amberway",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 7.5,
    "axes.titlesize": 8,
    "axes.titlelocation": "left",
    "axes.labelsize": 7.5,
    "axes.linewidth": 0.6,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a name with dollar signs is a name
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "hatch.linewidth": 0.5,
    "legend.frameon": False,
    "legend.fontsize": 7.5,
}
_IDENTITY = re.compile(r'(\bid="|\burl\(#|\bhref="#)')
_DIGITS = re.compile(r"(\.\d\d)\d+")  # hundredths of a point are enough
_NOT_INLINE = re.compile(
    r'<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<defs>\s*<style type="text/css">.*?'
    r'</style>\s*</defs>|\s+xmlns(?::xlink)?="[^"]*"',
    re.DOTALL,
)


def style() -> AbstractContextManager[None]:
    """The look of all figures; draw within it."""
    return mpl.rc_context(_STYLE)  # type: ignore[arg-type]  # wants its keys as a Literal


@dataclass(frozen=True)
class Margins:
    """Room around the axes for labels, inches."""

    left: float = 0.6
    right: float = 0.1
    top: float = 0.3
    bottom: float = 0.3


def figure(width: float, height: float, margins: Margins) -> Figure:
    """An empty figure, inches. Fixed margins: long names are cut, they never squeeze the axes."""
    made = Figure(figsize=(width, height))
    FigureCanvasSVG(made)
    made.subplots_adjust(
        margins.left / width,
        margins.bottom / height,
        1 - margins.right / width,
        1 - margins.top / height,
    )
    return made


def legend(made: Figure, handles: Sequence[Artist], columns: int) -> None:
    """A legend along the upper edge of the figure."""
    made.legend(
        handles=list(handles),
        loc="upper left",
        ncols=columns,
        bbox_to_anchor=(0, 1),
        borderaxespad=0.1,
    )


def cut(text: str, most: int) -> str:
    """At most `most` characters, with an ellipsis if there were more."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def days_axis(axes: Axes, last: float) -> None:
    """Days after C-day from 0 to `last`, ticks every five or ten days."""
    step = 5 if last <= 35 else 10
    ticks = list(range(0, int(last) + 1, step))
    axes.set_xlim(0, last)
    axes.set_xticks(ticks, [f"C+{tick}" for tick in ticks])


def inline(made: Figure, name: str, description: str) -> Markup:
    """The figure as an `<svg>` element; `name` keeps its ids apart from other figures'."""
    buffer = io.StringIO()
    with style():
        made.savefig(
            buffer,
            format="svg",
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    text = _NOT_INLINE.sub("", buffer.getvalue())
    text = _IDENTITY.sub(rf"\g<1>{name}-", text).replace("xlink:href", "href")
    text = _DIGITS.sub(r"\1", text)
    text = re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1", text)
    text = re.sub(r"font-family: [^;\"]*;? ?", "", text)
    opening = f'<svg role="img" aria-label="{escape(description)}" stroke-linejoin="round" '
    text = text.replace("<svg ", opening, 1)
    text = re.sub(r'(<svg [^>]*?) width="[^"]*pt"', r"\1", text, count=1)
    text = re.sub(r'(<svg [^>]*?) height="[^"]*pt"', r"\1", text, count=1)
    return Markup(text.strip())
