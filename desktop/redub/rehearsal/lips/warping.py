"""Draw a lower face with its lips in other places: a mesh over the mouth is pulled, its pictures follow.

Two sheets are pulled apart, one with the upper lip and one with the lower lip and the chin, and meet along the line
between the lips. Each sheet is a mesh of squares whose corners are moved by what lies near (biharmonic splines through
the landmarks) and not at all at the outline of the face; nothing outside the outline is touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from redub.media.faces.wire import LOWER_INNER, OVAL, UPPER_INNER, UPPER_OUTER
from redub.rehearsal.lips.shaping import CHINS, LOWER, UPPER
from redub.rehearsal.lips.tracking import Places, rows
from redub.rehearsal.mark import writable_plane

_MESH = 26
"""Squares of the mesh along each side."""
_STIFF = 1e-3
_MARGIN = 0.75
_STILL_NOSE = rows((2, 98, 327, 1, 4, 5))
_OUTLINE = rows(OVAL)
_UPPER_LINE, _LOWER_LINE = rows(UPPER_INNER), rows(LOWER_INNER)
_CORNERS = rows((UPPER_OUTER[0], UPPER_OUTER[-1]))
_ROWS_UPPER = list(dict.fromkeys(UPPER))
_ROWS_LOWER = list(dict.fromkeys([*LOWER, *CHINS]))
_SUBPIXEL = 4
_BEYOND = ((0.06, 0.85), (0.13, 0.66), (0.22, 0.45), (0.34, 0.22), (0.48, 0.07))
"""How far beyond a corner of the mouth, in its widths, and how much of the corner's pull is felt there."""

Pixels = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of a picture: even pixels, so that colours lie under their brightness."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height."""
        return self.right - self.left, self.bottom - self.top

    def halved(self) -> Region:
        """Return the same piece in the planes of the colours."""
        return Region(self.left // 2, self.top // 2, self.right // 2, self.bottom // 2)


def region_of(outline: Places, lips: Places, width: int, height: int) -> Region | None:
    """Return the piece of a picture in which a mouth moves; None when there is none worth it."""
    unit = float(np.ptp(outline[:, 0]))
    low = np.maximum(lips.min(axis=0) - _MARGIN * unit * 0.5, outline.min(axis=0) - 2)
    high = np.minimum(lips.max(axis=0) + _MARGIN * unit, outline.max(axis=0) + 2)
    left, top = (max(0, int(value)) // 2 * 2 for value in low)
    right, bottom = (
        min(side // 2 * 2, (int(value) + 2) // 2 * 2)
        for value, side in zip(high, (width, height), strict=True)
    )
    return Region(left, top, right, bottom) if right - left >= 16 and bottom - top >= 16 else None


class Warp:
    """One movement of one mouth in one picture."""

    def __init__(self, now: Places, then: Places, region: Region) -> None:
        """Move the landmarks from `now` to `then`: all rows of the face, pixels, shape (n, 2)."""
        import cv2  # here and not above: the rehearsal runs without it, with lips as filmed

        self._cv2: Any = cv2
        self.region = region
        origin = np.array([region.left, region.top], np.float32)
        self._now, self._then = now - origin, then - origin
        self._outline = self._now[_OUTLINE]
        self.mask = self._face()
        shift = self._shift()
        width, height = region.size
        across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        self._maps = across + shift[..., 0], down + shift[..., 1]
        half = cv2.resize(shift, (width // 2, height // 2), interpolation=cv2.INTER_AREA) / 2
        self._half_maps = (
            across[: height // 2, : width // 2] + half[..., 0],
            down[: height // 2, : width // 2] + half[..., 1],
        )

    def apply(self, picture: av.VideoFrame) -> None:
        """Draw the moved mouth into `picture` (yuv420p, nobody else's)."""
        for number in range(3):
            region = self.region.halved() if number else self.region
            plane = writable_plane(picture, number)[region.top : region.bottom, region.left : region.right]
            maps = self._half_maps if number else self._maps
            cv2 = self._cv2
            moved = cv2.remap(
                np.ascontiguousarray(plane), *maps, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
            )
            np.copyto(plane, moved)

    def opening(self) -> Places:
        """Return the outline of what is seen between the moved lips: upper edge, then lower edge back."""
        return np.concatenate([self._then[_UPPER_LINE], self._then[_LOWER_LINE][::-1]])

    def _shift(self) -> Pixels:
        """Return where each pixel comes from, as a shift: shape (height, width, 2)."""
        still = np.concatenate([self._outline, self._now[_STILL_NOSE]])
        upper = self._sheet(_ROWS_UPPER, still)
        lower = self._sheet(_ROWS_LOWER, still)
        lower -= upper
        lower *= self._below()[..., None]
        lower += upper
        lower *= self.mask[..., None]
        return lower

    def _sheet(self, moved: list[int], still: Places) -> Pixels:
        seam, pulled = self._seam()
        centres = np.concatenate([self._then[moved], seam, still])
        values = np.concatenate([self._now[moved] - self._then[moved], pulled, np.zeros_like(still)])
        width, height = self.region.size
        scale = float(max(width, height))
        centres = (centres / scale).astype(np.float32)
        weights = _spline(centres, values)
        x = (np.arange(_MESH, dtype=np.float32) + 0.5) * width / _MESH - 0.5
        y = (np.arange(_MESH, dtype=np.float32) + 0.5) * height / _MESH - 0.5
        knots = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2) / scale
        mesh = _bent(knots.astype(np.float32), centres, weights).reshape(_MESH, _MESH, 2)
        cv2 = self._cv2
        sheet: Pixels = cv2.resize(mesh.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
        return sheet

    def _seam(self) -> tuple[Places, Places]:
        """Return places beyond the corners of the mouth where both sheets are held together, and their pull."""
        left, right = self._then[_CORNERS[0]], self._then[_CORNERS[1]]
        across = right - left
        pulls = self._now[_CORNERS] - self._then[_CORNERS]
        places = [
            corner + way * across * far for corner, way in ((left, -1), (right, 1)) for far, _ in _BEYOND
        ]
        pulled = [pull * part for pull in pulls for _, part in _BEYOND]
        return np.array(places, np.float32), np.array(pulled, np.float32)

    def _below(self) -> Pixels:
        """Return 1 below the line between the moved lips, 0 above, soft over a pixel or two."""
        line = (self._then[_UPPER_LINE] + self._then[_LOWER_LINE]) / 2
        line[0], line[-1] = self._then[_CORNERS[0]], self._then[_CORNERS[1]]
        width, height = self.region.size
        across = line[-1] - line[0]
        far = 4 * max(width, height) / max(1.0, float(np.hypot(*across)))
        down = np.array([-across[1], across[0]]) * far
        ends = np.stack([line[0] - across * far, line[-1] + across * far])
        around = np.concatenate([ends[:1], line, ends[1:], ends[1:] + down, ends[:1] + down])
        return self._blurred(self._filled(around), 3)

    def _face(self) -> Pixels:
        """Return 1 inside the face, falling to 0 before its outline."""
        unit = float(np.ptp(self._outline[:, 0]))
        middle = self._outline.mean(axis=0)
        inner = middle + (self._outline - middle) * 0.9
        soft = self._blurred(self._filled(inner), max(3, int(unit * 0.06) * 2 + 1))
        # Not a pixel beyond the outline, however soft: there is the neck, a collar, the room.
        hard = self._cv2.erode(self._filled(self._outline), np.ones((3, 3), np.uint8))
        return np.where(hard > 0.999, soft, 0.0).astype(np.float32)

    def _filled(self, outline: Places) -> Pixels:
        width, height = self.region.size
        sheet = np.zeros((height, width), np.uint8)
        points = np.rint(np.clip(outline, -8192, 8192) * 2**_SUBPIXEL).astype(np.int32)
        self._cv2.fillPoly(sheet, [points], 255, self._cv2.LINE_AA, _SUBPIXEL)
        filled: Pixels = sheet.astype(np.float32) / 255
        return filled

    def _blurred(self, sheet: Pixels, size: int) -> Pixels:
        blurred: Pixels = self._cv2.GaussianBlur(sheet, (size, size), 0)
        return blurred


def _spline(centres: Pixels, values: Pixels) -> Pixels:
    """Return the weights of a surface through `values` at `centres`: linear kernel, with a plane."""
    count = len(centres)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = -_distances(centres, centres) - _STIFF * np.eye(count)
    system[:count, count] = system[count, :count] = 1
    system[:count, count + 1 :] = centres
    system[count + 1 :, :count] = centres.T
    right = np.concatenate([values, np.zeros((3, 2))])
    weights: Pixels = np.linalg.solve(system, right).astype(np.float32)
    return weights


def _bent(places: Pixels, centres: Pixels, weights: Pixels) -> Pixels:
    plane = weights[-3] + places @ weights[-2:]
    bent: Pixels = plane - _distances(places, centres) @ weights[:-3]
    return bent


def _distances(one: Pixels, other: Pixels) -> Pixels:
    across = one[:, :1] - other[None, :, 0]
    down = one[:, 1:] - other[None, :, 1]
    distances: Pixels = np.sqrt(across * across + down * down)
    return distances
