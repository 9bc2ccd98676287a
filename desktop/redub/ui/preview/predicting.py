"""Plays a prediction: pictures that a thread has decoded ahead, shown when the sound reaches them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from redub.core.errors import RedubError
from redub.i18n import _
from redub.media.prediction import PictureQueue, predicted_pictures
from redub.services.prediction import Prediction
from redub.ui.player.vlcplayer import Playable, VlcPlayer
from redub.ui.preview.images import image_of

log = logging.getLogger(__name__)

Prepare = Callable[[], Prediction]

_TICK_MS = 8
_TO_BEGIN = 12
"""Pictures that are ready before the sound begins: half a second."""


@dataclass(slots=True, eq=False)
class _Run:
    """One playing: its waiting pictures, and whether it may begin."""

    prepare: Prepare
    box: tuple[int, int]
    row: PictureQueue = field(default_factory=PictureQueue)
    announced: bool = False
    prediction: Prediction | None = None


class _Clock:
    """Time since the sound began: that of the sound as long as it is heard."""

    def __init__(self) -> None:
        self._base, self._since, self._runs = 0.0, 0.0, False

    def now(self) -> float:
        """Return the seconds of the result."""
        return self._base + (time.monotonic() - self._since if self._runs else 0.0)

    def hear(self, seconds: float) -> None:
        """Be where the sound is."""
        self._base, self._since, self._runs = seconds, time.monotonic(), True

    def run_free(self) -> None:
        """Go on without sound."""
        self._base, self._since, self._runs = self.now(), time.monotonic(), True


class PredictionPlayer(QObject):
    """Signals.

    `picture_ready` (QImage) to paint, `moved` (seconds of the result), `prepared` (Prediction) when the script was
    spoken, `playing_changed` (bool), `failed` (sentence) when it cannot be played, `notice_wanted` (sentence) when
    there is no sound.

    :ivar shown: pictures of this playing that were shown
    :ivar dropped: pictures that came too late and were passed over
    """

    picture_ready = Signal(QImage)
    moved = Signal(float)
    prepared = Signal(object)
    playing_changed = Signal(bool)
    failed = Signal(str)
    notice_wanted = Signal(str)
    _spoken = Signal(object)
    _ready = Signal(object)
    _broke = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = self.dropped = 0
        self._run: _Run | None = None
        self._clock = _Clock()
        self._sound = VlcPlayer(self)
        self._sounding = False
        self._threads: list[threading.Thread] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._sound.ended.connect(self._on_sound_ended)
        self._sound.failed.connect(self._on_sound_failed)
        queued = Qt.ConnectionType.QueuedConnection
        self._spoken.connect(self._on_spoken, queued)
        self._ready.connect(self._on_ready, queued)
        self._broke.connect(self._on_broke, queued)

    @property
    def playing(self) -> bool:
        """Say whether a prediction plays or is being prepared."""
        return self._run is not None

    def play(self, prepare: Prepare, box: tuple[int, int]) -> None:
        """Play what `prepare` (called in a thread) returns, in pictures that fit into `box` pixels."""
        self.stop()
        self._run = run = _Run(prepare, box)
        self.shown = self.dropped = 0
        self._clock, self._sounding = _Clock(), False
        self._sound.prepare()
        self._threads = [one for one in self._threads if one.is_alive()]
        thread = threading.Thread(target=self._work, args=(run,), name="redub-prediction", daemon=True)
        self._threads.append(thread)
        thread.start()
        self.playing_changed.emit(True)

    def stop(self) -> None:
        """Stop; the thread ends by itself, `close` waits for it."""
        run, self._run = self._run, None
        if run is None:
            return
        self._timer.stop()
        run.row.close()
        if self._sounding:
            self._sound.stop()
        self._sounding = False
        if self.dropped:
            log.info("prediction: %d pictures shown, %d too late", self.shown, self.dropped)
        self.playing_changed.emit(False)

    def close(self) -> None:
        """Stop and wait for the threads."""
        self.stop()
        self._sound.close()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    # In the thread.

    def _work(self, run: _Run) -> None:
        try:
            run.prediction = prediction = run.prepare()
            if run.row.closed:
                return
            self._spoken.emit(run)
            for picture in predicted_pictures(prediction.reference, prediction.plan, run.box):
                if not run.row.put(picture):
                    return
                self._announce(run, len(run.row) >= _TO_BEGIN or run.row.full)
            run.row.end()
            self._announce(run, True)
        except RedubError as problem:
            self._broke.emit(run, str(problem))
        except Exception:
            log.exception("the prediction failed")
            self._broke.emit(run, _("The prediction cannot be played."))

    def _announce(self, run: _Run, enough: bool) -> None:
        if enough and not run.announced:
            run.announced = True
            self._ready.emit(run)

    # What the thread and the sound tell.

    def _on_spoken(self, run: _Run) -> None:
        if run is self._run:
            self.prepared.emit(run.prediction)

    def _on_ready(self, run: _Run) -> None:
        if run is not self._run or run.prediction is None:
            return
        reason = self._sound.available()
        if reason:
            self._play_silently(reason)
        else:
            self._sounding = True
            self._sound.play(Playable(run.prediction.sound, sound_only=True))
        self._timer.start()

    def _on_broke(self, run: _Run, sentence: str) -> None:
        if run is self._run:
            self.stop()
            self.failed.emit(sentence)

    def _on_sound_ended(self) -> None:
        if self._sounding:
            self._sounding = False
            self._clock.run_free()

    def _on_sound_failed(self, reason: str) -> None:
        if self._sounding:
            self._play_silently(reason)

    def _play_silently(self, reason: str) -> None:
        self._sounding = False
        self._clock.run_free()
        self.notice_wanted.emit(_("{reason} The prediction plays without sound.").format(reason=reason))

    def _on_tick(self) -> None:
        run = self._run
        if run is None or run.prediction is None:
            return
        heard = self._sound.heard() if self._sounding else None
        if heard is not None:
            self._clock.hear(heard)
        now = self._clock.now()
        newest, passed_over = run.row.due(now)
        self.dropped += passed_over
        if newest is not None:
            self.shown += 1
            self.picture_ready.emit(image_of(newest.picture))
            self.moved.emit(newest.out_time)
        if now >= run.prediction.plan.duration and run.row.whole and not len(run.row):
            self.stop()
