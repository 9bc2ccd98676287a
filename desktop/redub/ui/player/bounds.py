"""Where playing begins, turns and rests, and how fast J and L make it run: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redub.media.packets import place_at

NEAR = 0.005
"""Seconds that count as being there."""

_FASTEST = 8


@dataclass(frozen=True, slots=True)
class Bounds:
    """A part of the clip that playing does not leave.

    :ivar again: begin anew at the other end, instead of coming to rest
    """

    low: float
    high: float
    again: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The pictures of a clip, and the part of it that is played.

    :ivar times: when each picture appears, seconds; not empty
    """

    times: Sequence[float]
    bounds: Bounds

    def held(self, seconds: float) -> float:
        """Return `seconds`, held between the first picture and the last one."""
        return min(max(0.0, seconds), self.times[-1])

    @property
    def last(self) -> float:
        """Return when the last picture of the part appears."""
        return self.times[place_at(self.times, self.bounds.high - NEAR)]

    def begin(self, cursor: float, run: int) -> float:
        """Return where a run begins: at the cursor, or at the other end when nothing of the part lies before it."""
        low, last = self.bounds.low, self.last
        if run > 0:
            return cursor if low - NEAR <= cursor < last - NEAR else low
        return cursor if low + NEAR < cursor else last

    def is_over(self, seconds: float, run: int) -> bool:
        """Say whether a run that has reached `seconds` has left the part."""
        return seconds >= self.bounds.high if run > 0 else seconds <= self.bounds.low

    def turn(self, run: int) -> float:
        """Return where a run that goes round and round begins anew."""
        return self.bounds.low if run > 0 else self.last

    def rest(self, run: int) -> float:
        """Return where a run comes to rest: on a picture of the part, not behind it."""
        return self.last if run > 0 else self.bounds.low


def faster(rate: int, direction: int) -> int:
    """Return the rate after J (`direction` -1) or L (1) while it runs at `rate`: 1, 2, 4, 8 times, or turned round.

    :param rate: 0 at rest, negative backward
    """
    if rate * direction <= 0:
        return direction
    return direction * min(_FASTEST, abs(rate) * 2)
