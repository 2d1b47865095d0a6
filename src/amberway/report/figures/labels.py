"""Labels that do not lie on each other: the first free place of a few around each point."""

from __future__ import annotations

import math
from dataclasses import dataclass

CHARACTER = 0.54  # mean width of a sans-serif letter, of its size


@dataclass(frozen=True)
class Box:
    """A rectangle on the drawing: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: tuple[float, float]) -> bool:
        """Does a point lie within?"""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def meets(self, other: Box) -> bool:
        """Do the two overlap?"""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def text_width(text: str, size: float) -> float:
    """Approximate width of a line of text."""
    return len(text) * size * CHARACTER


class Placer:
    """Hands out free rectangles on a drawing, near the points that they belong to."""

    def __init__(self, width: float, height: float) -> None:
        self._frame = Box(2, 2, width - 2, height - 2)
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Keep a rectangle free."""
        self._taken.append(box)

    def free(self, box: Box) -> bool:
        """Is a rectangle within the frame and free?"""
        frame = self._frame
        return (
            box.left >= frame.left
            and box.right <= frame.right
            and box.top >= frame.top
            and box.bottom <= frame.bottom
            and not any(box.meets(other) for other in self._taken)
        )

    def beside(
        self, point: tuple[float, float], width: float, height: float, reach: tuple[float, ...]
    ) -> Box | None:
        """Place a rectangle beside a point, at the first distance of `reach` that is free.

        To the right first, then the left, above, below, then the corners. None: no room.
        """
        x, y = point
        for distance in reach:
            for angle in (0, 180, 90, 270, 35, 325, 145, 215, 60, 300, 120, 240):
                dx, dy = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
                left = x + dx * distance + (dx - 1) / 2 * width
                top = y + dy * distance + (dy - 1) / 2 * height
                box = Box(left, top, left + width, top + height)
                if self.free(box):
                    self.take(box)
                    return box
        return None
