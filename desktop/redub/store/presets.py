"""The presets of marks, in a file of their own beside the settings."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from pathlib import Path

import msgspec

from redub.core.ssml.presets import Preset
from redub.store import jsonfiles
from redub.store.files import make_folder, write_atomically

FILE_NAME = "presets.json"
FORMAT = jsonfiles.Format(name="redub-presets", noun="the presets of marks", version=1, migrations={})


class _Preset(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    name: str
    tag: str
    settings: dict[str, str] = {}


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: typing.Literal["redub-presets"]
    version: int
    presets: list[_Preset] = []


def load(path: Path) -> tuple[Preset, ...]:
    """Return the presets in the file at `path`; none when there is no file.

    :raises UserError: it is no file of presets, or one of a newer version
    """
    if not path.exists():
        return ()
    document = jsonfiles.decode(jsonfiles.read_bytes(path, FORMAT.noun), FORMAT, _Document, path.name)
    return tuple(Preset(one.name, one.tag, tuple(one.settings.items())) for one in document.presets)


def save(presets: Iterable[Preset], path: Path) -> None:
    """Write `presets` to `path`, atomically."""
    make_folder(path.parent)
    kept = [_Preset(name=one.name, tag=one.tag, settings=dict(one.settings)) for one in presets]
    document = _Document(format="redub-presets", version=1, presets=kept)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
