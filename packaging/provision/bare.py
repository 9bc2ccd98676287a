"""The trial of the Debian package in a bare system: installed, used and purged in a fresh minimal Debian.

Needs root and debootstrap; the root is made once (`_ROOT`) and copied for each trial.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from provision import console, packages, places, screen, smoke

_SUITE = "bookworm"
_MIRROR = "http://deb.debian.org/debian"
_ROOT = places.CHECKOUT / "build" / f"bare-{_SUITE}"
_HOME = "/root/trial"
# What installing anything leaves in a Debian, whatever it is: lists, caches and logs, and what was given to the trial.
_KEPT_BY_DEBIAN = (
    "var/cache/",
    "var/lib/apt/",
    "var/lib/dpkg/",
    "var/log/",
    "proc/",
    "sys/",
    "dev/",
    "tmp/",
    "etc/ld.so.cache",
    "run/",
)


def trial(package: Path) -> dict[str, float]:
    """Install `package` in a bare Debian, use it, purge it, and return how long what took.

    :raises Failed: something of it did not work, or it left something behind
    """
    if not packages.is_root() or shutil.which("debootstrap") is None:
        raise console.Failed("The trial in a bare Debian needs root, and the program debootstrap.")
    seconds: dict[str, float] = {}
    with screen.virtual_display() as display, _fresh_root() as root:
        before = _files(root)
        shutil.copyfile(package, root / "tmp" / package.name)
        with console.step("Installing the package in a bare Debian"), _timed("install", seconds):
            _apt(root, "update")
            _apt(root, "install", "-y", "--no-install-recommends", f"/tmp/{package.name}")
        _use(root, display, seconds)
        with console.step("Purging it"), _timed("purge", seconds):
            _apt(root, "purge", "-y", "redub")
            _apt(root, "autoremove", "-y", "--purge")
        _nothing_is_left(root, before)
    return seconds


def _use(root: Path, display: str | None, seconds: dict[str, float]) -> None:
    (root / _HOME.lstrip("/")).mkdir()
    environ = smoke.surroundings(Path(_HOME), display)
    inside = [shutil.which("chroot") or "chroot", str(root), "/usr/bin/redub"]
    with console.step("Asking it what runs"), _timed("start (--version)", seconds):
        smoke.read_versions(smoke.run([*inside, "--version"], environ))
    with console.step("Rehearsing in it"), _timed("sample, conversion, rehearsal, check", seconds):
        smoke.read_result(smoke.run([*inside, "main-job", "--json"], environ))
    with console.step("Drawing its window"), _timed("window with the sample, drawn to a picture", seconds):
        smoke.run([*inside, "--screenshot", f"{_HOME}/window.png"], environ)
    smoke.check_picture(root / _HOME.lstrip("/") / "window.png")
    shutil.rmtree(root / _HOME.lstrip("/"))


@contextmanager
def _fresh_root() -> Iterator[Path]:
    if not (_ROOT / "etc" / "debian_version").is_file():
        with console.step("Making a bare Debian (a minute or two, once)"):
            shutil.rmtree(_ROOT, ignore_errors=True)
            console.run_quietly(
                ["debootstrap", "--variant=minbase", _SUITE, str(_ROOT), _MIRROR], log="debootstrap"
            )
    with tempfile.TemporaryDirectory(prefix="redub-bare-") as name:
        root = Path(name) / "root"
        console.run_quietly(["cp", "-a", str(_ROOT), str(root)], log="debootstrap")
        shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
        mounts = [("proc", root / "proc"), ("sysfs", root / "sys")]
        for kind, target in mounts:
            subprocess.run(["mount", "-t", kind, kind, str(target)], check=True)
        try:
            yield root
        finally:
            for _kind, target in mounts:
                subprocess.run(["umount", "-l", str(target)], check=True)


def _apt(root: Path, *arguments: str) -> None:
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    console.run_quietly(["chroot", str(root), "apt-get", *arguments], log="bare", environ=environ)


def _files(root: Path) -> set[str]:
    found = {path.relative_to(root).as_posix() for path in _walk(root)}
    return {name for name in found if not name.startswith(_KEPT_BY_DEBIAN)}


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if Path(folder, name) not in (root / "proc", root / "sys")]
        for name in (*folders, *files):
            yield Path(folder, name)


def _nothing_is_left(root: Path, before: set[str]) -> None:
    listed = subprocess.run(
        ["chroot", str(root), "dpkg-query", "-W", "-f", "${Status}", "redub"],
        capture_output=True,
        text=True,
        check=False,
    )
    left = sorted(_files(root) - before)
    if listed.stdout.strip() or left:
        raise console.Failed(f"Purging leaves behind: {', '.join(left) or listed.stdout}")


@contextmanager
def _timed(what: str, seconds: dict[str, float]) -> Iterator[Mapping[str, float]]:
    begun = time.monotonic()
    yield seconds
    seconds[what] = time.monotonic() - begun
