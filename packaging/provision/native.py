"""The native parts that Python packages do not bring: what each is for, and whether it is really there.

A part counts as there when it can be loaded or called, not when some package says so.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from provision import console, packages


@dataclass(frozen=True, slots=True)
class Part:
    """A native part.

    :ivar name: its row in `packages.NAMES`
    :ivar title: what a person calls it
    :ivar without: a sentence on what does not work while it is missing
    :ivar missing: returns what is missing of it, nothing when it is complete
    """

    name: str
    title: str
    without: str
    missing: Callable[[], list[str]]


def _unloadable(*sonames: str) -> Callable[[], list[str]]:
    def missing() -> list[str]:
        return [soname for soname in sonames if not _loads(soname)] if sys.platform == "linux" else []

    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def libvlc() -> Path | None:
    """Return the libvlc that can be loaded here, None when there is none."""
    for candidate in _libvlc_candidates():
        if _loads(candidate):
            return _loaded_path(candidate)
    return None


def _libvlc_candidates() -> list[str]:
    if sys.platform == "darwin":
        return ["/Applications/VLC.app/Contents/MacOS/lib/libvlc.dylib"]
    if sys.platform == "win32":
        folders = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)")]
        return [str(Path(each) / "VideoLAN" / "VLC" / "libvlc.dll") for each in folders if each]
    return [name for name in ("libvlc.so.5", ctypes.util.find_library("vlc")) if name]


def _loaded_path(library: str) -> Path:
    """Return where the loader found `library`, which it has just loaded."""
    maps = Path("/proc/self/maps")
    text = maps.read_text(encoding="utf-8", errors="replace") if maps.exists() else ""
    found = re.search(rf"\S*/{re.escape(library)}\S*", text)
    return Path(found.group()) if found else Path(library)


def _missing_vlc() -> list[str]:
    library = libvlc()
    if library is None:
        return ["libvlc"]
    # libvlc without plugins loads, and plays nothing.
    plugins = [
        library.parent / "vlc" / "plugins",
        library.parent / "plugins",
        library.parent.parent / "plugins",
    ]
    chosen = os.environ.get("VLC_PLUGIN_PATH")
    return [] if chosen or any(folder.is_dir() for folder in plugins) else ["VLC's plugins"]


def fonts(language: str) -> list[str]:
    """Return the families that fontconfig has for `language` ("en", "zh-cn"); [] without fontconfig."""
    program = shutil.which("fc-list")
    if program is None:
        return []
    listed = subprocess.run(
        [program, f":lang={language}", "family"], capture_output=True, text=True, check=False
    ).stdout
    return sorted({line.split(",")[0].strip() for line in listed.splitlines() if line.strip()})


def _no_font(language: str, name: str) -> Callable[[], list[str]]:
    def missing() -> list[str]:
        return [name] if sys.platform == "linux" and not fonts(language) else []

    return missing


def _no_program(program: str) -> Callable[[], list[str]]:
    def missing() -> list[str]:
        return [program] if sys.platform == "linux" and shutil.which(program) is None else []

    return missing


PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        Part(
            "qt",
            "libraries for drawing windows",
            "Without them no window can be opened; the job runs in the terminal instead.",
            _unloadable(
                "libEGL.so.1",
                "libGL.so.1",
                "libdbus-1.so.3",
                "libfontconfig.so.1",
                "libglib-2.0.so.0",
                "libxkbcommon.so.0",
            ),
        ),
        Part(
            "qt-x11",
            "libraries for the X11 display",
            "Without them no window can be opened; the job runs in the terminal instead.",
            _unloadable(
                "libxcb-cursor.so.0",
                "libxcb-icccm.so.4",
                "libxcb-keysyms.so.1",
                "libxcb-shape.so.0",
                "libxkbcommon-x11.so.0",
            ),
        ),
        Part(
            "qt-wayland",
            "libraries for the Wayland display",
            "Without them no window can be opened; the job runs in the terminal instead.",
            _unloadable("libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1"),
        ),
        Part(
            "vlc",
            "VLC's playback library",
            "Without it clips and results are shown without sound, frame by frame; everything else works.",
            _missing_vlc,
        ),
        Part(
            "fonts",
            "fonts",
            "Without them the window shows boxes instead of letters.",
            _no_font("en", "a font for Latin letters"),
        ),
        Part(
            "chinese-fonts",
            "Chinese fonts",
            "Without them Chinese scripts are shown as boxes; they are spoken and sent correctly all the same.",
            _no_font("zh-cn", "a font for Chinese characters"),
        ),
        Part(
            "xvfb",
            "virtual display of the tests",
            "Without it the tests draw into memory, and the journeys through the real window are skipped.",
            _no_program("Xvfb"),
        ),
        Part(
            "xdotool",
            "keyboard and mouse of the tests",
            "Without it the journeys that type and click in the real window are skipped.",
            _no_program("xdotool"),
        ),
    )
}

WINDOW = ("qt", "qt-x11", "vlc", "fonts", "chinese-fonts")
WAYLAND_WINDOW = ("qt", "qt-wayland", "vlc", "fonts", "chinese-fonts")
TESTS = (*WINDOW, "xvfb", "xdotool")


def missing(names: Iterable[str]) -> list[Part]:
    """Return those of the parts `names` that are not, or not completely, there."""
    return [PARTS[name] for name in names if PARTS[name].missing()]


def provide(names: Iterable[str]) -> list[Part]:
    """Install what is missing of the parts `names` where that can be done; say and return what stays missing."""
    wanted = list(names)
    absent = missing(wanted)
    if not absent:
        return []
    try:
        packages.provide([part.name for part in absent], "Not everything is here")
    except console.Failed as failure:
        console.say(str(failure))
        if failure.log:
            console.show_log(failure.log)
    still = missing(wanted)
    for part in still:
        console.say(f"  {part.title}: missing {', '.join(part.missing())}. {part.without}")
    return still
