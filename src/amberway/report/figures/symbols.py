"""APP-6 symbols as SVG, drawn by milsymbol."""

from __future__ import annotations

import re
from functools import cache

from milsymbol import Symbol

# A unit of unknown type: what an unreadable code is drawn as.
UNKNOWN = "10031000000000000000"
_BOX = re.compile(r'viewBox="([^"]*)"')
_OUTER = re.compile(r"^<svg[^>]*>|</svg>$")


@cache
def symbol(sidc: str) -> tuple[tuple[float, float, float, float], str]:
    """View box (x, y, width, height) and SVG content of a symbol; unknown codes: a bare frame."""
    made = Symbol(sidc)
    if not made.is_valid() and sidc != UNKNOWN:
        return symbol(UNKNOWN)
    svg = made.as_svg()
    found = _BOX.search(svg)
    box = [float(v) for v in found.group(1).split()] if found else [0.0, 0.0, 200.0, 200.0]
    return (box[0], box[1], box[2], box[3]), _OUTER.sub("", svg)
