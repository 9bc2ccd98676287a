"""`package`: the program for people without Python, frozen, described, tried; and what came of it in figures."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping
from contextlib import suppress

from provision import bare, console, debian, environment, faces, freezing, licences, native, places, smoke

_MEGABYTE = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `package` understands."""
    with_faces = parser.add_mutually_exclusive_group()
    with_faces.add_argument(
        "--faces",
        action="store_true",
        default=None,
        help="carry the part that finds faces (default: if installed)",
    )
    with_faces.add_argument("--no-faces", dest="faces", action="store_false", help="leave it out")
    parser.add_argument("--keep", action="store_true", help="use what was frozen and packed the last time")
    parser.add_argument("--deb", action="store_true", help="make a Debian package of it")
    parser.add_argument(
        "--smoke", action="store_true", help="try it: a rehearsal, and its window under a virtual display"
    )
    parser.add_argument(
        "--bare", action="store_true", help="try the Debian package in a bare Debian (root, debootstrap)"
    )


def package(chosen: argparse.Namespace) -> int:
    """Make what `chosen` names and say its sizes and times."""
    if not chosen.keep:
        _freeze(chosen.faces)
    elif not freezing.PROGRAM.is_file():
        raise console.Failed("Nothing was frozen yet; leave out --keep.")
    _say_sizes()
    if chosen.smoke:
        _smoke()
    if chosen.deb or chosen.bare:
        is_there = chosen.keep and not chosen.deb and debian.path().is_file()
        made = debian.path() if is_there else debian.build()
        console.say(f"  {made}: {made.stat().st_size / _MEGABYTE:.0f} MB")
        if chosen.bare:
            _say_times("In a bare Debian", bare.trial(made))
    return 0


def list_licences() -> int:
    """Write the list of what a package would carry from here."""
    environment.ready(dev=False)
    target = places.DIST / "THIRD-PARTY.txt"
    inside = freezing.INSIDE if freezing.INSIDE.is_dir() else None
    count = licences.write(target, inside=inside, faces=faces.is_current())
    console.say(f"{target}: {count} parts")
    return 0


def _freeze(with_faces: bool | None) -> None:
    environment.ready(dev=False)
    _provide_pyinstaller()
    native.provide(["vlc"])
    carried = faces.provide() if with_faces else with_faces is None and faces.is_current()
    if with_faces and not carried:
        raise console.Failed("The part that finds faces is not there, so it cannot be packed.")
    freezing.freeze(faces=carried)
    with console.step("Listing the licences of what it carries"):
        licences.write(freezing.FOLDER / "THIRD-PARTY.txt", inside=freezing.INSIDE, faces=carried)


def _provide_pyinstaller() -> None:
    """Install what freezes into .venv, from its own lock, when it is not there yet."""
    stamp = places.VENV / "redub-package.txt"
    digest = hashlib.sha256(places.PACKAGE_LOCK.read_bytes()).hexdigest()
    with suppress(OSError):
        if stamp.read_text(encoding="utf-8") == digest:
            return
    python = str(places.venv_program("python"))
    with console.step("Installing PyInstaller"):
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        console.run_quietly([*pip, "--require-hashes", "-r", str(places.PACKAGE_LOCK)], log="pip-package")
    stamp.write_text(digest, encoding="utf-8")


def _smoke() -> None:
    with console.step("Trying it"):
        came = smoke.trial(freezing.PROGRAM)
    for line in came.versions:
        console.say(f"  {line}")
    _say_times("Times", came.seconds)
    console.say(f"  picture: {smoke.PICTURE}")


def _say_sizes() -> None:
    files = sum(1 for path in freezing.FOLDER.rglob("*") if path.is_file())
    console.say(f"  {freezing.FOLDER}: {freezing.size() / _MEGABYTE:.0f} MB in {files} files")
    parts = [*freezing.largest(), ("bin/ffmpeg", freezing.FFMPEG.stat().st_size)]
    for name, size in sorted(parts, key=lambda part: part[1], reverse=True):
        console.say(f"    {size / _MEGABYTE:6.0f} MB  {name}")


def _say_times(title: str, seconds: Mapping[str, float]) -> None:
    console.say(f"{title}:")
    for what, took in seconds.items():
        console.say(f"    {took:6.2f} s  {what}")
