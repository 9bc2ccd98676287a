"""Memory that libvlc paints pictures into, and the callbacks through which it does.

Three pictures take turns: one is being painted by libvlc, one is the newest, one may be being copied by the window.
The callbacks run on threads of libvlc: they only choose a buffer and call `shown`.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QImage

_COUNT = 3
_BYTES = 4


class PictureBuffers:
    """Three RV32 pictures of one size."""

    def __init__(self, width: int, height: int, shown: Callable[[], None], vlc: Any) -> None:
        """Make room for pictures of `width` x `height`; `shown` is called on libvlc's thread for each new one."""
        self.width, self.height = width, height
        self._shown = shown
        self._lock = threading.Lock()
        self._memory = [(ctypes.c_ubyte * (width * height * _BYTES))() for _ in range(_COUNT)]
        self._front: int | None = None
        self._reading: int | None = None
        self._announced = False
        decorators = vlc.CallbackDecorators
        self._callbacks = (
            decorators.VideoLockCb(self._lend),
            decorators.VideoUnlockCb(self._unlock),
            decorators.VideoDisplayCb(self._display),
        )

    def attach(self, player: Any) -> None:
        """Let `player` (libvlc's) paint here; keep this object until the player was stopped."""
        player.video_set_callbacks(*self._callbacks, None)
        player.video_set_format("RV32", self.width, self.height, self.width * _BYTES)

    def newest(self) -> QImage | None:
        """Return a copy of the newest picture, or None before the first."""
        with self._lock:
            self._announced = False
            self._reading = self._front
        if self._reading is None:
            return None
        stride = self.width * _BYTES
        memory = memoryview(self._memory[self._reading])
        picture = QImage(memory, self.width, self.height, stride, QImage.Format.Format_RGB32).copy()
        with self._lock:
            self._reading = None
        return picture

    def _lend(self, _opaque: Any, planes: Any) -> int:
        with self._lock:
            free = next(place for place in range(_COUNT) if place not in (self._front, self._reading))
        planes[0] = ctypes.addressof(self._memory[free])
        return free + 1

    def _unlock(self, _opaque: Any, _picture: Any, _planes: Any) -> None:
        return None

    def _display(self, _opaque: Any, picture: Any) -> None:
        with self._lock:
            self._front = (picture or 1) - 1
            fresh, self._announced = not self._announced, True
        if fresh:
            self._shown()
