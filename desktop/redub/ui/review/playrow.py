"""The slider and the row of buttons under the videos of a review."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from redub.core.times import Notation
from redub.ui.controls.layouts import column
from redub.ui.player.seekbar import SeekBar
from redub.ui.preview.transport import TransportRow
from redub.ui.review.lockstep import Lockstep


class PlayRow(QWidget):
    """Plays, steps and goes to places of what is in lock step."""

    def __init__(self, lockstep: Lockstep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lockstep = lockstep
        self.transport, self.seek_bar = TransportRow(), SeekBar()
        whole = column(self, gap=0)
        whole.addWidget(self.seek_bar)
        whole.addWidget(self.transport)
        lockstep.opened.connect(self._on_opened)
        lockstep.moved.connect(self._on_moved)
        lockstep.playing_changed.connect(self.transport.show_playing)
        lockstep.rate_changed.connect(self.transport.show_rate)
        self.seek_bar.wanted.connect(lockstep.seek)
        self.transport.pressed.connect(self._on_pressed)
        self.transport.went_to.connect(lockstep.seek)
        self.transport.speed_picked.connect(lockstep.set_speed)
        self.transport.notation_picked.connect(self._set_notation)

    def _on_opened(self) -> None:
        self.seek_bar.set_duration(self._lockstep.seconds)
        self._set_notation(Notation.CLOCK)
        self._on_moved(self._lockstep.cursor)

    def _set_notation(self, notation: Notation) -> None:
        seconds = self._lockstep.seconds
        self.transport.set_notation(notation, len(self._lockstep.times) / seconds if seconds else 25.0)

    def _on_moved(self, seconds: float) -> None:
        self.transport.show_time(seconds, self._lockstep.frame)
        self.seek_bar.show_cursor(seconds)

    def _on_pressed(self, name: str) -> None:
        if name in {"back", "forward"}:
            self._lockstep.step(-1 if name == "back" else 1)
        elif name == "play_pause":
            self._lockstep.play_pause()
        else:
            self._lockstep.seek(0.0 if name == "to_start" else self._lockstep.seconds)
