"""A download that is not finished: the file so far, and beside it what it is a part of.

`NAME.json` beside the partial file names the object (ETag or Last-Modified, and its length), so that a later
run can tell whether it may go on from the last byte. Both are removed by `clean`, after the result has been
published.
"""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

_BUFFER = 1024 * 1024


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The object that a partial file is a part of.

    :ivar length: bytes of the whole object, or None when the service did not say
    """

    etag: str = ""
    modified: str = ""
    length: int | None = None

    @property
    def strong(self) -> str:
        """Return what If-Range may carry: an ETag that is not weak, else the date; "" for nothing."""
        return (
            self.etag if self.etag and not self.etag.startswith("W/") else "" if self.etag else self.modified
        )

    @property
    def resumable(self) -> bool:
        """Say whether a later answer can be recognised as the same object."""
        return self.length is not None and bool(self.etag or self.modified)

    def same_as(self, other: Origin) -> bool:
        """Say whether `other` describes the same object."""
        if self.length != other.length:
            return False
        return self.etag == other.etag if self.etag or other.etag else self.modified == other.modified


def sidecar(partial: Path) -> Path:
    """Return the path of the note beside `partial`."""
    return partial.with_name(partial.name + ".json")


def clean(partial: Path) -> None:
    """Remove a partial file and the note beside it, as far as they exist."""
    partial.unlink(missing_ok=True)
    sidecar(partial).unlink(missing_ok=True)


def known_origin(partial: Path) -> tuple[int, Origin | None]:
    """Return the bytes that are there and what they are a part of; (0, None) when it has to begin anew."""
    try:
        origin = msgspec.json.decode(sidecar(partial).read_bytes(), type=Origin)
        size = partial.stat().st_size
    except (OSError, msgspec.MsgspecError):
        return 0, None
    usable = origin.resumable and origin.length is not None and 0 < size <= origin.length
    return (size, origin) if usable else (0, None)


def note_origin(partial: Path, origin: Origin) -> None:
    """Write down what `partial` is a part of, before its first byte."""
    note = sidecar(partial)
    draft = note.with_name(note.name + ".tmp")
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(origin))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(note)


def missing_space(partial: Path, still_to_come: int) -> int:
    """Return how many bytes the disk lacks for the rest, 0 when it fits."""
    return max(0, still_to_come - shutil.disk_usage(partial.parent).free)


class PartialFile:
    """The file so far, appended to in large pieces; safe to close while a write runs in another thread."""

    def __init__(self, path: Path, *, keep: bool) -> None:
        """Open `path`, going on at its end or, with `keep` False, from nothing."""
        self._file: BinaryIO = path.open("ab" if keep else "wb", buffering=0)
        self._lock = threading.Lock()
        self._waiting = bytearray()
        self.size = self._file.tell()

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what has come so far, also after a fault."""
        with self._lock:
            try:
                self._write_out()
            except OSError:
                # A cut or cancelled download keeps its own reason; what is not on the disk is fetched again.
                if exc is None:
                    raise
            finally:
                self._file.close()

    def take(self, piece: bytes) -> bool:
        """Keep `piece` in memory and say whether it is time to `write`."""
        self._waiting += piece
        self.size += len(piece)
        return len(self._waiting) >= _BUFFER

    def write(self) -> None:
        """Write what is in memory; blocks, so it is called in a thread."""
        with self._lock:
            if not self._file.closed:
                self._write_out()

    def finish(self) -> None:
        """Write what is in memory and wait until the disk has it all."""
        with self._lock:
            if not self._file.closed:
                self._write_out()
                os.fsync(self._file.fileno())

    def _write_out(self) -> None:
        while self._waiting:
            written = self._file.write(self._waiting[:_BUFFER]) or 0
            del self._waiting[:written]
