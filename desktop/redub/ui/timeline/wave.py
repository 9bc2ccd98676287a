"""The waveform: what is to be heard where, with the part that is not read yet shown as such."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from redub.core.quiet import Quiet
from redub.i18n import _
from redub.ui.theme import colour
from redub.ui.timeline.columns import PER_SECOND, Peaks, columns
from redub.ui.timeline.lane import hair
from redub.ui.timeline.seeklane import SeekLane


class WaveLane(SeekLane):
    """Draws the peaks that have been read so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Sound"), parent)
        self._peaks: Peaks = np.zeros((0, 2), np.int16)
        self._message = ""
        self._listening = False
        self._quiet: tuple[Quiet, ...] = ()
        self.setMinimumHeight(24)

    def clear(self, message: str = "", *, listening: bool = False) -> None:
        """Forget the peaks; say why there are none, or that they are being read."""
        self._peaks = np.zeros((0, 2), np.int16)
        self._message, self._listening = message, listening
        self.show_quiet(())

    def add(self, more: Peaks) -> None:
        """Append peaks that follow those that are there."""
        self._peaks = np.concatenate([self._peaks, more])
        self.backdrop.spoil()

    def finish(self) -> None:
        """Note that everything was read."""
        self._listening = False
        self.backdrop.spoil()

    def show_quiet(self, parts: Sequence[Quiet]) -> None:
        """Mark the quiet parts."""
        self._quiet = tuple(parts)
        self.setAccessibleDescription(
            _("{count} quiet parts").format(count=len(self._quiet)) if self._quiet else ""
        )
        self.backdrop.spoil()

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        """Return the quiet parts that are marked."""
        return self._quiet

    @property
    def listening(self) -> bool:
        """Say whether more is to come."""
        return self._listening

    @property
    def seconds_read(self) -> float:
        """Return up to where the sound was read."""
        return len(self._peaks) / PER_SECOND

    def draw(self, painter: QPainter) -> None:
        """Draw one line for each column of pixels, and the rest as not read."""
        self.paint_ground(painter)
        middle = self.height() / 2
        clip = self.clip_rect().intersected(QRectF(self.rect()))
        painter.setClipRect(clip)
        self._paint_quiet(painter)
        painter.setPen(hair(colour("line")))
        painter.drawLine(QPointF(clip.left(), middle), QPointF(clip.right(), middle))
        if len(self._peaks) and clip.width() > 0:
            self._paint_columns(painter, int(clip.left()), int(clip.right()) + 1, middle)
        self._paint_message(painter)

    def _paint_quiet(self, painter: QPainter) -> None:
        shade, edge = colour("lane_still", 0.13), colour("lane_still", 0.55)
        for part in self._quiet:
            left, right = self.scale.x(part.start), self.scale.x(part.end)
            if right >= 0 and left <= self.width():
                painter.fillRect(QRectF(left, 0, max(1.0, right - left), self.height()), shade)
                painter.fillRect(QRectF(left, self.height() - 2.0, max(1.0, right - left), 2.0), edge)

    def _paint_columns(self, painter: QPainter, left: int, right: int, middle: float) -> None:
        scale, step = self.scale, 1 / self.devicePixelRatioF()
        first = scale.left + (left - scale.x(scale.left)) / scale.per_second
        places = np.arange(0, right - left + step, step)
        heights = columns(self._peaks, np.maximum(first + places / scale.per_second, 0.0)) * (middle - 2)
        lines = [
            QLineF(
                left + place + step / 2, middle - high - step, left + place + step / 2, middle - low + step
            )
            for place, (low, high) in zip(places.tolist(), heights.tolist(), strict=False)
            if low == low
        ]
        painter.setPen(hair(colour("lane_wave")))
        painter.drawLines(lines)

    def _paint_message(self, painter: QPainter) -> None:
        nothing = "" if len(self._peaks) else self._message
        message = _("Listening…") if self._listening else nothing
        if not message:
            return
        painter.setClipping(False)
        painter.setPen(colour("quiet"))
        left = max(self.scale.x(self.seconds_read), 0.0) + 16
        room = QRectF(left, 0, max(0.0, self.width() - left - 8), self.height())
        if room.width() > 40:
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, message)
