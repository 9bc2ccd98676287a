"""One clip on one canvas: the exact picture (PyAV) at rest, libvlc with sound while it plays, silence backward.

The cursor has one owner: this object. It is a moment of the clip in seconds from its first picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from redub.i18n import _
from redub.media.standin import StandIn
from redub.ui.player.bounds import Bounds, Way, faster
from redub.ui.player.exactframes import ExactFrames
from redub.ui.player.silent import SilentClock
from redub.ui.player.vlcplayer import Playable, VlcPlayer

SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_FASTEST_SOUND = 2.0
"""Speech that runs faster cannot be followed; pictures alone can."""
_STRIDE = 0.25
"""Seconds of a run at speed 1 within which a keyframe may stand in for the exact picture."""


class Playback(QObject):
    """Signals.

    `picture_ready` (QImage) to paint, `cursor_moved` (seconds), `playing_changed` (bool), `rate_changed` (how many
    times as fast as filmed, negative backward, 0 at rest), `opened` when the clip is known, `failed` (sentence) when it
    cannot be shown, `notice_wanted` (sentence) once when there can be no sound.
    """

    picture_ready = Signal(QImage)
    cursor_moved = Signal(float)
    playing_changed = Signal(bool)
    rate_changed = Signal(float)
    opened = Signal()
    failed = Signal(str)
    notice_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frames, self._vlc, self._clock = ExactFrames(self), VlcPlayer(self), SilentClock(self)
        self._path: Path | None = None
        self._size: tuple[int, int] | None = None
        self._box = (960, 960)
        self._cursor = 0.0
        self._run = 0
        self._with_sound = False
        self._speed, self._volume = 1.0, 100
        self._loop: Bounds | None = None
        self._once: Bounds | None = None
        self._peek: float | None = None
        self._warned = False
        self._frames.picture_ready.connect(self._on_exact_picture)
        self._frames.opened.connect(self.opened)
        self._frames.failed.connect(self.failed)
        self._vlc.frame_ready.connect(self._on_played_picture)
        self._vlc.position_changed.connect(self._on_played_to)
        self._vlc.ended.connect(self._on_end_reached)
        self._vlc.failed.connect(self._on_sound_failed)
        self._clock.moved.connect(self._on_clock_moved)

    # The clip.

    @property
    def path(self) -> Path | None:
        """Return the file that is open."""
        return self._path

    @property
    def times(self) -> Sequence[float]:
        """Return when each picture appears; empty until the clip is known."""
        return self._frames.times

    @property
    def duration(self) -> float:
        """Return the length in seconds; 0 until the clip is known."""
        return self._frames.duration

    @property
    def cursor(self) -> float:
        """Return the moment that is shown."""
        return self._cursor

    @property
    def frame(self) -> int:
        """Return the number of the picture that is on screen at the cursor."""
        return self._frames.index_at(self._cursor)

    @property
    def playing(self) -> bool:
        """Say whether it plays, forward or backward."""
        return self._run != 0

    @property
    def direction(self) -> int:
        """Return 1 while it plays forward, -1 backward, 0 at rest."""
        return (self._run > 0) - (self._run < 0)

    @property
    def rate(self) -> float:
        """Return how many times as fast as filmed it plays: negative backward, 0 at rest."""
        return self._run * self._speed

    @property
    def _way(self) -> Way:
        return Way(self.times, self._once or self._loop or Bounds(0.0, self.duration, again=False))

    def open(self, path: Path, size: tuple[int, int] | None = None, at: float = 0.0) -> None:
        """Show `path` at the moment `at`; `size` is what is on screen, looked up when None."""
        self.pause()
        self._path, self._size, self._peek = path, size, None
        self._frames.open(path, self._box)
        self._vlc.prepare()
        self._move(at)
        self._frames.want(at)

    def forget(self) -> None:
        """Show no clip."""
        self.pause()
        self._path = None
        self._frames.forget()
        self._move(0.0)

    def close(self) -> None:
        """Let go of everything and wait for the threads."""
        self._set_run(0)
        self._clock.stop()
        self._path = None
        self._vlc.close()
        self._frames.close()

    def fit_into(self, width: int, height: int) -> None:
        """Make pictures for a canvas of so many device pixels."""
        box = (max(16, width), max(16, height))
        if box != self._box:
            self._box = box
            self._frames.resize(box)

    def use_stand_in(self, stand_in: StandIn) -> None:
        """Show the copies of a proxy while the exact picture is on its way."""
        self._frames.use_stand_in(stand_in)

    def keep_within(self, budget: int) -> None:
        """Keep at most `budget` bytes of pictures ready."""
        self._frames.keep_within(budget)

    # Where.

    def seek(self, seconds: float) -> None:
        """Show the moment `seconds`; playing goes on from there."""
        if self._path is None:
            return
        self._peek = self._once = None
        self._go(seconds)

    def _go(self, seconds: float) -> None:
        self._move(self._held(seconds))
        if not self.playing:
            self._frames.want(self._cursor)
        elif self._with_sound:
            self._vlc.seek(self._cursor)
        else:
            self._clock.start(self._cursor, self.rate)

    def step(self, frames: int) -> None:
        """Show the picture that stands `frames` further; playing stops."""
        self.pause()
        times = self.times
        if times:
            index = min(max(0, self.frame + frames), len(times) - 1)
            self.seek(times[index])

    def to_start(self) -> None:
        """Show the first picture, of the loop when there is one."""
        self.seek(self._loop.low if self._loop else 0.0)

    def to_end(self) -> None:
        """Show the last picture, of the loop when there is one."""
        if not self.times:
            return
        self._once = None
        self.seek(self._way.last)

    def peek(self, seconds: float | None) -> None:
        """Show another moment without moving the cursor; None shows the cursor's again."""
        if self._path is None or self.playing:
            return
        self._peek = None if seconds is None else self._held(seconds)
        self._frames.want(self._cursor if self._peek is None else self._peek)

    def _held(self, seconds: float) -> float:
        return self._way.held(seconds) if self.times else max(0.0, seconds)

    def _move(self, seconds: float) -> None:
        self._cursor = seconds
        self.cursor_moved.emit(seconds)

    # Playing.

    def play_pause(self) -> None:
        """Play forward, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play forward from the cursor; from the start, when the cursor stands at the end."""
        self._once = None
        self._run_at(1)

    def play_part(self, low: float, high: float) -> None:
        """Play from `low` to `high` once, and rest on the last picture before `high`."""
        if self._path is not None and self.times:
            self.pause()
            self._once = Bounds(low, high, again=False)
            self._move(self._held(low))
            self._run_at(1)

    def play_back(self) -> None:
        """Play backward, without sound."""
        self._once = None
        self._run_at(-1)

    def shuttle(self, direction: int) -> None:
        """Play backward (-1), stop (0), play forward (1); the same direction again doubles the speed, up to 8 times."""
        if direction:
            self._once = None
            self._run_at(faster(self._run, direction))
        else:
            self.pause()

    def _run_at(self, run: int) -> None:
        """Play `run` times the chosen speed; sound goes with it as long as speech can be followed."""
        if self._path is None or not self.times:
            return
        if not self.playing:
            self._peek = None
            self._move(self._way.begin(self._cursor, run))
        self._clock.stop()
        sounds = run > 0 and run * self._speed <= _FASTEST_SOUND and self._can_sound()
        went_on = sounds and self._with_sound
        if not sounds:
            self._stop_sound()
        self._with_sound = sounds
        self._set_run(run)
        if went_on:
            self._vlc.set_speed(self.rate)
        elif sounds:
            self._vlc.play(Playable(self._path, self._cursor, self._size, self._box, self.rate, self._volume))
        else:
            self._clock.start(self._cursor, self.rate)

    def pause(self) -> None:
        """Stand still, and show the exact picture."""
        self._once = None
        if not self.playing:
            return
        self._stop_sound()
        self._clock.stop()
        self._set_run(0)
        self._move(self._held(self._cursor))
        self._frames.want(self._cursor)

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast."""
        self._speed = speed
        if self.playing:
            self._run_at(self._run)

    def set_volume(self, volume: int) -> None:
        """Play at 0 to 100 percent of the loudness."""
        self._volume = volume
        if self.playing and self._with_sound:
            self._vlc.set_volume(volume)

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Play only from the first to the second moment, again and again; None plays everything once."""
        self._loop = None if loop is None else Bounds(*loop, again=True)

    def _can_sound(self) -> bool:
        reason = self._vlc.available()
        if reason:
            self._warn(reason)
        return not reason

    def _warn(self, reason: str) -> None:
        if not self._warned:
            self._warned = True
            self.notice_wanted.emit(_("{reason} The clip plays without sound.").format(reason=reason))

    def _stop_sound(self) -> None:
        if self._with_sound:
            self._vlc.stop()
        self._with_sound = False

    def _set_run(self, run: int) -> None:
        changed = bool(run) != self.playing
        self._run = run
        if changed:
            self.playing_changed.emit(self.playing)
        self.rate_changed.emit(self.rate)

    # What the three tell.

    def _on_exact_picture(self, picture: QImage, index: int, exact: bool) -> None:
        if not self._with_sound and (exact or not self.playing or self._is_near(index)):
            self.picture_ready.emit(picture)

    def _is_near(self, index: int) -> bool:
        """Say whether a keyframe fits into a run: one from elsewhere would make it jump there and back."""
        return bool(self.times) and abs(self.times[index] - self._cursor) <= _STRIDE * abs(self.rate)

    def _on_played_picture(self, picture: QImage) -> None:
        if self._with_sound:
            self.picture_ready.emit(picture)

    def _on_played_to(self, seconds: float) -> None:
        if not self._with_sound:
            return
        self._arrive(seconds)

    def _on_end_reached(self) -> None:
        if not self._with_sound:
            return
        way = self._way
        if not way.bounds.again:
            self._rest_at(way.times[-1])
        else:
            self._with_sound = False  # libvlc stands still at the end of a file: it is started anew
            self._move(way.turn(self._run))
            self._run_at(self._run)

    def _on_clock_moved(self, seconds: float) -> None:
        self._arrive(seconds)
        if self.playing:
            self._frames.want(self._cursor)

    def _arrive(self, seconds: float) -> None:
        """Be at `seconds` of a run; at its end begin anew, or rest."""
        way = self._way
        if not way.is_over(seconds, self._run):
            self._move(min(seconds, self.duration))
        elif way.bounds.again:
            self._go(way.turn(self._run))
        else:
            self._rest_at(way.rest(self._run))

    def _rest_at(self, seconds: float) -> None:
        self._cursor = seconds
        self.pause()

    def _on_sound_failed(self, sentence: str) -> None:
        if not self._with_sound:
            return
        self._with_sound = False
        self._warn(sentence)
        self._clock.start(self._cursor, self.rate)
