"""A reference that was moved, replaced or changed on disk: noticed, found again, and told apart from another clip."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from redub.core.errors import RedubError
from redub.core.identity import ClipIdentity, Trait, differences
from redub.i18n import _

PAUSE = 2.0
"""Seconds between two looks at a file: one `stat` each time."""
MOST_FOLDERS = 200
MOST_FILES = 5000
"""In a folder with more files, the first ones that the system names are looked at."""

Stamp = tuple[int, int] | None
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be the missing clip.

    :ivar is_same: its content is known to be the same; otherwise it only has the same name
    """

    path: Path
    is_same: bool


def stamp_of(path: str) -> Stamp:
    """Return size and time of the last change of a file, None when it is not there; blocks."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


async def changes(
    path: str,
    *,
    look: Callable[[str], Stamp] = stamp_of,
    pause: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(PAUSE),
) -> AsyncIterator[Stamp]:
    """Yield the new stamp whenever the file at `path` has changed and rests again, None when it has gone.

    :param look: asks for the stamp, in a thread; `pause` waits between two looks
    """
    known = await asyncio.to_thread(look, path)
    while True:
        await pause()
        now = await asyncio.to_thread(look, path)
        if now == known:
            continue
        before, now = now, await _at_rest(path, now, look, pause)
        if now != known or before != now:
            known = now
            yield now


async def _at_rest(
    path: str, stamp: Stamp, look: Callable[[str], Stamp], pause: Callable[[], Awaitable[object]]
) -> Stamp:
    """Return the stamp once two looks in a row agree: what is still being written is not read yet."""
    while True:
        await pause()
        again = await asyncio.to_thread(look, path)
        if again == stamp:
            return again
        stamp = again


def find_again(
    lost: Path, identity: ClipIdentity | None, shot: Path | None, stopped: Stopped = lambda: False
) -> Found | None:
    """Look for the clip that lay at `lost`: beside the shot and in sibling folders first; blocks.

    :param identity: what is remembered of it; without it a file of the same name is the best that can be found
    :param shot: where the shot lies, None when it was never saved
    """
    by_name = None
    for folder in places_to_look(lost, shot):
        if stopped():
            return None
        for file in _candidates(folder, lost, identity):
            if identity is not None and _is(file, identity):
                return Found(file, is_same=True)
            if by_name is None and file.name == lost.name:
                by_name = Found(file, is_same=False)
    return by_name


def places_to_look(lost: Path, shot: Path | None) -> tuple[Path, ...]:
    """Return the folders in which a lost clip is looked for, the likeliest first."""
    places: dict[Path, None] = {}
    homes = [shot.parent] if shot is not None else []
    homes.append(next((folder for folder in lost.parents if folder.is_dir()), lost.parent))
    for home in homes:
        for place in (home, *_folders(home), *_siblings(home)):
            places.setdefault(place)
    return tuple(places)[:MOST_FOLDERS]


def _siblings(folder: Path) -> Iterator[Path]:
    """Yield what lies beside `folder`; beside a folder at the top lies the whole system."""
    if len(folder.parts) > 2:
        yield from _folders(folder.parent)
        yield folder.parent


def _folders(folder: Path) -> list[Path]:
    return sorted(Path(entry.path) for entry in _entries(folder) if _is_folder(entry))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
    except OSError:
        return False


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry, _number in zip(entries, range(MOST_FILES), strict=False)]
    except OSError:
        return []


def _candidates(folder: Path, lost: Path, identity: ClipIdentity | None) -> Iterator[Path]:
    """Yield the files of `folder` that may be the clip by name or by size, without opening them."""
    for entry in _entries(folder):
        file = Path(entry.path)
        if file == lost:
            continue
        named_alike = entry.name == lost.name
        if (named_alike or _is_as_large(entry, lost, identity)) and file.is_file():
            yield file


def _is_as_large(entry: os.DirEntry[str], lost: Path, identity: ClipIdentity | None) -> bool:
    if identity is None or not entry.name.lower().endswith(lost.suffix.lower()):
        return False
    return _size(entry) == identity.size


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return -1


def _is(file: Path, identity: ClipIdentity) -> bool:
    from redub.media.probe import content_key  # comes with the codecs, which a window is shown without

    try:
        return file.stat().st_size == identity.size and content_key(file) == identity.content_key
    except (OSError, RedubError):
        return False


def difference_words(before: ClipIdentity, now: ClipIdentity) -> str:
    """Return in words in what a clip differs from the one that was there; "" when it is the same."""
    said = {
        Trait.LENGTH: _("it lasts {now} s instead of {before} s").format(
            now=f"{now.duration:.3f}", before=f"{before.duration:.3f}"
        ),
        Trait.PICTURE: _("its picture has {now} instead of {before} pixels").format(
            now=f"{now.width} × {now.height}", before=f"{before.width} × {before.height}"
        ),
        Trait.RATE: _("it has {now} instead of {before} frames a second").format(
            now=f"{now.rate:g}", before=f"{before.rate:g}"
        ),
        Trait.CONTENT: _("length, size and frame rate are the same, what is to be seen or heard is not"),
    }
    return "; ".join(said[trait] for trait in differences(before, now))
