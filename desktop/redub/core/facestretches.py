"""Stretches of a clip in which lips cannot be driven, and what to do: still intervals, a better segment."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from redub.core.faces import STOPS_LIPS, Look, Trouble, trouble_of
from redub.core.shot import StillInterval
from redub.core.times import millis

MOST_STILLS = 5
"""DisableIntervals: at most five (API page)."""
SHORTEST_SEGMENT, BEST_SHORTEST, BEST_LONGEST = 5.0, 10.0, 120.0
"""Seconds: a segment must be longer than the first; the page recommends from the second to the third."""
_MARGIN = 0.12
"""Seconds of rest before and after a stretch, so that the lips do not stop in the middle of the turn."""
_JOIN = 0.6
"""Seconds between two still intervals that are not worth driving the lips for."""
_SHORTEST = 0.15
"""Seconds: shorter ones are a slip of one look."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to `end` (seconds) one thing is wrong."""

    start: float
    end: float
    trouble: Trouble

    @property
    def seconds(self) -> float:
        """Return its length."""
        return self.end - self.start


def stretches(looks: Sequence[Look], person: int | None, duration: float) -> tuple[Stretch, ...]:
    """Return what is wrong when, for driving `person` (None: whoever is largest); each look counts to half way."""
    found: list[Stretch] = []
    for place, look in enumerate(looks):
        trouble = trouble_of(look, person)
        if trouble is None:
            continue
        start = (looks[place - 1].time + look.time) / 2 if place else 0.0
        end = (look.time + looks[place + 1].time) / 2 if place + 1 < len(looks) else max(look.time, duration)
        last = found[-1] if found else None
        if last is not None and last.trouble is trouble and start - last.end < 1e-6:
            found[-1] = Stretch(last.start, end, trouble)
        else:
            found.append(Stretch(start, end, trouble))
    return tuple(found)


def blocked(found: Sequence[Stretch], start: float = 0.0, end: float = float("inf")) -> tuple[Stretch, ...]:
    """Return those stretches between `start` and `end`, cut to it, in which the lips cannot be driven."""
    cut = (Stretch(max(one.start, start), min(one.end, end), one.trouble) for one in found)
    return tuple(one for one in cut if one.seconds > 0 and one.trouble in STOPS_LIPS)


def suggest_stills(found: Sequence[Stretch], start: float, end: float) -> tuple[StillInterval, ...]:
    """Return at most five still intervals over the stretches between `start` and `end` that cannot be driven.

    Neighbours are joined; of more than five the nearest are joined further, so that as little as possible that
    could be driven is lost.
    """
    spans = [
        (max(start, one.start - _MARGIN), min(end, one.end + _MARGIN)) for one in blocked(found, start, end)
    ]
    joined: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if joined and low - joined[-1][1] <= _JOIN:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    kept = [one for one in joined if one[1] - one[0] - 2 * _MARGIN >= _SHORTEST] or joined
    while len(kept) > MOST_STILLS:
        gaps = [after[0] - before[1] for before, after in itertools.pairwise(kept)]
        place = gaps.index(min(gaps))
        kept[place : place + 2] = [(kept[place][0], kept[place + 1][1])]
    return tuple(StillInterval(millis(low), millis(high)) for low, high in kept)


def suggest_segment(found: Sequence[Stretch], duration: float) -> tuple[float, float] | None:
    """Return the best part of the clip for a segment, None when no part longer than five seconds can be driven.

    The longest part without a stretch in it is best; more than two minutes are not needed, and of those the
    first are taken. Parts of ten seconds and more without a second face are preferred to ones with it.
    """
    clean = _free(found, duration)
    usable = _free(blocked(found), duration)
    good = [one for one in clean if one[1] - one[0] >= BEST_SHORTEST]
    fair = [one for one in usable if one[1] - one[0] > SHORTEST_SEGMENT]
    candidates = good or fair
    if not candidates:
        return None
    low, high = max(candidates, key=lambda one: min(BEST_LONGEST, one[1] - one[0]))
    return millis(low), millis(min(high, low + BEST_LONGEST))


def _free(found: Sequence[Stretch], duration: float) -> list[tuple[float, float]]:
    """Return the parts of the clip that no stretch covers."""
    parts: list[tuple[float, float]] = []
    at = 0.0
    for one in sorted(found, key=lambda stretch: stretch.start):
        if one.start - _MARGIN > at:
            parts.append((at, one.start - _MARGIN))
        at = max(at, one.end + _MARGIN)
    return [*parts, (at, duration)] if duration > at else parts
