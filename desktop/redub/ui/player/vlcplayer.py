"""Plays a file with sound: libvlc paints into memory, the window gets ready images.

Every call of libvlc is made on one thread of this player ("redub-vlc"), so the window never waits for it; what libvlc
tells from its own threads is only put into that thread's queue, because calling libvlc from its callbacks locks up.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from redub.core.errors import RedubError
from redub.i18n import _
from redub.media.picture import fit
from redub.media.probe import probe
from redub.ui.player import vlclibrary
from redub.ui.player.buffers import PictureBuffers
from redub.ui.player.position import PlayedTime
from redub.ui.player.soundclock import SoundClock

log = logging.getLogger(__name__)

_TICK = 0.03
"""Seconds between two reports of the position."""
_NO_PICTURE = (2, 2)
LARGEST = (1920, 1920)
"""Pictures are painted no larger than this; the window scales them."""


@dataclass(frozen=True, slots=True)
class Playable:
    """What to play: a file, from where, in which box of pixels; `size` is what is on screen, probed when None.

    With `sound_only` no picture is painted, and time counts from the moment at which libvlc says that it plays.
    """

    path: Path
    start: float = 0.0
    size: tuple[int, int] | None = None
    box: tuple[int, int] = LARGEST
    speed: float = 1.0
    volume: int = 100
    sound_only: bool = False


class VlcPlayer(QObject):
    """One player.

    Signals: `frame_ready` (QImage), `position_changed` (seconds), `ended` at the end of the file, `failed` with a
    sentence. All arrive on the thread of the window.
    """

    frame_ready = Signal(QImage)
    position_changed = Signal(float)
    ended = Signal()
    failed = Signal(str)
    _shown = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._player: Any = None  # libvlc's; only the thread of this player touches it
        self._buffers: PictureBuffers | None = None
        self._time = PlayedTime()
        self._sound: SoundClock | None = None
        self._wish = Playable(Path())
        self._run = 0
        self._painted = False
        self._shown.connect(self._on_shown, Qt.ConnectionType.QueuedConnection)

    @staticmethod
    def available() -> str:
        """Return "" when libvlc can be used, else why not."""
        return vlclibrary.available()

    def prepare(self) -> None:
        """Load libvlc in the background, so that the first play need not wait for it."""
        self._order(self._load)

    def play(self, wish: Playable) -> None:
        """Play `wish`; what played before stops."""
        self._order(lambda: self._begin(wish))

    def stop(self) -> None:
        """Stop playing; the last picture stays."""
        self._order(self._halt)

    def seek(self, seconds: float) -> None:
        """Go on from `seconds`."""
        self._order(lambda: self._jump(seconds))

    def set_speed(self, speed: float) -> None:
        """Play 0.25 to 4 times as fast, with the pitch kept."""
        self._order(lambda: self._change_speed(speed))

    def set_volume(self, volume: int) -> None:
        """Play at 0 to 100 percent of the loudness."""
        self._order(lambda: self._change_volume(volume))

    def heard(self) -> float | None:
        """Return which second of a sound without picture is heard now; None until it is; for any thread."""
        sound = self._sound
        return sound.position(time.monotonic()) if sound is not None else None

    def close(self) -> None:
        """Stop, let go of libvlc's player and wait for the thread; nothing is signalled afterwards."""
        if self._thread is None:
            return
        self._shown.disconnect(self._on_shown)
        self._orders.put(None)
        self._thread.join()
        self._thread = None

    def _order(self, order: Callable[[], None]) -> None:
        if self._thread is None:
            self._orders = queue.SimpleQueue()
            self._thread = threading.Thread(target=self._serve, name="redub-vlc", daemon=True)
            self._thread.start()
        self._orders.put(order)

    def _on_shown(self) -> None:
        buffers = self._buffers
        picture = buffers.newest() if buffers is not None else None
        if picture is not None:
            self.frame_ready.emit(picture)

    # From here on everything runs on the thread of this player.

    def _serve(self) -> None:
        while True:
            try:
                order = self._orders.get(timeout=_TICK if self._time.running else None)
            except queue.Empty:
                self._report()
                continue
            if order is None:
                break
            self._obey(order)
        self._halt()
        if self._player is not None:
            self._player.release()
            self._player = None

    def _obey(self, order: Callable[[], None]) -> None:
        try:
            order()
        except RedubError as problem:
            self.failed.emit(str(problem))
        except Exception:
            log.exception("playing failed")
            self._halt()
            self.failed.emit(_("This file cannot be played here."))

    def _load(self) -> None:
        if not vlclibrary.available():
            vlclibrary.instance()

    def _begin(self, wish: Playable) -> None:
        self._halt()
        reason = vlclibrary.available()
        if reason:
            self.failed.emit(reason)
            return
        size = wish.size or (_NO_PICTURE if wish.sound_only else _size_of(wish.path))
        vlc = vlclibrary.binding()
        library = vlclibrary.instance()
        player = self._player if self._player is not None else self._new_player(library, vlc)
        self._painted = False
        self._buffers = PictureBuffers(*fit(*size, *wish.box), self._on_painted, vlc)
        self._buffers.attach(player)
        media = library.media_new_path(str(wish.path))
        media.add_option(f":start-time={max(0.0, wish.start):.3f}")
        if wish.sound_only:
            media.add_option(":no-video")
        player.set_media(media)
        media.release()
        self._wish = wish
        self._run += 1
        self._sound = SoundClock(wish.start) if wish.sound_only else None
        player.set_rate(wish.speed)
        player.play()
        self._time.begin(wish.start, wish.speed, time.monotonic())

    def _new_player(self, library: Any, vlc: Any) -> Any:
        self._player = player = library.media_player_new()
        events = player.event_manager()
        kinds = vlc.EventType
        events.event_attach(kinds.MediaPlayerPlaying, self._note_playing)
        events.event_attach(kinds.MediaPlayerTimeChanged, self._note_time)
        events.event_attach(kinds.MediaPlayerEndReached, lambda _event: self._tell(self._on_ended))
        events.event_attach(kinds.MediaPlayerEncounteredError, lambda _event: self._tell(self._on_error))
        return player

    def _tell(self, what: Callable[[], None]) -> None:
        """Take note of an event on libvlc's thread; it counts only while the same file is playing."""
        run = self._run
        self._orders.put(lambda: what() if run == self._run else None)

    def _note_playing(self, _event: Any) -> None:
        """Take note on libvlc's thread, at once: whoever is late here is late in everything."""
        if self._sound is not None:
            self._sound.set_going(time.monotonic())
        self._tell(self._on_playing)

    def _note_time(self, event: Any) -> None:
        """The same for its reports of the time."""
        if self._sound is not None:
            self._sound.hear(event.u.new_time / 1000, time.monotonic())

    def _on_painted(self) -> None:
        """Tell the window of a picture, on libvlc's thread; time counts from the first one on."""
        if not self._painted:
            self._painted = True
            self._tell(lambda: self._time.set_going(time.monotonic()))
        self._shown.emit()

    def _on_playing(self) -> None:
        self._change_volume(self._wish.volume)
        if self._wish.sound_only:
            self._time.set_going(time.monotonic())

    def _on_ended(self) -> None:
        if self._time.running:
            self._halt()
            self.ended.emit()

    def _on_error(self) -> None:
        self._halt()
        self.failed.emit(_("This file cannot be played here."))

    def _halt(self) -> None:
        self._run += 1
        self._sound = None
        self._time.end()
        if self._player is not None:
            self._player.stop()

    def _jump(self, seconds: float) -> None:
        if self._player is not None and self._time.running:
            self._player.set_time(max(0, round(seconds * 1000)))
            self._time.jump(seconds, time.monotonic())

    def _change_speed(self, speed: float) -> None:
        if self._player is not None:
            self._player.set_rate(speed)
        self._time.set_speed(speed, time.monotonic())

    def _change_volume(self, volume: int) -> None:
        if self._player is not None:
            self._player.audio_set_volume(volume)

    def _report(self) -> None:
        told = self._player.get_time() / 1000 if self._player is not None else -1.0
        self.position_changed.emit(self._time.now(told, time.monotonic()))


def _size_of(path: Path) -> tuple[int, int]:
    facts = probe(path)
    if facts.video is None:
        return _NO_PICTURE
    return facts.video.shown_width, facts.video.shown_height
