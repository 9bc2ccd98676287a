"""How long jobs of a length took before: a range from the creator's own history, never a promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 3
"""Below this many jobs nothing is said: one job is no experience."""
_LIKE = 0.5
_LOW, _HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Job:
    """A job that was made: seconds of its result, and seconds from the submit to the result."""

    length: float
    took: float


@dataclass(frozen=True, slots=True)
class Usual:
    """Jobs of this length took `low` to `high` seconds; `count` of them were looked at."""

    low: float
    high: float
    count: int


def usual(jobs: Iterable[Job], length: float | None) -> Usual | None:
    """Return what jobs about as long as `length` seconds took, or None where too few are known.

    Jobs count when they are at least half and at most twice as long; the range leaves out the quickest and the
    slowest tenth, so that one night in a full queue does not widen it for ever.
    """
    if length is None or length <= 0:
        return None
    alike = sorted(
        job.took for job in jobs if length * _LIKE <= job.length <= length / _LIKE and job.took > 0
    )
    if len(alike) < FEWEST:
        return None
    return Usual(_quantile(alike, _LOW), _quantile(alike, _HIGH), len(alike))


def _quantile(ordered: list[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
