"""The row under the picture: to the start, back, play, forward, to the end, time, frame, speed, loop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from redub.core.times import Notation
from redub.i18n import _
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.words import label
from redub.ui.icons import icon
from redub.ui.player.playback import SPEEDS
from redub.ui.preview.timebox import TimeBox

_NOTATIONS = (
    (Notation.CLOCK, "00:00.000"),
    (Notation.SECONDS, "0.000 s"),
    (Notation.TIMECODE, "00:00:00:00"),
    (Notation.FRAMES, "f0"),
)


class TransportRow(QWidget):
    """Signals.

    `pressed` with "to_start", "back", "play_pause", "forward", "to_end", "play_segment" or "play_prediction";
    `went_to` (seconds); `speed_picked` (float); `loop_picked` (bool); `notation_picked` (Notation).
    """

    pressed = Signal(str)
    went_to = Signal(float)
    speed_picked = Signal(float)
    loop_picked = Signal(bool)
    notation_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.play_button = self._button("play", "play_pause", _("Play or pause (Space, K)"))
        self.prediction_button = self._button("prediction", "play_prediction", _("Play prediction"))
        self.prediction_button.hide()
        self.segment_button = self._button(
            "play-segment", "play_segment", _("Play only the segment (Shift+Space)")
        )
        self.segment_button.hide()
        self.time = TimeBox(self)
        self.time.typed.connect(self.went_to)
        self._notation = self._notation_box()
        self._frame = label("f0", "quiet")
        self._frame.setMinimumWidth(QFontMetrics(self._frame.font()).horizontalAdvance("f00000"))
        self._frame.setToolTip(_("The number of the picture, counted from 0"))
        self._speed = self._speed_box()
        self._rate = label("", "strong")
        self._rate.setAccessibleName(_("Speed of J and L"))
        self._loop = self._loop_button()
        self._compose()

    def _compose(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(4)
        line.addWidget(self.time)
        line.addWidget(self._notation)
        line.addSpacing(4)
        line.addWidget(self._frame)
        line.addStretch(1)
        line.addWidget(self._button("to-start", "to_start", _("To the start (Home)")))
        line.addWidget(self._button("step-back", "back", _("One picture back (comma)")))
        line.addWidget(self.play_button)
        line.addWidget(self._button("step-forward", "forward", _("One picture on (period)")))
        line.addWidget(self._button("to-end", "to_end", _("To the end (End)")))
        line.addWidget(self.segment_button)
        line.addStretch(1)
        line.addWidget(self._rate)
        line.addWidget(self.prediction_button)
        line.addWidget(self._loop)
        line.addWidget(self._speed)

    def _button(self, sign: str, name: str, words: str) -> QToolButton:
        button = tool_button(sign, words, lambda: self.pressed.emit(name))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _notation_box(self) -> QComboBox:
        box = QComboBox(self)
        for notation, words in _NOTATIONS:
            box.addItem(words, notation)
        box.setAccessibleName(_("How times are written"))
        box.setToolTip(_("How times are written"))
        box.activated.connect(lambda place: self.notation_picked.emit(Notation(box.itemData(place))))
        return box

    def _speed_box(self) -> QComboBox:
        box = QComboBox(self)
        for speed in SPEEDS:
            box.addItem(f"{speed:g}×", speed)
        box.setCurrentIndex(SPEEDS.index(1.0))
        box.setAccessibleName(_("Speed of playing"))
        box.setToolTip(_("Speed of playing; the pitch of the voice stays"))
        box.activated.connect(lambda place: self.speed_picked.emit(float(box.itemData(place))))
        return box

    def _loop_button(self) -> QToolButton:
        button = tool_button("loop", _("Play the segment again and again"), parent=self)
        button.setCheckable(True)
        button.toggled.connect(self.loop_picked)
        return button

    def show_playing(self, playing: bool) -> None:
        """Show whether it plays."""
        self.play_button.setIcon(icon("pause" if playing else "play"))

    def offer_prediction(self, reason: str) -> None:
        """Show the buttons for segment and prediction; `reason` says why there is no prediction, "" when there is."""
        self.segment_button.show()
        self.prediction_button.show()
        self.prediction_button.setEnabled(not reason)
        said = _("Play prediction: how the result will look and sound, before it is paid for")
        self.prediction_button.setToolTip(reason or said)

    def show_predicting(self, on: bool) -> None:
        """Show whether a prediction plays."""
        self.prediction_button.setIcon(icon("stop" if on else "prediction"))
        name = _("Stop prediction") if on else _("Play prediction")
        self.prediction_button.setAccessibleName(name)

    def show_time(self, seconds: float, frame: int) -> None:
        """Show where the cursor is."""
        self.time.show_time(seconds, frame)
        self._frame.setText(f"f{frame}")

    def set_notation(self, notation: Notation, fps: float) -> None:
        """Write times in `notation`."""
        self._notation.setCurrentIndex(max(0, self._notation.findData(notation)))
        self.time.set_notation(notation, fps)

    def show_rate(self, rate: float) -> None:
        """Say how fast it runs where that is not what was chosen: after J and L."""
        plain = rate in {0.0, float(self._speed.currentData())}
        self._rate.setText("" if plain else f"{'◀◀' if rate < 0 else '▶▶'} {abs(rate):g}×")

    @property
    def rate(self) -> str:
        """Return the words about the rate of J and L, "" while there is nothing to say."""
        return self._rate.text()

    @property
    def loops(self) -> bool:
        """Say whether the loop button is pressed."""
        return self._loop.isChecked()

    def set_loop(self, on: bool) -> None:
        """Press or release the loop button."""
        self._loop.setChecked(on)
