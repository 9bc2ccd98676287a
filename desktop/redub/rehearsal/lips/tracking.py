"""The driven face through the clip: in axes of its own, so that only what the mouth does is left, and at rest.

The face's own axes: 0 lies between the outer corners of the eyes, which are 1 apart; x runs to the right of the
picture, y down the face, z away from us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from redub.media.faces.measuring import rotation
from redub.media.faces.wire import (
    LOWER_INNER,
    LOWER_OUTER,
    PASSED_ON,
    RIGID,
    ROW,
    UPPER_INNER,
    UPPER_OUTER,
    Points,
)

Places = NDArray[np.floating[Any]]
_SAME = 1e-3
_AT_REST = 0.25
"""The part of all looks in which the mouth is most closed; it is at rest there."""


def rows(landmarks: Sequence[int]) -> list[int]:
    """Return the rows of landmarks in what the worker passes on."""
    return [ROW[landmark] for landmark in landmarks]


_RIGID_ROWS = rows(RIGID)


@dataclass(frozen=True, slots=True)
class Held:
    """Where a face is in a picture: p = own @ turn.T * scale + shift, in pixels; landmarks in its own axes."""

    own: Places
    turn: Places
    scale: float
    shift: Places

    def in_picture(self, own: Places) -> Places:
        """Return where places of the face's own axes are in the picture: shape (n, 2)."""
        placed: Places = (own @ self.turn.T * self.scale + self.shift)[:, :2]
        return placed


class FaceTrack:
    """One face through the clip, look by look."""

    def __init__(self, times: Sequence[float], points: Sequence[Points], *, longest_gap: float) -> None:
        """Work out the axes of the face in every look; `points` as the worker passes them on, at least one.

        :param longest_gap: seconds between two looks that the face is followed over
        """
        self._longest_gap = longest_gap
        self.times = np.asarray(times, np.float64)
        stacked = np.stack(points).astype(np.float32)
        own = np.stack([_roughly_own(one) for one in stacked])
        usual = np.median(own[:, _RIGID_ROWS], axis=0)
        self._turn, self._scale, self._shift = _fitted(stacked[:, _RIGID_ROWS], usual)
        self._own = np.einsum("nkd,nde->nke", stacked - self._shift[:, None], self._turn)
        self._own /= self._scale[:, None, None]
        self._steady()
        self.rest = _closed(self._resting())

    def openings(self) -> NDArray[np.float32]:
        """Return how far the mouth is open in each look."""
        inner = self._own[:, [ROW[14], ROW[13]]]
        gap: NDArray[np.float32] = np.linalg.norm(inner[:, 0] - inner[:, 1], axis=1)
        return gap

    def held(self, look: int) -> Held:
        """Return where the face is in look `look`."""
        return Held(self._own[look], self._turn[look], float(self._scale[look]), self._shift[look])

    def sees(self, time: float) -> bool:
        """Say whether the face is seen at `time`."""
        after = int(np.searchsorted(self.times, time - _SAME))
        if after < len(self.times) and abs(self.times[after] - time) <= _SAME:
            return True
        inside = 0 < after < len(self.times)
        return inside and bool(self.times[after] - self.times[after - 1] <= self._longest_gap)

    def at(self, time: float) -> Held | None:
        """Return where the face is at `time`, between two looks in between; None where it is not seen."""
        if not self.sees(time):
            return None
        after = int(np.searchsorted(self.times, time - _SAME))
        if abs(self.times[after] - time) <= _SAME:
            return self.held(after)
        before = after - 1
        part = float((time - self.times[before]) / (self.times[after] - self.times[before]))
        return _between(self.held(before), self.held(after), part)

    def _steady(self) -> None:
        """Take the trembling of single looks out of what the mouth does."""
        if len(self.times) > 2:
            inner = (self._own[:-2] + 2 * self._own[1:-1] + self._own[2:]) / 4
            near = (self.times[2:] - self.times[:-2] < 2 * self._longest_gap)[:, None, None]
            self._own[1:-1] = np.where(near, inner, self._own[1:-1])

    def _resting(self) -> Places:
        gaps = self.openings()
        most = np.quantile(gaps, _AT_REST)
        resting: Places = np.median(self._own[gaps <= most], axis=0)
        return resting


def _roughly_own(points: Points) -> Places:
    whole = np.zeros((478, 3), np.float32)
    whole[list(PASSED_ON)] = points
    turn = rotation(whole).astype(np.float32)
    middle = (whole[33] + whole[263]) / 2
    own: Places = (points - middle) @ turn / float(np.linalg.norm(whole[33] - whole[263]))
    return own


def _fitted(seen: Places, usual: Places) -> tuple[Places, Places, Places]:
    """Return rotation, scale and shift that bring `usual` (k, 3) best over each of `seen` (n, k, 3)."""
    middle = usual.mean(axis=0)
    flat = usual - middle
    middles = seen.mean(axis=1)
    centred = seen - middles[:, None]
    u, sizes, vt = np.linalg.svd(np.einsum("nkd,ke->nde", centred, flat))
    mirror = np.sign(np.linalg.det(u @ vt))
    sizes[:, 2] *= mirror
    u[:, :, 2] *= mirror[:, None]
    turn = u @ vt
    scale = sizes.sum(axis=1) / float((flat**2).sum())
    shift = middles - scale[:, None] * np.einsum("nde,e->nd", turn, middle)
    return turn.astype(np.float32), scale.astype(np.float32), shift.astype(np.float32)


def _closed(rest: Places) -> Places:
    """Return a mouth at rest with its lips meeting."""
    closed = rest.copy()
    for upper, lower, above, below in zip(UPPER_INNER, LOWER_INNER, UPPER_OUTER, LOWER_OUTER, strict=True):
        gap = rest[ROW[lower]] - rest[ROW[upper]]
        if upper == lower:
            continue
        closed[ROW[upper]] += gap * 0.4
        closed[ROW[lower]] -= gap * 0.6
        closed[ROW[above]] += gap * 0.25
        closed[ROW[below]] -= gap * 0.45
    return closed


def _between(one: Held, other: Held, part: float) -> Held:
    turn = one.turn * (1 - part) + other.turn * part  # the turns of neighbouring looks hardly differ
    return Held(
        one.own * (1 - part) + other.own * part,
        turn,
        one.scale * (1 - part) + other.scale * part,
        one.shift * (1 - part) + other.shift * part,
    )
