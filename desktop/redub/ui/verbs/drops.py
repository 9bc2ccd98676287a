"""What a dropped or chosen file is, and which field of the shot it belongs to: no Qt."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from redub.core import edits
from redub.core.history import Edit
from redub.core.shot import DriverType, Shot, Source
from redub.i18n import _


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


def kind_of(path: Path) -> Kind:
    """Say what `path` is taken for, by its ending."""
    ending = path.suffix.lower().removeprefix(".")
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), Kind.UNKNOWN)


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
