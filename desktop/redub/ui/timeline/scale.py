"""Where a moment lies on the timeline: seconds to pixels and back, zoom, the ticks of the ruler, snapping, handles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from redub.core.times import Notation, show

PADDING = 12.0
"""Pixels kept free at both ends of a lane, so that a handle at the very start or end can be gripped."""

_SAME = 0.001
"""Seconds that count as the same moment."""

DEEPEST = 4000.0
"""Pixels a second at the deepest zoom: one frame of a 50 fps clip is 80 pixels wide."""

SNAP_PIXELS = 6.0
HANDLE_PIXELS = 10.0
"""The width of the grip of an edge; what can be gripped is never narrower than 8 pixels."""

_STEPS = (
    0.001,
    0.002,
    0.005,
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.5,
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    1800,
    3600,
)
_FRAME_STEPS = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000)


@dataclass(frozen=True, slots=True)
class Scale:
    """The part of a clip that a lane shows.

    :ivar duration: seconds of the whole clip
    :ivar width: pixels of the lane
    :ivar per_second: pixels that one second takes
    :ivar left: seconds at the inner left edge (behind the padding)
    """

    duration: float
    width: float
    per_second: float
    left: float = 0.0

    @classmethod
    def fitting(cls, duration: float, width: float) -> Scale:
        """Return the scale that shows the whole clip in `width` pixels."""
        return cls(max(duration, 0.0), width, _fit(duration, width))

    @property
    def seen(self) -> float:
        """Return how many seconds fit between the paddings."""
        return max(1.0, self.width - 2 * PADDING) / self.per_second

    @property
    def is_whole(self) -> bool:
        """Say whether the whole clip is shown."""
        return self.seen >= self.duration - 1e-9

    def x(self, seconds: float) -> float:
        """Return the pixel at which `seconds` lies."""
        return PADDING + (seconds - self.left) * self.per_second

    def seconds(self, x: float) -> float:
        """Return the moment at pixel `x`, held inside the clip."""
        return min(max(0.0, self.left + (x - PADDING) / self.per_second), self.duration)

    def span(self, pixels: float) -> float:
        """Return how many seconds `pixels` are."""
        return pixels / self.per_second

    def resized(self, width: float) -> Scale:
        """Return the scale for another width: a whole clip stays whole, a part keeps its zoom."""
        if self.is_whole:
            return Scale.fitting(self.duration, width)
        return replace(self, width=width)._held()

    def zoomed(self, factor: float, at_x: float) -> Scale:
        """Zoom by `factor` (above 1: closer) so that the moment under `at_x` stays there."""
        lowest = _fit(self.duration, self.width)
        per_second = min(max(self.per_second * factor, lowest), max(DEEPEST, lowest))
        fixed = self.left + (at_x - PADDING) / self.per_second
        return replace(self, per_second=per_second, left=fixed - (at_x - PADDING) / per_second)._held()

    def scrolled(self, seconds: float) -> Scale:
        """Begin at `seconds`, as far as the clip reaches."""
        return replace(self, left=seconds)._held()

    def whole(self) -> Scale:
        """Show the whole clip."""
        return Scale.fitting(self.duration, self.width)

    def around(self, start: float, end: float, margin: float = 0.08) -> Scale:
        """Show `start` to `end` with a margin (a share of its length) on both sides."""
        length = max(end - start, 0.04)
        per_second = _fit(length * (1 + 2 * margin), self.width)
        lowest = _fit(self.duration, self.width)
        closest = min(max(per_second, lowest), max(DEEPEST, lowest))
        return replace(self, per_second=closest, left=start - length * margin)._held()

    def showing(self, seconds: float) -> Scale:
        """Scroll by whole pages until `seconds` is in sight; unchanged when it is."""
        if self.left - 1e-9 <= seconds <= self.left + self.seen + 1e-9:
            return self
        if seconds > self.left:
            return self.scrolled(seconds - self.seen * 0.1)
        return self.scrolled(seconds - self.seen * 0.9)

    def _held(self) -> Scale:
        last = max(0.0, self.duration - self.seen)
        return replace(self, left=min(max(0.0, self.left), last))


def _fit(duration: float, width: float) -> float:
    return max(1.0, width - 2 * PADDING) / max(duration, 0.001)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the ruler; only major ones carry a label."""

    seconds: float
    label: str = ""


def ticks(scale: Scale, notation: Notation, fps: float, spacing: float = 88.0) -> tuple[Tick, ...]:
    """Return the lines of the ruler in sight: labelled ones at least `spacing` pixels apart, five parts between."""
    step = tick_step(scale, notation, fps, spacing)
    parts = 5 if _parts_readable(step, scale) else 1
    small = step / parts
    first = math.floor(scale.left / small)
    last = math.ceil(min(scale.duration, scale.left + scale.seen) / small + 1e-6)
    lines = []
    for number in range(max(0, first), last + 1):
        seconds = number * small
        if seconds <= scale.duration + 1e-6:
            lines.append(Tick(seconds, _label(seconds, step, notation, fps) if number % parts == 0 else ""))
    return tuple(lines)


def tick_step(scale: Scale, notation: Notation, fps: float, spacing: float = 88.0) -> float:
    """Return the seconds between two labels: a round number of seconds or, for frames, of frames."""
    least = scale.span(spacing)
    if notation in {Notation.FRAMES, Notation.TIMECODE} and least < 1:
        steps: Iterable[float] = (frames / fps for frames in _FRAME_STEPS)
    elif notation is Notation.FRAMES:
        steps = (frames / fps for frames in _FRAME_STEPS)
    else:
        steps = _STEPS
    return next((step for step in steps if step >= least), math.ceil(least / 3600) * 3600.0)


def _parts_readable(step: float, scale: Scale) -> bool:
    return step / 5 * scale.per_second >= 5


def _label(seconds: float, step: float, notation: Notation, fps: float) -> str:
    if notation is not Notation.SECONDS and notation is not Notation.CLOCK:
        return show(seconds, notation, fps)
    if notation is Notation.CLOCK:
        text = show(seconds, notation, fps)
        return text if step < 1 else text.partition(".")[0]
    decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2 if step >= 0.01 else 3
    return f"{seconds:.{decimals}f}"


@dataclass(frozen=True, slots=True)
class Target:
    """A moment that a dragged edge may snap to, and what it is called."""

    seconds: float
    name: str


@dataclass(frozen=True, slots=True)
class Snap:
    """Where an edge came to rest: at `seconds`, held by `target` or free (None).

    :ivar moved: seconds by which the target took it away from where it was wanted
    """

    seconds: float
    target: Target | None = None
    moved: float = 0.0


def snap(seconds: float, targets: Sequence[Target], scale: Scale, pixels: float = SNAP_PIXELS) -> Snap:
    """Snap a moment to the nearest target within `pixels`, whatever the zoom."""
    reach = scale.span(pixels)
    near = [target for target in targets if abs(target.seconds - seconds) <= reach]
    if not near:
        return Snap(seconds)
    best = min(near, key=lambda target: abs(target.seconds - seconds))
    return Snap(best.seconds, best, best.seconds - seconds)


def snap_pair(
    start: float, length: float, targets: Sequence[Target], scale: Scale, pixels: float = SNAP_PIXELS
) -> Snap:
    """Snap a moved interval by whichever of its edges is nearer to a target; `seconds` is its new start."""
    first, second = snap(start, targets, scale, pixels), snap(start + length, targets, scale, pixels)
    if first.target is None and second.target is None:
        return Snap(start)
    by_first = abs(first.moved) if first.target else math.inf
    by_second = abs(second.moved) if second.target else math.inf
    if by_first <= by_second:
        return first
    return Snap(second.seconds - length, second.target, second.moved)


def next_mark(marks: Sequence[float], cursor: float, by: int, duration: float) -> float:
    """Return the nearest of `marks` behind the cursor (`by` 1) or before it (-1); where none is, the clip's end."""
    if by > 0:
        return min((mark for mark in marks if mark > cursor + _SAME), default=duration)
    return max((mark for mark in marks if mark < cursor - _SAME), default=0.0)


def nudged(seconds: float, frames: int, fps: float) -> float:
    """Return the moment `frames` frames further on the grid of frames, never before the first."""
    return max(0.0, (round(seconds * fps) + frames) / fps)


@dataclass(frozen=True, slots=True)
class Grip:
    """The pixels of a lane that a handle takes."""

    left: float
    width: float


def grips(x_start: float, x_end: float) -> tuple[Grip, Grip, Grip]:
    """Return the grips of start, body and end of an interval between two pixels.

    Edges are gripped from inside and a little from outside; when an interval is too narrow for that, its edges are
    gripped from outside, so that body and edges can always be told apart.
    """
    inner = min(HANDLE_PIXELS * 0.6, max(0.0, (x_end - x_start - 8) / 2))
    start = Grip(x_start - (HANDLE_PIXELS - inner), HANDLE_PIXELS)
    end = Grip(x_end - inner, HANDLE_PIXELS)
    body_left = start.left + start.width
    return start, Grip(body_left, max(0.0, end.left - body_left)), end
