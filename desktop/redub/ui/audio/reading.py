"""Reads a recording in the background: what it is, then its waveform. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from redub.core.clip import ClipFacts
from redub.media.peaks import Samples, peaks
from redub.media.probe import probe


def read(path: Path) -> Callable[[Callable[[], bool]], Iterator[ClipFacts | Samples]]:
    """Return the work that yields the facts about `path`, then its peaks; errors as of `probe` and `peaks`."""

    def work(stopped: Callable[[], bool]) -> Iterator[ClipFacts | Samples]:
        yield probe(path)
        yield from peaks(path, cancelled=stopped)

    return work
