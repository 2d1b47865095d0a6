"""Colours, line styles and hatches: told apart by the colour-blind, and in grey.

The colours are those of Okabe and Ito (2008), "Color universal design". Whatever a colour says, a
dash pattern, a hatch or a written label says too.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1f2328"
MUTED = "#6b7280"
RULE = "#c9ced6"
LAND = "#f1efe8"
SEA = "#dfe8ef"
BORDER = "#b9b4a6"
COUNTRY = "#8f8a7a"

BLUE = "#0072b2"
ORANGE = "#e69f00"
GREEN = "#009e73"
VERMILION = "#d55e00"
SKY = "#56b4e9"
PURPLE = "#cc79a7"
YELLOW = "#f0e442"
GREY = "#a3a8b0"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, YELLOW)
# One per entry of SERIES; neighbours in a stack differ.
HATCHES = ("", "////", "", "....", "", "\\\\\\\\", "xxxx")


@dataclass(frozen=True)
class Stroke:
    """How a mode is drawn: colour, dash pattern in units of the line's width, legend word."""

    colour: str
    dash: tuple[float, ...]
    word: str


MODES = {
    "rail": Stroke(BLUE, (), "rail"),
    "road": Stroke(VERMILION, (3.0, 0.8), "road"),
    "sea": Stroke(GREEN, (1.2, 0.7), "sea"),
    "air": Stroke(PURPLE, (4.0, 1.4, 1.0, 1.4), "air"),
}
