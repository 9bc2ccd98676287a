"""The voices that the person has marked as favourites: a small file of keys beside the settings."""

from __future__ import annotations

import typing
from pathlib import Path

import msgspec

from redub.store import jsonfiles
from redub.store.files import make_folder, write_atomically

FILE_NAME = "favourite-voices.json"
FORMAT = jsonfiles.Format(
    name="redub-favourite-voices", noun="the list of favourite voices", version=1, migrations={}
)


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: typing.Literal["redub-favourite-voices"]
    version: int
    keys: tuple[str, ...] = ()


def load(path: Path) -> frozenset[str]:
    """Return the keys (TimbreKey) of the favourites, none when there is no file.

    :raises UserError: the file is no such list, or was made by a newer version
    """
    if not path.exists():
        return frozenset()
    data = jsonfiles.read_bytes(path, FORMAT.noun)
    return frozenset(jsonfiles.decode(data, FORMAT, _Document, path.name).keys)


def save(keys: frozenset[str], path: Path) -> None:
    """Write the favourites to `path`, atomically."""
    make_folder(path.parent)
    document = _Document(format="redub-favourite-voices", version=1, keys=tuple(sorted(keys)))
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
