"""Where the running program of a home folder listens, and what is said there."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

import msgspec

from redub.paths import ensure

_LONGEST = 100
"""Bytes of a path that a local socket takes everywhere (sun_path: 104 on macOS, 108 on Linux)."""
ANSWER = b"taken\n"


class Wish(msgspec.Struct, frozen=True):
    """What a second start wants of the running program.

    :ivar path: the file to open, absolute; "" to come forward only
    :ivar token: what a Wayland compositor wants to see before a window may come forward
    """

    path: str = ""
    token: str = ""


def encode(wish: Wish) -> bytes:
    """Return `wish` as one line."""
    return msgspec.json.encode(wish) + b"\n"


def decode(line: bytes) -> Wish | None:
    """Return what a line says, None when it is none of ours."""
    try:
        return msgspec.json.decode(line, type=Wish)
    except msgspec.MsgspecError:
        return None


def address(runtime: Path) -> str:
    """Return the name of the socket of the program whose runtime folder this is.

    A socket lies in `runtime`, which is this person's alone. Where that path is too long for one, it lies in a folder
    of this person's in the folder for temporary files, under a name that is made from `runtime`.

    :raises OSError: there is no folder that is this person's alone
    """
    digest = hashlib.sha256(os.fsencode(runtime)).hexdigest()[:24]
    if sys.platform == "win32":
        return f"redub-{digest}"  # a named pipe; the runtime folder has the person's name in it
    beside = runtime / "window.sock"
    if len(os.fsencode(beside)) <= _LONGEST:
        ensure(runtime)
        return str(beside)
    own = ensure(Path(tempfile.gettempdir()) / f"redub-{os.getuid()}")
    found = own.lstat()
    if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
        raise PermissionError(f"{own} is not this person's alone")
    return str(own / f"{digest}.sock")
