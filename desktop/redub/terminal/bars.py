"""One progress bar for each stage on stderr; without a terminal, one calm line when it begins and one when it ends."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self, TextIO

from redub.core.progress import Progress, Stage

TITLES = {
    Stage.PREPARE: "Checking",
    Stage.CONVERT: "Converting",
    Stage.UPLOAD: "Uploading",
    Stage.SUBMIT: "Submitting",
    Stage.MAKE: "Making",
    Stage.DOWNLOAD: "Downloading",
    Stage.VERIFY: "Verifying",
}
WIDTH = 24
_MEGABYTE = 1_000_000
_REDRAW_SECONDS = 0.1


class Bars:
    """Draws the stages of one job; a context manager, so that the last line is always ended."""

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        quiet: bool = False,
        calm: bool | None = None,
        titles: Mapping[Stage, str] = TITLES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Draw on `stream`, stderr by default.

        :param quiet: draw nothing at all
        :param calm: lines instead of bars; None looks whether the stream is a terminal
        """
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._calm = not self._stream.isatty() if calm is None else calm
        self._titles = titles
        self._clock = clock
        self._stage: tuple[str, Stage] | None = None
        self._begun = 0.0
        self._drawn = -1.0
        self._last = Progress(stage=Stage.PREPARE)

    def __enter__(self) -> Self:
        """Return the bars themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the last bar; a stage that was broken off is not called done."""
        self.close(done=exc is None)

    def report(self, progress: Progress, name: str = "") -> None:
        """Draw a report; `name` says which of several jobs it is about."""
        if self._quiet:
            return
        if self._stage != (name, progress.stage):
            self.close()
            self._begin(name, progress)
        self._last = progress
        if not self._calm:
            self._draw()

    def note(self, line: str) -> None:
        """Write a line of its own; the bar goes on under it."""
        if self._quiet:
            return
        self._write(f"{line}\n" if self._calm else f"\r\x1b[K{line}\n")
        self._drawn = -1.0

    def close(self, *, done: bool = True) -> None:
        """End the stage that is drawn."""
        if self._stage is None:
            return
        name, stage = self._stage
        took = self._clock() - self._begun
        ended = f"{self._label(name, stage)}: {'done' if done else 'broken off'} after {took:.1f} s"
        if self._calm:
            self._write(f"{ended}\n")
        else:
            self._drawn = -1.0
            self._draw()
            self._write("\n")
        self._stage = None

    def _begin(self, name: str, progress: Progress) -> None:
        self._stage, self._begun, self._drawn = (name, progress.stage), self._clock(), -1.0
        if self._calm:
            self._write(f"{self._label(name, progress.stage)} …\n")

    def _draw(self) -> None:
        now = self._clock()
        whole = self._last.ratio == 1.0
        if self._stage is None or (now - self._drawn < _REDRAW_SECONDS and not whole):
            return
        self._drawn = now
        columns = shutil.get_terminal_size().columns
        line = (
            f"{self._label(*self._stage):<12} {bar(self._last.ratio)} {_words(self._last, now - self._begun)}"
        )
        self._write(f"\r{line[: columns - 1]}\x1b[K")

    def _label(self, name: str, stage: Stage) -> str:
        return f"{name}: {self._titles[stage]}" if name else self._titles[stage]

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def bar(ratio: float | None) -> str:
    """Return a bar that is filled as far as is known."""
    if ratio is None:
        return f"[{'·' * WIDTH}]"
    filled = round(ratio * WIDTH)
    return f"[{'#' * filled}{'-' * (WIDTH - filled)}]"


def _words(progress: Progress, took: float) -> str:
    """Say how far it is: percent, amount, note, time left or gone."""
    parts = []
    if progress.ratio is not None:
        parts.append(f"{progress.ratio:4.0%}")
    amount = _amount(progress)
    if amount:
        parts.append(amount)
    if progress.note:
        parts.append(progress.note)
    left = progress.seconds_left
    parts.append(f"{left:.0f} s left" if left is not None and progress.ratio != 1.0 else f"{took:.0f} s")
    return "  ".join(parts)


def _amount(progress: Progress) -> str:
    done, total = progress.done, progress.total
    if done is None or total is None:
        return ""
    if progress.unit == "bytes":
        return f"{done / _MEGABYTE:.1f}/{total / _MEGABYTE:.1f} MB"
    return f"{done:.1f}/{total:.1f} s" if progress.unit == "s" else ""
