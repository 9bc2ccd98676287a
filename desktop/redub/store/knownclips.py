"""Remembers which clip lay at which path, so that it is known again when it was moved or replaced.

One JSON file, the latest first: `[{"path": …, "clip": {"content_key": …, "size": …, "duration": …, …}}, …]`. It is
worth a convenience and no more: a file that is missing or damaged is like an empty one.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import msgspec

from redub.core.errors import RedubError
from redub.core.identity import ClipIdentity
from redub.store.files import disk_errors, write_atomically

log = logging.getLogger(__name__)

MOST = 500


class _Entry(msgspec.Struct, kw_only=True):
    path: str
    clip: ClipIdentity


class KnownClips:
    """The list in `file`; usable from several threads. Everything here blocks."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def identity(self, path: str) -> ClipIdentity | None:
        """Return which clip lay at `path` when it was last looked at, or None."""
        with self._lock:
            return next((entry.clip for entry in self._entries() if entry.path == path), None)

    def remember(self, path: str, clip: ClipIdentity) -> None:
        """Note that `clip` lies at `path`; a disk that refuses costs only the memory."""
        with self._lock:
            entries = self._entries()
            latest = _Entry(path=path, clip=clip)
            if entries[:1] == [latest]:
                return
            others = [entry for entry in entries if entry.path != path]
            self._write([latest, *others][:MOST])

    def _entries(self) -> list[_Entry]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=list[_Entry])
        except (OSError, msgspec.MsgspecError):
            return []

    def _write(self, entries: list[_Entry]) -> None:
        try:
            with disk_errors(self._file, "could not be saved"):
                self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, msgspec.json.encode(entries))
        except RedubError as problem:
            log.warning("the clip cannot be remembered: %s", problem)
