"""Scripts that were spoken, by what was said and how: the sound, its length, its words with their times.

A paid request is written down before it is sent, so that it is never sent twice by itself: see `Asked`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from redub.store.files import make_folder, write_atomically

_VERSION = 1
_ASKED = ".asked.json"
_RECORD = ".heard.json"


class HeardWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word: seconds, its sentence from 0, the signs around it, and its place in the script."""

    text: str
    start: float
    end: float
    sentence: int = 0
    before: str = ""
    after: str = ""
    source_start: int = 0
    source_end: int = 0


class HeardRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One spoken script: the sound's file name, seconds, words."""

    sound: str
    duration: float
    words: tuple[HeardWord, ...] = ()
    version: int = _VERSION


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A paid request that is under way: its TaskId, "" when no answer has come."""

    task_id: str = ""


class HeardFolder:
    """One folder of spoken scripts; blocking. The oldest go when there are more than `most`."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most

    def load(self, key: str) -> HeardRecord | None:
        """Return what was heard under `key`, None when there is nothing whole."""
        try:
            record = msgspec.json.decode(self._path(key, _RECORD).read_bytes(), type=HeardRecord)
            if record.version != _VERSION or not self.sound(record).stat().st_size:
                return None
            os.utime(self._path(key, _RECORD))
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        return record

    def sound(self, record: HeardRecord) -> Path:
        """Return where the sound of `record` lies."""
        return self._folder / record.sound

    def place(self, name: str) -> Path:
        """Return where a new sound is to be written; its name begins with its key. Makes the folder."""
        return make_folder(self._folder) / name

    def save(self, key: str, record: HeardRecord) -> None:
        """Keep what was heard, whose sound is in its place already; the request is no longer under way."""
        write_atomically(self._path(key, _RECORD), msgspec.json.encode(record), mode=0o600)
        self.forget_asked(key)
        self._make_room(key)

    def asked(self, key: str) -> Asked | None:
        """Return the request that is under way for `key`, or None."""
        try:
            return msgspec.json.decode(self._path(key, _ASKED).read_bytes(), type=Asked)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def note_asked(self, key: str, asked: Asked) -> None:
        """Write down that a request is about to be sent, or that it was accepted."""
        make_folder(self._folder)
        write_atomically(self._path(key, _ASKED), msgspec.json.encode(asked), mode=0o600)

    def forget_asked(self, key: str) -> None:
        """Note that nothing is under way for `key`."""
        self._path(key, _ASKED).unlink(missing_ok=True)

    def _path(self, key: str, ending: str) -> Path:
        return self._folder / f"{key}{ending}"

    def _make_room(self, but: str) -> None:
        records = sorted(self._records(), key=lambda path: path.stat().st_mtime_ns)
        for path in records[: max(0, len(records) - self._most)]:
            key = path.name.removesuffix(_RECORD)
            if key != but:
                for file in self._folder.glob(f"{key}.*"):
                    file.unlink(missing_ok=True)

    def _records(self) -> Iterator[Path]:
        return self._folder.glob(f"*{_RECORD}")
