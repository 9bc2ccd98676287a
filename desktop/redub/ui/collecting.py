"""Collect garbage in the window's thread only: an object of Qt must die in the thread that it lives in.

Python collects wherever the threshold happens to be reached. In a decoding thread that would destroy widgets and
timers that nobody holds any more ("Timers cannot be stopped from another thread"), and sooner or later crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """While it runs, Python does not collect by itself; once a second it is looked whether it should."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take over from Python."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Collect everything, and leave the rest to Python again."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation whose threshold is reached, as Python would have."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in reversed(range(len(counts))):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
