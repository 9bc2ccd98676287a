"""The waveform of a recording with the two edges of the part to use."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from redub.i18n import _
from redub.ui.theme import colour
from redub.ui.timeline.handle import Part, TimeHandle
from redub.ui.timeline.scale import HANDLE_PIXELS, Scale
from redub.ui.timeline.wave import WaveLane

_STEP = 0.02
"""Seconds that an arrow key moves an edge."""
_SHORTEST = 0.05


class TrimWave(WaveLane):
    """Signals: `trimmed` with start and end in seconds while an edge moves; `seek_wanted` where it was clicked."""

    trimmed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Waveform of the recording"))
        self.setFixedHeight(72)
        self._start = self._end = 0.0
        self._cursor: float | None = None
        self._handles = {part: self._handle(part) for part in (Part.START, Part.END)}
        self._handles[Part.START].setAccessibleName(_("Start of the part"))
        self._handles[Part.END].setAccessibleName(_("End of the part"))

    def _handle(self, part: Part) -> TimeHandle:
        made = TimeHandle(part, "accent", self)
        made.pulled.connect(lambda x, _free: self._move(part, self.scale.seconds(x)))
        made.nudged.connect(lambda steps: self._move(part, self._edge(part) + steps * _STEP))
        made.asked.connect(lambda seconds: self._move(part, seconds))
        return made

    @property
    def part(self) -> tuple[float, float]:
        """Return the part: start and end in seconds."""
        return self._start, self._end

    def show_length(self, seconds: float) -> None:
        """Show a sound of `seconds`, all of it chosen."""
        self.set_scale(Scale.fitting(seconds, self.width()))
        self.show_part(0.0, seconds)

    def show_part(self, start: float, end: float) -> None:
        """Show the part from `start` to `end`."""
        self._start, self._end = start, end
        self._place()

    def show_cursor(self, seconds: float | None) -> None:
        """Mark what is heard, None when nothing is."""
        self._cursor = seconds
        self.update()

    def _edge(self, part: Part) -> float:
        return self._start if part is Part.START else self._end

    def _move(self, part: Part, seconds: float) -> None:
        if part is Part.START:
            self._start = min(max(0.0, seconds), self._end - _SHORTEST)
        else:
            self._end = max(min(self.scale.duration, seconds), self._start + _SHORTEST)
        self._place()
        self.trimmed.emit(round(self._start, 3), round(self._end, 3))

    def _place(self) -> None:
        for part, handle in self._handles.items():
            seconds = self._edge(part)
            x = self.scale.x(seconds)
            rect = QRectF(x - HANDLE_PIXELS / 2, 0, HANDLE_PIXELS, self.height())
            handle.place(rect, x, seconds, self.scale.duration)
            handle.setVisible(self.scale.duration > 0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the whole sound in the new width."""
        super().resizeEvent(event)
        self.set_scale(Scale.fitting(self.scale.duration, self.width()))
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where the click is."""
        self.seek_wanted.emit(self.scale.seconds(event.position().x()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the waveform, shade what is not used, and mark what is heard."""
        super().paintEvent(event)
        if not self.scale.duration:
            return
        painter = QPainter(self)
        shade = colour("panel", 0.72)
        left, right = self.scale.x(self._start), self.scale.x(self._end)
        painter.fillRect(QRectF(0, 0, left, self.height()), shade)
        painter.fillRect(QRectF(right, 0, self.width() - right, self.height()), shade)
        painter.setPen(QPen(colour("accent"), 1))
        painter.drawRect(QRectF(left, 0.5, right - left, self.height() - 1))
        if self._cursor is not None:
            x = self.scale.x(self._cursor)
            painter.setPen(QPen(colour("text"), 1.5, Qt.PenStyle.SolidLine))
            painter.drawLine(round(x), 0, round(x), self.height())
