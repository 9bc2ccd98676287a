"""Two pictures in one place: the first left of a line, the other right of it; the line is moved by hand or by keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from redub.i18n import _
from redub.ui.preview.canvas import Canvas
from redub.ui.theme import colour

_BY_KEY = 0.02
_KNOB = 14


class WipeCanvas(Canvas):
    """The left picture is that of `Canvas`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._other: QImage | None = None
        self._split = 0.5
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self._say()

    @property
    def split(self) -> float:
        """Return where the line stands: 0 at the left edge of the picture, 1 at the right one."""
        return self._split

    def show_pair(self, left: QImage | None, right: QImage | None) -> None:
        """Show two pictures."""
        self._other = right
        self.show_picture(left)

    def move_line(self, split: float) -> None:
        """Put the line elsewhere."""
        self._split = min(1.0, max(0.0, split))
        self._say()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(_("Wipe: the result is left of the line"))
        self.setAccessibleDescription(_("The line stands at {n} percent.").format(n=round(self._split * 100)))
        self.setToolTip(_("Drag the line, or move it with Shift and the arrows"))

    def _line(self) -> int:
        place = self.picture_rect()
        return place.left() + round(self._split * place.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the first picture, the other one over it right of the line, and the line."""
        super().paintEvent(event)
        if self._picture is None:
            return
        painter = QPainter(self)
        line = self._line()
        if self._other is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipRect(QRect(line, 0, self.width() - line, self.height()))
            painter.fillRect(self.rect(), colour("sunken"))
            painter.drawImage(self._place_of(self._other.size()), self._other)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(
            QRect(line - 1, self.picture_rect().top(), 2, self.picture_rect().height()), colour("accent")
        )
        painter.setBrush(colour("accent_fill"))
        painter.setPen(colour("on_accent"))
        painter.drawEllipse(QPoint(line, self.picture_rect().center().y()), _KNOB // 2, _KNOB // 2)
        if self._whisper:
            self._paint_whisper(painter)
        painter.end()

    def _place_of(self, size: QSize) -> QRect:
        place = QRect(QPoint(0, 0), size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(self.rect().center())
        return place

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the line where it was clicked."""
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the line."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        place = self.picture_rect()
        if place.width():
            self.move_line((event.position().x() - place.left()) / place.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the line with Shift and the arrows; other keys are the window's."""
        by = {Qt.Key.Key_Left.value: -_BY_KEY, Qt.Key.Key_Right.value: _BY_KEY}.get(event.key())
        if by is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.move_line(self._split + by)
        else:
            event.ignore()
