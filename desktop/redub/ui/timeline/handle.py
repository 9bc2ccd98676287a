"""The handle of an edge or of a whole interval: gripped by the mouse, moved by keys, known to screen readers.

It is a slider in the eyes of the accessibility interface (value in milliseconds), which is what an edge in time is.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QWidget

from redub.ui.theme import colour

_DRAG_PIXELS = 3
_MILLIS = 1000


class Part(StrEnum):
    """Which part of an interval a handle holds."""

    BODY = "body"
    START = "start"
    END = "end"


class TimeHandle(QAbstractSlider):
    """One grip.

    Signals: `grabbed` and `released` around a drag; `pulled` with the pixel (of the parent) of the pointer, how far it
    is from the held moment, and whether snapping is off; `pressed_at` with the pixel of a click without a drag;
    `nudged` with frames; `asked` with seconds that a screen reader set; `remove_wanted`; `typing_wanted`;
    `menu_wanted` with a place on the screen.
    """

    grabbed = Signal()
    released = Signal()
    pulled = Signal(float, float, bool)
    pressed_at = Signal(float)
    nudged = Signal(int)
    asked = Signal(float)
    remove_wanted = Signal()
    typing_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, part: Part, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self._tone = tone
        self._press_x: float | None = None
        self._grip = 0.0
        self._dragging = False
        self._placing = False
        self._anchor = 0.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTracking(True)
        self.setCursor(Qt.CursorShape.SizeAllCursor if part is Part.BODY else Qt.CursorShape.SizeHorCursor)
        self.valueChanged.connect(self._on_value_changed)

    @property
    def dragging(self) -> bool:
        """Say whether it is being dragged."""
        return self._dragging

    def place(self, geometry: QRectF, anchor: float, seconds: float, duration: float) -> None:
        """Lie over `geometry` (pixels of the parent) and hold `seconds`, which lies at the pixel `anchor`."""
        self._placing = True
        self._anchor = anchor
        self.setRange(0, round(duration * _MILLIS))
        self.setValue(round(seconds * _MILLIS))
        self._placing = False
        self.setGeometry(geometry.toAlignedRect())
        self.update()

    def _on_value_changed(self, value: int) -> None:
        if not self._placing:
            self.asked.emit(value / _MILLIS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._press_x = self._x(event)
        self._grip = self._press_x - self._anchor

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull, once the pointer has moved enough to be meant."""
        if self._press_x is None:
            event.ignore()
            return
        x = self._x(event)
        if not self._dragging and abs(x - self._press_x) < _DRAG_PIXELS:
            return
        if not self._dragging:
            self._dragging = True
            self.grabbed.emit()
        self.pulled.emit(x, self._grip, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._press_x is None:
            event.ignore()
            return
        x, self._press_x = self._press_x, None
        if self._dragging:
            self._dragging = False
            self.released.emit()
        else:
            self.pressed_at.emit(x)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for typed times."""
        self._press_x = None
        self.typing_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the lanes: a slider of Qt would change its value."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by the right button or the menu key."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.menu_wanted.emit(event.globalPos())

    def _x(self, event: QMouseEvent) -> float:
        return event.position().x() + self.x()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by frames with the arrows, type times with Enter, remove with Delete."""
        frames = _frames_of(event)
        if frames:
            self.nudged.emit(frames)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.typing_wanted.emit()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End a run of nudges: holding a key down is one step of the history."""
        if event.isAutoRepeat() or event.key() not in _ARROWS:
            event.ignore()
            return
        self.released.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys act here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop showing it."""
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go dim."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar of an edge, and a ring where the keys act."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.part is not Part.BODY:
            self._paint_edge(painter)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def _paint_edge(self, painter: QPainter) -> None:
        lit = self.underMouse() or self.hasFocus() or self._dragging
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("text" if lit else self._tone))
        x = self._anchor - self.x()
        left = x - 1 if self.part is Part.START else x - 3
        painter.drawRoundedRect(QRectF(left, 2, 4, self.height() - 4), 2, 2)


_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def _frames_of(event: QKeyEvent) -> int:
    """Return the frames that an arrow key asks for: 1, with Shift 10."""
    direction = next((step for key, step in _ARROWS.items() if event.key() == key), 0)
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return 0
    return direction * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
