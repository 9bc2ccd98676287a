"""The lanes under each other with their names on the left, and the lines that run over them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from redub.i18n import _
from redub.ui.controls.words import label
from redub.ui.timeline.overlay import CursorOverlay
from redub.ui.timeline.resultstrip import ResultStrip
from redub.ui.timeline.ruler import Ruler
from redub.ui.timeline.segmentlane import SegmentLane
from redub.ui.timeline.stilllane import StillLane
from redub.ui.timeline.thumbs import ThumbnailLane
from redub.ui.timeline.wave import WaveLane

_NAMES = 58


class LaneStack(QWidget):
    """Ruler, pictures, sound, segment, still intervals and the result, sharing the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ruler, self.thumbs, self.wave = Ruler(self), ThumbnailLane(self), WaveLane(self)
        self.segment, self.stills, self.result = SegmentLane(self), StillLane(self), ResultStrip(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(0, _NAMES)
        self._grid.setColumnStretch(1, 1)
        self._add_rows()
        self.overlay = CursorOverlay(self)
        for lane in self.timed:
            lane.hovered.connect(self.overlay.show_hover)
            lane.unhovered.connect(lambda: self.overlay.show_hover(None))

    @property
    def timed(self) -> tuple[Ruler, ThumbnailLane, WaveLane, SegmentLane, StillLane]:
        """Return the lanes that share the scale of the clip."""
        return self.ruler, self.thumbs, self.wave, self.segment, self.stills

    def _add_rows(self) -> None:
        rows = (
            (self.ruler, "", 0, 24),
            (self.thumbs, _("Pictures"), 3, 36),
            (self.wave, _("Sound"), 2, 26),
            (self.segment, _("Segment"), 0, 28),
            (self.stills, _("Still"), 0, 28),
            (self.result, _("Result"), 0, 46),
        )
        for row, (lane, name, stretch, height) in enumerate(rows):
            words = label(name, "caption")
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(words, row, 0)
            self._grid.addWidget(lane, row, 1)
            self._grid.setRowStretch(row, stretch)
            if stretch:
                lane.setMinimumHeight(height)
                lane.setMaximumHeight(72)
            else:
                lane.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Return a comfortable height."""
        return QSize(800, 262)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines over the lanes that share the clip's time."""
        super().resizeEvent(event)
        self._grid.activate()
        top, bottom = self.ruler.geometry(), self.stills.geometry()
        self.overlay.setGeometry(QRect(top.topLeft(), bottom.bottomRight()))
        self.overlay.raise_()
