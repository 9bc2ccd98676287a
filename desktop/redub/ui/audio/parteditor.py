"""Choosing a part of a recording: its waveform with two edges, their times, loudness, and "Use this part"."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from redub.core.limits import Limit
from redub.core.shot import ConcurrencyType
from redub.i18n import _
from redub.ui.audio.trimwave import TrimWave
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.timefield import TimeField
from redub.ui.controls.words import label, restyle
from redub.ui.icons import icon
from redub.ui.listening.saying import clock
from redub.ui.theme import scale


class PartEditor(QWidget):
    """Signals: `part_wanted` (start, end, whether it is evened out), `play_wanted` (start, end), `quiet_wanted`.

    :ivar wave: the waveform
    :ivar even: whether the loudness is evened out
    """

    part_wanted = Signal(float, float, bool)
    play_wanted = Signal(float, float)
    quiet_wanted = Signal()

    def __init__(self, limit: Limit, parent: QWidget | None = None) -> None:
        """Refuse parts that `limit` (of the recording's duration) does not allow."""
        super().__init__(parent)
        self._limit = limit
        self._concurrency: ConcurrencyType | None = None
        self._plays = self._busy = False
        self._duration = 0.0
        whole = column(self, gap=scale().space.small)
        self.wave = TrimWave()
        self.wave.trimmed.connect(self._show_part)
        self.wave.seek_wanted.connect(self._on_seek)
        whole.addWidget(self.wave)
        whole.addLayout(self._times())
        self.even = QCheckBox(_("Even out the loudness"))
        whole.addWidget(self.even)
        says = _("Soft recordings are raised and loud ones lowered to -16 LUFS; peaks stay under -1.5 dB.")
        whole.addWidget(label(says, "caption", wrap=True))
        self._use = push_button(_("Use this part"), self._on_use, sign="check")
        whole.addWidget(self._use)
        stays = _("A new file is made; the recording itself is never changed.")
        whole.addWidget(label(stays, "caption", wrap=True))

    def _times(self) -> QHBoxLayout:
        times = row(gap=6)
        self._play = tool_button("play", _("Hear this part"), self._on_play)
        self._start, self._end = TimeField(_("Start")), TimeField(_("End"))
        self._start.picked.connect(lambda seconds: self._on_typed(seconds, None))
        self._end.picked.connect(lambda seconds: self._on_typed(None, seconds))
        self._length = label("", "caption")
        for part in (self._play, self._start, label("–"), self._end):
            times.addWidget(part)
        times.addWidget(self._length, 1)
        return times

    def show_length(self, seconds: float) -> None:
        """Show a recording of `seconds`, all of it chosen."""
        self._duration = seconds
        self.wave.show_length(seconds)
        self._show_part(0.0, seconds)

    def show_limit(self, limit: Limit, concurrency: ConcurrencyType | None) -> None:
        """Measure by another limit; what is paid with decides how long a recording may be."""
        self._limit, self._concurrency = limit, concurrency
        self._judge()

    def show_playing(self, on: bool, seconds: float | None) -> None:
        """Show whether the recording is heard, and where."""
        self._plays = on
        self._play.setIcon(icon("stop" if on else "play"))
        self.wave.show_cursor(seconds if on else None)

    def show_busy(self, busy: bool) -> None:
        """Show that a part is being made."""
        self._busy = busy
        self._use.setText(_("Being made…") if busy else _("Use this part"))
        self._judge()

    def _show_part(self, start: float, end: float) -> None:
        self._start.show_time(start)
        self._end.show_time(end)
        self._judge()

    def _judge(self) -> None:
        """Say how long the part is, and whether the service takes it."""
        start, end = self.wave.part
        length, limit = end - start, self._limit
        wrong = limit.too_low(length) or limit.too_high(length, self._concurrency)
        self._length.setText(clock(length))
        self._length.setToolTip(limit.rule)
        restyle(self._length, "error" if wrong else "caption")
        self._use.setEnabled(not wrong and not self._busy)
        self._use.setToolTip(limit.rule if wrong else "")

    def _on_typed(self, start: float | None, end: float | None) -> None:
        before = self.wave.part
        low = before[0] if start is None else start
        high = before[1] if end is None else end
        low, high = max(0.0, min(low, high)), min(self._duration, max(low, high))
        self.wave.show_part(low, high)
        self._show_part(low, high)

    def _on_play(self) -> None:
        if self._plays:
            self.quiet_wanted.emit()
        else:
            self.play_wanted.emit(*self.wave.part)

    def _on_seek(self, seconds: float) -> None:
        start, end = self.wave.part
        self.play_wanted.emit(max(0.0, seconds), end if start <= seconds < end else self._duration)

    def _on_use(self) -> None:
        self.part_wanted.emit(*self.wave.part, self.even.isChecked())
