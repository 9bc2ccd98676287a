"""A mouth at rest and a movement to the places of lips and chin, in the face's own axes."""

from __future__ import annotations

import numpy as np

from redub.media.faces.wire import CHIN, LOWER_INNER, LOWER_OUTER, ROW, UPPER_INNER, UPPER_OUTER
from redub.rehearsal.lips.mouthing import Posture
from redub.rehearsal.lips.tracking import Places, rows

WIDEST = 0.15
"""How far a mouth opens at most, in widths between the outer corners of the eyes."""
_UPPER_PART = 0.16
_CORNER_PART = 0.22
_NARROW, _WIDE = 0.3, 0.09
_POUT = 0.02
_PRESSED = 0.014
_TUCKED = 0.028
_CHIN_TOP, _CHIN_TIP = 0.8, 0.35

UPPER, LOWER = rows((*UPPER_OUTER, *UPPER_INNER)), rows((*LOWER_OUTER, *LOWER_INNER))
CHINS = rows(CHIN)
MOVED = list(dict.fromkeys([*UPPER, *LOWER, *CHINS]))
"""The rows of the landmarks that a movement moves."""
_CORNERS = rows((61, 291, 78, 308))
_MIDDLE = ROW[13]
_BOTTOM = ROW[152]


def shaped(rest: Places, posture: Posture) -> Places:
    """Return all landmarks of a face, shape (n, 3), whose mouth is at `rest`, with the mouth in `posture`."""
    moved = rest.copy()
    middle = (rest[ROW[61]] + rest[ROW[291]]) / 2
    half = max(1e-3, float(abs(rest[ROW[291], 0] - rest[ROW[61], 0])) / 2)
    gap = WIDEST * posture.jaw
    bow = np.sqrt(np.clip(1 - ((rest[:, 0] - middle[0]) / half) ** 2, 0, 1))
    moved[UPPER, 1] -= gap * _UPPER_PART * bow[UPPER]
    moved[LOWER, 1] += gap * (_CORNER_PART + (1 - _UPPER_PART - _CORNER_PART) * bow[LOWER])
    moved[_CORNERS, 1] = rest[_CORNERS, 1] + gap * _CORNER_PART
    _sink_chin(moved, rest, gap)
    _round(moved, rest, posture.round, float(middle[0]))
    _press(moved, rest, posture)
    return moved


def _sink_chin(moved: Places, rest: Places, gap: float) -> None:
    """Let the chin sink with the jaw, less towards its tip, which belongs to the outline of the face."""
    top, bottom = float(rest[ROW[17], 1]), float(rest[_BOTTOM, 1])
    down = np.clip((rest[CHINS, 1] - top) / max(1e-3, bottom - top), 0, 1)
    moved[CHINS, 1] += gap * (_CHIN_TOP + (_CHIN_TIP - _CHIN_TOP) * down)


def _round(moved: Places, rest: Places, rounding: float, middle: float) -> None:
    """Draw the corners together and the lips out for "oo"; apart for "ee"."""
    lips = UPPER + LOWER
    factor = 1 - (_NARROW if rounding > 0 else _WIDE) * rounding
    moved[lips, 0] = middle + (rest[lips, 0] - middle) * factor
    if rounding > 0:
        moved[rows(UPPER_OUTER[2:9]), 1] -= _POUT * rounding
        moved[rows(LOWER_OUTER[2:9]), 1] += _POUT * rounding
        moved[lips, 2] -= _POUT * rounding


def _press(moved: Places, rest: Places, posture: Posture) -> None:
    """Press the lips together for p, b, m; bring the lower one to the teeth for f, v."""
    if posture.press:
        moved[rows(UPPER_OUTER[2:9]), 1] += _PRESSED * posture.press
        moved[rows(LOWER_OUTER[2:9]), 1] -= _PRESSED * posture.press
    if posture.tuck:
        moved[rows(LOWER_INNER[2:9]), 1] -= _TUCKED * 0.3 * posture.tuck
        moved[rows(LOWER_OUTER[2:9]), 1] -= _TUCKED * posture.tuck
        moved[rows(UPPER_INNER[2:9]), 1] -= _TUCKED * 0.5 * posture.tuck
