"""What is seen between the lips: dark, the upper teeth, the tongue, in the light and with the grain of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from redub.media.faces.wire import ROW
from redub.rehearsal.lips.tracking import Places
from redub.rehearsal.lips.warping import Region
from redub.rehearsal.mark import writable_plane

_LEAST_PIXELS = 1.0
_SKIN = [ROW[landmark] for landmark in (164, 167, 393, 165, 391, 200, 421, 201, 18)]
_TEETH_DEPTH = 0.062
"""How far the upper teeth hang below the lip, in widths between the outer corners of the eyes."""
_SUBPIXEL = 4
_GRAIN = 256

_WHITE, _TINT = 128.0, 0.4
"""How much of the colour of the light on the skin white teeth take on."""

Skin = tuple[float, float, float]
Pixels = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Teeth:
    """What teeth look like.

    :ivar light: their brightness as a part of that of the skin around the mouth
    :ivar blue: U of YUV, None for what the light on the skin makes of white; so is `red` V
    """

    light: float
    blue: float | None = None
    red: float | None = None


NEW_TEETH = Teeth(1.18)
"""EnableFakeTeeth = 1: bright and even."""
UNSEEN_TEETH = Teeth(0.9)
"""Where the reference never shows the person's own."""


class MouthInside:
    """Draws the inside of one person's mouth."""

    def __init__(self, teeth: Teeth) -> None:
        """Give the mouth these teeth."""
        import cv2  # here and not above: the rehearsal runs without it, with lips as filmed

        self._cv2: Any = cv2
        self._teeth = teeth
        self._grain = np.random.default_rng(7).normal(size=(_GRAIN, _GRAIN)).astype(np.float32)

    def draw(
        self,
        picture: av.VideoFrame,
        region: Region,
        opening: Places,
        points: Places,
        unit: float,
        cover: float,
    ) -> None:
        """Draw it into `picture` between the lips.

        :param opening: outline of the gap in pixels of `region`: upper edge, then the lower edge back
        :param points: all landmarks in pixels of the picture, for the light
        :param unit: pixels between the outer corners of the eyes
        :param cover: 0 leaves what is there, 1 draws all of it
        """
        half = len(opening) // 2
        upper, lower = opening[:half], opening[half:][::-1]
        gap = float(np.max(np.linalg.norm(upper - lower, axis=1)))
        if gap < _LEAST_PIXELS or cover <= 0:
            return
        box = _box(opening, region)
        if box is None:
            return
        shape = _Shape(upper, lower, box, region)
        alpha = self._alpha(opening, box, region, gap) * min(1.0, cover) * min(1.0, (gap - _LEAST_PIXELS) / 2)
        skin = skin_colour(picture, points)
        self._blend(picture, box, alpha, self._colours(shape, unit, skin), skin[0])

    def _colours(self, shape: _Shape, unit: float, skin: Skin) -> tuple[Pixels, Pixels, Pixels]:
        """Return brightness, blue and red of the inside."""
        light = skin[0]
        blue, red = (
            _WHITE + (tone - _WHITE) * _TINT if own is None else own
            for own, tone in ((self._teeth.blue, skin[1]), (self._teeth.red, skin[2]))
        )
        across, depth, rise = shape.across, shape.depth / unit, shape.rise / unit
        wide = np.clip(np.abs(across), 0, 1)
        dark = 20 + 0.12 * light * (1 - wide)
        hang = _TEETH_DEPTH * np.sqrt(np.clip(1 - (wide / 0.86) ** 2, 0, 1))
        edge = _soft(hang - depth, 0.006) * _soft(0.86 - wide, 0.08)
        teeth = self._teeth.light * light * (1 - 0.42 * wide**2) * np.clip(0.55 + depth / 0.045, 0.55, 1)
        gaps = 1 - 0.1 * (1 - np.abs(np.sin(np.pi * across * 3.2))) ** 4
        tongue_top = 0.05 * (1 - 0.7 * wide**2)
        tongue = _soft(tongue_top - rise, 0.02) * np.clip((depth + rise - 0.05) / 0.06, 0, 1)
        y = dark + (0.46 * light - dark) * tongue * 0.75
        u, v = 122 + (-2) * tongue, 138 + 12 * tongue
        y = y + (teeth * gaps - y) * edge
        return y, u + (blue - u) * edge, v + (red - v) * edge

    def _blend(
        self,
        picture: av.VideoFrame,
        box: Region,
        alpha: Pixels,
        colours: tuple[Pixels, Pixels, Pixels],
        light: float,
    ) -> None:
        start = (box.left * 31 + box.top * 17) % (_GRAIN // 2)
        grain = np.resize(self._grain[start:], alpha.shape) * (0.006 * light + 0.4)
        for number, colour in enumerate(colours):
            part = box.halved() if number else box
            plane = writable_plane(picture, number)[part.top : part.bottom, part.left : part.right]
            cover = alpha[::2, ::2] if number else alpha
            drawn = colour[::2, ::2] if number else colour + grain
            mixed = plane + (drawn - plane) * cover + 0.5
            np.copyto(plane, np.clip(mixed, 0, 255), casting="unsafe", where=cover > 0)

    def _alpha(self, opening: Places, box: Region, region: Region, gap: float) -> Pixels:
        width, height = box.size
        sheet = np.zeros((height, width), np.uint8)
        origin = np.array([box.left - region.left, box.top - region.top], np.float32)
        points = np.rint((opening - origin) * 2**_SUBPIXEL).astype(np.int32)
        self._cv2.fillPoly(sheet, [points], 255, self._cv2.LINE_AA, _SUBPIXEL)
        soft = max(3, int(gap * 0.12) * 2 + 1)
        alpha: Pixels = self._cv2.GaussianBlur(sheet, (soft, soft), 0).astype(np.float32) / 255
        return alpha


class _Shape:
    """Where each pixel of a box lies in the gap: across (-1 to 1), below its upper edge, above its lower edge."""

    def __init__(self, upper: Places, lower: Places, box: Region, region: Region) -> None:
        middle, side = (upper[0] + upper[-1]) / 2, upper[-1] - upper[0]
        length = max(1e-3, float(np.hypot(*side)))
        right = side / length
        down = np.array([-right[1], right[0]], np.float32)
        x = np.arange(box.left, box.right, dtype=np.float32) - region.left - middle[0]
        y = np.arange(box.top, box.bottom, dtype=np.float32) - region.top - middle[1]
        along = x[None] * right[0] + y[:, None] * right[1]
        below = x[None] * down[0] + y[:, None] * down[1]
        self.across = along / (length / 2)
        self.depth = below - _edge(upper, middle, right, down, along)
        self.rise = _edge(lower, middle, right, down, along) - below


def _edge(line: Places, middle: Places, right: Places, down: Places, along: Pixels) -> Pixels:
    """Return how far down an edge of the gap lies at each place `along` it."""
    places, heights = (line - middle) @ right, (line - middle) @ down
    order = np.argsort(places)
    return np.interp(along.ravel(), places[order], heights[order]).reshape(along.shape).astype(np.float32)


def _box(opening: Places, region: Region) -> Region | None:
    low = np.floor(opening.min(axis=0)).astype(int) - 4
    high = np.ceil(opening.max(axis=0)).astype(int) + 4
    left, top = max(0, low[0]) // 2 * 2 + region.left, max(0, low[1]) // 2 * 2 + region.top
    right = min(region.right, (region.left + high[0]) // 2 * 2)
    bottom = min(region.bottom, (region.top + high[1]) // 2 * 2)
    return Region(left, top, right, bottom) if right - left >= 4 and bottom - top >= 4 else None


def skin_colour(picture: av.VideoFrame, points: Places) -> Skin:
    """Return brightness, blue and red of the skin around the mouth."""

    def middle(number: int) -> float:
        plane = writable_plane(picture, number)
        places = np.rint(points[_SKIN] / (1 + (number > 0))).astype(int)
        x, y = np.clip(places[:, 0], 0, plane.shape[1] - 1), np.clip(places[:, 1], 0, plane.shape[0] - 1)
        return float(np.median(plane[y, x]))

    return middle(0), middle(1), middle(2)


def _soft(distance: Pixels, width: float) -> Pixels:
    """Return 0 to 1 as `distance` rises from -width to width."""
    soft: Pixels = np.clip(distance / (2 * width) + 0.5, 0, 1)
    return soft
