"""The packaged program: a folder that runs without Python, made by PyInstaller for the system that it is made on.

What lies where in the folder (`FOLDER`): the program itself; ``_internal`` with Python, Qt and every library;
``_internal/redub/resources``; ``_internal/libvlc/plugins``; ``bin/ffmpeg``, because a file ``_internal/ffmpeg`` would
hide the package `ffmpeg`; and ``THIRD-PARTY.txt``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from provision import console, places, vlcparts

NAME = "redub"
FOLDER = places.DIST / NAME
PROGRAM = FOLDER / (f"{NAME}.exe" if sys.platform == "win32" else NAME)
INSIDE = FOLDER / "_internal"
FFMPEG = FOLDER / "bin" / ("ffmpeg.exe" if sys.platform == "win32" else "ffmpeg")

_SOURCES = places.CHECKOUT / "packaging" / "frozen"
# What is imported by a name that is only put together when the program runs, or brings data that is read at run time.
_WHOLE = ("espeakng_loader",)
_WITH_DATA = ("docx", "imageio_ffmpeg", "pypinyin")
_OF_THE_FACES = ("mediapipe",)
# Found by PyInstaller on roads that this program never takes.
_LEFT_OUT = ("tkinter", "IPython", "pytest", "setuptools", "pip", "pkg_resources", "matplotlib.tests")
_FACES = ("mediapipe", "cv2", "matplotlib", "jax", "jaxlib", "scipy", "sounddevice")
_FACES_NEVER = ("jax", "jaxlib", "scipy", "sounddevice")
_ICON = places.FROZEN / "redub.png"
"""Windows and macOS take no SVG; PyInstaller makes their own formats of this."""
_DRAW_ICON = (
    "import sys;from PySide6.QtGui import QGuiApplication,QIcon;app=QGuiApplication([]);"
    "sys.exit(not QIcon(sys.argv[1]).pixmap(1024,1024).save(sys.argv[2]))"
)


def freeze(*, faces: bool) -> None:
    """Make the folder anew.

    :param faces: carry the part that finds faces; it has to be installed in .venv
    """
    with console.step("Freezing the program (about two minutes)"):
        shutil.rmtree(FOLDER, ignore_errors=True)
        _draw_icon()
        console.run_quietly(command(faces=faces), log="pyinstaller", environ=_environ())
    _put_ffmpeg_beside()
    vlcparts.write_cache(INSIDE)


def command(*, faces: bool) -> list[str]:
    """Return how PyInstaller is started."""
    python = str(places.venv_program("python"))
    return [
        *(python, "-m", "PyInstaller", "--noconfirm", "--onedir", "--log-level", "WARN", "--name", NAME),
        *("--distpath", str(places.DIST), "--workpath", str(places.FROZEN), "--specpath", str(places.FROZEN)),
        *("--paths", str(places.CHECKOUT / "desktop"), "--collect-submodules", "redub"),
        *("--add-data", f"{places.RESOURCES}{os.pathsep}redub/resources"),
        *("--runtime-hook", str(_SOURCES / "surroundings.py")),
        *_of_the_platform(),
        *_each("--collect-all", (*_WHOLE, *(_OF_THE_FACES if faces else ()))),
        *_each("--collect-data", _WITH_DATA),
        *_each("--exclude-module", (*_LEFT_OUT, *(_FACES_NEVER if faces else _FACES))),
        *_each("--copy-metadata", described()),
        *_libvlc(),
        str(_SOURCES / "start.py"),
    ]


def described() -> list[str]:
    """Return the packages whose versions `redub --version` names."""
    return ["PySide6_Essentials", "av", "espeakng_loader", "imageio_ffmpeg", "python_vlc"]


def size(folder: Path = FOLDER) -> int:
    """Return the bytes of all files in `folder`."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def largest(folder: Path = INSIDE, count: int = 6) -> list[tuple[str, int]]:
    """Return the largest parts of `folder` by their names."""
    sizes = [(path.name, size(path) if path.is_dir() else path.lstat().st_size) for path in folder.iterdir()]
    return sorted(sizes, key=lambda part: part[1], reverse=True)[:count]


def _each(option: str, values: tuple[str, ...] | list[str]) -> Iterator[str]:
    for value in values:
        yield option
        yield value


def _libvlc() -> Iterator[str]:
    for source, target in vlcparts.binaries():
        yield "--add-binary"
        yield f"{source}{os.pathsep}{target}"


def _of_the_platform() -> list[str]:
    """Return what makes it a program of this system: an icon, and no console window."""
    if sys.platform == "win32":
        # With a console, so that the commands print in a terminal; hidden when it is this program's own.
        return ["--hide-console", "hide-early", "--icon", str(_ICON)]
    if sys.platform == "darwin":
        return ["--windowed", "--icon", str(_ICON), "--osx-bundle-identifier", "org.redub.Redub"]
    return []


def _environ() -> dict[str, str]:
    """Return the surroundings of PyInstaller: modest, and the same wherever it is started."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYINSTALLER_")}
    return kept | {"PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen"}


def _draw_icon() -> None:
    places.FROZEN.mkdir(parents=True, exist_ok=True)
    drawing = [str(places.RESOURCES / "app" / "redub.svg"), str(_ICON)]
    console.run_quietly(
        [str(places.venv_program("python")), "-c", _DRAW_ICON, *drawing],
        log="pyinstaller",
        environ=_environ(),
    )


def _put_ffmpeg_beside() -> None:
    """Move imageio-ffmpeg's program to where the packaged program looks for it."""
    found = sorted((INSIDE / "imageio_ffmpeg" / "binaries").glob("ffmpeg-*"))
    if not found:
        raise console.Failed("imageio-ffmpeg carries no ffmpeg program for this system.")
    FFMPEG.parent.mkdir(exist_ok=True)
    shutil.move(found[0], FFMPEG)
    FFMPEG.chmod(0o755)
    said = subprocess.run([str(FFMPEG), "-version"], capture_output=True, check=False)
    if said.returncode != 0:
        raise console.Failed("The ffmpeg of the packaged program does not start.")
