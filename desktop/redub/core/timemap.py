"""Which moment of a converted clip shows what a moment of its source shows."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

_NOTHING = 0.0005


@dataclass(frozen=True, slots=True)
class TimeMap:
    """Straight lines between knots: seconds of the source, and of the result, both rising; no knots: the same time."""

    source: tuple[float, ...] = ()
    result: tuple[float, ...] = ()

    def at(self, seconds: float) -> float:
        """Return the moment of the result that shows what `seconds` of the source shows."""
        if not self.source:
            return seconds
        place = bisect.bisect_right(self.source, seconds) - 1
        if place < 0:
            return max(0.0, seconds)
        if place + 1 >= len(self.source):
            return self.result[-1] + seconds - self.source[-1]
        width = self.source[place + 1] - self.source[place]
        share = (seconds - self.source[place]) / width if width > 0 else 0.0
        return self.result[place] + share * (self.result[place + 1] - self.result[place])

    @property
    def largest_move(self) -> float:
        """Return the most seconds by which a picture is shown earlier or later than in the source."""
        return max((abs(a - b) for a, b in zip(self.source, self.result, strict=True)), default=0.0)


SAME = TimeMap()


def constant_rate_map(times: Sequence[float], rate: Fraction) -> TimeMap:
    """Return the map that a new encode at a constant rate makes (ffmpeg's filter fps, round=near).

    :param times: when each picture of the source is shown, seconds from the beginning of what is converted
    """
    step = 1 / float(rate)
    shown = [round(time * float(rate) + 1e-6) * step for time in times]
    if all(abs(time - moment) < _NOTHING for time, moment in zip(times, shown, strict=True)):
        return SAME
    # A picture that the next one replaces at once is never seen: the moment is that of the next.
    kept = [place for place, (one, other) in enumerate(pairwise(shown)) if other > one]
    kept.append(len(shown) - 1)
    return TimeMap(tuple(times[place] for place in kept), tuple(shown[place] for place in kept))
