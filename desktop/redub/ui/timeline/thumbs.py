"""The strip of thumbnails: what is to be seen where."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from redub.i18n import _
from redub.ui.theme import colour
from redub.ui.timeline.lane import hair
from redub.ui.timeline.seeklane import SeekLane


class ThumbnailLane(SeekLane):
    """Draws the pictures that have been read so far, each where its moment lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Pictures"), parent)
        self._times: list[float] = []
        self._pictures: list[QImage] = []
        self._message = ""
        self._cuts: tuple[float, ...] = ()
        self.setMinimumHeight(28)

    def clear(self, message: str = "") -> None:
        """Forget the pictures, and say why there are none."""
        self._times, self._pictures, self._message = [], [], message
        self.show_cuts(())

    def add(self, seconds: float, picture: QImage) -> None:
        """Show one more picture, or a better one for the same moment."""
        place = bisect.bisect_left(self._times, seconds)
        if place < len(self._times) and self._times[place] == seconds:
            self._pictures[place] = picture
        else:
            self._times.insert(place, seconds)
            self._pictures.insert(place, picture)
        self.backdrop.spoil()

    def show_cuts(self, cuts: Sequence[float]) -> None:
        """Mark where new shots begin."""
        self._cuts = tuple(cuts)
        self.setAccessibleDescription(
            _("{count} shot changes").format(count=len(self._cuts)) if self._cuts else ""
        )
        self.backdrop.spoil()

    @property
    def cuts(self) -> tuple[float, ...]:
        """Return the shot changes that are marked."""
        return self._cuts

    @property
    def count(self) -> int:
        """Return how many pictures are there."""
        return len(self._pictures)

    def draw(self, painter: QPainter) -> None:
        """Draw the pictures side by side, each as wide as its shape asks."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.paint_ground(painter)
        if not self._pictures:
            painter.setPen(colour("quiet"))
            painter.drawText(
                self.clip_rect().adjusted(16, 0, -16, 0), Qt.AlignmentFlag.AlignVCenter, self._message
            )
            return
        painter.setClipRect(self.clip_rect().intersected(QRectF(self.rect())))
        first = self._pictures[0]
        width = max(8.0, self.height() * first.width() / max(1, first.height()))
        left = self.scale.x(0.0)
        start = max(0, int(-left // width))
        end = min(self.scale.x(self.scale.duration), float(self.width()))
        while left + start * width < end:
            self._paint_slot(painter, QRectF(left + start * width, 0, width, self.height()))
            start += 1
        self._paint_cuts(painter)

    def _paint_cuts(self, painter: QPainter) -> None:
        for cut in self._cuts:
            x = round(self.scale.x(cut)) + 0.5
            if 0 <= x <= self.width():
                painter.fillRect(QRectF(x - 1.5, 0, 3, self.height()), colour("lane_ground", 0.5))
                painter.setPen(hair(colour("lane_splice"), Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _paint_slot(self, painter: QPainter, slot: QRectF) -> None:
        picture = self._pictures[self._nearest(self.scale.seconds(slot.center().x()))]
        painter.drawImage(slot, picture)
        painter.setPen(hair(colour("lane_ground")))
        painter.drawLine(slot.topRight(), slot.bottomRight())

    def picture_at(self, seconds: float) -> QImage | None:
        """Return the picture nearest to `seconds`, None while there is none."""
        return self._pictures[self._nearest(seconds)] if self._pictures else None

    def _nearest(self, seconds: float) -> int:
        place = bisect.bisect_left(self._times, seconds)
        around = [index for index in (place - 1, place) if 0 <= index < len(self._times)]
        return min(around, key=lambda index: abs(self._times[index] - seconds))
