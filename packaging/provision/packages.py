"""What the native parts are called by each system's package manager, and how they are installed.

To add a part: 1. a row in `NAMES`; 2. how it is found in `native.PARTS`. To add a package manager: 1. a line in
`INSTALL`; 2. its names in each row of `NAMES`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress

from provision import console

# Package manager -> the command that installs what follows it.
INSTALL: dict[str, str] = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed --noconfirm",
    "zypper": "zypper --non-interactive install",
    "brew": "brew install",
    "winget": "winget install --exact --id",
    "choco": "choco install -y",
}
_APT_INSTALL = INSTALL["apt-get"].split()[1:]
_OF_A_PERSON = ("brew", "winget", "choco")  # these ask for more rights by themselves, where they need them

# Part -> package manager -> names. A part that a manager does not name is not needed, or not offered, there.
NAMES: dict[str, dict[str, str]] = {
    "venv": {
        "apt-get": "python3-venv",
        "dnf": "python3",
        "zypper": "python3-base",
    },
    "vlc": {
        "apt-get": "libvlc5 vlc-plugin-base",
        "dnf": "vlc-libs vlc-plugins-base vlc-plugin-ffmpeg",
        "pacman": "vlc vlc-plugin-ffmpeg",
        "zypper": "libvlc5 vlc-noX",
        "brew": "--cask vlc",
        "winget": "VideoLAN.VLC",
        "choco": "vlc",
    },
    "qt": {
        "apt-get": "libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0",
        "dnf": "libglvnd-egl libglvnd-glx dbus-libs fontconfig glib2 libxkbcommon",
        "pacman": "libglvnd dbus fontconfig glib2 libxkbcommon",
        "zypper": "Mesa-libEGL1 Mesa-libGL1 libdbus-1-3 fontconfig libglib-2_0-0 libxkbcommon0",
    },
    "qt-x11": {
        "apt-get": "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0",
        "dnf": "xcb-util-cursor xcb-util-wm xcb-util-keysyms libxcb libxkbcommon-x11",
        "pacman": "xcb-util-cursor xcb-util-wm xcb-util-keysyms libxcb libxkbcommon-x11",
        "zypper": "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0",
    },
    "qt-wayland": {
        "apt-get": "libwayland-client0 libwayland-cursor0 libwayland-egl1",
        "dnf": "libwayland-client libwayland-cursor libwayland-egl",
        "pacman": "wayland",
        "zypper": "libwayland-client0 libwayland-cursor0 libwayland-egl1",
    },
    "fonts": {
        "apt-get": "fontconfig fonts-dejavu-core",
        "dnf": "fontconfig dejavu-sans-fonts",
        "pacman": "fontconfig ttf-dejavu",
        "zypper": "fontconfig dejavu-fonts",
    },
    "chinese-fonts": {
        "apt-get": "fonts-wqy-microhei",
        "dnf": "google-noto-sans-cjk-fonts",
        "pacman": "wqy-microhei",
        "zypper": "wqy-microhei-fonts",
    },
    "xvfb": {
        "apt-get": "xvfb",
        "dnf": "xorg-x11-server-Xvfb",
        "pacman": "xorg-server-xvfb",
        "zypper": "xorg-x11-server-Xvfb",
    },
    "xdotool": {"apt-get": "xdotool", "dnf": "xdotool", "pacman": "xdotool", "zypper": "xdotool"},
}


def manager() -> str | None:
    """Return the package manager of this system, None where none of the known ones is there."""
    return next((name for name in INSTALL if shutil.which(name)), None)


def names(parts: Iterable[str], manager: str) -> list[str]:
    """Return what `manager` calls `parts`, each name once."""
    found = [word for part in parts for word in NAMES[part].get(manager, "").split()]
    return list(dict.fromkeys(found))


def command(parts: Iterable[str], manager: str | None, *, root: bool) -> str:
    """Return the command for a person to type, "" where this system has no package for any of `parts`."""
    wanted = names(parts, manager) if manager else []
    if manager is None or not wanted:
        return ""
    sudo = "" if root or manager in _OF_A_PERSON else "sudo "
    return f"{sudo}{INSTALL[manager]} {' '.join(wanted)}"


def is_root() -> bool:
    """Tell whether this process may install packages for the whole system."""
    return sys.platform != "win32" and os.geteuid() == 0


def provide(parts: Iterable[str], why: str) -> None:
    """Install `parts` where this process may (apt, as root), else raise Failed with the command to type."""
    wanted, found = list(parts), manager()
    typed = command(wanted, found, root=is_root())
    if found == "apt-get" and is_root():
        _install_by_apt(wanted)
    elif typed:
        raise console.Failed(f"{why}. This command provides what is missing:\n    {typed}")
    else:
        raise console.Failed(f"{why}, and no package manager was found here that offers it.")


def _install_by_apt(parts: list[str]) -> None:
    wanted = names(parts, "apt-get")
    with console.step(f"Installing {' '.join(wanted)}"):
        # A list that cannot be refreshed (one dead source, no network) may still be good enough.
        with suppress(console.Failed):
            _apt("update")
        try:
            _apt(*_APT_INSTALL, *wanted)
        except console.Failed:
            _install_one_by_one(wanted)


def _install_one_by_one(wanted: list[str]) -> None:
    """Install what can be had, so that one name that this system does not know does not cost all the others."""
    failures: list[console.Failed] = []
    for name in wanted:
        try:
            _apt(*_APT_INSTALL, name)
        except console.Failed as failure:
            failures.append(failure)
    if failures:
        raise failures[-1]


def _apt(*arguments: str) -> None:
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    console.run_quietly(["apt-get", *arguments], log="apt", environ=environ)
