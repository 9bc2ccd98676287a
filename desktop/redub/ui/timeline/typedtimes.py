"""Typing the times of an interval: opens the fields over its lane, and asks for the edit that was meant."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from redub.core.shot import StillInterval
from redub.core.times import Notation, millis
from redub.ui.timeline import drags
from redub.ui.timeline.lanes import LaneStack
from redub.ui.timeline.spaneditor import SpanEditor


class TypedTimes(QObject):
    """Signals: `edit_wanted` (Edit) with the typed times."""

    edit_wanted = Signal(object)

    def __init__(self, lanes: LaneStack) -> None:
        super().__init__(lanes)
        self._lanes, self._spans = lanes, SpanEditor(lanes)
        self._stills: tuple[StillInterval, ...] = ()
        self._typing: int | None = None
        self._notation, self._fps = Notation.SECONDS, 25.0
        self._spans.typed.connect(self._on_typed)
        lanes.segment.typing_wanted.connect(lambda _index: self.type_segment())
        lanes.stills.typing_wanted.connect(self.type_still)

    def show_stills(self, stills: tuple[StillInterval, ...]) -> None:
        """Know the still intervals as they are now."""
        self._stills = stills

    def set_notation(self, notation: Notation, fps: float) -> None:
        """Write times in `notation`."""
        self._notation, self._fps = notation, fps

    def type_segment(self) -> None:
        """Let the times of the segment be typed."""
        self._typing = None
        shape = self._lanes.segment.shape
        self._open(shape.start, shape.end)

    def type_still(self, index: int) -> None:
        """Let the times of a still interval be typed."""
        self._typing = index
        bar = self._lanes.stills.bars[index]
        self._open(bar.start, bar.end)

    def _open(self, start: float, end: float) -> None:
        ruler = self._lanes.ruler
        x = ruler.x() + ruler.scale.x((start + end) / 2)
        self._spans.open_at(x, start, end, self._notation, self._fps)

    def _on_typed(self, start: float, end: float) -> None:
        duration = self._lanes.ruler.scale.duration
        low, high = (millis(min(moment, duration)) for moment in (start, end))
        if self._typing is None:
            self.edit_wanted.emit(drags.pick_segment(low, high, ""))
        else:
            self.edit_wanted.emit(drags.type_still(self._stills, self._typing, low, high))
