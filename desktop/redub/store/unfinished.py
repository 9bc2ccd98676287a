"""Uploads that were begun and have not ended, on disk: after a crash they go on where they were.

A file for each, named by a hash of bucket and key: two copies of the program never write the same one unless they
send the same content to the same place, and then either is right.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from redub.store.files import disk_errors, make_folder, write_atomically

FOLDER = "uploads"
KEPT_DAYS = 3.0
"""Parts at a storage cost money: what nobody went on with for so long is given up."""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """One upload as it is written down.

    :ivar where: scheme and host of the bucket
    :ivar upload_id: what the storage calls the upload
    :ivar etags: what has arrived, by the part's number
    """

    where: str
    key: str
    upload_id: str
    part_size: int
    etags: dict[int, str] = {}


class UnfinishedUploads:
    """The uploads in the folder `cache`; every method blocks."""

    def __init__(self, cache: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = cache / FOLDER
        self._clock = clock

    def find(self, where: str, key: str) -> Begun | None:
        """Return the upload of `key` to `where`, or None; one that cannot be read is as good as none."""
        return _read(self._path(where, key))

    def note(self, begun: Begun) -> None:
        """Write an upload down.

        :raises EnvironmentFault: the disk does not take it
        """
        make_folder(self._folder)
        write_atomically(self._path(begun.where, begun.key), msgspec.json.encode(begun), mode=0o600)

    def forget(self, where: str, key: str) -> None:
        """Take an upload out."""
        path = self._path(where, key)
        with disk_errors(path, "could not be deleted"):
            path.unlink(missing_ok=True)

    def left_over(self, where: str) -> tuple[Begun, ...]:
        """Return the uploads to `where` that nobody went on with for KEPT_DAYS."""
        oldest = self._clock() - KEPT_DAYS * 86400
        old = [path for path in sorted(self._folder.glob("*.json")) if _changed(path) < oldest]
        return tuple(begun for begun in map(_read, old) if begun is not None and begun.where == where)

    def _path(self, where: str, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(f'{where} {key}'.encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> Begun | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Begun)
    except (OSError, msgspec.MsgspecError):
        return None


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")
