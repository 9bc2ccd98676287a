"""The ruler: names the moments of the clip, and is where the cursor is dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from redub.core.times import Notation
from redub.i18n import _
from redub.ui.theme import colour
from redub.ui.timeline.lane import Lane, hair
from redub.ui.timeline.scale import ticks


class Ruler(Lane):
    """Draws the ticks in the notation that the creator chose; a press or drag moves the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Ruler"), parent)
        self._notation = Notation.SECONDS
        self._fps = 25.0
        self._dragging = False
        self.setFixedHeight(24)

    def set_notation(self, notation: Notation, fps: float) -> None:
        """Name the moments in `notation`."""
        if (notation, fps) != (self._notation, self._fps):
            self._notation, self._fps = notation, fps
            self.backdrop.spoil()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the cursor here."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragging = True
            self.seek_wanted.emit(self.scale.seconds(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the cursor along."""
        super().mouseMoveEvent(event)
        if self._dragging:
            self.seek_wanted.emit(self.scale.seconds(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave the cursor here."""
        self._dragging = False

    def draw(self, painter: QPainter) -> None:
        """Draw ticks and labels."""
        if not self.scale.duration:
            return
        bottom = float(self.height())
        painter.setPen(hair(colour("line")))
        painter.drawLine(QPointF(0, bottom - 0.5), QPointF(self.width(), bottom - 0.5))
        for tick in ticks(self.scale, self._notation, self._fps):
            x = round(self.scale.x(tick.seconds)) + 0.5
            painter.setPen(hair(colour("edge" if tick.label else "line")))
            painter.drawLine(QPointF(x, bottom - (9 if tick.label else 4)), QPointF(x, bottom))
            if tick.label and x + 4 + painter.fontMetrics().horizontalAdvance(tick.label) <= self.width():
                painter.setPen(colour("quiet"))
                painter.drawText(QRectF(x + 4, 0, 120, bottom - 6), Qt.AlignmentFlag.AlignVCenter, tick.label)
