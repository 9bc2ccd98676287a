"""What a dropped or chosen file is, and which field of the shot it belongs to: no Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from redub.core import edits
from redub.core.history import Edit
from redub.core.shot import DriverType, Shot, Source
from redub.i18n import _
from redub.store.files import disk_errors


class Kind(StrEnum):
    """What a file is taken for; the values are fields of the API page where it has one."""

    SHOT = "shot"
    CLIP = "RefVideoUrl"
    RECORDING = "InputAudioUrl"
    PHOTO = "VideoParam.RefPhotoUrl"
    LETTER = "IdentityWrittenUrl"
    LETTER_VIDEO = "IdentityVideoUrl"
    SCRIPT = "InputSsml"
    UNKNOWN = ""


_ENDINGS = {
    Kind.SHOT: ("redub",),
    Kind.CLIP: (
        "mp4",
        "mov",
        "avi",
        "mkv",
        "webm",
        "m4v",
        "mts",
        "m2ts",
        "ts",
        "wmv",
        "flv",
        "mpg",
        "mpeg",
        "3gp",
    ),
    Kind.RECORDING: ("wav", "mp3", "wma", "m4a", "aac", "ogg", "oga", "opus", "flac", "aif", "aiff"),
    Kind.PHOTO: ("jpg", "jpeg", "png", "bmp", "webp"),
    Kind.LETTER: ("pdf",),
    Kind.SCRIPT: ("txt", "docx", "srt", "vtt", "csv", "tsv", "xlsx", "ssml", "md"),
}


_TABLES = {".csv", ".tsv", ".xlsx"}


def kind_of(path: Path) -> Kind:
    """Say what `path` is taken for, by its ending."""
    ending = path.suffix.lower().removeprefix(".")
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), Kind.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Dropped files by what becomes of them.

    :ivar first: the shot or clip to open, None when there is none
    :ivar left: more of those
    :ivar scripts: files with one script each, `tables` files with many
    :ivar single: photo and letter: of each kind the first
    :ivar unknown: what has no place in a shot, and photos and letters for which there is only one place
    :ivar folder: name of the folder that they were found in, "" when the files themselves were dropped
    """

    first: Path | None = None
    left: tuple[Path, ...] = ()
    scripts: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()
    recordings: tuple[Path, ...] = ()
    single: tuple[Path, ...] = ()
    unknown: tuple[Path, ...] = ()
    folder: str = ""


def sorted_out(paths: Sequence[Path]) -> Sorted:
    """Say what becomes of dropped files; of a folder clips, shots and scripts are taken; blocks."""
    folders = [path for path in paths if path.is_dir()]
    inside = [path for folder in folders for path in _taken_of(folder)]
    by_kind: dict[Kind, list[Path]] = {kind: [] for kind in Kind}
    for path in (*(path for path in paths if path not in folders), *inside):
        by_kind[kind_of(path)].append(path)
    # A shot knows its own clip: it comes before a clip that something new begins over.
    openable = by_kind[Kind.SHOT] + by_kind[Kind.CLIP]
    scripts = by_kind[Kind.SCRIPT]
    media = (by_kind[Kind.PHOTO], by_kind[Kind.LETTER])
    return Sorted(
        first=openable[0] if openable else None,
        left=tuple(openable[1:]),
        scripts=tuple(path for path in scripts if not _is_table(path)),
        tables=tuple(path for path in scripts if _is_table(path)),
        recordings=tuple(by_kind[Kind.RECORDING]),
        single=tuple(path for kind in media for path in kind[:1]),
        unknown=(*by_kind[Kind.UNKNOWN], *(path for kind in media for path in kind[1:])),
        folder=folders[0].name if folders else "",
    )


def _taken_of(folder: Path) -> list[Path]:
    """Return what is taken of a folder, in the order in which a person counts; what is hidden stays hidden."""
    wanted = {Kind.SHOT, Kind.CLIP, Kind.SCRIPT}
    with disk_errors(folder, "could not be opened"):
        found = [path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file()]
    return sorted((path for path in found if kind_of(path) in wanted), key=_as_counted)


def _as_counted(path: Path) -> list[tuple[bool, int, str]]:
    """Order names as a person does: take 2 before take 10."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in _TABLES


def file_filter(kind: Kind) -> str:
    """Return the filter of a file dialog for `kind`, in Qt's notation."""
    names = {
        Kind.SHOT: _("Shots"),
        Kind.CLIP: _("Clips"),
        Kind.RECORDING: _("Recordings"),
        Kind.PHOTO: _("Photos"),
        Kind.LETTER: _("PDF letters"),
        Kind.SCRIPT: _("Texts"),
    }
    shown = Kind.CLIP if kind is Kind.LETTER_VIDEO else kind
    patterns = " ".join(f"*.{ending}" for ending in _ENDINGS[shown])
    return f"{names[shown]} ({patterns});;{_('All files')} (*)"


def medium_edit(kind: Kind, source: Source, take_id: str) -> Edit | None:
    """Return the edit that puts a medium into its place; None when it needs a take and there is none."""
    changes = {
        Kind.CLIP: (_("Choose a clip"), partial(edits.set_reference, reference=source)),
        Kind.LETTER: (_("Choose a letter of authorization"), partial(_letter, written=source)),
        Kind.LETTER_VIDEO: (_("Choose an authorization video"), partial(_letter, video=source)),
    }
    if take_id:
        changes[Kind.RECORDING] = (
            _("Choose a recording"),
            partial(_recording, take_id=take_id, source=source),
        )
        changes[Kind.PHOTO] = (_("Choose a photo"), partial(_photo, take_id=take_id, source=source))
    found = changes.get(kind)
    return None if found is None else Edit(*found)


def _letter(shot: Shot, **changed: Source) -> Shot:
    return edits.set_letters(shot, replace(shot.letters, **changed))


def _recording(shot: Shot, take_id: str, source: Source) -> Shot:
    take = shot.take(take_id)
    return edits.set_take(shot, replace(take, driver=DriverType.ORIGINAL_VOICE, recording=source))


def _photo(shot: Shot, take_id: str, source: Source) -> Shot:
    return edits.set_options(shot, take_id, replace(shot.take(take_id).options, ref_photo=source))
