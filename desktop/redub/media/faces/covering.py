"""Whether something is in front of a mouth.

The mesh guesses where a hidden mouth would be, so its place says nothing. Colours tell: lips are redder than the skin
around them, and the skin around them is as bright and as red as that of the cheeks. How much so differs with the person
and the light, so that every look is compared with what is usual for the same person.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from redub.media.faces.sampling import Rgb
from redub.media.faces.wire import LOWER_INNER, LOWER_OUTER, UPPER_INNER, UPPER_OUTER, Points

_CHEEKS = (50, 280, 205, 425, 101, 330, 36, 266)
_AROUND = (164, 167, 393, 18, 200, 83, 313, 201, 421, 57, 287, 43, 273, 106, 335)
_LIPS = tuple(
    zip((*UPPER_OUTER[2:9], *LOWER_OUTER[2:9]), (*UPPER_INNER[2:9], *LOWER_INNER[2:9]), strict=True)
)
"""Across each lip: on its outer and its inner edge."""
_LEAST_RED, _USUAL_RED = 0.18, 0.012
_OTHER_RED, _OTHER_LIGHT = 0.07, 0.45
_FEWEST = 4
_DARK = 24.0

Colours = NDArray[np.float64]
Signs = tuple[float, float, float]
"""How much redder the lips are than the skin around them; how much redder and brighter that is than the cheeks."""


def mouth_signs(points: Points, picture: Rgb, width: int) -> Signs:
    """Return what the colours of a face say; `points` are pixels of a picture of `width`, `picture` is small."""
    places = points[:, :2] * (picture.shape[1] / width)
    middles = np.array([(places[outer] + places[inner]) / 2 for outer, inner in _LIPS])
    lips, around = _colours(picture, middles), _colours(picture, places[list(_AROUND)])
    cheeks = _colours(picture, places[list(_CHEEKS)])
    red = float(np.median(_red(around)))
    return (
        float(np.median(_red(lips))) - red,
        red - float(np.median(_red(cheeks))),
        float(np.median(_light(around)) - np.median(_light(cheeks))),
    )


def covered(signs: Sequence[Signs]) -> list[bool]:
    """Say of each look at one person whether the mouth is covered; a few looks are too few to say so."""
    if len(signs) < _FEWEST:
        return [False] * len(signs)
    table = np.array(signs)
    lips, red, light = np.median(table, axis=0)
    pale = (table[:, 0] < _LEAST_RED * lips) & (lips > _USUAL_RED)
    strange = (np.abs(table[:, 1] - red) > _OTHER_RED) | (np.abs(table[:, 2] - light) > _OTHER_LIGHT)
    return [bool(one) for one in pale | strange]


def _colours(picture: Rgb, places: NDArray[np.float32]) -> Colours:
    """Return the mean colour of 3 x 3 pixels at each place."""
    x = np.clip(np.rint(places[:, 0]).astype(int), 1, picture.shape[1] - 2)
    y = np.clip(np.rint(places[:, 1]).astype(int), 1, picture.shape[0] - 2)
    near = [picture[y + down, x + across] for down in (-1, 0, 1) for across in (-1, 0, 1)]
    mean: Colours = np.mean(near, axis=0, dtype=np.float64)
    return mean


def _red(colours: Colours) -> Colours:
    red: Colours = (colours[:, 0] - colours[:, 1]) / (colours.sum(axis=1) + _DARK)
    return red


def _light(colours: Colours) -> Colours:
    light: Colours = np.log(colours.sum(axis=1) + _DARK)
    return light
