"""The quiet parts of a clip: which stretches count as quiet, and the edits that use them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redub.core import edits
from redub.core.shot import Shot

CLICK = 0.03
"""Seconds: a sound as short as this (a click, a lip smack) does not end a quiet part."""


@dataclass(frozen=True, slots=True, order=True)
class Quiet:
    """One quiet part of a clip, in seconds on the clock of the picture."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """Return how long it is quiet, in seconds."""
        return self.end - self.start


def joined(runs: Iterable[Quiet], at_least: float) -> tuple[Quiet, ...]:
    """Join `runs` (in order) over clicks, and leave out what is shorter than `at_least` seconds then."""
    found: list[Quiet] = []
    for run in runs:
        if found and run.start - found[-1].end <= CLICK + 1e-9:
            found[-1] = Quiet(found[-1].start, run.end)
        else:
            found.append(run)
    return tuple(one for one in found if one.length >= at_least - 1e-9)


def within(parts: Iterable[Quiet], start: float, end: float) -> tuple[Quiet, ...]:
    """Return what lies between `start` and `end` of `parts`, cut to it."""
    cut = (Quiet(max(part.start, start), min(part.end, end)) for part in parts)
    return tuple(part for part in cut if part.length >= edits.SHORTEST_STILL)


def longest(parts: Sequence[Quiet]) -> Quiet | None:
    """Return the longest of `parts`, the earlier one of two equal ones; None when there is none."""
    return max(parts, key=lambda part: (part.length, -part.start), default=None)


def mark_still(shot: Shot, parts: Iterable[Quiet], most: int) -> Shot:
    """Leave the lips as filmed in the longest of `parts`, as long as there are at most `most` still intervals.

    Intervals that were marked before stay; a part that touches one is joined with it.
    """
    for part in sorted(parts, key=lambda part: (-part.length, part.start)):
        marked = edits.add_still(shot, part.start, part.end)
        if len(marked.still_intervals) <= most:
            shot = marked
    return shot
