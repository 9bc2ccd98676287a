"""What is known of the length of speech: real lengths of scripts, and how each voice differs from the estimate.

A small file of figures that come again by themselves: one that cannot be read counts as none.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from redub.core.errors import RedubError
from redub.store.files import make_folder, write_atomically

FILE_NAME = "speech-lengths.json"
MOST_REAL, MOST_RATIOS, MOST_VOICES = 2000, 20, 400
_VERSION = 1


class LengthBook(msgspec.Struct, kw_only=True):
    """The figures.

    :ivar real: hash of a script with its voice -> seconds, the oldest first
    :ivar ratios: voice -> hash of a script -> real seconds of its words to estimated ones, the oldest first
    """

    version: int = _VERSION
    real: dict[str, float] = {}
    ratios: dict[str, dict[str, float]] = {}


def load(path: Path) -> LengthBook:
    """Return the figures at `path`, none when there are none that can be read; blocking."""
    try:
        book = msgspec.json.decode(path.read_bytes(), type=LengthBook)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return LengthBook()
    return book if book.version == _VERSION else LengthBook()


def save(book: LengthBook, path: Path) -> None:
    """Write the figures; a disk that refuses them is no reason to stop anything; blocking."""
    try:
        make_folder(path.parent)
        write_atomically(path, msgspec.json.encode(book))
    except RedubError:
        return


def note_real(book: LengthBook, key: str, seconds: float) -> None:
    """Note a real length; the oldest are forgotten."""
    _put(book.real, key, seconds, MOST_REAL)


def note_ratio(book: LengthBook, voice: str, key: str, ratio: float) -> None:
    """Note how one script of a voice compares; the same script counts once, and the oldest are forgotten."""
    ratios = book.ratios.pop(voice, {})
    _put(ratios, key, ratio, MOST_RATIOS)
    book.ratios[voice] = ratios
    while len(book.ratios) > MOST_VOICES:
        del book.ratios[next(iter(book.ratios))]


def _put(figures: dict[str, float], key: str, value: float, most: int) -> None:
    figures.pop(key, None)
    figures[key] = value
    while len(figures) > most:
        del figures[next(iter(figures))]
