"""What runs here, line by line: for `redub --version`, for the About box, and to be copied into a message."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """What draws the window.

    :ivar qt: the version of Qt that runs
    :ivar binding: the version of PySide6
    """

    qt: str
    binding: str


def lines(window: Window | None, ffmpeg: str | None = None) -> list[str]:
    """Return a line for each part that the program stands on, with what that part says of itself; blocks.

    :param window: None where Qt cannot be loaded
    :param ffmpeg: the ffmpeg that the settings name
    """
    from redub.media import engines  # loads the codecs, which the start of the window must not wait for

    frozen = " (packaged)" if getattr(sys, "frozen", False) else ""
    parts = {
        "Python": f"{platform.python_version()}{frozen}",
        "System": platform.platform(),
        "Qt": window.qt if window else "",
        "PySide6": window.binding if window else "",
        "PyAV": engines.codecs(),
        "ffmpeg": engines.converter(ffmpeg),
        "libvlc": engines.player(),
        "espeak-ng": engines.voice(),
        "Faces": "yes" if engines.finds_faces() else "no",
    }
    return [f"{name} {found or 'not found'}" for name, found in parts.items()]
