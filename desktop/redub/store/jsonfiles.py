"""Read strict, versioned JSON documents, and say in words what is wrong with one and where."""

from __future__ import annotations

import codecs
import difflib
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from redub.core.errors import UserError
from redub.store.files import disk_errors

Migration = Callable[[dict[str, object]], dict[str, object]]
T = TypeVar("T", bound=msgspec.Struct)

_LARGEST = 32 * 1024 * 1024
_PLACE = re.compile(r"^(?P<words>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_UNKNOWN = re.compile(r"contains unknown field `(?P<name>[^`]*)`")
_QUOTED = re.compile(r"`([^`]*)`")
_STEP = re.compile(r"\.(?P<key>[^.\[\]]+)|\[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of document.

    :ivar name: the value of its key "format"
    :ivar noun: what a person calls it: "a shot", "the settings"
    :ivar version: the version that this program writes
    :ivar migrations: for each older version N the change that makes N + 1 of it
    """

    name: str
    noun: str
    version: int
    migrations: Mapping[int, Migration]


def read_bytes(path: Path, noun: str) -> bytes:
    """Return the content of a document; UserError for a size that no document has."""
    with disk_errors(path, "could not be opened"):
        size = path.stat().st_size
        if size > _LARGEST:
            raise UserError(
                f"{path.name} is not {noun}.",
                why=f"It has {size / 1e6:.0f} MB, far more than {noun} can have.",
                next_step="Check that the right file was chosen.",
            )
        return path.read_bytes()


def decode(data: bytes, kind: Format, document: type[T], title: str) -> T:
    """Return `data` as `document`, migrated from an older version where it is one.

    :param title: how the sentence names the document, usually the file's name
    :raises UserError: it is no such document, or was made by a newer program, or a field is wrong (named by
        its JSON path)
    """
    raw = _migrated(_object(data, kind, title), kind, title)
    try:
        return msgspec.convert(raw, document, strict=True)
    except msgspec.ValidationError as exc:
        raise _field_error(str(exc), document, title) from exc


def field_error(
    title: str, path: str, why: str, *, next_step: str = "Correct the file, or go back to a copy of it."
) -> UserError:
    """Return the error for one wrong field, named by its JSON path (``$.takes[0].id``)."""
    return UserError(
        f"{title} cannot be used as it is.",
        why=f"{path}: {why}",
        next_step=next_step,
        detail=f"{path}: {why}",
    )


def _object(data: bytes, kind: Format, title: str) -> dict[str, object]:
    """Parse `data` as far as to know that it is a JSON object."""
    try:
        raw = msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise _foreign(
            kind, title, "The file is empty." if not data.strip() else "Its content is not JSON.", str(exc)
        ) from exc
    if not isinstance(raw, dict) or raw.get("format") != kind.name:
        raise _foreign(kind, title, f"It does not say that it is one (“format”: “{kind.name}”).", "")
    return raw


def _migrated(raw: dict[str, object], kind: Format, title: str) -> dict[str, object]:
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise field_error(title, "$.version", "it must be a whole number from 1 on.")
    if version > kind.version:
        raise UserError(
            f"{title} was made by a newer version of Redub.",
            why=f"It has version {version}; this program reads {kind.noun} up to version {kind.version}.",
            next_step="Install the newest Redub, then open it again.",
        )
    for step in range(version, kind.version):
        raw = kind.migrations[step](raw)
    return raw | {"version": kind.version}


def _foreign(kind: Format, title: str, why: str, detail: str) -> UserError:
    return UserError(
        f"{title} is not {kind.noun}.",
        why=why,
        next_step="Check that the right file was chosen.",
        detail=detail,
    )


def _field_error(message: str, document: type[msgspec.Struct], title: str) -> UserError:
    """Turn msgspec's message into a sentence with the JSON path, and a guess for a misspelt name."""
    match = _PLACE.match(message)
    words, path = (match["words"], match["path"] or "$") if match else (message, "$")
    unknown = _UNKNOWN.search(words)
    if not unknown:
        return field_error(title, path, _QUOTED.sub(r"“\1”", words) + ".")
    name = unknown["name"]
    guess = difflib.get_close_matches(name, _names_at(document, path), 1)
    hint = f" (did you mean “{guess[0]}”?)" if guess else ""
    return field_error(title, f"{path}.{name}", f"there is no field “{name}” here{hint}.")


def _names_at(document: type[msgspec.Struct], path: str) -> list[str]:
    """Return the field names that the object at `path` may have."""
    place: object = document
    for step in _STEP.finditer(path):
        if step["key"] is None:
            place = _item(place)
        elif _is_struct(place):
            place = _struct(typing.get_type_hints(place).get(step["key"]))
    return list(place.__struct_fields__) if _is_struct(place) else []


def _item(place: object) -> object:
    arguments = typing.get_args(place)
    return _struct(arguments[0]) if arguments else None


def _struct(annotation: object) -> object:
    """Return what an optional annotation is when it is not None."""
    if isinstance(annotation, types.UnionType):
        return next((part for part in typing.get_args(annotation) if part is not types.NoneType), None)
    return annotation


def _is_struct(place: object) -> typing.TypeGuard[type[msgspec.Struct]]:
    return isinstance(place, type) and issubclass(place, msgspec.Struct)
