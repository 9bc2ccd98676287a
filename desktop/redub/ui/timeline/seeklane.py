"""A lane in which a press or a drag moves the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from redub.ui.timeline.lane import Lane
from redub.ui.timeline.scale import PADDING


class SeekLane(Lane):
    """Asks for the cursor where the button goes down, and takes it along until it is let go."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the cursor here."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragging = True
            self._drag_to(event.position().x())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the cursor along; beyond the ends the lanes scroll."""
        super().mouseMoveEvent(event)
        if self._dragging:
            self._drag_to(event.position().x())

    def _drag_to(self, x: float) -> None:
        held = self.edge.pull(x, PADDING, self.width() - PADDING, lambda: self._drag_to(x))
        self.seek_wanted.emit(self.scale.seconds(held))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave the cursor here."""
        if self._dragging:
            self._dragging = False
            self.edge.stop()
        else:
            event.ignore()
