"""Draw smooth shapes much larger than they are shown: shrinking makes their edges soft."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

Point = tuple[float, float]
Colour = tuple[int, ...]
Move = Callable[[Point], Point]

WIDTH, HEIGHT = 720, 1280
MIDDLE = WIDTH / 2
_SCALE = 2
_TOP = 120
"""Nothing is drawn above this line, which saves the time to enlarge it."""
_ZOOM = 1.14
"""The figure is drawn so much larger than its coordinates say, from the middle of the lower edge."""
_STEPS = 7


class Pen:
    """Draws on an enlarged copy of a picture, in the coordinates of the small one.

    Colours are (red, green, blue), or with a fourth number how far they cover (polygons only). `move` brings each
    point to its place.
    """

    def __init__(self, picture: Image.Image) -> None:
        """Take `picture` (720x1280, RGB) as the background; it is not changed."""
        self._picture = picture
        part = picture.crop((0, _TOP, WIDTH, HEIGHT))
        self._large = part.resize((part.width * _SCALE, part.height * _SCALE), Image.Resampling.NEAREST)
        self._opaque = ImageDraw.Draw(self._large)
        self._glaze = ImageDraw.Draw(self._large, "RGBA")  # blends, and is much slower

    def finished(self) -> Image.Image:
        """Return the picture with all that was drawn."""
        whole = self._picture.copy()
        whole.paste(self._large.reduce(_SCALE), (0, _TOP))
        return whole

    def blob(self, points: Sequence[Point], colour: Colour, move: Move) -> None:
        """Fill the smooth closed curve through `points`."""
        self.polygon(smooth(points), colour, move)

    def polygon(self, points: Sequence[Point], colour: Colour, move: Move) -> None:
        """Fill the polygon with corners at `points`."""
        draw = self._opaque if len(colour) == 3 else self._glaze
        draw.polygon([_large(move(point)) for point in points], fill=colour)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour, move: Move) -> None:
        """Draw an open line `width` wide with round ends."""
        path = [_large(move(point)) for point in points]
        thick = width * _SCALE * _ZOOM
        self._opaque.line(path, fill=colour, width=max(1, round(thick)), joint="curve" if thick > 9 else None)
        for x, y in (path[0], path[-1]):
            self._opaque.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=colour)

    def oval(self, centre: Point, radius: Point, colour: Colour, move: Move) -> None:
        """Fill the oval with half its width and height in `radius`."""
        self.polygon(_oval(centre, radius), colour, move)


def smooth(points: Sequence[Point]) -> Sequence[Point]:
    """Return the closed Catmull-Rom curve through `points`."""
    return _closed(tuple(points))


@lru_cache(maxsize=256)
def _closed(points: tuple[Point, ...]) -> Sequence[Point]:
    """Most parts keep their shape from frame to frame, and only move."""
    count = len(points)
    curve: list[Point] = []
    for index in range(count):
        around = [points[(index + offset) % count] for offset in (-1, 0, 1, 2)]
        curve += [_between(around, step / _STEPS) for step in range(_STEPS)]
    return curve


def _between(points: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return _cubic(ax, bx, cx, dx, t), _cubic(ay, by, cy, dy, t)


def _cubic(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _oval(centre: Point, radius: Point) -> list[Point]:
    turns = [step * math.tau / 28 for step in range(28)]
    return [
        (centre[0] + radius[0] * math.cos(turn), centre[1] + radius[1] * math.sin(turn)) for turn in turns
    ]


def _large(point: Point) -> Point:
    across = MIDDLE + (point[0] - MIDDLE) * _ZOOM
    down = HEIGHT - _TOP + (point[1] - HEIGHT) * _ZOOM
    return across * _SCALE, down * _SCALE


def open_curve(points: Sequence[Point]) -> list[Point]:
    """Return the smooth open curve through `points`."""
    return list(_opened(tuple(points)))


@lru_cache(maxsize=256)
def _opened(points: tuple[Point, ...]) -> Sequence[Point]:
    ends = [points[0], *points, points[-1]]
    curve = [
        _between(ends[index : index + 4], step / _STEPS)
        for index in range(len(points) - 1)
        for step in range(_STEPS)
    ]
    return [*curve, points[-1]]


def mirrored(points: Sequence[Point]) -> list[Point]:
    """Return `points` on the other side of the middle."""
    return [(2 * MIDDLE - x, y) for x, y in points]


def on_side(points: Sequence[Point], right: bool) -> list[Point]:
    """Return `points` as they are, or mirrored to the `right`."""
    return mirrored(points) if right else list(points)
