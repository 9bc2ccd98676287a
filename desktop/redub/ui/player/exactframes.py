"""The exact picture of a clip at a moment, brought to the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from redub.core.errors import RedubError
from redub.media.frameserver import FrameServer
from redub.media.packets import place_at
from redub.media.picture import Picture
from redub.media.picturecache import BUDGET
from redub.media.standin import StandIn
from redub.ui.preview.images import image_of


class ExactFrames(QObject):
    """Pictures of one clip at a time.

    Signals: `picture_ready` (QImage, index, exact), `opened` when the times of the pictures are known, `failed`.
    """

    picture_ready = Signal(object, int, bool)
    opened = Signal()
    failed = Signal(str)
    _brought = Signal(object, object, bool)
    _known = Signal(object, object, float)
    _broke = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: FrameServer | None = None
        self._budget = BUDGET
        self._token = object()
        self._closing: list[threading.Thread] = []
        self._times: Sequence[float] = ()
        self._duration = 0.0
        queued = Qt.ConnectionType.QueuedConnection
        self._brought.connect(self._on_brought, queued)
        self._known.connect(self._on_known, queued)
        self._broke.connect(self._on_broke, queued)

    @property
    def times(self) -> Sequence[float]:
        """Return when each picture appears; empty until the clip was opened."""
        return self._times

    @property
    def duration(self) -> float:
        """Return the length of the clip in seconds; 0 until it was opened."""
        return self._duration

    def open(self, path: Path, box: tuple[int, int]) -> None:
        """Show pictures of `path`, fitting into `box` pixels."""
        self.forget()
        self._token = token = object()
        self._server = FrameServer(
            path,
            lambda picture, exact: self._bring(token, picture, exact),
            width=box[0],
            height=box[1],
            budget=self._budget,
            on_error=lambda problem: self._tell(token, problem),
            on_opened=lambda times, duration: self._known.emit(token, times, duration),
        )

    def forget(self) -> None:
        """Let go of the clip; its thread ends by itself, `close` waits for it."""
        self._token, self._times, self._duration = object(), (), 0.0
        server, self._server = self._server, None
        self._closing = [thread for thread in self._closing if thread.is_alive()]
        if server is not None:
            thread = threading.Thread(target=server.close, name="redub-frames-closing", daemon=True)
            self._closing.append(thread)
            thread.start()

    def close(self) -> None:
        """Let go of the clip and wait for the threads."""
        self.forget()
        for thread in self._closing:
            thread.join()
        self._closing.clear()

    def want(self, seconds: float) -> None:
        """Bring the picture at `seconds`; a keyframe may come first."""
        if self._server is not None:
            self._server.want(seconds)

    def resize(self, box: tuple[int, int]) -> None:
        """Fit pictures into another box."""
        if self._server is not None:
            self._server.resize(*box)

    def use_stand_in(self, stand_in: StandIn) -> None:
        """Show its copies first, as long as this clip is open."""
        if self._server is not None:
            self._server.use_stand_in(stand_in)

    def keep_within(self, budget: int) -> None:
        """Keep at most `budget` bytes of pictures ready, of this clip and of later ones."""
        self._budget = budget
        if self._server is not None:
            self._server.set_budget(budget)

    def index_at(self, seconds: float) -> int:
        """Return the number of the picture that is on screen at `seconds`; 0 until the clip was opened."""
        return place_at(self._times, seconds) if self._times else 0

    def _bring(self, token: object, picture: Picture, exact: bool) -> None:
        self._brought.emit(token, (image_of(picture), picture.index), exact)

    def _tell(self, token: object, problem: RedubError) -> None:
        self._broke.emit(token, str(problem))

    def _on_brought(self, token: object, brought: tuple[object, int], exact: bool) -> None:
        if token is self._token:
            self.picture_ready.emit(brought[0], brought[1], exact)

    def _on_known(self, token: object, times: Sequence[float], duration: float) -> None:
        if token is self._token:
            self._times, self._duration = times, duration
            self.opened.emit()

    def _on_broke(self, token: object, sentence: str) -> None:
        if token is self._token:
            self.failed.emit(sentence)
