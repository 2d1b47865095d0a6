"""The key to a map: modes, widths, signs, scale."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.report.figures.labels import Box
from amberway.report.figures.map_marks import SIGNS
from amberway.report.figures.sheet import Sheet
from amberway.report.palette import INK, MODES, MUTED
from amberway.report.words import number

_SIZE = (232.0, 78.0)
_SIGN_AT = {"sea": (5, 41), "air": (85, 41), "rail": (5, 54), "border": (105, 54)}
_SCALES_KM = (1000, 500, 200, 100, 50, 20)


def place(sheet: Sheet) -> Box:
    """Take room for the key where it hides least."""
    box = sheet.emptiest(*_SIZE)
    sheet.placer.take(box)
    return box


def draw(sheet: Sheet, box: Box) -> Iterator[str]:
    """The key within its box."""
    yield (
        f'<g transform="translate({box.left + 8:.1f},{box.top + 9:.1f})" font-size="8.5" '
        f'fill="{INK}"><rect x="-8" y="-9" width="{_SIZE[0]:g}" height="{_SIZE[1]:g}" '
        'fill="white" fill-opacity="0.92"/>'
    )
    for column, stroke in enumerate(MODES.values()):
        x = 56 * column
        dash = " ".join(f"{4 * part:g}" for part in stroke.dash)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield (
            f'<path d="M{x},2h24" stroke="{stroke.colour}" stroke-width="4"{dashed}/>'
            f'<text x="{x + 28}" y="5">{stroke.word}</text>'
        )
    for column, lots in enumerate(_round_widths(sheet.most)):
        x = 66 * column
        words = f"{number(lots)} lots" if column == 0 else number(lots)
        yield (
            f'<path d="M{x},22h16" stroke="{MUTED}" stroke-width="{sheet.line(lots):.2f}"/>'
            f'<text x="{x + 20}" y="25">{words}</text>'
        )
    for sign, (word, shape) in SIGNS.items():
        x, y = _SIGN_AT[sign]
        yield (
            f'<g transform="translate({x},{y})"><g fill="white" stroke="{INK}">{shape}</g>'
            f'<text x="8" y="3">{word}</text></g>'
        )
    scale = sheet.view.units_per_km
    km = next((k for k in _SCALES_KM if k * scale < 45), _SCALES_KM[-1])
    yield (
        f'<path d="M144,37v4h{km * scale:.1f}v-4" fill="none" stroke="{INK}"/>'
        f'<text x="{148 + km * scale:.1f}" y="43">{number(km)} km</text></g>'
    )


def _round_widths(most: int) -> list[int]:
    """Up to three round numbers of lots."""
    found: list[int] = []
    for share in (1.0, 0.4, 0.1):
        size = 1
        while size * 10 <= most * share:
            size *= 10
        rounded = max(1, int(most * share // size * size))
        if rounded not in found:
            found.append(rounded)
    return found
