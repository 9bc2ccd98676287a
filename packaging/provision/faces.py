"""The optional part that finds faces: installed from a lock of its own wherever its wheels exist.

MediaPipe 0.10.21 is the last version with the face mesh and its models in the wheel. Its own list of packages asks for
numpy below 2 and for 26 packages that the face mesh never imports, so that pip cannot install it beside the rest: it
is installed without its list, with exactly the packages that it does import.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from contextlib import suppress
from pathlib import Path

from provision import console, places

REQUIREMENT = "mediapipe==0.10.21"
MARKER = (
    "python_version < '3.13' and (sys_platform == 'darwin' or (sys_platform == 'linux' and "
    "platform_machine == 'x86_64') or (sys_platform == 'win32' and platform_machine == 'AMD64'))"
)
"""Where wheels of it exist; `exists_here` says the same of this machine."""
METADATA = f"""\
[[dependency-metadata]]
name = "mediapipe"
version = "{REQUIREMENT.partition("==")[2]}"
requires-dist = []
"""
"""What uv is told instead of MediaPipe's own list of packages."""
WITHOUT = "Without it no faces are looked for and rehearsed lips stay as filmed; everything else works."


def exists_here() -> bool:
    """Tell whether the part can be installed on this system and Python."""
    machine = platform.machine().lower()
    system = sys.platform == "darwin" or (
        sys.platform in ("linux", "win32") and machine in ("x86_64", "amd64")
    )
    return system and sys.version_info < (3, 13)


def is_current() -> bool:
    """Tell whether the part was installed from the present lock."""
    with suppress(OSError):
        return _stamp().read_text(encoding="utf-8") == _digest()
    return False


def provide() -> bool:
    """Install the part where it exists and is not there yet; say so in one sentence where it cannot be had."""
    if is_current():
        return True
    if not exists_here():
        console.say(f"  The part that finds faces does not exist for this system and Python. {WITHOUT}")
        return False
    try:
        with console.step("Installing the part that finds faces"):
            _install()
    except console.Failed:
        console.say(f"  The part that finds faces could not be installed. {WITHOUT}")
        return False
    _stamp().write_text(_digest(), encoding="utf-8")
    return True


def _install() -> None:
    python = str(places.venv_program("python"))
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    console.run_quietly(
        [*pip, "--no-deps", "--require-hashes", "-r", str(places.FACES_LOCK)], log="pip-faces"
    )


def _stamp() -> Path:
    return places.VENV / "redub-faces.txt"


def _digest() -> str:
    return hashlib.sha256(places.FACES_LOCK.read_text(encoding="utf-8").encode()).hexdigest()
