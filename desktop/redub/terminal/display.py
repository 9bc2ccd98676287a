"""What a window needs and this machine lacks, found without importing anything heavy."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping

_WINDOWLESS = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})
_LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
_X11_LIBRARIES: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing_for_window(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Say in whole sentences why no window can be opened here and what to do, or "" when nothing is missing."""
    if importlib.util.find_spec("PySide6") is None:
        return (
            "The window needs PySide6, which is not installed. Install Redub with its dependencies "
            "(python3 packaging/setup.py run does it), or use the commands: redub --help"
        )
    if not platform.startswith("linux"):
        return ""
    chosen = environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if not chosen and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return (
            "There is no display here, so no window can be opened. Start it on a desktop, or do the whole job "
            "in the terminal: redub main-job [CLIP]"
        )
    return _missing_libraries(chosen, environ)


def _missing_libraries(chosen: str, environ: Mapping[str, str]) -> str:
    needed = dict(_LIBRARIES)
    x11 = chosen == "xcb" or (not chosen and not environ.get("WAYLAND_DISPLAY"))
    if x11 and chosen not in _WINDOWLESS:
        needed |= _X11_LIBRARIES
    packages = [package for library, package in needed.items() if not _loads(library)]
    if not packages:
        return ""
    return (
        "The window needs libraries of the system that are not installed. On Debian and Ubuntu: "
        f"sudo apt install {' '.join(packages)}"
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
