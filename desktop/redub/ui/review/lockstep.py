"""Several videos in lock step: one clock, one moment, and pictures that change together.

The moment is one of the result that is judged. While it plays with sound, the sound that is heard is the clock; every
pane's sound was laid out along the result before, so another one can be heard from the same moment on. New pictures
are asked of all panes at once, and shown when the last of them has arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from redub.media.packets import place_at
from redub.services.review import Pane
from redub.ui.player.bounds import Bounds, Way, faster
from redub.ui.review.feed import PaneFeed
from redub.ui.review.running import Running


class Lockstep(QObject):
    """Signals.

    `opened` when every pane is known, `moved` (seconds of the result), `shown` (seconds) when all pictures of a moment
    are there, `playing_changed` (bool), `rate_changed` (times as fast, negative backward, 0 at rest), `heard_changed`
    (place of the pane that is heard), `failed` (sentence), `notice_wanted` (sentence) once when there is no sound.
    """

    opened = Signal()
    moved = Signal(float)
    shown = Signal(float)
    playing_changed = Signal(bool)
    rate_changed = Signal(float)
    heard_changed = Signal(int)
    failed = Signal(str)
    notice_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.feeds: tuple[PaneFeed, ...] = ()
        self._sounds: dict[str, Path] = {}
        self._silent: set[str] = set()
        self._heard = 0
        self._cursor = self._asked = self._seconds = 0.0
        self._next: float | None = None
        self._run, self._speed = 0, 1.0
        self._loop: Bounds | None = None
        self._once: Bounds | None = None
        self._running = Running(self)
        self._running.moved.connect(self._arrive)
        self._running.ended.connect(lambda: self._arrive(self._seconds))
        self._running.broke.connect(self._on_sound_failed)
        self._running.notice_wanted.connect(self.notice_wanted)

    # What is shown.

    def open(self, panes: Sequence[Pane], at: float = 0.0) -> None:
        """Show `panes` at the moment `at`; the first is the result that is judged."""
        self.pause()
        self._let_go()
        self._sounds, self._silent, self._heard = {}, set(), 0
        self._seconds, self._cursor, self._next = panes[0].seconds, at, None
        self._loop = self._once = None
        self.feeds = tuple(PaneFeed(pane) for pane in panes)
        for feed in self.feeds:
            feed.opened.connect(self._on_opened)
            feed.arrived.connect(self._on_arrived)
            feed.renewed.connect(self._on_renewed)
            feed.failed.connect(self._on_broken)
        self._running.prepare()
        self.heard_changed.emit(0)

    def close(self) -> None:
        """Let go of everything and wait for the threads."""
        self.pause()
        self._running.close()
        self._let_go()

    def take_sound(self, key: str, sound: Path) -> None:
        """Hear `sound` for the pane `key`; it is laid out along the result."""
        self._sounds[key] = sound
        if self.playing and self._heard_key == key and not self.sounding:
            self._go_on()

    @property
    def cursor(self) -> float:
        """Return the moment of the result."""
        return self._cursor

    @property
    def seconds(self) -> float:
        """Return the length of the result."""
        return self._seconds

    @property
    def times(self) -> tuple[float, ...]:
        """Return when each picture of the result appears; () until it is open."""
        return self.feeds[0].times if self.feeds else ()

    @property
    def frame(self) -> int:
        """Return the number of the result's picture at the moment."""
        return place_at(self.times, self._cursor) if self.times else 0

    @property
    def heard(self) -> int:
        """Return the place of the pane that is heard."""
        return self._heard

    @property
    def playing(self) -> bool:
        """Say whether it plays, forward or backward."""
        return self._run != 0

    @property
    def sounding(self) -> bool:
        """Say whether something is heard now."""
        return self._running.sounds

    @property
    def in_step(self) -> bool:
        """Say whether every pane shows the picture of the moment."""
        return self._next is None and not any(feed.is_waiting for feed in self.feeds)

    # Where.

    def seek(self, seconds: float) -> None:
        """Go to `seconds` of the result; playing goes on from there."""
        self._once = None
        self._move(min(max(0.0, seconds), self.times[-1] if self.times else self._seconds))
        if self.playing:
            self._go_on()

    def step(self, frames: int) -> None:
        """Go `frames` pictures of the result on; playing stops."""
        self.pause()
        times = self.times
        if times:
            self.seek(times[min(max(0, self.frame + frames), len(times) - 1)])

    # Playing.

    def play_pause(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play forward from the moment on; from the start, when it is the last one."""
        self._once = None
        self._run_at(1)

    def play_part(self, low: float, high: float) -> None:
        """Play from `low` to `high` once and rest there; round and round while that part is the loop."""
        if self.times:
            self._stop()
            self._once = None if self._loop else Bounds(low, high, again=False)
            self._move(low)
            self._run_at(1)

    def shuttle(self, direction: int) -> None:
        """Play backward (-1), stop (0), play forward (1); the same direction again doubles the speed."""
        if direction:
            self._once = None
            self._run_at(faster(self._run, direction))
        else:
            self.pause()

    def pause(self) -> None:
        """Stand still on a picture."""
        self._once = None
        if self.playing:
            self._stop()
            self._move(min(self._cursor, self.times[-1]) if self.times else self._cursor)

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast."""
        self._speed = speed
        if self.playing:
            self._run_at(self._run)

    def set_volume(self, volume: int) -> None:
        """Play at 0 to 100 percent of the loudness."""
        self._running.set_volume(volume)

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Play only from the first to the second moment, again and again; None plays everything once."""
        self._loop = None if loop is None else Bounds(*loop, again=True)

    def hear(self, place: int) -> None:
        """Hear the pane at `place`, and none of the others."""
        if self.feeds and place % len(self.feeds) != self._heard:
            self._heard = place % len(self.feeds)
            self.heard_changed.emit(self._heard)
            if self.playing:
                self._go_on()

    def hear_next(self) -> None:
        """Hear the next pane that has a sound instead."""
        count = len(self.feeds)
        others = (self._heard + by for by in range(1, count))
        audible = (place for place in others if self.feeds[place % count].pane.key not in self._silent)
        self.hear(next(audible, self._heard))

    def note_silent(self, key: str) -> None:
        """Note that the pane `key` has no sound."""
        self._silent.add(key)

    # How.

    @property
    def _heard_key(self) -> str:
        return self.feeds[self._heard].pane.key if self.feeds else ""

    @property
    def _way(self) -> Way:
        return Way(self.times, self._once or self._loop or Bounds(0.0, self._seconds, again=False))

    def _run_at(self, run: int) -> None:
        if not self.times:
            return
        begins = not self.playing
        self._run = run
        if begins:
            self._move(self._way.begin(self._cursor, run))
            self.playing_changed.emit(True)
        self.rate_changed.emit(run * self._speed)
        self._go_on()

    def _go_on(self) -> None:
        """Run on from the moment: by the sound of the pane that is heard, else by a clock."""
        self._running.run(self._sounds.get(self._heard_key), self._cursor, self._run * self._speed)

    def _stop(self) -> None:
        was, self._run = self.playing, 0
        self._running.halt()
        if was:
            self.playing_changed.emit(False)
            self.rate_changed.emit(0.0)

    def _arrive(self, seconds: float) -> None:
        way = self._way
        if not way.is_over(seconds, self._run):
            self._move(min(max(0.0, seconds), self._seconds))
        elif way.bounds.again:
            self._move(way.turn(self._run))
            self._go_on()
        else:
            self._rest_at(way.rest(self._run))

    def _rest_at(self, seconds: float) -> None:
        self._once = None
        self._stop()
        self._move(seconds)

    def _on_sound_failed(self, sentence: str) -> None:
        self._sounds.pop(self._heard_key, None)
        self.notice_wanted.emit(sentence)
        if self.playing:
            self._go_on()

    # Pictures.

    def _move(self, seconds: float) -> None:
        self._cursor = seconds
        self.moved.emit(seconds)
        self._want(seconds)

    def _want(self, seconds: float) -> None:
        """Ask all panes for their pictures of a moment, once those of the last one are there."""
        usable = [feed for feed in self.feeds if not feed.is_broken]
        if not usable or not all(feed.is_open for feed in usable):
            return
        if any(feed.is_waiting for feed in usable):
            self._next = seconds
            return
        self._next, self._asked = None, seconds
        if all(feed.has(seconds) for feed in usable):
            return
        for feed in usable:
            feed.is_waiting = True
        for feed in usable:
            feed.want(seconds)

    def _on_arrived(self, _feed: PaneFeed) -> None:
        if any(feed.is_waiting for feed in self.feeds):
            return
        self._show()
        if self._next is not None:
            self._want(self._next)

    def _on_renewed(self, _feed: PaneFeed) -> None:
        self._show()

    def _show(self) -> None:
        if not any(feed.is_waiting for feed in self.feeds):
            self.shown.emit(self._asked)

    def _on_opened(self) -> None:
        usable = [feed for feed in self.feeds if not feed.is_broken]
        if all(feed.is_open for feed in usable):
            self._move(min(self._cursor, self.times[-1]) if self.times else self._cursor)
            self.opened.emit()

    def _on_broken(self, feed: PaneFeed, sentence: str) -> None:
        self.failed.emit(f"{feed.pane.title}: {sentence}")
        self._on_opened()

    def _let_go(self) -> None:
        for feed in self.feeds:
            feed.close()
        self.feeds = ()
