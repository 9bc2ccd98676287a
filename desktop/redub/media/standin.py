"""Quick copies of pictures that are shown while the true ones are on their way."""

from __future__ import annotations

import threading
from typing import Protocol

from redub.media.picture import Picture


class StandIn(Protocol):
    """Gives a quick small copy of a picture."""

    def picture(self, index: int, time: float, box: tuple[int, int]) -> Picture | None:
        """Return the copy of picture `index`, which is shown at `time`; None where there is none. It raises nothing."""

    def close(self) -> None:
        """Let go of its files."""


class StandInPlace:
    """Where any thread puts a stand-in and one thread uses it; each is closed by the one that uses it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._put: StandIn | None = None
        self._used: StandIn | None = None
        self._ended = False

    def put(self, stand_in: StandIn) -> None:
        """Let `stand_in` be used from now on."""
        with self._lock:
            unused, self._put = self._put, stand_in
            ended = self._ended
        if unused is not None and unused is not self._used:
            unused.close()
        if ended:
            stand_in.close()

    def picture(self, index: int, time: float, box: tuple[int, int]) -> Picture | None:
        """Return the copy of a picture from the stand-in that was put last, None when there is none."""
        with self._lock:
            before, self._used = self._used, self._put
        if before is not None and before is not self._used:
            before.close()
        return self._used.picture(index, time, box) if self._used is not None else None

    def close(self) -> None:
        """Close what is there, and what is put later."""
        with self._lock:
            self._ended = True
            left = {id(one): one for one in (self._put, self._used) if one is not None}
            self._put = self._used = None
        for one in left.values():
            one.close()
