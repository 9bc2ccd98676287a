"""A clock for playing without libvlc: moves the cursor in either direction, and asks for a picture at each tick."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_TICK_MS = 33


class SilentClock(QObject):
    """Signals: `moved` with the seconds that are reached."""

    moved = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._position = 0.0
        self._rate = 1.0
        self._since = 0.0

    @property
    def running(self) -> bool:
        """Say whether it moves."""
        return self._timer.isActive()

    def start(self, position: float, rate: float) -> None:
        """Move from `position` at `rate` seconds a second; a negative rate moves backward."""
        self._position, self._rate, self._since = position, rate, time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()

    def _on_tick(self) -> None:
        self.moved.emit(self._position + (time.monotonic() - self._since) * self._rate)
