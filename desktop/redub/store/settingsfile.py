"""The file of the settings: strict, versioned, holding only what differs from the defaults.

To rename or remove a setting: 1. raise VERSION; 2. write the migration into MIGRATIONS; the old file is kept beside
the new one.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Mapping
from pathlib import Path

import msgspec

from redub.core.errors import UserError
from redub.store import jsonfiles
from redub.store.files import make_folder, write_atomically
from redub.store.settings import DECLARED, Settings, Value

FILE_NAME = "settings.json"
VERSION = 1
MIGRATIONS: dict[int, jsonfiles.Migration] = {}
FORMAT = jsonfiles.Format(
    name="redub-settings", noun="the settings of Redub", version=VERSION, migrations=MIGRATIONS
)


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: typing.Literal["redub-settings"]
    version: int
    values: dict[str, object] = {}


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`, the defaults for what it leaves out or when there is none.

    :raises UserError: a setting is unknown or has a wrong value (named), or the file is of a newer version
    """
    if not path.exists():
        return Settings()
    data = jsonfiles.read_bytes(path, FORMAT.noun)
    document = jsonfiles.decode(data, FORMAT, _Document, path.name)
    _keep_older(path, data)
    return Settings(**{name: _checked(name, value) for name, value in document.values.items()})  # type: ignore[arg-type]  # _checked looks at each type


def save(settings: Settings, path: Path) -> None:
    """Write `settings` to `path`, atomically; only what differs from its default."""
    make_folder(path.parent)
    values = {
        name: getattr(settings, name)
        for name, declared in DECLARED.items()
        if getattr(settings, name) != declared.default
    }
    document = _Document(format="redub-settings", version=VERSION, values=values)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def changed(settings: Settings, name: str, value: Value) -> Settings:
    """Return `settings` with one changed; UserError when there is no such setting or value."""
    return dataclasses.replace(settings, **{name: _checked(name, value)})  # type: ignore[arg-type]  # as above


def _checked(name: str, value: object) -> Value:
    """Return `value` when the setting called `name` may have it."""
    declared = DECLARED.get(name)
    if declared is None:
        guess = difflib.get_close_matches(name, DECLARED, 1)
        raise _fault(name, f"there is no such setting{f' (did you mean “{guess[0]}”?)' if guess else ''}.")
    typed = float(value) if declared.kind is float and type(value) is int else value
    if type(typed) is not declared.kind:
        raise _fault(name, f"it must be {_NOUNS[declared.kind]}.")
    fault = declared.fault_of(typed)
    if fault:
        raise _fault(name, fault)
    return typed


_NOUNS: Mapping[type[Value], str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}


def _fault(name: str, why: str) -> UserError:
    return UserError(
        f"The setting “{name}” cannot be used.",
        why=f"$.values.{name}: {why}",
        next_step="Correct it in the settings, or remove it from the settings file.",
    )


def _keep_older(path: Path, data: bytes) -> None:
    """Keep a copy of a file of an older version before it is replaced by the first save."""
    version = msgspec.json.decode(data)["version"]
    backup = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    if version < VERSION and not backup.exists():
        write_atomically(backup, data)
