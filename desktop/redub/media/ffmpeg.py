"""Find the ffmpeg program, and what it can do here."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path

from redub.core.errors import EnvironmentFault, UserError
from redub.media import process

_NAME = "ffmpeg.exe" if os.name == "nt" else "ffmpeg"


def find(chosen: str | None = None) -> Path:
    """Return the ffmpeg to use: the `chosen` one, the one beside us, imageio-ffmpeg's, the one on PATH.

    :raises UserError: `chosen` is no program
    :raises EnvironmentFault: there is none
    """
    if chosen:
        program = shutil.which(chosen)
        if program is None:
            raise UserError(
                "The ffmpeg that is set cannot be started.",
                why=f"{chosen} is missing or no program.",
                next_step="Correct the setting, or clear it so that Redub looks for ffmpeg by itself.",
            )
        return Path(program).absolute()
    for program in (_bundled(), _from_imageio(), shutil.which("ffmpeg")):
        if program and os.access(program, os.X_OK):
            return Path(program).absolute()
    raise EnvironmentFault(
        "There is no ffmpeg on this machine.",
        why="Clips are converted by the program ffmpeg.",
        next_step="Install it (for example “sudo apt install ffmpeg”), or set where it lies.",
    )


async def filters(ffmpeg: Path) -> frozenset[str]:
    """Return the names of the filters that `ffmpeg` was built with (``ffmpeg -filters``); asked once."""
    known = _known.get(str(ffmpeg))
    if known is None:
        found: list[str] = []
        outcome = await process.run(
            [str(ffmpeg), "-hide_banner", "-filters"],
            on_line=found.append,
            label="Asking ffmpeg for its filters",
        )
        known = (
            frozenset(words[1] for line in found if len(words := line.split()) > 2)
            if outcome.ok
            else frozenset()
        )
        _known[str(ffmpeg)] = known
    return known


_known: dict[str, frozenset[str]] = {}


def _bundled() -> str | None:
    """Return the ffmpeg beside a packaged program (``bin/``, because a file ``ffmpeg`` hides the package)."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).parent / "bin" / _NAME
    return str(program) if program.is_file() else None


@lru_cache(maxsize=1)
def _from_imageio() -> str | None:
    try:
        import imageio_ffmpeg
    except ImportError:
        return None
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:  # its wheel for this platform carries no program
        return None
