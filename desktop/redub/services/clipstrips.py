"""What the timeline shows of a clip, read once and kept on disk: pictures, sound, shot changes, faces.

Kept by the content of the clip, not by its name: a clip that was moved or renamed is known again. Everything here
blocks; it is meant for the threads of a timeline. A kept file that is damaged is left out and written anew, and a disk
that cannot be written to costs only the time of reading again.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from redub.core.clip import ClipFacts
from redub.core.errors import RedubError
from redub.core.faces import Look
from redub.media import strips
from redub.media.cuts import cuts
from redub.media.faces.watching import looks
from redub.media.peaks import Samples, peaks
from redub.media.picture import Picture
from redub.media.thumbnails import thumbnails
from redub.paths import ensure
from redub.store.files import write_atomically

log = logging.getLogger(__name__)

FORMAT = 2
"""Raise it when the way in which pictures, peaks or shot changes are found is changed."""
BUDGET = 256 * 1024 * 1024

Stopped = Callable[[], bool]
T = TypeVar("T")


class ClipStrips:
    """Gives pictures, peaks, shot changes and faces, from a folder where it can; usable from several threads."""

    def __init__(self, folder: Path, budget: int = BUDGET) -> None:
        """Keep at most `budget` bytes in `folder`; what was not used for longest goes first."""
        self._folder = folder
        self._budget = budget

    def pictures(
        self, facts: ClipFacts, count: int, height: int, stopped: Stopped
    ) -> Iterator[tuple[float, Picture]]:
        """Yield what `thumbnails` yields; kept ones come in one go, the best for each moment only."""
        place = self._place(facts, "pictures", count, height)
        kept = self._kept(place, strips.unpack_pictures)
        if kept is not None:
            yield from kept
            return
        best: dict[float, Picture] = {}
        for moment, picture in thumbnails(facts.path, count, height, stopped):
            best[moment] = picture
            yield moment, picture
        if not stopped():
            self._keep(place, lambda: strips.pack_pictures(list(best.items())))

    def sound(self, facts: ClipFacts, per_second: int, stopped: Stopped) -> Iterator[Samples]:
        """Yield what `peaks` yields; kept ones come in one piece."""
        place = self._place(facts, "peaks", per_second)
        kept = self._kept(place, strips.unpack_peaks)
        if kept is not None:
            yield kept
            return
        pieces: list[Samples] = []
        for piece in peaks(facts.path, per_second, stopped):
            pieces.append(piece)
            yield piece
        if pieces and not stopped():
            self._keep(place, lambda: strips.pack_peaks(np.concatenate(pieces)))

    def cuts(self, facts: ClipFacts, stopped: Stopped) -> Iterator[float]:
        """Yield what `cuts` yields."""
        place = self._place(facts, "cuts")
        kept = self._kept(place, strips.unpack_moments)
        if kept is not None:
            yield from kept
            return
        found: list[float] = []
        for moment in cuts(facts.path, stopped):
            found.append(moment)
            yield moment
        if not stopped():
            self._keep(place, lambda: strips.pack_moments(found))

    def faces(self, facts: ClipFacts, stopped: Stopped) -> Iterator[Look]:
        """Yield what `redub.media.faces.watching.looks` yields; kept ones come in the order of time."""
        place = self._place(facts, "faces")
        kept = self._kept(place, strips.unpack_looks)
        if kept is not None:
            yield from kept
            return
        seen: dict[float, Look] = {}
        for look in looks(facts.path, stopped):
            seen[look.time] = look
            yield look
        if not stopped():
            self._keep(place, lambda: strips.pack_looks(sorted(seen.values(), key=lambda look: look.time)))

    def _place(self, facts: ClipFacts, *what: object) -> Path | None:
        """Name the file by everything that decides about its content; None for a clip without a key."""
        if not facts.content_key:
            return None
        whole = repr((FORMAT, facts.content_key, facts.size, *what))
        return self._folder / f"{hashlib.sha256(whole.encode()).hexdigest()[:32]}.strip"

    def _kept(self, place: Path | None, unpack: Callable[[bytes], T]) -> T | None:
        if place is None:
            return None
        try:
            found = unpack(place.read_bytes())
            os.utime(place)
        except FileNotFoundError:
            return None
        except (OSError, strips.Unusable) as exc:
            log.info("%s is read anew: %s", place.name, exc)
            return None
        return found

    def _keep(self, place: Path | None, pack: Callable[[], bytes]) -> None:
        if place is None:
            return
        try:
            ensure(self._folder)
            write_atomically(place, pack(), mode=0o600)
            self._prune(place)
        except (OSError, RedubError) as exc:
            log.warning("what was read of a clip cannot be kept: %s", exc)

    def _prune(self, newest: Path) -> None:
        """Remove the files that were not used for longest until the others fit into the budget."""
        aged = sorted(_aged(self._folder), reverse=True)
        total = 0
        for _used, size, path in aged:
            total += size
            if total > self._budget and path != newest:
                path.unlink(missing_ok=True)


def _aged(folder: Path) -> Iterator[tuple[float, int, Path]]:
    for path in folder.glob("*.strip"):
        try:
            status = path.stat()
        except FileNotFoundError:  # another window has removed it
            continue
        yield status.st_mtime, status.st_size, path
