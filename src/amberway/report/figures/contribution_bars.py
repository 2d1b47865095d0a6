"""What each action adds to a metric, as a bar: better to the right, harm to the left of 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator

from amberway.report.palette import HATCHES, INK, MUTED, SERIES

_FAINT = 0.35
_WIDE, _HIGH = 240.0, 13.0  # of a bar on the page, px
# Hatches of the page, as paths over a tile of 6 px.
_TILES = {
    "////": "M-1 5 5 -1M1 7 7 1",
    "....": "M1.4 2h1M4.4 5h1",
    "\\\\\\\\": "M-1 1 5 7M1 -1 7 5",
    "xxxx": "M0 6 6 0M0 0 6 6",
}


@dataclass(frozen=True)
class Row:
    """One metric by its `name`; per action its share of the change.

    A share of 1 is the whole change from status quo to package, above 0 is for the better.
    `certain`: more than the plans are uncertain.
    """

    name: str
    shares: tuple[float, ...]
    certain: tuple[bool, ...]

    def pieces(self) -> Iterator[tuple[int, float, float]]:
        """(action, left end, width): what is better is stacked to the right, harm to the left."""
        right = left = 0.0
        for i, share in enumerate(self.shares):
            yield i, right if share > 0 else left + share, abs(share)
            right, left = right + max(share, 0.0), left + min(share, 0.0)

    @property
    def span(self) -> tuple[float, float]:
        """Ends of the bar."""
        return sum(min(s, 0.0) for s in self.shares), sum(max(s, 0.0) for s in self.shares)


def span(rows: Sequence[Row]) -> tuple[float, float]:
    """Ends of the axis: every bar, and the whole change."""
    return min(-0.05, *(row.span[0] for row in rows)), max(1.05, *(row.span[1] for row in rows))


def bars(axes: Axes, rows: Sequence[Row], at: Sequence[float], thick: float) -> None:
    """The bars into axes, each at its height."""
    for height, row in zip(at, rows, strict=True):
        for i, left, width in row.pieces():
            axes.barh(
                height, width, thick, left, color=_colour(i), hatch=_hatch(i), edgecolor=INK,
                linewidth=0.5, alpha=1.0 if row.certain[i] else _FAINT,
            )  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.axvline(1, color=MUTED, linewidth=0.6, linestyle=(0, (3, 2)))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlim(*span(rows))
    axes.xaxis.set_major_locator(MultipleLocator(0.5))
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %".replace("-", "−"))


def key(actions: Sequence[str]) -> list[Patch]:
    """The legend: one patch an action."""
    return [
        Patch(fc=_colour(i), hatch=_hatch(i), ec=INK, lw=0.5, label=name)
        for i, name in enumerate(actions)
    ]


def cells(actions: Sequence[str], rows: Sequence[Row]) -> dict[str, Markup]:
    """The bars as elements of a page, by name of the metric; `tiles` has what fills them."""
    if not rows:
        return {}
    low, high = span(rows)
    scale = _WIDE / (high - low)
    found = {}
    for row in rows:
        parts = "".join(
            f'<rect x="{(left - low) * scale:.1f}" y="2" width="{width * scale:.1f}" height="9" '
            f'fill="url(#action-{i})" stroke="{INK}" stroke-width=".5" '
            f'opacity="{1 if row.certain[i] else _FAINT}"/>'
            for i, left, width in row.pieces()
            if width * scale >= 0.05
        )
        words = ", ".join(
            f"{name} {100 * share:.0f} %" for name, share in zip(actions, row.shares, strict=True)
        )
        zero = f"{-low * scale:.1f}"
        found[row.name] = Markup(
            f'<svg role="img" aria-label="{escape(words)}" viewBox="0 0 {_WIDE:g} {_HIGH:g}">'
            f'{parts}<path d="M{zero} 0V{_HIGH:g}" stroke="{INK}"/></svg>'
        )
    return found


def tiles(actions: Sequence[str]) -> Markup:
    """The fills that `cells` refers to."""
    return Markup("").join(
        Markup(
            f'<pattern id="action-{i}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{_colour(i)}"/>'
            f'<path d="{_TILES.get(_hatch(i), "")}" stroke="{INK}" stroke-width=".7"/></pattern>'
        )
        for i in range(len(actions))
    )


def _colour(i: int) -> str:
    return SERIES[i % len(SERIES)]


def _hatch(i: int) -> str:
    return HATCHES[i % len(HATCHES)]
