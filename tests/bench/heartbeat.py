"""A heartbeat in the window's loop: how long the window stood still, and how much of it was other programs' doing."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 10


class Heartbeat(QObject):
    """Beats every ten milliseconds while it runs.

    :ivar pauses: milliseconds by which each beat came late
    :ivar own: the same without the time in which this thread could have run and the system ran others
    """

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self.own: list[float] = []
        self._last, self._waited = 0.0, 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin anew."""
        self.pauses, self.own = [], []
        self._last, self._waited = time.monotonic(), _waited()
        self._timer.start()

    def stop(self) -> None:
        """Stop."""
        self._timer.stop()

    def _beat(self) -> None:
        now, waited = time.monotonic(), _waited()
        late = (now - self._last) * 1000 - EVERY_MS
        self.pauses.append(max(0.0, late))
        self.own.append(max(0.0, late - (waited - self._waited) * 1000))
        self._last, self._waited = now, waited


def _waited() -> float:
    """Return for how many seconds this thread was ready and did not get a processor (Linux; elsewhere 0)."""
    if sys.platform != "linux":
        return 0.0
    told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text("ascii")
    return int(told.split()[1]) / 1e9
