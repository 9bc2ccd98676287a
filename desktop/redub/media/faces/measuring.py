"""Landmarks of a face to what the rest of the program knows of it: how it is held, where it is, what it looks like."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from redub.core.faces import Box, Face, Pose
from redub.media.faces.sampling import Rgb
from redub.media.faces.wire import LOWER_OUTER, OVAL, UPPER_OUTER, Points

ACROSS = ((234, 454), (127, 356), (93, 323), (33, 263), (132, 361), (54, 284))
"""Pairs of landmarks that mirror each other: the line between them runs straight across the face."""
DOWN = (10, 152)
"""Top of the forehead and tip of the chin."""
_LOOK_SIDE = 12

Matrix = NDArray[np.float64]


def rotation(points: Points) -> Matrix:
    """Return how the face is held: columns are its right (of the picture), down and away-from-us directions."""
    wide = np.mean([_unit(points[right] - points[left]) for left, right in ACROSS], axis=0)
    across = _unit(wide)
    down = points[DOWN[1]] - points[DOWN[0]]
    down = _unit(down - across * float(down @ across))
    return np.stack([across, down, np.cross(across, down)], axis=1)


def pose(points: Points) -> Pose:
    """Return the angles of a face: turned about its own axis, then lowered, then leaned."""
    across, down, _away = rotation(points).T
    yaw = math.degrees(math.asin(float(np.clip(-across[2], -1, 1))))
    roll = math.degrees(math.atan2(float(across[1]), float(across[0])))
    pitch = math.degrees(math.atan2(float(-down[2]), math.hypot(float(down[0]), float(down[1]))))
    return Pose(yaw=round(-yaw, 2), pitch=round(-pitch, 2), roll=round(roll, 2))


def face_of(points: Points, picture: Rgb, width: int, height: int) -> Face:
    """Return the face with these landmarks (pixels of a picture of `width` x `height`) in the small `picture`."""
    return Face(
        box=_box(points[list(OVAL)], width, height),
        mouth=_box(points[[*UPPER_OUTER, *LOWER_OUTER]], width, height),
        pose=pose(points),
        look=_look(points, picture, picture.shape[1] / width),
    )


def patch(
    points: Points, picture: Rgb, scale: float, frame: tuple[float, float, float, float], side: int
) -> Rgb:
    """Return a piece of the face straightened: `side` x `side`, from left, top to right, bottom in its own axes.

    Its own axes: 0 lies between the outer corners of the eyes, which are 1 apart; down is along the nose.
    """
    left_eye, right_eye = points[33, :2] * scale, points[263, :2] * scale
    middle, across = (left_eye + right_eye) / 2, right_eye - left_eye
    down = (points[152, :2] - points[10, :2]) * scale
    down = down / max(1e-6, float(np.hypot(*down))) * float(np.hypot(*across))
    steps = (np.arange(side) + 0.5) / side
    u = frame[0] + steps * (frame[2] - frame[0])
    v = frame[1] + steps * (frame[3] - frame[1])
    places = middle + u[None, :, None] * across + v[:, None, None] * down
    x = np.clip(np.rint(places[..., 0]).astype(int), 0, picture.shape[1] - 1)
    y = np.clip(np.rint(places[..., 1]).astype(int), 0, picture.shape[0] - 1)
    found: Rgb = picture[y, x]
    return found


def _look(points: Points, picture: Rgb, scale: float) -> tuple[float, ...]:
    """Return the face in a few grey values, brightness and the slope of the light taken out."""
    grey = (
        patch(points, picture, scale, (-0.75, -0.55, 0.75, 0.6), _LOOK_SIDE).astype(np.float64).mean(axis=2)
    )
    steps = np.linspace(-1, 1, _LOOK_SIDE)
    across, down = np.meshgrid(steps, steps)
    plane = np.stack([np.ones(grey.size), across.ravel(), down.ravel()], axis=1)
    flat = grey.ravel() - plane @ np.linalg.lstsq(plane, grey.ravel(), rcond=None)[0]
    size = float(np.linalg.norm(flat)) or 1.0
    return tuple(round(float(value), 3) for value in flat / size)


def _box(points: Points, width: int, height: int) -> Box:
    left, top = points[:, 0].min() / width, points[:, 1].min() / height
    right, bottom = points[:, 0].max() / width, points[:, 1].max() / height
    return Box(*(round(float(value), 5) for value in (left, top, right - left, bottom - top)))


def _unit(vector: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.asarray(vector / max(1e-9, float(np.linalg.norm(vector))), np.float64)
