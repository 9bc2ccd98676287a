"""The ruler: names the moments of the clip, and is where the cursor is dragged."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from redub.core.times import Notation, show
from redub.i18n import _
from redub.ui.theme import colour
from redub.ui.timeline.cursorhandle import CursorHandle
from redub.ui.timeline.lane import hair
from redub.ui.timeline.scale import PADDING, ticks
from redub.ui.timeline.seeklane import SeekLane

_LEAST_PIXELS = 6
"""So wide a picture must be on the ruler to be marked."""


class Ruler(SeekLane):
    """Draws the ticks in the notation that the creator chose; a press or drag moves the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Ruler"), parent)
        self._notation = Notation.SECONDS
        self._fps = 25.0
        self.cursor_handle = CursorHandle(self)
        self.cursor_handle.asked.connect(self.seek_wanted)
        self._moment = 0.0
        self._times: Sequence[float] = ()
        self.setFixedHeight(24)

    def set_notation(self, notation: Notation, fps: float) -> None:
        """Name the moments in `notation`."""
        if (notation, fps) != (self._notation, self._fps):
            self._notation, self._fps = notation, fps
            self.backdrop.spoil()
            self.rescaled()

    def show_cursor(self, seconds: float) -> None:
        """Keep the cursor's grip for the keys where the cursor is."""
        self._moment = seconds
        self.rescaled()

    def show_times(self, times: Sequence[float]) -> None:
        """Mark where each picture begins, as soon as there is room for it."""
        self._times = times
        self.backdrop.spoil()

    def rescaled(self) -> None:
        """Put the grip of the cursor where its moment is."""
        scale = self.scale
        self.cursor_handle.setVisible(scale.duration > 0)
        words = show(self._moment, self._notation, self._fps)
        self.cursor_handle.place(scale.x(self._moment), self._moment, scale.duration, words)

    def draw(self, painter: QPainter) -> None:
        """Draw ticks and labels."""
        if not self.scale.duration:
            return
        bottom = float(self.height())
        painter.setPen(hair(colour("line")))
        painter.drawLine(QPointF(0, bottom - 0.5), QPointF(self.width(), bottom - 0.5))
        self._paint_pictures(painter, bottom)
        for tick in ticks(self.scale, self._notation, self._fps):
            x = round(self.scale.x(tick.seconds)) + 0.5
            painter.setPen(hair(colour("edge" if tick.label else "line")))
            painter.drawLine(QPointF(x, bottom - (9 if tick.label else 4)), QPointF(x, bottom))
            if tick.label and x + 4 + painter.fontMetrics().horizontalAdvance(tick.label) <= self.width():
                painter.setPen(colour("quiet"))
                painter.drawText(QRectF(x + 4, 0, 120, bottom - 6), Qt.AlignmentFlag.AlignVCenter, tick.label)

    def _paint_pictures(self, painter: QPainter, bottom: float) -> None:
        """Shade every second picture where each is wide enough to be told from the next."""
        scale = self.scale
        first = bisect.bisect_right(self._times, scale.left - scale.span(PADDING)) - 1
        last = bisect.bisect_left(self._times, scale.left + scale.seen + scale.span(PADDING))
        if last - first > self.width() / _LEAST_PIXELS:
            return
        for number in range(max(0, first), min(last, len(self._times) - 1)):
            if number % 2:
                left, right = scale.x(self._times[number]), scale.x(self._times[number + 1])
                painter.fillRect(QRectF(left, bottom - 4, right - left, 4), colour("edge"))
