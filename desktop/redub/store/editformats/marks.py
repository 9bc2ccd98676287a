"""Marks into and out of files; the ending says which format."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from redub.core.errors import UserError
from redub.core.marklist import Marked, MarkList
from redub.store.editformats import edl, fcpxml, otio, table
from redub.store.files import disk_errors, write_atomically

_LARGEST = 32 * 1024 * 1024


class MarkFormat(StrEnum):
    """The formats; the values are the endings of the files."""

    OTIO = "otio"
    EDL = "edl"
    FCPXML = "fcpxml"
    CSV = "csv"


_WRITERS: dict[MarkFormat, Callable[[MarkList], bytes]] = {
    MarkFormat.OTIO: otio.write_marks,
    MarkFormat.EDL: edl.write_marks,
    MarkFormat.FCPXML: fcpxml.write_marks,
    MarkFormat.CSV: table.write_marks,
}


def save(marks: MarkList, path: Path) -> None:
    """Write `marks` to `path`, atomically; blocks.

    :raises UserError, EnvironmentFault: the ending is none of the formats, or it could not be written
    """
    write_atomically(path, _WRITERS[_format(path)](marks))


def load(path: Path, rate: float) -> tuple[Marked, ...]:
    """Return the marks in a file that reach from one moment to another one, in their order; blocks.

    :param rate: frames a second of the clip: an EDL counts frames
    :raises UserError: it is no such file, or there is no mark in it
    """
    form = _format(path)
    with disk_errors(path, "could not be opened"):
        if path.stat().st_size > _LARGEST:
            raise UserError(f"{path.name} is too large for a list of marks.")
        data = path.read_bytes()
    readers: dict[MarkFormat, Callable[[], tuple[Marked, ...]]] = {
        MarkFormat.OTIO: lambda: otio.read_marks(data),
        MarkFormat.EDL: lambda: edl.read_marks(data, rate),
        MarkFormat.FCPXML: lambda: fcpxml.read_marks(data),
        MarkFormat.CSV: lambda: table.read_marks(data),
    }
    found = tuple(
        sorted((one for one in readers[form]() if one.end > one.start >= 0), key=lambda one: one.start)
    )
    if not found:
        raise UserError(
            f"{path.name} has no marks.",
            why="Only markers that reach from one moment to another one count.",
            next_step="Give the markers a length, then export them again.",
        )
    return found


def _format(path: Path) -> MarkFormat:
    try:
        return MarkFormat(path.suffix.casefold().removeprefix("."))
    except ValueError as exc:
        raise UserError(
            f"{path.name} is no list of marks.", next_step="Use otio, edl, fcpxml or csv as the ending."
        ) from exc
