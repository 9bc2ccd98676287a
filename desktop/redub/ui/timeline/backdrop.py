"""A picture of what changes rarely: drawn once, copied to the screen while the cursor runs over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from redub.ui.theme import current


class Backdrop:
    """Holds the picture for one widget; size, density and theme are watched, everything else spoils it by hand."""

    def __init__(self, widget: QWidget, draw: Callable[[QPainter], None]) -> None:
        """Draw `widget` with `draw`, which is given a painter in the widget's own pixels."""
        self._widget, self._draw = widget, draw
        self._picture = QPixmap()
        self._made_for: object = None

    def spoil(self) -> None:
        """Draw anew at the next painting."""
        self._made_for = None
        self._widget.update()

    def paint(self, painter: QPainter, region: QRect) -> None:
        """Copy the picture to `region`."""
        ratio = self._widget.devicePixelRatioF()
        wanted = (self._widget.size(), ratio, current().name)
        if wanted != self._made_for:
            self._make(ratio)
            self._made_for = wanted
        source = QRectF(
            region.x() * ratio, region.y() * ratio, region.width() * ratio, region.height() * ratio
        )
        painter.drawPixmap(QRectF(region), self._picture, source)

    def _make(self, ratio: float) -> None:
        self._picture = QPixmap(self._widget.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        painter.setFont(self._widget.font())
        self._draw(painter)
        painter.end()
