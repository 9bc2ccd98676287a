"""Scrolls the lanes while something is dragged beyond their ends, the faster the further it is pulled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

_TICK_MS = 25
_SHARE = 0.12
"""Pixels that are scrolled at each tick for every pixel that the pointer is beyond the end."""
_FASTEST = 60.0


class EdgeScroll(QObject):
    """Signals: `scrolled` with the pixels by which the lanes are to move (negative: to the left)."""

    scrolled = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._beyond = 0.0
        self._again: Callable[[], object] = _nothing
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def pull(self, x: float, low: float, high: float, again: Callable[[], object]) -> float:
        """Note that the pointer is at the pixel `x`, and return `x` held between the pixels `low` and `high`.

        While it is outside, the lanes scroll, and `again` is called after each bit, to drag on from there.
        """
        held = min(max(low, x), high)
        self._beyond, self._again = x - held, again
        if not self._beyond:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        return held

    def stop(self) -> None:
        """Stand still: the drag has ended."""
        self._beyond, self._again = 0.0, _nothing
        self._timer.stop()

    @property
    def running(self) -> bool:
        """Say whether the lanes are scrolling."""
        return self._timer.isActive()

    def tick(self) -> None:
        """Scroll a bit, and drag on."""
        step = min(max(-_FASTEST, self._beyond * _SHARE), _FASTEST)
        self.scrolled.emit(step)
        self._again()


def _nothing() -> None:
    """Drag nothing on."""
