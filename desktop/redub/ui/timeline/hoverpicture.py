"""The picture of the moment under the pointer, over the ruler."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from redub.ui.theme import colour
from redub.ui.timeline.lane import hair

_BOX = QSize(176, 132)
_FRAME = 3
_GAP = 4


class HoverPicture(QWidget):
    """A small picture that floats over the window of `home` and lets the mouse through."""

    def __init__(self, home: QWidget) -> None:
        self._over = home.window()
        super().__init__(self._over)
        self._picture = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def picture(self) -> QImage:
        """Return what is shown."""
        return self._picture

    def show_over(self, lane: QWidget, x: float, picture: QImage) -> None:
        """Show `picture` above the pixel `x` of `lane`."""
        self._picture = picture
        size = picture.size().scaled(_BOX, Qt.AspectRatioMode.KeepAspectRatio)
        self.resize(size + QSize(2 * _FRAME, 2 * _FRAME))
        place = lane.mapTo(self._over, QPoint(round(x), 0))
        room = max(0, self._over.width() - self.width())
        self.move(min(max(0, place.x() - self.width() // 2), room), max(0, place.y() - self.height() - _GAP))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in its frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), colour("raised"))
        inner = QRectF(self.rect()).adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME)
        painter.drawImage(inner, self._picture)
        painter.setPen(hair(colour("line")))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
