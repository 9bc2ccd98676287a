"""The result strip: the output plan against the time of the result, before anything is paid for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from redub.core.outputplan import OutputPlan
from redub.i18n import _, ngettext
from redub.services.editing import ShotView
from redub.ui.theme import colour
from redub.ui.timeline.backdrop import Backdrop
from redub.ui.timeline.lane import hair
from redub.ui.timeline.scale import PADDING
from redub.ui.timeline.shapes import Strip, StripPiece, occurrences

_BAND = 22.0


class ResultStrip(QWidget):
    """Draws direction, splices and still parts of the result; a click asks for the frame that is on screen there.

    Signals: `seek_wanted` with seconds of the reference.
    """

    seek_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: OutputPlan | None = None
        self._summary = ""
        self._out_time: float | None = None
        self._hover: float | None = None
        self._marks: tuple[float, ...] = ()
        self._backdrop = Backdrop(self, self._draw_band)
        self.setFixedHeight(46)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Result"))

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
            self._backdrop.spoil()
        self._plan = view.plan
        self._summary = _summary(view)
        self.setAccessibleDescription(self._summary)
        assumptions = view.plan.assumptions if view.plan else ()
        self.setToolTip("\n".join(assumptions))
        self.update()

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
        self._paint_splices(painter, strip)

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

    def _paint_marks(self, painter: QPainter, strip: Strip) -> None:
        painter.setPen(hair(colour("playhead", 0.45)))
        for moment in self._marks:
            x = round(strip.x(moment)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, _BAND + 4))
        if self._out_time is not None:
            painter.setPen(QPen(colour("playhead"), 2))
            x = strip.x(self._out_time)
            painter.drawLine(QPointF(x, 0), QPointF(x, _BAND + 4))

    def _paint_hover(self, painter: QPainter, strip: Strip) -> None:
        if self._hover is not None:
            painter.setPen(hair(colour("quiet"), Qt.PenStyle.DotLine))
            x = round(strip.x(self._hover)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, _BAND + 4))

    def _paint_words(self, painter: QPainter) -> None:
        room = QRectF(PADDING, _BAND + 5, self.width() - 2 * PADDING, self.height() - _BAND - 6)
        painter.setPen(colour("quiet"))
        said = self._summary if self._hover is None or self._plan is None else _here(self._plan, self._hover)
        words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _summary(view: ShotView) -> str:
    plan = view.plan
    if plan is None:
        if view.shot.reference is None:
            return _("The result is drawn here once there is a clip and something to say.")
        return _("The result is drawn here as soon as the take has something to say.")
    parts = [
        _("{seconds} s").format(seconds=f"{plan.duration:.1f}"),
        _("{rate} frames a second").format(rate=f"{plan.fps:g}"),
        f"{plan.width} × {plan.height}",
        _splice_words(len(plan.splices())),
        _("measured length") if view.speech_is_real else _("estimated length"),
    ]
    if plan.assumptions:
        parts.append(_("with assumptions"))
    return " · ".join(parts)


def _here(plan: OutputPlan, out_time: float) -> str:
    """Say what is on screen at `out_time`."""
    span = plan.span_at(out_time)
    parts = [
        _("at {out} s of the result").format(out=f"{out_time:.2f}"),
        _("the picture at {seconds} s").format(seconds=f"{plan.reference_time(out_time):.3f}"),
        _("forward") if span.direction > 0 else _("backward"),
    ]
    if span.still:
        parts.append(_("lips as filmed"))
    return " · ".join(parts)


def _splice_words(count: int) -> str:
    if not count:
        return _("no splice")
    return ngettext("{count} splice", "{count} splices", count).format(count=count)


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
