"""What the lanes draw, as plain values: the segment with its void parts, and the result strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redub.core.checks.selection import VOID_END, VOID_START
from redub.core.findings import Finding, Level
from redub.core.limits import limits_for
from redub.core.outputplan import OutputPlan, Span, segment
from redub.core.shot import MakeType, Selection

MOST_STILLS = int(limits_for("international")["stills.count"].high or 5)


@dataclass(frozen=True, slots=True)
class VoidPart:
    """A part of the clip that was cut away by a picked time which has no effect, and the sentence that says why."""

    start: float
    end: float
    why: str


@dataclass(frozen=True, slots=True)
class SegmentShape:
    """The segment as the service uses it, and what was picked without effect."""

    start: float
    end: float
    make_type: MakeType
    void: tuple[VoidPart, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was picked: a drag then picks anew instead of moving."""
        return self.make_type is MakeType.DEFAULT

    @property
    def length(self) -> float:
        """Return its seconds."""
        return self.end - self.start


def segment_shape(selection: Selection, duration: float) -> SegmentShape:
    """Say what to draw for `selection` on a clip of `duration` seconds."""
    start, end = segment(duration, selection)
    return SegmentShape(start, end, selection.make_type, tuple(_void_parts(selection, duration)))


def _void_parts(selection: Selection, duration: float) -> list[VoidPart]:
    parts = []
    if selection.make_type is MakeType.DEFAULT and selection.start:
        parts.append(VoidPart(0.0, min(selection.start, duration), VOID_START))
    if selection.make_type in VOID_END and selection.end is not None and selection.end < duration:
        parts.append(VoidPart(selection.end, duration, VOID_END[selection.make_type]))
    return parts


def sentences(
    findings: Sequence[Finding], codes: tuple[str, ...], levels: tuple[Level, ...]
) -> tuple[str, ...]:
    """Return the messages of the findings whose code begins with one of `codes`."""
    return tuple(one.message for one in findings if one.level in levels and one.code.startswith(codes))


@dataclass(frozen=True, slots=True)
class StripPiece:
    """A span of the result in pixels of the strip."""

    left: float
    right: float
    span: Span


@dataclass(frozen=True, slots=True)
class Strip:
    """The result laid out over `width` pixels, with `padding` free at both ends."""

    plan: OutputPlan
    width: float
    padding: float

    @property
    def per_second(self) -> float:
        """Return the pixels that one second of the result takes."""
        return max(1.0, self.width - 2 * self.padding) / max(self.plan.duration, 0.001)

    def x(self, out_time: float) -> float:
        """Return the pixel of a moment of the result."""
        return self.padding + out_time * self.per_second

    def out_time(self, x: float) -> float:
        """Return the moment of the result at pixel `x`, held inside the result."""
        return min(max(0.0, (x - self.padding) / self.per_second), self.plan.duration)

    def pieces(self) -> tuple[StripPiece, ...]:
        """Return every span with its pixels."""
        return tuple(
            StripPiece(self.x(span.out_start), self.x(span.out_end), span) for span in self.plan.spans
        )

    def splices(self) -> tuple[float, ...]:
        """Return the pixels at which the picture turns round or jumps."""
        return tuple(self.x(moment) for moment in self.plan.splices())


def occurrences(plan: OutputPlan, ref_time: float) -> tuple[float, ...]:
    """Return every moment of the result at which the reference time `ref_time` is on screen."""
    moments = []
    for span in plan.spans:
        low, high = sorted((span.ref_start, span.ref_end))
        if low <= ref_time < high:
            moments.append(span.out_start + abs(ref_time - span.ref_start))
    return tuple(moments)
