"""The lines that run over all lanes: the cursor, the pointer, and what an edge has snapped to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from redub.core.times import Notation, show
from redub.ui.theme import colour
from redub.ui.timeline.lane import hair
from redub.ui.timeline.scale import Scale

_REACH = 7
_CHIP = 17


class CursorOverlay(QWidget):
    """Lies over the lanes and lets the mouse through; repaints only the columns that change."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._scale = Scale.fitting(0.0, 100.0)
        self._notation = Notation.SECONDS
        self._fps = 25.0
        self._cursor = 0.0
        self._hover: float | None = None
        self._hold: tuple[float, str, int] | None = None

    def set_scale(self, scale: Scale) -> None:
        """Follow the lanes."""
        self._scale = scale
        self.update()

    def set_notation(self, notation: Notation, fps: float) -> None:
        """Name the moment under the pointer in `notation`."""
        self._notation, self._fps = notation, fps

    def show_cursor(self, seconds: float) -> None:
        """Move the cursor line."""
        self._touch(self._cursor)
        self._cursor = seconds
        self._touch(seconds)

    def show_hover(self, seconds: float | None) -> None:
        """Move the faint line under the pointer, or take it away."""
        for moment in (self._hover, seconds):
            if moment is not None:
                self._touch_chip(moment)
        self._hover = seconds

    def show_hold(self, seconds: float | None, reason: str = "", y: int = 0) -> None:
        """Show that an edge is held at `seconds`, and by what: the words stand over the pixel `y`."""
        top = max(1, y - _CHIP - 2)
        for moment, where in ((self._hold[0], self._hold[2]) if self._hold else (None, 0), (seconds, top)):
            if moment is not None:
                self._touch_chip(moment, where)
        self._hold = None if seconds is None else (seconds, reason, top)

    @property
    def words(self) -> str:
        """Return what is said about the edge that is held, or ""."""
        return self._hold[1] if self._hold else ""

    def _touch(self, seconds: float) -> None:
        x = int(self._scale.x(seconds))
        self.update(QRect(x - _REACH, 0, 2 * _REACH + 1, self.height()))

    def _touch_chip(self, seconds: float, top: int = 1) -> None:
        self._touch(seconds)
        self.update(QRect(0, top - 2, self.width(), _CHIP + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        if not self._scale.duration:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hover is not None:
            self._paint_hover(painter, self._hover)
        self._paint_cursor(painter)
        if self._hold is not None:
            self._paint_hold(painter, *self._hold)

    def _x(self, seconds: float) -> float:
        return round(self._scale.x(seconds)) + 0.5

    def _paint_cursor(self, painter: QPainter) -> None:
        x = self._x(self._cursor)
        left = round(x - 0.5)
        painter.fillRect(left - 1, 8, 3, self.height() - 8, colour("lane_ground", 0.6))
        painter.fillRect(left, 0, 1, self.height(), colour("playhead"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("playhead"))
        head = [
            QPointF(x - 5, 13),
            QPointF(x + 5, 13),
            QPointF(x + 5, 18),
            QPointF(x, 23),
            QPointF(x - 5, 18),
        ]
        painter.drawPolygon(QPolygonF(head))

    def _paint_hover(self, painter: QPainter, seconds: float) -> None:
        x = self._x(seconds)
        painter.setPen(hair(colour("quiet", 0.7), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 18), QPointF(x, self.height()))
        self._paint_chip(painter, x, show(seconds, self._notation, self._fps), "raised", "text")

    def _paint_hold(self, painter: QPainter, seconds: float, reason: str, top: int) -> None:
        x = self._x(seconds)
        painter.setPen(QPen(colour("accent"), 1.5))
        painter.drawLine(QPointF(x, 18), QPointF(x, self.height()))
        words = f"{show(seconds, self._notation, self._fps)} · {reason}"
        self._paint_chip(painter, x, words, "accent_fill", "on_accent", top)

    def _paint_chip(
        self, painter: QPainter, x: float, words: str, ground: str, ink: str, top: int = 1
    ) -> None:
        width = painter.fontMetrics().horizontalAdvance(words) + 12
        left = min(max(0.0, x - width / 2), max(0.0, self.width() - width))
        chip = QRectF(left, top, width, _CHIP)
        painter.setPen(hair(colour("line")))
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(colour(ink))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
