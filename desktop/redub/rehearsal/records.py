"""Small JSON files that are whole or not there: written beside, flushed to the disk, renamed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec


def write_record(path: Path, value: object, *, mode: int = 0o600) -> None:
    """Write `value` as JSON to `path`; returns after it is on the disk.

    :raises OSError: when the disk does not take it; `path` is then as before
    """
    partial = path.with_name(path.name + ".part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(value), indent=1))
        file.flush()
        os.fsync(file.fileno())
    publish(partial, path)


def publish(partial: Path, final: Path) -> None:
    """Give a finished file its name, and flush the name to the disk where the platform can."""
    partial.replace(final)
    with contextlib.suppress(OSError):  # Windows opens no folders; there the rename is enough
        descriptor = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
