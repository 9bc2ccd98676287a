"""The pictures of a result, one after the other: the reference's exact frames in the order of the output plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import av

from redub.core.outputplan import OutputPlan, Span
from redub.media.frames import frames_for
from redub.rehearsal.mark import writable_plane

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Moment:
    """One picture of the result.

    :ivar number: its place in the result, from 0
    :ivar reference_time: seconds of the reference that it shows
    :ivar span: the piece of the plan that it belongs to: direction, lips driven or still
    """

    number: int
    reference_time: float
    span: Span


@dataclass(frozen=True, slots=True)
class Run:
    """Moments in one direction without a jump, so that each stretch of the reference is decoded once."""

    moments: tuple[Moment, ...]

    @property
    def backward(self) -> bool:
        """Say whether the reference runs backward here."""
        return self.moments[0].span.direction < 0


def moments(plan: OutputPlan) -> Iterator[Moment]:
    """Yield the pictures of the result: number n is shown n / fps seconds into it."""
    for number in range(plan.frames):
        time = number / plan.fps
        yield Moment(number, plan.reference_time(time), plan.span_at(time))


def runs(plan: OutputPlan) -> Iterator[Run]:
    """Yield the moments of `plan` in runs between its splices."""
    splices = plan.splices()
    for _, group in groupby(
        moments(plan), key=lambda one: bisect_right(splices, one.span.out_start + _NOTHING)
    ):
        yield Run(tuple(group))


def pictures(reference: Path, plan: OutputPlan) -> Iterator[tuple[Moment, av.VideoFrame]]:
    """Yield every moment of `plan` with the reference's picture, upright, 8-bit 4:2:0; memory stays bounded.

    The same object may be yielded again, and belongs to the decoder: it is to be read only.
    """
    for run in runs(plan):
        times = [moment.reference_time for moment in run.moments]
        yield from zip(run.moments, frames_for(reference, times, before=run.backward), strict=True)


def own_copy(frame: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
    """Return a picture of `width` x `height` that may be written to, with the pixels of `frame` (scaled if need be)."""
    if (frame.width, frame.height) != (width, height):
        scaled = frame.reformat(width=width, height=height, interpolation="AREA")
        return _timed(scaled, frame)
    copy = av.VideoFrame(width, height, "yuv420p")
    for number in range(3):
        writable_plane(copy, number)[:] = writable_plane(frame, number)
    _timed(copy, frame)
    copy.colorspace, copy.color_range = frame.colorspace, frame.color_range
    copy.color_primaries, copy.color_trc = frame.color_primaries, frame.color_trc
    return copy


def _timed(copy: av.VideoFrame, frame: av.VideoFrame) -> av.VideoFrame:
    """Let `copy` know when `frame` is on screen, where that is known."""
    if frame.pts is not None:
        copy.pts, copy.time_base = frame.pts, frame.time_base
    return copy
