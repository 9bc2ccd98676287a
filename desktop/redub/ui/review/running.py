"""What moves a review on: the sound that is heard, or a clock where there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from redub.i18n import _
from redub.ui.player.silent import SilentClock
from redub.ui.player.vlcplayer import Playable, VlcPlayer

_TICK_MS = 15
_FASTEST_SOUND = 2.0
"""Speech that runs faster cannot be followed."""


class Running(QObject):
    """One run at a time.

    Signals: `moved` (seconds that are reached), `ended` when the sound is over, `broke` (sentence) when it cannot be
    heard, `notice_wanted` (sentence) once when nothing can be heard on this machine.
    """

    moved = Signal(float)
    ended = Signal()
    broke = Signal(str)
    notice_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rate, self._volume = 0.0, 100
        self._sounds = self._warned = False
        self._told: float | None = None
        self._vlc, self._clock = VlcPlayer(self), SilentClock(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._vlc.position_changed.connect(self._on_told)
        self._vlc.ended.connect(self._on_ended)
        self._vlc.failed.connect(self._on_failed)
        self._clock.moved.connect(self.moved)

    @property
    def sounds(self) -> bool:
        """Say whether something is heard now."""
        return self._sounds

    def prepare(self) -> None:
        """Load libvlc in the background, so that the first sound need not wait for it."""
        self._vlc.prepare()

    def run(self, sound: Path | None, start: float, rate: float) -> None:
        """Run from `start` on, `rate` times as fast (negative backward), heard where `sound` can be."""
        self.halt()
        self._rate = rate
        if sound is not None and 0 < rate <= _FASTEST_SOUND and self._can_sound():
            self._sounds, self._told = True, None
            self._vlc.play(Playable(sound, start, speed=rate, volume=self._volume, sound_only=True))
            self._timer.start()
        else:
            self._clock.start(start, rate)

    def halt(self) -> None:
        """Stand still."""
        if self._sounds:
            self._vlc.stop()
        self._sounds = False
        self._timer.stop()
        self._clock.stop()

    def set_volume(self, volume: int) -> None:
        """Play at 0 to 100 percent of the loudness."""
        self._volume = volume
        if self._sounds:
            self._vlc.set_volume(volume)

    def close(self) -> None:
        """Stand still and wait for the thread of libvlc."""
        self.halt()
        self._vlc.close()

    def _can_sound(self) -> bool:
        reason = self._vlc.available()
        if reason and not self._warned:
            self._warned = True
            self.notice_wanted.emit(_("{reason} The takes play without sound.").format(reason=reason))
        return not reason

    def _on_told(self, seconds: float) -> None:
        self._told = seconds

    def _on_tick(self) -> None:
        """Be where the sound is: exactly at normal speed, as libvlc tells at another."""
        heard = self._vlc.heard() if self._rate == 1.0 else self._told
        if heard is not None:
            self.moved.emit(heard)

    def _on_ended(self) -> None:
        if self._sounds:
            self.halt()
            self.ended.emit()

    def _on_failed(self, sentence: str) -> None:
        if self._sounds:
            self.halt()
            self.broke.emit(sentence)
