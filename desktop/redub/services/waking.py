"""Notice that the computer slept: the wall clock went on, the program's own clock did not.

Only forward jumps count: a clock that was set back says nothing about sleep.
"""

from __future__ import annotations

import time
from collections.abc import Callable

SLEPT_SECONDS = 20.0
"""A jump shorter than this is a busy machine, or a clock that was set right."""
LOOK_EVERY = 10.0
"""Whoever sleeps longer than this looks up in between, so that waking is noticed."""


class Waking:
    """Compares two clocks at each look."""

    def __init__(
        self, *, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._lead = wall() - steady()

    def slept(self) -> float:
        """Return how many seconds the computer has slept since the last look, 0.0 for not at all."""
        lead = self._wall() - self._steady()
        jump, self._lead = lead - self._lead, lead
        return jump if jump > SLEPT_SECONDS else 0.0
