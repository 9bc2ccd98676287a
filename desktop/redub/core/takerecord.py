"""The record of a take: what was asked for with which files, and what differs from another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """One file that a request names.

    :ivar kind: "reference", "recording", "ref_photo", "letter" or "letter_video"
    :ivar name: file name, or the address (without its query) where it lay somewhere already
    :ivar sha256: hash of the creator's own file, "" for an address
    :ivar sent_sha256: hash of the file that was sent, where it had to be converted first
    :ivar size: bytes of the creator's own file, None for an address
    """

    kind: str
    name: str
    sha256: str = ""
    sent_sha256: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the API's field (dots lead inwards), what it was and what it is; None for absent."""

    field: str
    before: object
    after: object


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Change, ...]:
    """Return what differs between two requests (or any JSON objects), in the order of the fields."""
    old, new = dict(_flat(before)), dict(_flat(after))
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Change(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
    )


def _flat(value: object, name: str = "") -> list[tuple[str, object]]:
    if isinstance(value, Mapping):
        inner = [(f"{name}.{key}" if name else str(key), one) for key, one in value.items()]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        inner = [(f"{name}[{place}]", one) for place, one in enumerate(value, 1)]
    else:
        return [(name, value)]
    return [pair for key, one in inner for pair in _flat(one, key)]
