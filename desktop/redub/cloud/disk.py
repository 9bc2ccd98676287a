"""Map what the disk refuses while a file is read for the service or written from it."""

from __future__ import annotations

import errno
import math
from pathlib import Path

from redub.core.errors import EnvironmentFault

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_fault(exc: OSError, path: Path) -> EnvironmentFault:
    """Return the error for a failed write to `path`."""
    why, next_step = f"{path.parent} could not be written to.", "Check the folder, or choose another one."
    if exc.errno in _FULL:
        why, next_step = (
            f"There is no space left in {path.parent}.",
            "Make space, then go on; nothing is lost.",
        )
    elif exc.errno in _FORBIDDEN:
        why = f"Files may not be written in {path.parent}."
    elif exc.errno == errno.ENOENT:
        why, next_step = (
            f"The folder {path.parent} is not there.",
            "Connect its disk, or choose another folder.",
        )
    return EnvironmentFault("The download could not be saved.", why=why, next_step=next_step, detail=str(exc))


def space_fault(path: Path, missing: int) -> EnvironmentFault:
    """Return the error for a disk that lacks `missing` bytes."""
    return EnvironmentFault(
        "The download was not begun.",
        why=f"{math.ceil(missing / 1e6)} MB more are needed in {path.parent} than are free.",
        next_step="Make space, or choose another folder; the result stays at the service for seven days.",
    )


def read_fault(exc: OSError, path: Path) -> EnvironmentFault:
    """Return the error for a file that cannot be read."""
    why = (
        "It may not be read by this program."
        if exc.errno in _FORBIDDEN
        else "It is no longer there, or its disk fails."
    )
    return EnvironmentFault(
        f"{path.name} could not be read.",
        why=why,
        next_step="Check the file, then try again.",
        detail=str(exc),
    )
