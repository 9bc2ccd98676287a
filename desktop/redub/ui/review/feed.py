"""The pictures of one pane: the exact one that belongs to a moment of the result."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from redub.services.review import Pane
from redub.ui.player.exactframes import ExactFrames

_BOX = (640, 640)
_BUDGET = 48 * 1024 * 1024
"""Bytes of pictures that one pane keeps; up to four stand side by side."""


class PaneFeed(QObject):
    """Signals.

    `opened` when the times of its pictures are known, `arrived` (this feed) when the wanted picture is there, `renewed`
    (this feed) when the picture at rest came in another size, `failed` (this feed, sentence).
    """

    opened = Signal()
    arrived = Signal(object)
    renewed = Signal(object)
    failed = Signal(object, str)

    def __init__(self, pane: Pane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pane = pane
        self.picture: QImage | None = None
        self.index = -1
        self.is_waiting = self.is_broken = False
        self._wanted = -1
        self._box = _BOX
        self._frames = ExactFrames(self)
        self._frames.opened.connect(self.opened)
        self._frames.picture_ready.connect(self._on_picture)
        self._frames.failed.connect(self._on_failed)
        self._frames.keep_within(_BUDGET)
        self._frames.open(pane.path, self._box)

    @property
    def is_open(self) -> bool:
        """Say whether the times of its pictures are known."""
        return bool(self._frames.times)

    @property
    def times(self) -> tuple[float, ...]:
        """Return when each of its pictures appears; () until it is open."""
        return tuple(self._frames.times)

    def index_at(self, seconds: float) -> int:
        """Return the number of its picture that belongs to `seconds` of the result."""
        return self._frames.index_at(self.pane.alignment.moment(seconds))

    def has(self, seconds: float) -> bool:
        """Say whether the picture that belongs to `seconds` of the result is the one that has come."""
        return self.picture is not None and self.index == self.index_at(seconds)

    def want(self, seconds: float) -> None:
        """Bring the picture that belongs to `seconds` of the result."""
        self._wanted, self.is_waiting = self.index_at(seconds), True
        self._frames.want(self.pane.alignment.moment(seconds))

    def fit_into(self, width: int, height: int) -> None:
        """Make pictures for so many device pixels."""
        box = (max(16, width), max(16, height))
        if box != self._box:
            self._box = box
            self._frames.resize(box)

    def close(self) -> None:
        """Let go of the video and wait for its threads."""
        self._frames.close()

    def _on_picture(self, picture: QImage, index: int, exact: bool) -> None:
        if not exact or index != self._wanted:
            return
        self.picture, self.index = picture, index
        if self.is_waiting:
            self.is_waiting = False
            self.arrived.emit(self)
        else:
            self.renewed.emit(self)

    def _on_failed(self, sentence: str) -> None:
        self.is_broken, self.is_waiting = True, False
        self.failed.emit(self, sentence)
