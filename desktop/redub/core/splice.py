"""How visible a splice of the result is, and which edge of the segment would hide it best."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from redub.core import edits
from redub.core.history import Edit
from redub.core.outputplan import OutputPlan

REACH = 0.5
"""Seconds by which an edge may be moved to hide a splice."""
_WORTH_IT = 0.8
"""A better edge is proposed when it leaves at most this share of the jump."""
_NOTHING = 1e-6


class Visibility(IntEnum):
    """How much of a splice is seen."""

    HARDLY = 0
    SMALL = 1
    VISIBLE = 2


@dataclass(frozen=True, slots=True)
class Jump:
    """How the pictures on both sides of a splice differ.

    :ivar shift: how far the picture moved, as a share of its width
    :ivar light: how much brighter or darker it became, as a share of full white
    :ivar change: how much the places that changed most differ otherwise (pose, mouth), as a share of full white
    """

    shift: float = 0.0
    light: float = 0.0
    change: float = 0.0

    @property
    def score(self) -> float:
        """Return one number to compare jumps by: 0 is none, from 1 on it is seen, from 3 on by everybody."""
        return max(self.shift / 0.004, self.light / 0.008, self.change / 0.06)

    @property
    def visibility(self) -> Visibility:
        """Return how much of it is seen."""
        if self.score < 1:
            return Visibility.HARDLY
        return Visibility.SMALL if self.score < 3 else Visibility.VISIBLE


@dataclass(frozen=True, slots=True)
class Splice:
    """One splice of the result: when it is, and the two pictures that meet there.

    :ivar out_time: seconds of the result
    :ivar before: seconds of the reference; with `before_back` the picture whose showing ends there
    :ivar turns: the clip turns round here instead of jumping
    """

    out_time: float
    before: float
    before_back: bool
    after: float
    after_back: bool
    turns: bool


@dataclass(frozen=True, slots=True)
class MeasuredSplice:
    """A splice, and the jump that was measured there."""

    splice: Splice
    jump: Jump


def splices_of(plan: OutputPlan) -> tuple[Splice, ...]:
    """Return the splices of `plan` with the last picture before and the first one behind each."""
    return tuple(_splices(plan))


def _splices(plan: OutputPlan) -> Iterator[Splice]:
    for out_time in plan.splices():
        number = math.ceil(out_time * plan.fps - _NOTHING)
        if not 0 < number < plan.frames:
            continue
        left, right = (number - 1) / plan.fps, number / plan.fps
        back = plan.span_at(left).direction < 0, plan.span_at(right).direction < 0
        yield Splice(
            out_time,
            plan.reference_time(left),
            back[0],
            plan.reference_time(right),
            back[1],
            back[0] is not back[1],
        )


def edge_candidates(
    times: Sequence[float], start: float, end: float, shortest: float
) -> tuple[tuple[float, float], ...]:
    """Return segments with one edge moved by at most REACH to where a picture begins, the present segment first.

    Edges have three decimals, as they are sent: an end is cut, so that the picture before it stays the last one; a
    start is rounded up, so that its picture is the first one.

    :param times: when each picture of the reference appears, and the end of the last one
    :param shortest: the segment has to be longer than this
    """
    ends = ((start, math.floor(time * 1000 + _NOTHING) / 1000) for time in times)
    starts = ((math.ceil(time * 1000 - _NOTHING) / 1000, end) for time in times)

    def moved(segment: tuple[float, float]) -> float:
        return abs(segment[0] - start) + abs(segment[1] - end)

    near = [
        one
        for one in (*ends, *starts)
        if 0.001 < moved(one) <= REACH + _NOTHING and one[1] - one[0] > shortest
    ]
    return ((start, end), *sorted(near, key=lambda one: (moved(one), one)))


def best_edge(jumps: Sequence[Jump]) -> int:
    """Return the place of the smallest jump; 0, the present one, unless another is clearly better."""
    best = min(range(len(jumps)), key=lambda place: (jumps[place].score, place))
    return best if jumps[best].score <= jumps[0].score * _WORTH_IT else 0


def improve_splice(start: float, end: float) -> Edit:
    """Return the edit that uses the part from `start` to `end`, where the splice is seen least."""
    return Edit("Improve splice", lambda shot: edits.pick_segment(shot, start, end))
