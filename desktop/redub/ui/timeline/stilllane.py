"""The lane of the still intervals: where the lips are left as filmed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from redub.core.findings import Level
from redub.core.history import Edit
from redub.core.outputplan import segment
from redub.core.shot import StillInterval
from redub.i18n import _, ngettext
from redub.services.editing import ShotView
from redub.ui.theme import colour
from redub.ui.timeline import drags
from redub.ui.timeline.announce import announce
from redub.ui.timeline.handle import Part
from redub.ui.timeline.intervals import Bar, IntervalLane
from redub.ui.timeline.lane import hair
from redub.ui.timeline.scale import PADDING
from redub.ui.timeline.shapes import MOST_STILLS, sentences

_APART = 8
"""Pixels between an interval and words beside it."""
_ROUNDING = 0.0005


class StillLane(IntervalLane):
    """Shows the still intervals; drawing in it marks one, Delete removes the one that has the focus.

    Tab reaches the empty lane, so that the first one can be marked there.

    Signals: `add_wanted` when one is to be marked at the cursor.
    """

    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Still intervals"), "lane_still", parent)
        self._stills: tuple[StillInterval, ...] = ()
        self._held: tuple[StillInterval, ...] = ()
        self._used = (0.0, 0.0)
        self._wrong = ""
        self._remark = ""
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_view(self, view: ShotView, duration: float, fps: float) -> None:
        """Show the still intervals of `view` on a clip of `duration` seconds."""
        self._stills = view.shot.still_intervals
        self._used = segment(duration, view.shot.selection)
        self._wrong = " ".join(sentences(view.findings, ("stills.",), (Level.ERROR,)))
        self._remark = " ".join(sentences(view.findings, ("stills.",), (Level.WARNING, Level.INFO)))
        self.setToolTip(self._wrong or self._remark)
        bars = [self._bar(number, still) for number, still in enumerate(self._stills, start=1)]
        before = len(self.bars)
        self.show_bars(bars if duration > 0 else [], fps)
        self._say_count(before)

    @property
    def wrong(self) -> str:
        """Return what is wrong with the intervals, or ""."""
        return self._wrong

    def _say_count(self, before: int) -> None:
        count = len(self.bars)
        empty = count == 0 and self.scale.duration > 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if empty else Qt.FocusPolicy.NoFocus)
        said = ngettext("{count} still interval", "{count} still intervals", count).format(count=count)
        self.setAccessibleDescription(" ".join(part for part in (said, self._wrong or self._remark) if part))
        if count != before:
            announce(self, said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark an interval at the cursor with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Insert}:
            self.add_wanted.emit()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the lane to the screen, with a ring while the keys act on it."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)

    def _bar(self, number: int, still: StillInterval) -> Bar:
        names = (
            _("Still interval {number}").format(number=number),
            _("Start of still interval {number}").format(number=number),
            _("End of still interval {number}").format(number=number),
        )
        why = self._why(number, still)
        return Bar(still.start, still.end, names, (why, why, why))

    def _why(self, number: int, still: StillInterval) -> str:
        if number > MOST_STILLS:
            return _("There may be at most {most} still intervals; this is one too many.").format(
                most=MOST_STILLS
            )
        if still.end <= self._used[0] or still.start >= self._used[1]:
            return _("It lies outside the segment and has no effect.")
        return ""

    def drag_begins(self) -> None:
        """Remember the intervals as they are before a drag."""
        self._held = self._stills

    def edit_for(self, index: int, part: Part, seconds: float) -> Edit | None:
        """Return the edit that moves one edge, or the interval as a whole."""
        if index >= len(self._held):
            return None
        if part is Part.START:
            return drags.drag_still_start(self._held, index, seconds)
        if part is Part.END:
            return drags.drag_still_end(self._held, index, seconds, self.scale.duration)
        return drags.drag_still(self._held, index, seconds, self.scale.duration)

    def edit_drawn(self, start: float, end: float) -> Edit | None:
        """Return the edit that marks what was drawn."""
        return drags.draw_still(self._held, start, end)

    def remove(self, index: int) -> None:
        """Let the lips be driven again in interval `index`."""
        if index < len(self._stills):
            self.edit_wanted.emit(drags.remove_still(index))
            self.edit_ended.emit()

    def draw(self, painter: QPainter) -> None:
        """Draw the intervals, or what to do in an empty lane."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        for number, still in enumerate(self._stills, start=1):
            self._paint_still(painter, number, still)
        self._paint_words(painter)

    def _paint_still(self, painter: QPainter, number: int, still: StillInterval) -> None:
        tone = self._tone_of(number, still)
        left, right = self.scale.x(still.start), self.scale.x(still.end)
        rect = QRectF(left + 0.5, 4.5, max(1.0, right - left - 1), self.height() - 9)
        painter.setPen(hair(colour(tone)))
        painter.setBrush(colour(tone, 0.28))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour(tone, 0.6), Qt.BrushStyle.FDiagPattern))
        painter.drawRoundedRect(rect, 4, 4)
        label = self.length_words(still.end - still.start)
        if painter.fontMetrics().horizontalAdvance(label) + 28 < rect.width():
            chip = QRectF(0, 0, painter.fontMetrics().horizontalAdvance(label) + 8, 16)
            chip.moveCenter(rect.center())
            painter.setBrush(colour("lane_ground", 0.85))
            painter.drawRoundedRect(chip, 3, 3)
            painter.setPen(colour("text"))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, label)

    def _tone_of(self, number: int, still: StillInterval) -> str:
        """Return the colour of an interval: red when there are too many, faint when it has no effect."""
        if number > MOST_STILLS or still.end > self.scale.duration + _ROUNDING:
            return "error"
        used = still.end > self._used[0] and still.start < self._used[1]
        return "lane_still" if used else "quiet"

    def _paint_words(self, painter: QPainter) -> None:
        words, tone = self._words()
        room = self._widest_gap()
        if words and room.width() > 60:
            painter.setPen(colour(tone))
            elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def _widest_gap(self) -> QRectF:
        """Return the widest part of the lane that no interval covers: where words have room."""
        scale, right = self.scale, self.width() - PADDING
        ordered = sorted(self._stills)
        begins = [PADDING, *(scale.x(still.end) + _APART for still in ordered)]
        ends = [*(scale.x(still.start) - _APART for still in ordered), right]
        gaps = [(max(PADDING, begin), min(end, right)) for begin, end in zip(begins, ends, strict=True)]
        begin, end = max(gaps, key=lambda gap: gap[1] - gap[0])
        return QRectF(begin + 4, 0, max(0.0, end - begin - 4), self.height())

    def _words(self) -> tuple[str, str]:
        if self._wrong:
            return self._wrong, "error"
        if self._remark:
            return self._remark, "quiet"
        if not self._stills and self.scale.duration:
            return _("Drag here where the lips should stay as filmed"), "quiet"
        return "", "quiet"
