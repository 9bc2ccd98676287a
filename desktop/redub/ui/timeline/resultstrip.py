"""The result strip: the output plan against the time of the result, before anything is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QWidget

from redub.core.outputplan import OutputPlan
from redub.core.splice import MeasuredSplice, Visibility
from redub.i18n import _
from redub.media.wordtimes import Word
from redub.services.editing import ShotView
from redub.ui.controls.buttons import push_button
from redub.ui.theme import colour
from redub.ui.timeline.announce import announce
from redub.ui.timeline.backdrop import Backdrop
from redub.ui.timeline.lane import hair
from redub.ui.timeline.resultpaint import BAND, paint_band
from redub.ui.timeline.resultwords import ResultNotes, here, hint, summary
from redub.ui.timeline.scale import PADDING, next_mark
from redub.ui.timeline.shapes import Strip, occurrences

_NEAR = 6.0
"""Pixels around a splice in which the strip speaks about it."""
_MILLIS = 1000


class ResultStrip(QAbstractSlider):
    """Draws direction, splices and still parts of the result; a click asks for the frame that is on screen there.

    To a screen reader it is a slider over the milliseconds of the result.

    Signals: `seek_wanted` with seconds of the reference, `improve_wanted` when a jump is to be hidden better.
    """

    seek_wanted = Signal(float)
    improve_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ShotView | None = None
        self._notes = ResultNotes()
        self._playing: float | None = None
        self._placing = False
        self._summary = ""
        self._out_time: float | None = None
        self._hover: float | None = None
        self._marks: tuple[float, ...] = ()
        self._backdrop = Backdrop(self, self._draw_band)
        self.setFixedHeight(46)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Result"))
        self.valueChanged.connect(self._on_value_changed)
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
        self._hold()
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
        height = int(self.height() - BAND - 2)
        self.improve_button.setGeometry(
            int(self.width() - PADDING - size.width()), int(BAND + 2), size.width(), height
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
        """Walk through the result: by frames with the arrows, by splices and still parts with up and down."""
        plan = self._plan
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        wanted = None if plan is None else _wanted(plan, self._out_time or 0.0, event.key(), shifted)
        if wanted is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self._go(wanted)
        announce(self, self._said_at(self._out_time or 0.0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the lanes: a slider of Qt would change its value."""
        event.ignore()

    def _on_value_changed(self, value: int) -> None:
        if not self._placing:
            self._go(value / _MILLIS)

    def _hold(self) -> None:
        """Hold the moment that is shown as the value that a screen reader knows."""
        self._placing = True
        self.setRange(0, round(self._plan.duration * _MILLIS) if self._plan else 0)
        self.setValue(round((self._out_time or 0.0) * _MILLIS))
        self._placing = False

    def _go_to_pixel(self, x: float) -> None:
        strip = self._strip()
        if strip is not None:
            self._go(strip.out_time(x))

    def _go(self, out_time: float) -> None:
        if self._plan is None:
            return
        self._out_time = min(max(0.0, out_time), self._plan.duration)
        self._hold()
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
        strip = self._strip()
        if strip is not None:
            paint_band(painter, strip, self._notes)
            return
        band = QRectF(PADDING, 2, max(0.0, self.width() - 2 * PADDING), BAND)
        painter.fillRect(band, colour("lane_ground"))

    def _paint_marks(self, painter: QPainter, strip: Strip) -> None:
        painter.setPen(hair(colour("playhead", 0.45)))
        for moment in self._marks:
            x = round(strip.x(moment)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, BAND + 4))
        shown = self._out_time if self._playing is None else self._playing
        if shown is not None:
            painter.setPen(QPen(colour("playhead"), 2))
            x = strip.x(shown)
            painter.drawLine(QPointF(x, 0), QPointF(x, BAND + 4))

    def _paint_hover(self, painter: QPainter, strip: Strip) -> None:
        if self._hover is not None:
            painter.setPen(hair(colour("quiet"), Qt.PenStyle.DotLine))
            x = round(strip.x(self._hover)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, BAND + 4))

    def _paint_words(self, painter: QPainter) -> None:
        room = QRectF(PADDING, BAND + 5, self.width() - 2 * PADDING, self.height() - BAND - 6)
        painter.setPen(colour("quiet"))
        if self.improve_button.isVisible():
            room.setRight(self.improve_button.x() - PADDING)
        said = self._said()
        words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _said(self) -> str:
        moment = self._hover if self._playing is None else self._playing
        if moment is None and self.hasFocus():
            moment = self._out_time
        return self._summary if moment is None else self._said_at(moment)

    def _said_at(self, moment: float) -> str:
        strip = self._strip()
        if strip is None:
            return self._summary
        reach = _NEAR / strip.per_second if self._playing is None else 0.0
        return here(strip.plan, moment, self._notes, reach)


def _wanted(plan: OutputPlan, present: float, key: int, shifted: bool) -> float | None:
    """Return the moment of the result that a key asks for, None for other keys."""
    if key in _STEPS:
        return present + _STEPS[key] * (10 if shifted else 1) / plan.fps
    if key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
        return 0.0 if key == Qt.Key.Key_Home else plan.duration
    if key in _JUMPS:
        edges = [span.out_start for span in plan.spans]
        return next_mark(edges, present, _JUMPS[key], plan.duration)
    return None


_STEPS: dict[int, int] = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
_JUMPS: dict[int, int] = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}
