"""Recording from a microphone: which one, how loud, how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.icons import icon
from redub.ui.listening.saying import clock
from redub.ui.theme import colour

if TYPE_CHECKING:
    from redub.media.microphones import Microphone

_LOUD = 0.89
"""From here on (-1 dB) a recording is likely to be clipped."""


class Recorder(QWidget):
    """Signals: `record_wanted` with the Microphone, `stop_wanted`, `look_wanted` to look for microphones again."""

    record_wanted = Signal(object)
    stop_wanted = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording = False
        whole = column(self, gap=6)
        self._which = QComboBox()
        self._which.setAccessibleName(_("Microphone"))
        self._which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        whole.addWidget(self._which)
        line = row(gap=6)
        self._button = push_button(_("Record"), self._on_clicked, sign="record")
        self._level = LevelBar()
        self._time = label("", "caption")
        line.addWidget(self._button)
        line.addWidget(self._level, 1)
        line.addWidget(self._time)
        whole.addLayout(line)
        self._none = label("", "quiet", wrap=True)
        whole.addWidget(self._none)
        self._again = push_button(_("Look again"), self.look_wanted.emit, role="link", sign="retry")
        whole.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_microphones(())
        self._none.setText(_("Looking for microphones…"))
        self._again.hide()

    @property
    def recording(self) -> bool:
        """Say whether it records."""
        return self._recording

    def show_microphones(self, found: tuple[Microphone, ...]) -> None:
        """Offer the microphones; say so when there is none."""
        self._which.clear()
        for one in found:
            self._which.addItem(one.title, one)
        for part in (self._which, self._button, self._level, self._time):
            part.setVisible(bool(found))
        self._none.setText(_("No microphone was found on this machine. Plug one in, then look again."))
        for part in (self._none, self._again):
            part.setVisible(not found)

    def show_recording(self, on: bool) -> None:
        """Show whether it records."""
        self._recording = on
        self._which.setEnabled(not on)
        self._button.setText(_("Stop") if on else _("Record"))
        self._button.setAccessibleName(self._button.text())
        self._button.setIcon(icon("stop" if on else "record", "text" if on else "error"))
        if not on:
            self._level.show_level(0.0)
            self._time.setText("")

    def show_level(self, seconds: float, level: float) -> None:
        """Show how long it has recorded, and how loud it is (0 to 1)."""
        self._level.show_level(level)
        self._time.setText(clock(seconds))

    def _on_clicked(self) -> None:
        if self._recording:
            self.stop_wanted.emit()
        elif self._which.currentData() is not None:
            self.record_wanted.emit(self._which.currentData())


class LevelBar(QWidget):
    """How loud it is: green, amber from -6 dB, red where it is likely to be clipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = 0.0
        self.setFixedHeight(8)
        self.setAccessibleName(_("Level"))

    def show_level(self, level: float) -> None:
        """Show a level from 0 to 1."""
        self._level = min(1.0, max(0.0, level))
        self.setAccessibleDescription(f"{self._level:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("line"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        tone = "error" if self._level >= _LOUD else "warning" if self._level >= 0.5 else "ok"
        painter.setBrush(colour(tone))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._level**0.5, self.height()), 4, 4)
