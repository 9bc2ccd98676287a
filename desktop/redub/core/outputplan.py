"""The output plan: for every moment of the result, which moment of the reference is on screen, and how.

The rules are those of the API page (MakeType, VideoLoop, DisableIntervals, VideoParametersConsistent, output
resolution); what the page leaves open is decided here once and listed in `OutputPlan.assumptions`.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redub.core.limits import limits_for
from redub.core.shot import ConcurrencyType, MakeType, Options, Selection, StillInterval, VideoLoop

LIMITS = limits_for("international").rows
"""Rates and sizes of the output are the same at every site."""
DEFAULT_RATE = 25.0
_RATES, _SIDES = LIMITS["output.rate"], (LIMITS["output.long_side"], LIMITS["output.short_side"])
LOWEST_RATE, HIGHEST_RATE = float(_RATES.low or 0), float(_RATES.high or 0)
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the result that runs through the reference in one direction, with lips driven or still.

    Times in seconds. A reverse span (`direction` -1) has ref_start > ref_end.
    """

    out_start: float
    out_end: float
    ref_start: float
    ref_end: float
    direction: int
    still: bool


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """What the result will be: seconds, frames a second, pixels, spans without gaps from 0 to `duration`."""

    duration: float
    fps: float
    width: int
    height: int
    spans: tuple[Span, ...]
    assumptions: tuple[str, ...] = ()

    @property
    def frames(self) -> int:
        """Return how many frames the result has, at least one."""
        return max(1, round(self.duration * self.fps))

    def span_at(self, out_time: float) -> Span:
        """Return the span that is on screen `out_time` seconds into the result; the ends hold the nearest."""
        starts = [span.out_start for span in self.spans]
        place = bisect.bisect_right(starts, out_time + _NOTHING) - 1
        return self.spans[max(0, place)]

    def reference_time(self, out_time: float) -> float:
        """Return the reference time that `out_time` shows.

        In a reverse span the frame on screen is the one whose time of showing *ends* there: turning round
        at the end of the segment shows its last frame again, not the one after it.
        """
        span = self.span_at(out_time)
        gone = min(max(0.0, out_time - span.out_start), span.out_end - span.out_start)
        return span.ref_start + span.direction * gone

    def splices(self) -> tuple[float, ...]:
        """Return the output times at which the picture turns round or jumps."""
        return tuple(
            after.out_start
            for before, after in itertools.pairwise(self.spans)
            if before.direction != after.direction or abs(before.ref_end - after.ref_start) > _NOTHING
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """What the plan needs to know of the reference: seconds, pixels as shown, frames a second."""

    duration: float
    width: int
    height: int
    fps: float


@dataclass(frozen=True, slots=True)
class _Pass:
    """One run through the segment, before still intervals are cut out of it."""

    ref_start: float
    ref_end: float


def plan_output(
    footage: Footage,
    selection: Selection,
    still_intervals: Sequence[StillInterval],
    options: Options,
    audio_seconds: float,
) -> OutputPlan:
    """Say what the service will make of `footage` when the speech lasts `audio_seconds`."""
    start, end = segment(footage.duration, selection)
    passes = _cut_to(_passes(start, end, selection.make_type, options.loop, audio_seconds), audio_seconds)
    width, height = output_size(footage.width, footage.height, options.concurrency)
    return OutputPlan(
        duration=audio_seconds,
        fps=output_rate(footage.fps, options.match_input),
        width=width,
        height=height,
        spans=tuple(_spans(passes, still_intervals)),
        assumptions=tuple(_assumptions(footage, selection, options, audio_seconds, end - start)),
    )


def segment(duration: float, selection: Selection) -> tuple[float, float]:
    """Return the start and end of the part that the make type uses, held inside 0 to `duration`.

    A segment that would be empty or turned round falls back to the whole reference: the check names it.
    """
    start, end = 0.0, duration
    if selection.make_type is not MakeType.DEFAULT and selection.start is not None:
        start = min(max(0.0, selection.start), duration)
    if selection.make_type is MakeType.CUSTOM and selection.end is not None:
        end = min(max(0.0, selection.end), duration)
    return (start, end) if end > start else (0.0, duration)


def output_rate(fps: float, match_input: bool) -> float:
    """Return the frames a second of the result (VideoParametersConsistent)."""
    return min(HIGHEST_RATE, max(LOWEST_RATE, fps)) if match_input else DEFAULT_RATE


def output_size(width: int, height: int, concurrency: ConcurrencyType | None) -> tuple[int, int]:
    """Return the pixels of the result: as the input, scaled down evenly when it is larger than allowed."""
    long_cap, short_cap = (float(side.highest(concurrency) or 0) for side in _SIDES)
    scale = min(1.0, long_cap / max(width, height), short_cap / min(width, height))
    return _even(width * scale), _even(height * scale)


def _even(pixels: float) -> int:
    return max(2, int(pixels + _NOTHING) // 2 * 2)


def _passes(
    start: float, end: float, make_type: MakeType, loop: VideoLoop, seconds: float
) -> Iterator[_Pass]:
    """Yield runs through the segment, enough for `seconds`."""
    length = end - start
    if make_type is MakeType.CIRCLE:
        yield from _circle(start, length, seconds)
        return
    forward_again = loop is VideoLoop.FORWARD and make_type is not MakeType.CUSTOM_ONLY_START
    covered, forward = 0.0, True
    while covered < seconds - _NOTHING:
        yield _Pass(start, end) if forward else _Pass(end, start)
        covered += length
        forward = forward_again or not forward


def _circle(start: float, length: float, seconds: float) -> Iterator[_Pass]:
    """Yield there-and-back rounds whose last ends where it began: whole ones, then a shorter one."""
    left = seconds
    while left > _NOTHING:
        out = length if left >= 2 * length else left / 2
        yield _Pass(start, start + out)
        yield _Pass(start + out, start)
        left -= 2 * out


def _cut_to(passes: Iterator[_Pass], seconds: float) -> Iterator[_Pass]:
    """Yield `passes` with the last one cut so that all together last `seconds`."""
    left = seconds
    for one in passes:
        length = abs(one.ref_end - one.ref_start)
        if length > left + _NOTHING:
            direction = 1 if one.ref_end > one.ref_start else -1
            yield _Pass(one.ref_start, one.ref_start + direction * left)
            return
        yield one
        left -= length


def _spans(passes: Iterator[_Pass], still_intervals: Sequence[StillInterval]) -> Iterator[Span]:
    out = 0.0
    for one in passes:
        direction = 1 if one.ref_end > one.ref_start else -1
        for low, high, still in _pieces(one, still_intervals):
            ref_start, ref_end = (low, high) if direction > 0 else (high, low)
            end = round(out + high - low, 9)  # no drift over thousands of rounds, no 0.20399999999999996
            yield Span(out, end, ref_start, ref_end, direction, still)
            out = end


def _pieces(one: _Pass, still_intervals: Sequence[StillInterval]) -> list[tuple[float, float, bool]]:
    """Cut one run at the edges of the still intervals; pieces in the order of the run."""
    low, high = sorted((one.ref_start, one.ref_end))
    edges = {low, high}
    for still in still_intervals:
        edges.update(edge for edge in (still.start, still.end) if low < edge < high)
    marks = sorted(edges)
    pieces = [
        (left, right, any(s.start <= (left + right) / 2 < s.end for s in still_intervals))
        for left, right in itertools.pairwise(marks)
        if right - left > _NOTHING
    ]
    return pieces if one.ref_end > one.ref_start else pieces[::-1]


def _assumptions(
    footage: Footage, selection: Selection, options: Options, seconds: float, length: float
) -> Iterator[str]:
    """Yield what the API page leaves open and this plan decided."""
    if selection.make_type is MakeType.CIRCLE:
        yield "Circle is read as there and back, ending on the frame it began with; the page only says that they align."
    elif seconds <= length:
        yield "When the speech is shorter than the segment, the result is taken to end with the speech."
    cap_matters = output_size(footage.width, footage.height, ConcurrencyType.SHARED) != output_size(
        footage.width, footage.height, ConcurrencyType.EXCLUSIVE
    )
    if options.concurrency is None and cap_matters:
        yield "The size is that of a Shared task; with Exclusive it would be larger."
    if options.concurrency is not ConcurrencyType.EXCLUSIVE and cap_matters:
        yield "A reference larger than 2560x1440 is taken to be scaled down, not refused."
