"""What is heard of a sound that is played without a picture: by the reports of libvlc and the time since.

libvlc tells some four times a second how far it has read; of a WAV it reads pieces of 50 ms, so what is heard then
lies so much behind (measured with its audio callbacks: 49 to 50 ms). A report may come late and is never early:
of the last ones the one that says most is right. Thread-safe.
"""

from __future__ import annotations

import threading
from collections import deque

READ_AHEAD = 0.05
"""Seconds by which a report is ahead of what is heard."""
_BEGINS_AFTER = 0.01
"""Seconds from libvlc's word that it plays to the first sample that is heard."""
_REPORTS = 4


class SoundClock:
    """Follows one playing at normal speed; times in seconds.

    :param start: where in the sound the playing begins
    """

    def __init__(self, start: float = 0.0) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._offsets: deque[float] = deque(maxlen=_REPORTS)
        self._began: float | None = None

    def set_going(self, at: float) -> None:
        """Note that libvlc said at the moment `at` that it plays."""
        with self._lock:
            self._began = at + _BEGINS_AFTER

    def hear(self, told: float, at: float) -> None:
        """Note that libvlc told `told` at the moment `at`."""
        with self._lock:
            if told > READ_AHEAD + self._start:
                self._offsets.append(told - READ_AHEAD - at)

    def position(self, now: float) -> float | None:
        """Return what is heard at the moment `now`; None before it plays."""
        with self._lock:
            if self._offsets:
                return max(0.0, now + max(self._offsets))
            return None if self._began is None else self._start + max(0.0, now - self._began)
