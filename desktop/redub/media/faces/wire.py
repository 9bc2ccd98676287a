"""What is asked of the worker, and what it answers: one line of JSON each."""

from __future__ import annotations

import base64
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from redub.core.faces import Face

Points = NDArray[np.floating[Any]]

RIGID = (
    *(33, 133, 159, 145, 263, 362, 386, 374),  # the eyes
    *(6, 168, 8, 9, 151, 197, 195, 5, 4, 1, 2, 98, 327),  # between the brows, down the nose
    *(70, 63, 105, 300, 293, 334, 21, 251, 10, 109, 338),  # brows, forehead
)
"""Landmarks that hardly move when somebody speaks."""
UPPER_OUTER = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
LOWER_OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
UPPER_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
CHIN = (18, 83, 313, 200, 201, 421, 199, 208, 428, 175, 182, 406)
"""Below the lower lip, down to the tip of the chin; they sink with the jaw."""
UNDER_NOSE = (164, 167, 393, 165, 391)
OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152),
    *(148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""The outline of the face, once round."""
PASSED_ON = tuple(
    dict.fromkeys((*UPPER_OUTER, *LOWER_OUTER, *UPPER_INNER, *LOWER_INNER, *CHIN, *UNDER_NOSE, *OVAL, *RIGID))
)
"""The landmarks of a face that the lips of a rehearsal need, in this order."""
ROW = {landmark: row for row, landmark in enumerate(PASSED_ON)}
"""Landmark -> its row in what is passed on."""


class Task(StrEnum):
    """What the worker is to do."""

    LOOK = "look"
    LIPS = "lips"
    PHOTO = "photo"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One order to the worker.

    :ivar path: absolute path of the clip or photo; it is only read
    :ivar rate: most pictures a second that are looked at
    :ivar start: seconds of the clip; so is `end`, None for its end
    """

    task: Task
    path: str
    rate: float = 5.0
    start: float = 0.0
    end: float | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One face in an answer: the value, and for lips its landmarks (float32, rows of `PASSED_ON`, x y z in pixels)."""

    face: Face
    landmarks: str = ""

    def points(self) -> Points:
        """Return the landmarks: shape (len(PASSED_ON), 3), pixels of the upright picture; z grows away from us."""
        raw = np.frombuffer(base64.b64decode(self.landmarks), "<f4")
        return raw.reshape(len(PASSED_ON), 3).astype(np.float32)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen in one picture.

    :ivar time: seconds on screen
    :ivar width: pixels of the upright picture; so is `height`
    """

    time: float
    width: int
    height: int
    seen: tuple[Seen, ...] = ()


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """Comes last: the times of looks and the numbers of faces in them whose mouth is covered."""

    covered: tuple[tuple[float, int], ...] = ()


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """The clip cannot be looked at: what, why and what next, for the creator."""

    what: str
    why: str = ""
    next_step: str = ""
    detail: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the worker: exactly one of them is there."""

    answer: Answer | None = None
    covered: Covered | None = None
    failed: Failed | None = None


def packed(points: Points) -> str:
    """Return landmarks of a whole mesh, shape (478, 3), as they are passed on."""
    return base64.b64encode(points[list(PASSED_ON)].astype("<f4").tobytes()).decode()
