"""Shots as documents: opened from a file, begun from a clip, the sample of the first start, saved, remembered."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from pathlib import Path

import msgspec

from redub.core.errors import UserError
from redub.core.progress import Report
from redub.core.samples import first_words, sample_shot
from redub.core.shot import Shot
from redub.i18n import _
from redub.paths import Places, ensure
from redub.store import shotfile
from redub.store.files import disk_errors, write_atomically

MOST_RECENT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A shot and where it lies.

    :ivar path: its file, or None when it was never saved
    :ivar name: what it is called, for names of results and the title of the window
    """

    shot: Shot
    path: Path | None
    name: str


def is_shot(path: Path) -> bool:
    """Say whether `path` is named or written as a shot, not as a clip; blocks."""
    if path.suffix.lower() == shotfile.SUFFIX:
        return True
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip().startswith(b"{")
    except OSError:
        return False


def open_document(path: Path) -> Document:
    """Open a shot, or begin one over a clip; blocks.

    :raises UserError: there is no such file, or the shot is not one
    """
    absolute = path.absolute()
    if is_shot(absolute):
        return Document(shot=shotfile.load(absolute), path=absolute, name=_name_of(absolute))
    if not absolute.is_file():
        raise UserError(
            _("There is no file {name}.").format(name=path),
            next_step=_("Check how it is written, and where it lies."),
        )
    return Document(shot=first_words(str(absolute), uuid.uuid4().hex), path=None, name=_name_of(absolute))


def _name_of(path: Path) -> str:
    """Return what a document is called; a file's name may hold bytes that are no text."""
    return path.stem.encode("utf-8", errors="replace").decode()


def make_sample(places: Places, report: Report) -> Document:
    """Return the sample shot; its clip is drawn at the first time; blocks for a while then."""
    from redub.media.sample import sample_clip  # draws with pillow, which most starts do not need

    with disk_errors(places.data, "could not be created"):
        folder = ensure(places.data / "sample")
    return Document(shot=sample_shot(str(sample_clip(folder, report))), path=None, name=_("Sample"))


class Documents:
    """Opens and saves shots beside the loop, and remembers the latest."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def open(self, path: Path) -> Document:
        """Open a shot, or begin one over a clip; errors as `open_document` raises them."""
        document = await asyncio.to_thread(open_document, path)
        await asyncio.to_thread(self._remember, path)
        return document

    async def sample(self, report: Report) -> Document:
        """Return the sample shot."""
        return await asyncio.to_thread(make_sample, self._places, report)

    async def save(self, shot: Shot, path: Path) -> Path:
        """Save `shot` and return where it lies; the ending is added where there is none.

        :raises UserError, EnvironmentFault: it could not be written; what was there is as it was
        """
        target = path if path.suffix else path.with_suffix(shotfile.SUFFIX)
        await asyncio.to_thread(shotfile.save, shot, target)
        await asyncio.to_thread(self._remember, target)
        return target

    def recent(self) -> tuple[Path, ...]:
        """Return the files that were opened or saved last and are still there, the latest first; blocks."""
        return tuple(path for path in self._recorded() if path.exists())

    def forget_recent(self) -> None:
        """Forget what was opened and saved; the files stay where they are; blocks."""
        with disk_errors(self._list, "could not be removed"):
            self._list.unlink(missing_ok=True)

    @property
    def _list(self) -> Path:
        return self._places.data / "recent.json"

    def _recorded(self) -> list[Path]:
        try:
            return [Path(text) for text in msgspec.json.decode(self._list.read_bytes(), type=list[str])]
        except (OSError, msgspec.MsgspecError):
            return []

    def _remember(self, path: Path) -> None:
        latest = path.absolute()
        paths = [latest, *(other for other in self._recorded() if other != latest)][:MOST_RECENT]
        with disk_errors(self._list, "could not be saved"):
            ensure(self._list.parent)
        write_atomically(self._list, msgspec.json.encode([str(one) for one in paths]))
