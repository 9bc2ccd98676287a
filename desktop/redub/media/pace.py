"""How far a conversion is, from ffmpeg's ``-progress`` lines, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from redub.core.progress import Progress, Report, Stage

_SETTLED = 0.5
"""Seconds after which the speed is known well enough to say how long it will take."""
_CHECK_SHARE = 0.08
"""What decoding the result takes beside encoding it."""


class Pace:
    """Takes the lines, reports seconds of the clip."""

    def __init__(
        self,
        total: float,
        report: Report,
        *,
        checks: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin now; with `checks` the time to decode the result is counted into what is left."""
        self._total = total
        self._report = report
        self._share = _CHECK_SHARE if checks else 0.0
        self._clock = clock
        self._begun = clock()
        self._done = 0.0
        self._first: tuple[float, float] | None = (
            None  # the first report that showed something: when, and how much
        )

    def take(self, line: str) -> None:
        """Take one line; a block of them ends with ``progress=…``."""
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.strip().lstrip("-").isdigit():
            self._done = min(self._total, max(self._done, int(value) / 1_000_000))
        elif name == "progress":
            self._done = self._total if value.strip() == "end" else self._done
            if self._first is None and self._done > 0:
                self._first = (self._clock(), self._done)
            self._report(self._progress())

    def note(self, words: str) -> None:
        """Say something about it."""
        self._report(replace(self._progress(), note=words))

    def checking(self) -> None:
        """Say that the result is being decoded."""
        gone = self._clock() - self._begun
        self._report(
            replace(
                self._progress(),
                done=self._total,
                seconds_left=gone * self._share,
                note="checking the result",
            )
        )

    def _progress(self) -> Progress:
        now, left = self._clock(), None
        if self._first and self._done > self._first[1] and now - self._begun >= _SETTLED:
            # Counted from the start, the filling of the encoder's look-ahead makes it too long; counted from the
            # first frames, their burst makes it too short: in the middle lies the truth, and soon both agree.
            slow = (now - self._begun) / self._done
            fast = (now - self._first[0]) / (self._done - self._first[1])
            pace = (slow + fast) / 2
            left = pace * (self._total - self._done) + pace * self._total * self._share
        return Progress(stage=Stage.CONVERT, done=self._done, total=self._total, unit="s", seconds_left=left)
