"""The button of one mark: pressed it marks the selection, dragged it marks where it is dropped."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from redub.core.ssml.vocabulary import TAGS
from redub.i18n import _
from redub.ui.icons import icon
from redub.ui.script.labels import look
from redub.ui.theme import scale


class MarkButton(QToolButton):
    """An icon with the name and the sentence of one tag; `keys` is its shortcut, for the tooltip.

    A drag stays within the window, so it needs no loop of its own. Signals: `dragged` and `dropped` with the tag and
    the pointer's place on the screen.
    """

    dragged = Signal(str, QPoint)
    dropped = Signal(str, QPoint)

    def __init__(self, tag: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag, self._pressed_at, self._is_dragged = tag, QPoint(), False
        rule, looks = TAGS[tag], look(tag)
        side = scale().control.icon + 2
        self.setIcon(icon(looks.icon, looks.tone))
        self.setIconSize(QSize(side, side))
        self.setFixedSize(QSize(30, 28))
        tip = _("{label} ({keys}): {sentence} Press it for the selection, or drag it into the text.")
        self.setToolTip(tip.format(label=rule.label, keys=keys, sentence=rule.sentence))
        self.setAccessibleName(rule.label)
        self.setAccessibleDescription(rule.sentence)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag may begin."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag when the pointer has gone far enough with the button held."""
        gone = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif self._is_dragged or gone >= QApplication.startDragDistance():
            self._is_dragged = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.DragCopyCursor)
            self.dragged.emit(self._tag, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop the mark, or press the button."""
        if not self._is_dragged:
            super().mouseReleaseEvent(event)
            return
        self._is_dragged = False
        self.unsetCursor()
        self.dropped.emit(self._tag, event.globalPosition().toPoint())
