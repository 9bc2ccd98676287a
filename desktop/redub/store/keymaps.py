"""The person's keys on disk, and the key sets of other programs that come with this one; one format for all.

A file names only the commands whose keys differ from Redub's own. To add a set: put NAME.json into `resources/keys`.
"""

from __future__ import annotations

import typing
from pathlib import Path

import msgspec

from redub.core.keymap import Keymap
from redub.paths import resource
from redub.store import jsonfiles
from redub.store.files import make_folder, write_atomically

FILE_NAME = "keys.json"
VERSION = 1
FORMAT = jsonfiles.Format(name="redub-keys", noun="a set of keys", version=VERSION, migrations={})


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: typing.Literal["redub-keys"]
    version: int
    title: str = ""
    keys: dict[str, tuple[str, ...]] = {}


def load(path: Path) -> Keymap:
    """Return the changed keys in the file at `path`, none when there is no such file.

    :raises UserError: it is no set of keys
    """
    return _read(path).keys if path.exists() else {}


def save(changes: Keymap, path: Path, *, title: str = "") -> None:
    """Write changed keys to `path`, atomically."""
    make_folder(path.parent)
    keys = {command: tuple(keys) for command, keys in sorted(changes.items())}
    document = _Document(format="redub-keys", version=VERSION, title=title, keys=keys)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def carried() -> dict[str, Keymap]:
    """Return the sets that come with the program, by their titles."""
    documents = [_read(path) for path in sorted(resource("keys").glob("*.json"))]
    return {document.title: document.keys for document in documents}


def _read(path: Path) -> _Document:
    data = jsonfiles.read_bytes(path, FORMAT.noun)
    return jsonfiles.decode(data, FORMAT, _Document, path.name)
