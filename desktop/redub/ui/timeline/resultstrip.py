"""The result strip: the output plan against the time of the result, before anything is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from redub.core.outputplan import OutputPlan
from redub.core.splice import MeasuredSplice, Visibility
from redub.i18n import _
from redub.media.wordtimes import Word
from redub.services.editing import ShotView
from redub.ui.controls.buttons import push_button
from redub.ui.theme import colour
from redub.ui.timeline.backdrop import Backdrop
from redub.ui.timeline.lane import hair
from redub.ui.timeline.resultwords import ResultNotes, here, hint, quoted, summary
from redub.ui.timeline.scale import PADDING
from redub.ui.timeline.shapes import Strip, StripPiece, occurrences

_BAND = 22.0
_NEAR = 6.0
"""Pixels around a splice in which the strip speaks about it."""
_DOT = 4.0
_TONES = {Visibility.HARDLY: "ok", Visibility.SMALL: "warning", Visibility.VISIBLE: "error"}


class ResultStrip(QWidget):
    """Draws direction, splices and still parts of the result; a click asks for the frame that is on screen there.

    Signals: `seek_wanted` with seconds of the reference, `improve_wanted` when a jump is to be hidden better.
    """

    seek_wanted = Signal(float)
    improve_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ShotView | None = None
        self._notes = ResultNotes()
        self._playing: float | None = None
        self._summary = ""
        self._out_time: float | None = None
        self._hover: float | None = None
        self._marks: tuple[float, ...] = ()
        self._backdrop = Backdrop(self, self._draw_band)
        self.setFixedHeight(46)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Result"))
        self.improve_button = push_button(
            _("Improve splice"), self.improve_wanted.emit, role="link", parent=self
        )
        self.improve_button.setToolTip(
            _("Move an edge of the segment by at most half a second, to where the pictures are most alike")
        )
        self.improve_button.hide()

    @property
    def _plan(self) -> OutputPlan | None:
        return self._view.plan if self._view else None

    @property
    def plan(self) -> OutputPlan | None:
        """Return the plan that is drawn."""
        return self._plan

    @property
    def summary(self) -> str:
        """Return the words under the strip."""
        return self._summary

    def show_view(self, view: ShotView) -> None:
        """Show the plan of `view`, or what is missing for one."""
        if view.plan != self._plan:
            self._out_time = None
            self._notes = ResultNotes()
        self._view = view
        self._show_notes(self._notes)

    def show_words(self, words: Sequence[Word]) -> None:
        """Show which words fall into still parts, and where the speech ends; () when that is not known."""
        if tuple(words) != self._notes.words:
            self._show_notes(replace(self._notes, words=tuple(words)))

    def show_splices(self, splices: Sequence[MeasuredSplice]) -> None:
        """Show how much each splice of the plan is seen; () when that is not known."""
        self._show_notes(replace(self._notes, splices=tuple(splices)))

    def show_playing(self, out_time: float | None) -> None:
        """Mark what is on screen while the result plays; None when it plays no more."""
        self._playing = out_time
        self.update()

    def _show_notes(self, notes: ResultNotes) -> None:
        self._notes = notes
        self._summary = summary(self._view, notes) if self._view else ""
        said = hint(self._plan, notes)
        self.setAccessibleDescription("\n".join(part for part in (self._summary, said) if part))
        self.setToolTip(said)
        self._offer_improvement()
        self._backdrop.spoil()

    def _offer_improvement(self) -> None:
        jumps = [one for one in self._notes.splices if not one.splice.turns]
        worst = max((one.jump.visibility for one in jumps), default=Visibility.HARDLY)
        self.improve_button.setVisible(worst > Visibility.HARDLY)
        self._place_button()

    def _place_button(self) -> None:
        size = self.improve_button.sizeHint()
        height = int(self.height() - _BAND - 2)
        self.improve_button.setGeometry(
            int(self.width() - PADDING - size.width()), int(_BAND + 2), size.width(), height
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the end of the words."""
        super().resizeEvent(event)
        self._place_button()

    def show_cursor(self, seconds: float) -> None:
        """Mark where the reference time `seconds` is on screen in the result."""
        self._marks = occurrences(self._plan, seconds) if self._plan else ()
        self.update()

    def _strip(self) -> Strip | None:
        return Strip(self._plan, self.width(), PADDING) if self._plan else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the frame that is on screen here."""
        self._go_to_pixel(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is on screen here; go along while the button is down."""
        strip = self._strip()
        self._hover = strip.out_time(event.position().x()) if strip else None
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to_pixel(event.position().x())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Say again what the result is like."""
        self._hover = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the result by frames with the arrows."""
        step = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}.get(event.key(), 0)
        if not step or self._plan is None:
            event.ignore()
            return
        self._go((self._out_time or 0.0) + step / self._plan.fps)

    def _go_to_pixel(self, x: float) -> None:
        strip = self._strip()
        if strip is not None:
            self._go(strip.out_time(x))

    def _go(self, out_time: float) -> None:
        if self._plan is None:
            return
        self._out_time = min(max(0.0, out_time), self._plan.duration)
        self.seek_wanted.emit(self._plan.reference_time(self._out_time))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the band of spans and the words below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._backdrop.paint(painter, event.rect())
        strip = self._strip()
        if strip is not None:
            self._paint_marks(painter, strip)
            self._paint_hover(painter, strip)
        self._paint_words(painter)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _draw_band(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = self._strip()
        if strip is None:
            band = QRectF(PADDING, 2, max(0.0, self.width() - 2 * PADDING), _BAND)
            painter.fillRect(band, colour("lane_ground"))
            return
        for piece in strip.pieces():
            self._paint_piece(painter, piece)
            if piece.span.still:
                self._paint_silent_words(painter, piece)
        self._paint_speech_end(painter, strip)
        self._paint_splices(painter, strip)

    def _paint_silent_words(self, painter: QPainter, piece: StripPiece) -> None:
        """Write the words that fall into a still part over it, as far as there is room."""
        said = quoted(self._notes.words_at(piece.span.out_start, piece.span.out_end))
        room = QRectF(piece.left + 3, 2, piece.right - piece.left - 6, _BAND)
        words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, max(0, int(room.width())))
        if len(words) > 1:
            painter.fillRect(room.adjusted(-1, 2, 1, -2), colour("lane_ground", 0.8))
            painter.setPen(colour("lane_still"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_speech_end(self, painter: QPainter, strip: Strip) -> None:
        """Grey what comes after the last word."""
        end = self._notes.speech_end
        if end is not None and end < strip.plan.duration:
            left, right = strip.x(end), strip.x(strip.plan.duration)
            painter.fillRect(QRectF(left, 2, right - left, _BAND), colour("lane_ground", 0.6))
            painter.setPen(hair(colour("text")))
            painter.drawLine(QPointF(left, 2), QPointF(left, _BAND + 2))

    def _paint_piece(self, painter: QPainter, piece: StripPiece) -> None:
        forward = piece.span.direction > 0
        rect = QRectF(piece.left, 2, piece.right - piece.left, _BAND)
        tone = "lane_forward" if forward else "lane_reverse"
        painter.fillRect(rect, colour(tone, 0.42))
        if piece.span.still:
            painter.fillRect(rect, colour("lane_still", 0.25))
            painter.fillRect(rect, QBrush(colour("lane_still", 0.8), Qt.BrushStyle.FDiagPattern))
        painter.setPen(QPen(colour("text", 0.75), 1.4, c=Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_chevrons(rect, forward))

    def _paint_splices(self, painter: QPainter, strip: Strip) -> None:
        for x in strip.splices():
            painter.setPen(QPen(colour("lane_splice"), 2))
            painter.drawLine(QPointF(x, 1), QPointF(x, _BAND + 3))
        painter.setPen(QPen(colour("lane_ground"), 1.5))
        for one in self._notes.splices:
            painter.setBrush(colour(_TONES[one.jump.visibility]))
            painter.drawEllipse(QPointF(strip.x(one.splice.out_time), 2 + _BAND / 2), _DOT, _DOT)

    def _paint_marks(self, painter: QPainter, strip: Strip) -> None:
        painter.setPen(hair(colour("playhead", 0.45)))
        for moment in self._marks:
            x = round(strip.x(moment)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, _BAND + 4))
        shown = self._out_time if self._playing is None else self._playing
        if shown is not None:
            painter.setPen(QPen(colour("playhead"), 2))
            x = strip.x(shown)
            painter.drawLine(QPointF(x, 0), QPointF(x, _BAND + 4))

    def _paint_hover(self, painter: QPainter, strip: Strip) -> None:
        if self._hover is not None:
            painter.setPen(hair(colour("quiet"), Qt.PenStyle.DotLine))
            x = round(strip.x(self._hover)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, _BAND + 4))

    def _paint_words(self, painter: QPainter) -> None:
        room = QRectF(PADDING, _BAND + 5, self.width() - 2 * PADDING, self.height() - _BAND - 6)
        painter.setPen(colour("quiet"))
        if self.improve_button.isVisible():
            room.setRight(self.improve_button.x() - PADDING)
        said = self._said()
        words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _said(self) -> str:
        strip = self._strip()
        moment = self._hover if self._playing is None else self._playing
        if strip is None or moment is None:
            return self._summary
        reach = _NEAR / strip.per_second if self._playing is None else 0.0
        return here(strip.plan, moment, self._notes, reach)


def _chevrons(rect: QRectF, forward: bool) -> QPainterPath:
    """Return arrow heads along `rect` that point where the clip runs."""
    path = QPainterPath()
    tip = 3.5 if forward else -3.5
    middle, step = rect.center().y(), 26.0
    x = rect.left() + step / 2
    while x < rect.right() - 6:
        path.moveTo(x - tip, middle - 4)
        path.lineTo(x, middle)
        path.lineTo(x - tip, middle + 4)
        x += step
    return path
