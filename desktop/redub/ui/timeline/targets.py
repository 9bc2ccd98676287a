"""The moments that a dragged edge may snap to, with the words that say what holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redub.core.quiet import Quiet
from redub.i18n import _
from redub.ui.timeline.intervals import Bar
from redub.ui.timeline.scale import Target
from redub.ui.timeline.shapes import SegmentShape


def clip_targets(cursor: float, duration: float) -> list[Target]:
    """Return the cursor and the two ends of the clip."""
    return [
        Target(cursor, _("the cursor")),
        Target(0.0, _("the start of the clip")),
        Target(duration, _("the end of the clip")),
    ]


def segment_targets(shape: SegmentShape) -> list[Target]:
    """Return the edges of the segment."""
    return [Target(shape.start, _("the segment's start")), Target(shape.end, _("the segment's end"))]


def still_targets(bars: Iterable[Bar]) -> list[Target]:
    """Return the edges of the still intervals."""
    return [Target(moment, _("a still interval")) for bar in bars for moment in (bar.start, bar.end)]


def found_targets(quiet: Sequence[Quiet], cuts: Sequence[float]) -> list[Target]:
    """Return where it becomes quiet or loud, and where a new shot begins."""
    silence = [Target(moment, _("silence")) for part in quiet for moment in (part.start, part.end)]
    return [*silence, *(Target(moment, _("a shot change")) for moment in cuts)]
