"""The lane of the segment: which part of the clip the service uses, by MakeType."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QWidget

from redub.core.findings import Level
from redub.core.history import Edit
from redub.core.shot import MakeType, Selection
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.theme import colour
from redub.ui.timeline import drags
from redub.ui.timeline.handle import Part
from redub.ui.timeline.intervals import Bar, IntervalLane
from redub.ui.timeline.lane import hair
from redub.ui.timeline.shapes import SegmentShape, segment_shape, sentences


class SegmentLane(IntervalLane):
    """Shows the segment, and what was picked without effect; edges and body can be dragged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Segment"), "lane_segment", parent)
        self._selection = Selection()
        self._held = Selection()
        self._shape = SegmentShape(0.0, 0.0, MakeType.DEFAULT)
        self._wrong = ""

    def show_view(self, view: ShotView, duration: float, fps: float) -> None:
        """Show the selection of `view` on a clip of `duration` seconds."""
        self._selection = view.shot.selection
        self._shape = segment_shape(self._selection, duration)
        self._wrong = " ".join(sentences(view.findings, ("segment.",), (Level.ERROR,)))
        self.setToolTip(self._wrong)
        self.show_bars([self._bar()] if duration > 0 else [], fps)

    @property
    def shape(self) -> SegmentShape:
        """Return the segment as it is drawn."""
        return self._shape

    @property
    def wrong(self) -> str:
        """Return what is wrong with the segment, or ""."""
        return self._wrong

    def _bar(self) -> Bar:
        names = (_("Segment"), _("Segment start"), _("Segment end"))
        return Bar(self._shape.start, self._shape.end, names, self._whys(), not self._shape.is_whole)

    def _whys(self) -> tuple[str, str, str]:
        make_type = self._selection.make_type
        ends = {
            MakeType.CIRCLE: _("Circle uses the clip up to its end. Dragging this edge chooses Custom."),
            MakeType.CUSTOM_ONLY_START: _("Only the start counts here. Dragging this edge chooses Custom."),
            MakeType.DEFAULT: _("The whole clip is used. Dragging this edge picks a part of it (Custom)."),
        }
        start = ends[MakeType.DEFAULT] if make_type is MakeType.DEFAULT else ""
        return self._wrong, start or self._wrong, ends.get(make_type, self._wrong)

    def drag_begins(self) -> None:
        """Remember the selection as it is before a drag, with the edges that are in effect."""
        self._held = self._selection

    def edit_for(self, index: int, part: Part, seconds: float) -> Edit | None:
        """Return the edit that moves one edge, or the segment as a whole."""
        duration = self.scale.duration
        if part is Part.START:
            held = Selection(
                make_type=self._held.make_type, start=self._held.start, end=self._end_in_effect()
            )
            return drags.drag_segment_start(held, seconds)
        if part is Part.END:
            start = None if self._held.make_type is MakeType.DEFAULT else self._held.start
            return drags.drag_segment_end(Selection(start=start), seconds, duration)
        if self._shape.is_whole:
            return None
        return drags.drag_segment(self._held, seconds, self._length_kept(), duration)

    def _end_in_effect(self) -> float | None:
        return self._held.end if self._held.make_type in {MakeType.CUSTOM, MakeType.DEFAULT} else None

    def _length_kept(self) -> float:
        if self._held.make_type is not MakeType.CUSTOM or self._held.end is None:
            return 0.0
        return self._held.end - (self._held.start or 0.0)

    def edit_drawn(self, start: float, end: float) -> Edit | None:
        """Return the edit that picks what was drawn."""
        return drags.pick_segment(start, end)

    def draw(self, painter: QPainter) -> None:
        """Draw the band, its void parts and its words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        if not self.bars:
            return
        tone = "error" if self._wrong else "lane_segment"
        band = self._rect(self._shape.start, self._shape.end)
        painter.setPen(hair(colour(tone)))
        painter.setBrush(colour(tone, 0.32))
        painter.drawRoundedRect(band, 4, 4)
        self._paint_void(painter)
        self._paint_words(painter, band)

    def _rect(self, start: float, end: float) -> QRectF:
        left, right = self.scale.x(start), self.scale.x(end)
        return QRectF(left + 0.5, 4.5, max(1.0, right - left - 1), self.height() - 9)

    def _paint_void(self, painter: QPainter) -> None:
        for part in self._shape.void:
            rect = self._rect(part.start, part.end)
            painter.setPen(hair(colour("quiet"), Qt.PenStyle.DashLine))
            painter.setBrush(QBrush(colour("quiet", 0.55), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(rect, 3, 3)

    def _paint_words(self, painter: QPainter, band: QRectF) -> None:
        painter.setPen(colour("text"))
        words = self._wrong or (self._shape.void[0].why if self._shape.void else self._label())
        room = band.intersected(QRectF(self.rect())).adjusted(14, 0, -14, 0)
        if room.width() > 30:
            elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def _label(self) -> str:
        length = self.length_words(self._shape.length)
        if self._shape.is_whole:
            return _("Whole clip, {length}").format(length=length)
        return length
