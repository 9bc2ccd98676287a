"""Where a playing file is: libvlc tells it four times a second, a window wants it thirty times."""

from __future__ import annotations

_DRIFT = 0.12
"""Seconds that the clock may differ from what libvlc tells before it is set anew."""


class PlayedTime:
    """A clock that runs at the speed of playing and is corrected by what libvlc tells; times in seconds."""

    def __init__(self) -> None:
        self.running = False
        self._going = False
        self._position = 0.0
        self._since = 0.0
        self._speed = 1.0
        self._told = -1.0

    def begin(self, position: float, speed: float, now: float) -> None:
        """Start at `position`; the clock waits until libvlc really plays."""
        self.running, self._going = True, False
        self._position, self._since, self._speed, self._told = position, now, speed, -1.0

    def set_going(self, now: float) -> None:
        """Note that sound and picture run."""
        if not self._going:
            self._going, self._since = True, now

    def end(self) -> None:
        """Stop."""
        self.running = self._going = False

    def jump(self, position: float, now: float) -> None:
        """Go on from another place."""
        self._position, self._since, self._told = position, now, -1.0

    def set_speed(self, speed: float, now: float) -> None:
        """Run at another speed from here on."""
        self._position, self._since = self._running_position(now), now
        self._speed = speed

    def now(self, told: float, now: float) -> float:
        """Return the position, after hearing `told` from libvlc (negative: it does not know)."""
        if told >= 0 and told != self._told and self._going:
            first, self._told = self._told < 0, told
            if not first and abs(told - self._running_position(now)) > _DRIFT:
                self._position, self._since = told, now
        return self._running_position(now)

    def _running_position(self, now: float) -> float:
        return self._position + (now - self._since) * self._speed if self._going else self._position
