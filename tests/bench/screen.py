"""A screen without a window: takes what a frame server shows, and waits for a picture."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

from bench.peers import BOX
from redub.media.frameserver import FrameServer
from redub.media.picture import Picture
from redub.media.proxy import ProxyPictures

_PATIENCE = 120


class Screen:
    """Shows pictures of one clip; `with_proxy` is the folder of its proxy and how many pictures there are."""

    def __init__(self, clip: Path, with_proxy: tuple[Path, int] | None = None) -> None:
        self._shown = threading.Condition()
        self._last: tuple[Picture, bool] | None = None
        self.server = FrameServer(clip, self._deliver, width=BOX[0], height=BOX[1])
        if with_proxy is not None:
            self.server.use_stand_in(ProxyPictures(*with_proxy))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.server.close()

    def want(self, index: int, fps: float, *, exact: bool = True) -> Picture:
        """Return picture `index` as soon as it is shown; a proxy's copy of it counts when not `exact`."""
        with self._shown:
            self._last = None
        self.server.want(index / fps)
        with self._shown:
            return self._shown.wait_for(lambda: self._there(index, exact), _PATIENCE) or _missing(index)

    def _deliver(self, shown: Picture, exact: bool) -> None:
        with self._shown:
            self._last = shown, exact
            self._shown.notify()

    def _there(self, index: int, exact: bool) -> Picture | None:
        last = self._last
        return last[0] if last is not None and last[0].index == index and (last[1] or not exact) else None


def _missing(index: int) -> Picture:
    raise AssertionError(f"picture {index} was not shown")
