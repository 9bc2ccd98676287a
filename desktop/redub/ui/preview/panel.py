"""The preview: the exact picture at the cursor with its transport; plays with sound where libvlc is there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from redub.core.outputplan import segment
from redub.core.times import Notation
from redub.i18n import _
from redub.services.editing import ShotView
from redub.services.prediction import Predictions
from redub.ui.controls.empty import EmptyState
from redub.ui.player.playback import Playback
from redub.ui.preview.canvas import Canvas
from redub.ui.preview.predicting import PredictionPlayer
from redub.ui.preview.transport import TransportRow


class PreviewPanel(QWidget):
    """Signals.

    `cursor_moved` (seconds), `times_known` (when each picture appears, the length of the clip), `playing_changed`
    (bool), `notation_picked` (Notation), `notice_wanted` (sentence), `open_wanted` when a clip is to be chosen,
    `relink_wanted` when it is to be said where the lost one is now,
    `prediction_moved` (seconds of the result, or None when it ended) and `prediction_prepared` (Prediction) while one
    plays.
    """

    cursor_moved = Signal(float)
    times_known = Signal(object, float)
    playing_changed = Signal(bool)
    notation_picked = Signal(object)
    notice_wanted = Signal(str)
    open_wanted = Signal()
    relink_wanted = Signal()
    prediction_moved = Signal(object)
    prediction_prepared = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ShotView | None = None
        self._key: tuple[str, str] | None = None
        self._notation = Notation.CLOCK
        self._fps = 25.0
        self._looping = False
        self._predictions: Predictions | None = None
        self.playback, self.prediction = Playback(self), PredictionPlayer(self)
        self.canvas, self.transport = Canvas(), TransportRow()
        self._empty = EmptyState("film", "", "")
        self._empty.offer(_("Open a clip…"), self.open_wanted.emit, sign="open")
        self._broken = EmptyState("film", "", "")
        self._broken.offer(_("Relink…"), self.relink_wanted.emit, sign="search")
        self._stage = QStackedLayout()
        self._stage.addWidget(self._empty)
        self._stage.addWidget(self._broken)
        self._stage.addWidget(self.canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stage, 1)
        layout.addWidget(self.transport)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Preview"))
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._connect()
        self._say_empty(None)

    def _connect(self) -> None:
        playback, transport = self.playback, self.transport
        playback.picture_ready.connect(self._on_exact_picture)
        playback.cursor_moved.connect(self._on_cursor_moved)
        playback.opened.connect(self._on_opened)
        playback.playing_changed.connect(transport.show_playing)
        playback.playing_changed.connect(self.playing_changed)
        playback.rate_changed.connect(transport.show_rate)
        playback.failed.connect(self._on_failed)
        playback.notice_wanted.connect(self.notice_wanted)
        self.canvas.resized.connect(playback.fit_into)
        self.canvas.pressed.connect(self._on_canvas_pressed)
        transport.pressed.connect(self._on_transport_pressed)
        transport.went_to.connect(self.seek)
        transport.speed_picked.connect(playback.set_speed)
        transport.loop_picked.connect(self._on_loop_picked)
        transport.notation_picked.connect(self.set_notation)
        self._connect_prediction()

    def _connect_prediction(self) -> None:
        prediction = self.prediction
        prediction.picture_ready.connect(self.canvas.show_picture)
        prediction.moved.connect(self._on_prediction_moved)
        prediction.prepared.connect(self.prediction_prepared)
        prediction.playing_changed.connect(self._on_predicting_changed)
        prediction.failed.connect(self.notice_wanted)
        prediction.notice_wanted.connect(self.notice_wanted)

    # What is shown.

    def show_view(self, view: ShotView) -> None:
        """Show the reference of `view`; the cursor stays where it is, unless the clip is another one."""
        self._stop_outdated_prediction(view)
        self._view = view
        facts = view.facts
        key = (facts.path, facts.content_key) if facts is not None and facts.video is not None else None
        if key is None:
            if self._key is not None:
                self.playback.forget()
                self.canvas.show_picture(None)
            self._say_empty(view)
        elif key != self._key and facts is not None and facts.video is not None:
            self._fps = facts.video.frame_rate or 25.0
            self._stage.setCurrentWidget(self.canvas)
            self.playback.open(Path(facts.path), (facts.video.shown_width, facts.video.shown_height))
            self.set_notation(self._notation)
        self._key = key
        self.transport.setEnabled(key is not None)
        self._offer_prediction()
        self._set_loop()

    def close_clip(self) -> None:
        """Let go of the clip and wait for all threads; for the end of the window."""
        self._key = None
        self.prediction.close()
        self.playback.close()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(760, 480)

    def _say_empty(self, view: ShotView | None) -> None:
        if view is not None and view.trouble:
            self._say_broken(view.trouble)
            return
        if view is not None and view.facts is not None:
            self._say_broken(_("It has no picture. Choose a video of the person who is to speak."))
            return
        self._stage.setCurrentWidget(self._empty)
        if view is not None and view.shot.reference is not None and view.shot.reference.path:
            self._empty.say(_("Reading the clip…"), _("Its first picture appears in a moment."))
        elif view is not None and view.shot.reference is not None:
            self._empty.say(
                _("The clip lies at an address"), _("It is not on this machine, so it is not shown here.")
            )
        else:
            self._empty.say(
                _("Drop a clip here or open one"), _("A video of a person who looks into the camera.")
            )

    def _on_failed(self, sentence: str) -> None:
        if self._key is not None:
            self._say_broken(sentence)

    def _say_broken(self, sentence: str) -> None:
        self._stage.setCurrentWidget(self._broken)
        self._broken.say(_("This clip cannot be shown"), sentence)

    def set_notation(self, notation: Notation) -> None:
        """Write times in `notation`."""
        self._notation = notation
        self.transport.set_notation(notation, self._fps)
        self.notation_picked.emit(notation)

    def next_notation(self) -> None:
        """Write times in the next notation."""
        notations = list(Notation)
        self.set_notation(notations[(notations.index(self._notation) + 1) % len(notations)])

    @property
    def notation(self) -> Notation:
        """Return how times are written."""
        return self._notation

    @property
    def frame_rate(self) -> float:
        """Return the frames a second of the clip."""
        return self._fps

    def _on_opened(self) -> None:
        self.transport.time.use_times(self.playback.times)
        self.times_known.emit(self.playback.times, self.playback.duration)
        self._on_cursor_moved(self.playback.cursor)

    def _on_cursor_moved(self, seconds: float) -> None:
        self.transport.show_time(seconds, self.playback.frame)
        self.cursor_moved.emit(seconds)

    # What can be done.

    @property
    def cursor(self) -> float:  # type: ignore[override]  # the cursor in time; nobody asks this panel for its pointer
        """Return the moment that is shown, in seconds of the clip."""
        return self.playback.cursor

    def play_pause(self) -> None:
        """Play from the cursor, or pause; stop the prediction when one plays."""
        if self.prediction.playing:
            self.stop_prediction()
        else:
            self.playback.play_pause()

    def step(self, frames: int) -> None:
        """Show the picture that stands `frames` further."""
        self.stop_prediction()
        self.playback.step(frames)

    def seek(self, seconds: float) -> None:
        """Show the moment `seconds`."""
        self.stop_prediction()
        self.playback.seek(seconds)

    def peek(self, seconds: float | None) -> None:
        """Show another moment without moving the cursor; None shows the cursor's again."""
        self.playback.peek(seconds)

    def to_start(self) -> None:
        """Show the first picture."""
        self.stop_prediction()
        self.playback.to_start()

    def to_end(self) -> None:
        """Show the last picture."""
        self.stop_prediction()
        self.playback.to_end()

    def go_to_time(self) -> None:
        """Let a moment be typed."""
        self.transport.time.begin()

    def shuttle(self, direction: int) -> None:
        """Play backward (-1), stop (0) or play forward (1); the same direction again doubles the speed."""
        self.stop_prediction()
        self.playback.shuttle(direction)

    def play_segment(self) -> None:
        """Play the segment once, whatever the cursor shows, and rest on its last picture."""
        view = self._view
        self.stop_prediction()
        if view is not None and view.facts is not None:
            self.playback.play_part(*segment(view.facts.duration, view.shot.selection))

    # The prediction.

    def use_predictions(self, predictions: Predictions) -> None:
        """Let predictions be played; until then they are not offered."""
        self._predictions = predictions
        self._offer_prediction()

    def play_prediction(self) -> None:
        """Play the result of the current take as it will be; stop it when it plays already."""
        view, predictions = self._view, self._predictions
        if self.prediction.playing:
            self.stop_prediction()
        elif view is not None and view.plan is not None and predictions is not None:
            self.playback.pause()
            ratio = self.canvas.devicePixelRatioF()
            box = (round(self.canvas.width() * ratio), round(self.canvas.height() * ratio))
            self.prediction.play(lambda: predictions.prepare(view), box)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_prediction(self) -> None:
        """Show the reference again."""
        self.prediction.stop()

    def _stop_outdated_prediction(self, view: ShotView) -> None:
        before = self._view
        if before is not None and (before.shot, before.take_id) != (view.shot, view.take_id):
            self.stop_prediction()

    def _offer_prediction(self) -> None:
        if self._predictions is not None:
            plan = self._view.plan if self._view else None
            self.transport.offer_prediction(
                "" if plan else _("There is a prediction as soon as the take has something to say.")
            )

    def _on_predicting_changed(self, on: bool) -> None:
        self.transport.show_predicting(on)
        self.canvas.show_badge(_("Preparing the prediction…") if on else "")
        if not on:
            self.prediction_moved.emit(None)
            self.playback.seek(self.playback.cursor)

    def _on_prediction_moved(self, out_time: float) -> None:
        self.canvas.show_badge(_("Prediction"))
        self.prediction_moved.emit(out_time)

    def _on_exact_picture(self, picture: QImage) -> None:
        if not self.prediction.playing:
            self.canvas.show_picture(picture)

    def toggle_loop(self) -> None:
        """Play only the segment, again and again, or everything once."""
        self.transport.set_loop(not self.transport.loops)

    def _on_loop_picked(self, on: bool) -> None:
        self._looping = on
        self._set_loop()

    def _set_loop(self) -> None:
        view = self._view
        if not self._looping or view is None or view.facts is None:
            self.playback.set_loop(None)
        else:
            self.playback.set_loop(segment(view.facts.duration, view.shot.selection))

    def _on_canvas_pressed(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.play_pause()

    def _on_transport_pressed(self, name: str) -> None:
        if name == "back":
            self.step(-1)
        elif name == "forward":
            self.step(1)
        else:
            getattr(self, name)()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of editors: Space, J K L, comma and period, arrows, Home, End, G."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
        if not (plain and self._act(event.key(), event.modifiers() is Qt.KeyboardModifier.ShiftModifier)):
            event.ignore()

    def _act(self, key: int, shifted: bool) -> bool:
        if key == Qt.Key.Key_Escape and self.prediction.playing:
            self.stop_prediction()
        elif key in _STEPS:
            self.step(_STEPS[key] * (10 if shifted else 1))
        elif key in _SHUTTLE:
            self.shuttle(_SHUTTLE[key])
        elif key in _COMMANDS:
            getattr(self, _COMMANDS[key])()
        else:
            return False
        return True


_STEPS: dict[int, int] = {
    Qt.Key.Key_Comma.value: -1,
    Qt.Key.Key_Period.value: 1,
    Qt.Key.Key_Left.value: -1,
    Qt.Key.Key_Right.value: 1,
}
_SHUTTLE: dict[int, int] = {Qt.Key.Key_J.value: -1, Qt.Key.Key_K.value: 0, Qt.Key.Key_L.value: 1}
_COMMANDS: dict[int, str] = {
    Qt.Key.Key_Space.value: "play_pause",
    Qt.Key.Key_Home.value: "to_start",
    Qt.Key.Key_End.value: "to_end",
    Qt.Key.Key_G.value: "go_to_time",
    Qt.Key.Key_P.value: "play_prediction",
}
