"""The marks of a shot as editing programs exchange them: the segment, and where the lips stay as filmed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from redub.core import edits
from redub.core.outputplan import segment
from redub.core.shot import MakeType, Shot

SEGMENT, STILL = "Segment", "Still"
"""What the marks are called in files; on the way in, whatever is not called a segment is a still interval."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One mark: its name, and from when to when it reaches (seconds of the reference)."""

    name: str
    start: float
    end: float

    @property
    def is_segment(self) -> bool:
        """Say whether it is the part to use."""
        return SEGMENT.casefold() in self.name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkList:
    """The marks of one clip.

    :ivar path: where the clip lies, "" when that is not known
    :ivar rate: frames a second, in which editing programs count
    :ivar seconds: length of the clip
    """

    marks: tuple[Marked, ...]
    path: str = ""
    rate: float = 25.0
    seconds: float = 0.0


def marks_of(shot: Shot, seconds: float) -> tuple[Marked, ...]:
    """Return the marks of a shot over a clip of so many seconds; the segment only where one was picked."""
    stills = tuple(Marked(STILL, one.start, one.end) for one in shot.still_intervals)
    if shot.selection.make_type is MakeType.DEFAULT:
        return stills
    return (Marked(SEGMENT, *segment(seconds, shot.selection)), *stills)


def with_marks(shot: Shot, marks: tuple[Marked, ...]) -> Shot:
    """Return the shot with these marks instead of its own; without a segment among them the segment stays.

    Still intervals that touch become one.
    """
    changed = replace(shot, still_intervals=())
    for mark in marks:
        if mark.is_segment:
            changed = edits.pick_segment(changed, mark.start, mark.end)
        else:
            changed = edits.add_still(changed, mark.start, mark.end)
    return changed
