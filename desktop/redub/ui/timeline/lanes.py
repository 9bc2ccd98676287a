"""The lanes under each other with their names on the left, and the lines that run over them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from redub.i18n import _
from redub.ui.controls.words import label
from redub.ui.timeline.facelane import FaceLane
from redub.ui.timeline.hoverpicture import HoverPicture
from redub.ui.timeline.overlay import CursorOverlay
from redub.ui.timeline.resultstrip import ResultStrip
from redub.ui.timeline.ruler import Ruler
from redub.ui.timeline.segmentlane import SegmentLane
from redub.ui.timeline.stilllane import StillLane
from redub.ui.timeline.thumbs import ThumbnailLane
from redub.ui.timeline.wave import WaveLane

_NAMES = 58


class LaneStack(QWidget):
    """Ruler, pictures, sound, segment, still intervals, faces and the result, sharing the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ruler, self.thumbs, self.wave = Ruler(self), ThumbnailLane(self), WaveLane(self)
        self.segment, self.stills, self.result = SegmentLane(self), StillLane(self), ResultStrip(self)
        self.faces = FaceLane(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(0, _NAMES)
        self._grid.setColumnStretch(1, 1)
        self._add_rows()
        self.overlay = CursorOverlay(self)
        self._hover: HoverPicture | None = None
        self.segment.handles_made.connect(self._order_tabs)
        self.stills.handles_made.connect(self._order_tabs)
        self._order_tabs()
        for lane in self.timed:
            lane.hovered.connect(self._show_hover)
            lane.unhovered.connect(self.hide_hover)

    @property
    def timed(self) -> tuple[Ruler, ThumbnailLane, WaveLane, SegmentLane, StillLane, FaceLane]:
        """Return the lanes that share the scale of the clip."""
        return self.ruler, self.thumbs, self.wave, self.segment, self.stills, self.faces

    def _add_rows(self) -> None:
        rows = (
            (self.ruler, "", 0, 24),
            (self.thumbs, _("Pictures"), 3, 36),
            (self.wave, _("Sound"), 2, 26),
            (self.segment, _("Segment"), 0, 28),
            (self.stills, _("Still"), 0, 28),
            (self.faces, _("Faces"), 0, 24),
            (self.result, _("Result"), 0, 46),
        )
        for row, (lane, name, stretch, height) in enumerate(rows):
            words = label(name, "caption")
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if lane is self.result:  # its name stands beside the band, not beside the words under it
                words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                words.setContentsMargins(0, 5, 0, 0)
            self._grid.addWidget(words, row, 0)
            self._grid.addWidget(lane, row, 1)
            self._grid.setRowStretch(row, stretch)
            if stretch:
                lane.setMinimumHeight(height)
                lane.setMaximumHeight(72)
            else:
                lane.setFixedHeight(height)

    def _order_tabs(self) -> None:
        """Let Tab go through the lanes from above to below, whenever their handles were made."""
        segment, stills = self.segment, self.stills
        row = [self.ruler.cursor_handle, *segment.handles, stills, *stills.handles, self.result]
        for first, second in pairwise(row):
            self.setTabOrder(first, second)

    def show_cursor(self, seconds: float) -> None:
        """Show the cursor in all lanes; whoever moves it looks at the large picture now."""
        self._hide_picture()
        self.overlay.show_cursor(seconds)
        self.ruler.show_cursor(seconds)
        self.result.show_cursor(seconds)

    def _show_hover(self, seconds: float) -> None:
        self.overlay.show_hover(seconds)
        picture = self.thumbs.picture_at(seconds)
        if picture is None or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._hide_picture()
            return
        if self._hover is None:
            self._hover = HoverPicture(self)
        self._hover.show_over(self.ruler, self.ruler.scale.x(seconds), picture)

    def hide_hover(self) -> None:
        """Say no more about the moment under the pointer."""
        self.overlay.show_hover(None)
        self._hide_picture()

    def _hide_picture(self) -> None:
        if self._hover is not None:
            self._hover.hide()

    @property
    def hover_picture(self) -> HoverPicture | None:
        """Return the picture of the moment under the pointer, None before the first."""
        return self._hover

    def sizeHint(self) -> QSize:
        """Return a comfortable height."""
        return QSize(800, 288)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines over the lanes that share the clip's time."""
        super().resizeEvent(event)
        self._grid.activate()
        top, bottom = self.ruler.geometry(), self.faces.geometry()
        self.overlay.setGeometry(QRect(top.topLeft(), bottom.bottomRight()))
        self.overlay.raise_()
