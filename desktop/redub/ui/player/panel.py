"""The player of finished results: the video with its sound, its subtitles as text under the picture."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from redub.core.errors import RedubError
from redub.core.times import Notation
from redub.i18n import _
from redub.media.subtitles import Cue, parse_srt
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.words import label
from redub.ui.player.playback import Playback
from redub.ui.player.seekbar import SeekBar
from redub.ui.player.volume import VolumeRow
from redub.ui.preview.canvas import Canvas
from redub.ui.preview.transport import TransportRow


class PlayerPanel(QWidget):
    """Plays one file at a time.

    Signals: `closed` when the creator goes back to the shot, `notice_wanted` (sentence), `playing_changed` (bool),
    `picture_wanted` (Path of the video, seconds) when the picture that is shown is to be saved.
    """

    closed = Signal()
    notice_wanted = Signal(str)
    playing_changed = Signal(bool)
    picture_wanted = Signal(object, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cues: Sequence[Cue] = ()
        self._starts: list[float] = []
        self._play_when_open = False
        self.playback = Playback(self)
        self.canvas, self.transport, self.seek_bar = Canvas(), TransportRow(), SeekBar()
        self.volume = VolumeRow()
        self._title, self._length = label("", "strong"), label("", "caption")
        self._words = self._subtitle()
        self._trouble = label("", "error", wrap=True)
        self._compose()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Player of the result"))
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.transport.setEnabled(False)

    def _subtitle(self) -> QLabel:
        words = label("", "title", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setMinimumHeight(44)
        words.setAccessibleName(_("Subtitle"))
        return words

    def _compose(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.setSpacing(12)
        head.addWidget(push_button(_("Back to the shot"), self._on_back, role="flat", sign="film"))
        head.addWidget(self._title)
        head.addWidget(self._length)
        head.addStretch(1)
        head.addWidget(tool_button("photo", _("Save this picture beside the video"), self.take_picture))
        head.addWidget(self.volume)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._trouble)
        whole.addWidget(self.canvas, 1)
        whole.addWidget(self._words)
        whole.addWidget(self.seek_bar)
        whole.addWidget(self.transport)
        self._trouble.hide()

    def _connect(self) -> None:
        playback, transport = self.playback, self.transport
        playback.picture_ready.connect(self.canvas.show_picture)
        playback.cursor_moved.connect(self._on_cursor_moved)
        playback.opened.connect(self._on_opened)
        playback.playing_changed.connect(transport.show_playing)
        playback.playing_changed.connect(self.playing_changed)
        playback.rate_changed.connect(transport.show_rate)
        playback.failed.connect(self._say_trouble)
        playback.notice_wanted.connect(self.notice_wanted)
        self.canvas.resized.connect(playback.fit_into)
        self.canvas.pressed.connect(self.play_pause)
        self.seek_bar.wanted.connect(playback.seek)
        self.volume.picked.connect(playback.set_volume)
        transport.pressed.connect(self._on_transport_pressed)
        transport.went_to.connect(playback.seek)
        transport.speed_picked.connect(playback.set_speed)
        transport.loop_picked.connect(self._on_loop_picked)
        transport.notation_picked.connect(self._on_notation_picked)

    # What is shown.

    def open(self, path: Path, title: str = "", *, play: bool = True) -> None:
        """Show the video at `path` (and the subtitles beside it), and play it."""
        self._say_trouble("")
        self._title.setText(title or path.stem)
        self._title.setToolTip(str(path))
        self._length.setText("")
        self._use_cues(_cues_beside(path))
        self.canvas.show_picture(None)
        self._play_when_open = play
        self.playback.open(path)
        self.transport.setEnabled(True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_clip(self) -> None:
        """Let go of the file and wait for all threads; for the end of the window."""
        self.playback.close()

    @property
    def subtitle(self) -> str:
        """Return the words under the picture."""
        return self._words.text()

    def _use_cues(self, cues: Sequence[Cue]) -> None:
        self._cues = sorted(cues, key=lambda cue: cue.start)
        self._starts = [cue.start for cue in self._cues]
        self._words.setText("")
        self._words.setVisible(bool(cues))

    def _on_opened(self) -> None:
        times, duration = self.playback.times, self.playback.duration
        fps = len(times) / duration if duration else 25.0
        self.seek_bar.set_duration(duration)
        self._length.setText(
            _("{seconds} s · {frames} pictures").format(seconds=f"{duration:.2f}", frames=len(times))
        )
        self.transport.set_notation(Notation.CLOCK, fps)
        self._on_cursor_moved(self.playback.cursor)
        if self._play_when_open:
            self._play_when_open = False
            self.playback.play()

    def _on_cursor_moved(self, seconds: float) -> None:
        self.transport.show_time(seconds, self.playback.frame)
        self.seek_bar.show_cursor(seconds)
        words = self._words_at(seconds)
        if words != self._words.text():
            self._words.setText(words)

    def _words_at(self, seconds: float) -> str:
        place = bisect.bisect_right(self._starts, seconds) - 1
        if place < 0 or seconds >= self._cues[place].end:
            return ""
        return self._cues[place].text

    def _say_trouble(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    # What can be done.

    def play_pause(self) -> None:
        """Play from the cursor, or pause."""
        self.playback.play_pause()

    def step(self, frames: int) -> None:
        """Show the picture that stands `frames` further."""
        self.playback.step(frames)

    def seek(self, seconds: float) -> None:
        """Show the moment `seconds`."""
        self.playback.seek(seconds)

    def shuttle(self, direction: int) -> None:
        """Play backward (-1), stop (0) or play forward (1); the same direction again doubles the speed."""
        self.playback.shuttle(direction)

    def to_start(self) -> None:
        """Show the first picture."""
        self.playback.to_start()

    def to_end(self) -> None:
        """Show the last picture."""
        self.playback.to_end()

    def toggle_loop(self) -> None:
        """Play the result again and again, or once."""
        self.transport.set_loop(not self.transport.loops)

    def take_picture(self) -> None:
        """Stop, and ask for the picture at the cursor to be saved."""
        self.playback.pause()
        if self.playback.path is not None:
            self.picture_wanted.emit(self.playback.path, self.playback.cursor)

    def _on_back(self) -> None:
        self.playback.pause()
        self.closed.emit()

    def _on_loop_picked(self, on: bool) -> None:
        self.playback.set_loop((0.0, self.playback.duration) if on else None)

    def _on_notation_picked(self, notation: Notation) -> None:
        duration = self.playback.duration
        self.transport.set_notation(notation, len(self.playback.times) / duration if duration else 25.0)

    def _on_transport_pressed(self, name: str) -> None:
        if name in {"back", "forward"}:
            self.step(-1 if name == "back" else 1)
        else:
            getattr(self.playback, name)()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play with Space, step with comma and period or the arrows, go back to the shot with Escape."""
        if event.key() in _STEPS:
            self.step(_STEPS[event.key()])
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_K}:
            self.play_pause()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_back()
        else:
            event.ignore()


_STEPS: dict[int, int] = {
    Qt.Key.Key_Comma.value: -1,
    Qt.Key.Key_Period.value: 1,
    Qt.Key.Key_Left.value: -1,
    Qt.Key.Key_Right.value: 1,
}


def _cues_beside(path: Path) -> Sequence[Cue]:
    """Read the subtitles that lie beside a video; without readable ones it is played without."""
    try:
        return parse_srt(path.with_suffix(".srt").read_text("utf-8"))
    except (OSError, UnicodeDecodeError, RedubError):
        return ()
