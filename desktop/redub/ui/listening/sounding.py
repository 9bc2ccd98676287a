"""One sound at a time: plays, pauses and goes to places in a sound file, and says where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from redub.i18n import _
from redub.ui.player.silent import SilentClock
from redub.ui.player.vlcplayer import Playable, VlcPlayer


class Sounding(QObject):
    """Signals.

    `moved` (seconds) while it plays, `state_changed` when it starts, pauses or stops, `ended` when a sound was heard
    to its end, `failed` (sentence) when it cannot be played, `notice_wanted` (sentence) once when there is no sound.

    :ivar owner: whoever started what plays now, "" while nothing is loaded
    """

    moved = Signal(float)
    state_changed = Signal()
    ended = Signal()
    failed = Signal(str)
    notice_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.owner = ""
        self._path = Path()
        self._position = self._end = 0.0
        self._plays = self._warned = False
        self._vlc, self._clock = VlcPlayer(self), SilentClock(self)
        self._vlc.position_changed.connect(self._on_moved)
        self._vlc.ended.connect(self._on_ended)
        self._vlc.failed.connect(self._on_failed)
        self._clock.moved.connect(self._on_moved)

    @property
    def plays(self) -> bool:
        """Say whether something is heard now."""
        return self._plays

    @property
    def trouble(self) -> str:
        """Return why nothing can be heard on this machine, "" when it can."""
        return self._vlc.available()

    @property
    def position(self) -> float:
        """Return the seconds that are reached."""
        return self._position

    def prepare(self) -> None:
        """Load libvlc in the background, so that the first sound need not wait for it."""
        self._vlc.prepare()

    def play(self, owner: str, path: Path, start: float, end: float) -> None:
        """Play `path` from `start` to `end` (seconds) for `owner`; what played before stops."""
        self.stop()
        self.owner, self._path, self._end = owner, path, end
        self._begin(start)

    def pause(self) -> None:
        """Stand still; `resume` goes on from here."""
        if self._plays:
            self._halt()
            self.state_changed.emit()

    def resume(self) -> None:
        """Go on where it was paused."""
        if self.owner and not self._plays:
            self._begin(self._position)

    def seek(self, seconds: float) -> None:
        """Go to `seconds`, playing or not."""
        self._position = min(max(0.0, seconds), self._end)
        if not self._plays:
            self.moved.emit(self._position)
        elif self._clock.running:
            self._clock.start(self._position, 1.0)
        else:
            self._vlc.seek(self._position)

    def stop(self) -> None:
        """Stop, and let go of the sound."""
        if not self.owner:
            return
        self._halt()
        self.owner, self._position = "", 0.0
        self.state_changed.emit()

    def close(self) -> None:
        """Stop and wait for the thread of libvlc."""
        self.stop()
        self._vlc.close()

    def _begin(self, start: float) -> None:
        self._position, self._plays = start, True
        reason = self._vlc.available()
        if reason:
            self._go_silently(reason)
        else:
            self._vlc.play(Playable(self._path, start=start, sound_only=True))
        self.state_changed.emit()

    def _halt(self) -> None:
        self._plays = False
        self._clock.stop()
        self._vlc.stop()

    def _go_silently(self, reason: str) -> None:
        if not self._warned:
            self._warned = True
            self.notice_wanted.emit(_("{reason} The words are shown without sound.").format(reason=reason))
        self._clock.start(self._position, 1.0)

    def _on_moved(self, seconds: float) -> None:
        if not self._plays:
            return
        self._position = max(0.0, seconds)
        self.moved.emit(self._position)
        if self._position >= self._end:
            self._on_ended()

    def _on_ended(self) -> None:
        if self._plays:
            self._halt()
            self.owner, self._position = "", 0.0
            self.ended.emit()
            self.state_changed.emit()

    def _on_failed(self, reason: str) -> None:
        if self._plays:
            self.stop()
            self.failed.emit(reason)
