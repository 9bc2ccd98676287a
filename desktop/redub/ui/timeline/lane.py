"""One row of the timeline: shares its scale with the others, and says where the pointer is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from redub.ui.theme import colour
from redub.ui.timeline.backdrop import Backdrop
from redub.ui.timeline.edgescroll import EdgeScroll
from redub.ui.timeline.scale import PADDING, Scale


class Lane(QWidget):
    """A row that draws something over the time of the clip.

    Signals: `hovered` with the seconds under the pointer, `unhovered` when it leaves, `seek_wanted` with the seconds
    that were clicked.

    :ivar edge: scrolls the lanes while something is dragged beyond their ends
    """

    hovered = Signal(float)
    unhovered = Signal()
    seek_wanted = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = Scale.fitting(0.0, 100.0)
        self.backdrop = Backdrop(self, self.draw)
        self.edge = EdgeScroll(self)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setObjectName(name)

    @property
    def scale(self) -> Scale:
        """Return the part of the clip that is shown."""
        return self._scale

    def set_scale(self, scale: Scale) -> None:
        """Show another part of the clip."""
        if scale != self._scale:
            self._scale = scale
            self.rescaled()
            self.backdrop.spoil()

    def draw(self, painter: QPainter) -> None:
        """Draw the lane; called when something in it has changed, not for every painting."""
        self.paint_ground(painter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy what was drawn to the screen."""
        painter = QPainter(self)
        self.backdrop.paint(painter, event.rect())

    def rescaled(self) -> None:
        """Follow a change of the scale; for lanes that place child widgets."""

    def clip_rect(self) -> QRectF:
        """Return the pixels between the start and the end of the clip; all of them while there is none."""
        if not self._scale.duration:
            return QRectF(self.rect()).adjusted(PADDING, 0, -PADDING, 0)
        left, right = self._scale.x(0.0), self._scale.x(self._scale.duration)
        return QRectF(left, 0, max(0.0, right - left), self.height())

    def paint_ground(self, painter: QPainter) -> None:
        """Fill the lane: its ground where the clip is, the panel's where it is not."""
        painter.fillRect(self.clip_rect(), colour("lane_ground"))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what moment the pointer is over; a drag with the middle button belongs to the view."""
        if event.buttons() & Qt.MouseButton.MiddleButton:
            event.ignore()
            return
        self.hovered.emit(self._scale.seconds(event.position().x()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave every press to the view; lanes that are dragged in take the left button."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is elsewhere."""
        self.unhovered.emit()
        super().leaveEvent(event)


def hair(shade: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen that draws one device pixel, crisp at every density."""
    pen = QPen(shade, 1.0, style)
    pen.setCosmetic(True)
    return pen
