"""The cursor as something that Tab reaches: a slider to a screen reader, moved by frames with the arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QWidget

from redub.i18n import _
from redub.ui.theme import colour

_MILLIS = 1000
_HALF_WIDTH = 8


class CursorHandle(QAbstractSlider):
    """Lies over the head of the cursor and lets the mouse through.

    Signals: `asked` with seconds that a screen reader set, `stepped` with frames.
    """

    asked = Signal(float)
    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ruler = parent
        self._placing = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(_("Cursor"))
        self.valueChanged.connect(self._on_value_changed)

    def place(self, x: float, seconds: float, duration: float, words: str) -> None:
        """Lie around the pixel `x` of the parent and hold `seconds`, which are written as `words`."""
        self._placing = True
        self.setRange(0, round(duration * _MILLIS))
        self.setValue(round(seconds * _MILLIS))
        self._placing = False
        if self.hasFocus() or self.accessibleDescription() != words:
            self.setAccessibleDescription(words)
        self.setGeometry(round(x) - _HALF_WIDTH, 0, 2 * _HALF_WIDTH + 1, self._ruler.height())

    def _on_value_changed(self, value: int) -> None:
        if not self._placing:
            self.asked.emit(value / _MILLIS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by frames with the arrows, ten with Shift; go to the ends with Home and End."""
        step = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}.get(event.key(), 0)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif step:
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(step * (10 if shifted else 1))
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.asked.emit(0.0 if event.key() == Qt.Key.Key_Home else self.maximum() / _MILLIS)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys act here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop showing it."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ring while the keys act here; the cursor itself is drawn over all lanes."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
