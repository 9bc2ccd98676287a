"""How a mouth moves while something is said, a hundred times a second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 100
"""Values a second."""
_LEAD = 0.02
"""Seconds by which lips are ahead of the sound that they make."""

_EFFORT = 0.3
"""Exponent of power: loud sounds open the mouth further, not in proportion."""

Row = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Posture:
    """How the mouth is held at one moment.

    :ivar jaw: how far it is open, 0 to 1
    :ivar round: 1 is an "oo", -1 an "ee"
    :ivar press: lips pressed together, 0 to 1 (p, b, m)
    :ivar tuck: lower lip at the upper teeth, 0 to 1 (f, v)
    """

    jaw: float = 0.0
    round: float = 0.0
    press: float = 0.0
    tuck: float = 0.0


@dataclass(frozen=True, slots=True)
class Mouthing:
    """The movement of a whole speech: each row has `RATE` values a second from its beginning."""

    jaw: Row
    round: Row
    press: Row
    tuck: Row

    def at(self, seconds: float) -> Posture:
        """Return the posture `seconds` into the speech."""
        place = (seconds + _LEAD) * RATE
        steps = np.arange(len(self.jaw))
        return Posture(*(float(np.interp(place, steps, row)) for row in self._rows))

    @property
    def _rows(self) -> tuple[Row, Row, Row, Row]:
        return self.jaw, self.round, self.press, self.tuck


def smooth(row: Row, seconds: float) -> Row:
    """Return `row` blurred by a bell of this width (its standard deviation)."""
    reach = max(1, round(3 * seconds * RATE))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (seconds * RATE)) ** 2)
    padded = np.pad(row, reach, mode="edge")
    blurred: Row = np.convolve(padded, bell / bell.sum(), "valid").astype(np.float32)
    return blurred


def loudness(samples: Row, rate: int) -> Row:
    """Return how loud `samples` (-1 to 1, mono) are, 0 to 1: nothing under 30 dB below the loud parts counts."""
    level = 10 * np.log10(_power(samples, rate, 0.03) + 1e-9)
    loud = float(np.percentile(level, 95))
    part: Row = np.clip((level - loud + 30) / 30, 0, 1).astype(np.float32)
    return part


def effort(samples: Row, rate: int) -> Row:
    """Return with how much effort is spoken: 1 in loud parts, near 0 in soft sounds."""
    power = _power(samples, rate, 0.05)
    part: Row = np.clip(power / (np.percentile(power, 95) + 1e-9), 0, 1.6).astype(np.float32)
    return part**_EFFORT


def _power(samples: Row, rate: int, seconds: float) -> NDArray[np.float64]:
    """Return the mean power around each of `RATE` moments a second."""
    window = max(1, round(seconds * rate))
    squares = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    middles = (np.arange(int(len(samples) / rate * RATE) + 1) * rate / RATE).astype(int)
    low = np.clip(middles - window // 2, 0, len(samples))
    high = np.clip(middles + window // 2 + 1, 0, len(samples))
    power: NDArray[np.float64] = (squares[high] - squares[low]) / np.maximum(1, high - low)
    return power
