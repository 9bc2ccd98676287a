"""`doctor`: what is installed, found and missing on this machine, and how to get it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from provision import environment, faces, native, packages, places, screen

_GIGABYTE = 1024**3
_WANTED_SPACE = 2.0  # gigabytes: .venv needs 0.9, a converted clip and its result the rest
_MARKS = {"ok": "  ok     ", "missing": "  MISSING", "note": "  note   "}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the report.

    :ivar name: what was looked for
    :ivar state: "ok"; "note" when it is not there and the program runs without it; "missing" when it does not
    :ivar found: version, path or what is missing of it
    :ivar help: how to get it, "" when nothing is to do
    """

    name: str
    state: str
    found: str
    help: str = ""


def report(*, as_json: bool) -> int:
    """Print the report; return 0 when the program can be started."""
    items = examine()
    ok = all(item.state != "missing" for item in items)
    if as_json:
        print(json.dumps({"ok": ok, "items": [asdict(item) for item in items]}, indent=2, ensure_ascii=False))
    else:
        for item in items:
            print(_line(item))
        print(
            "Redub can be started here."
            if ok
            else "Redub cannot be started here yet: see what is missing above."
        )
    return 0 if ok else 1


def _line(item: Item) -> str:
    advice = f"\n{'':49}{item.help}" if item.help else ""
    return f"{_MARKS[item.state]} {item.name:<38} {item.found}{advice}"


def examine() -> list[Item]:
    """Look at everything that Redub uses."""
    inside = _ask_venv()
    return [
        _python(),
        _venv(),
        _locked("Python packages", dev=False, needed=True),
        _locked("packages of the checks", dev=True, needed=False),
        _faces(),
        *_libraries(inside),
        _ffmpeg(inside),
        _speech(inside),
        _keyring(inside),
        _display(),
        *_native_parts(),
        _disk_space(),
    ]


def _python() -> Item:
    return Item("Python", "ok", f"{sys.version.split()[0]} ({sys.executable})")


def _venv() -> Item:
    if places.venv_program("python").exists():
        return Item(".venv", "ok", str(places.VENV))
    return Item(".venv", "note", "not made yet", "python3 packaging/setup.py run makes it.")


def _locked(name: str, *, dev: bool, needed: bool) -> Item:
    if environment.is_current(dev=dev):
        return Item(name, "ok", "as locked")
    stamp = environment.read_stamp() or {}
    lock = places.DEV_LOCK if dev else places.RUNTIME_LOCK
    state = "other than locked" if stamp.get(lock.name) else "not installed from the lock"
    word = "run" if needed else "test"
    return Item(name, "note", state, f"python3 packaging/setup.py {word} installs them.")


def _faces() -> Item:
    name = "part that finds faces"
    if faces.is_current():
        return Item(name, "ok", "as locked")
    if not faces.exists_here():
        return Item(name, "note", "does not exist for this system and Python", faces.WITHOUT)
    return Item(name, "note", "not installed", "python3 packaging/setup.py run installs it.")


_QUESTIONS = """
import importlib.metadata as metadata, json
answers = {}
def ask(name, question):
    try:
        answers[name] = question()
    except Exception as fault:
        answers[name] = None
        answers[name + " fault"] = f"{type(fault).__name__}: {fault}"
for name in ("PySide6-Essentials", "av", "httpx", "msgspec", "numpy", "python-vlc", "starlette"):
    ask(name, lambda: metadata.version(name))
def window_library():
    import PySide6.QtWidgets
    return PySide6.__version__
def ffmpeg():
    import imageio_ffmpeg
    return imageio_ffmpeg.get_ffmpeg_exe()
def speech():
    import ctypes, espeakng_loader
    ctypes.CDLL(espeakng_loader.get_library_path()).espeak_Info.restype = ctypes.c_char_p
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Info.restype = ctypes.c_char_p
    return library.espeak_Info(None).decode()
def vlc():
    import vlc
    return vlc.libvlc_get_version().decode()
def secrets():
    import keyring
    backend = keyring.get_keyring()
    return f"{type(backend).__module__}.{type(backend).__qualname__}"
ask("Qt", window_library); ask("ffmpeg", ffmpeg); ask("speech", speech); ask("libvlc", vlc); ask("keyring", secrets)
print(json.dumps(answers))
"""


def _ask_venv() -> dict[str, Any]:
    """Ask the Python of .venv what it has; {} when there is none or it does not answer."""
    program = places.venv_program("python")
    if not program.exists():
        return {}
    asked = subprocess.run([str(program), "-c", _QUESTIONS], capture_output=True, text=True, check=False)
    try:
        answers = json.loads(asked.stdout)
    except ValueError:
        return {}
    return answers if isinstance(answers, dict) else {}


def _libraries(inside: dict[str, Any]) -> Iterator[Item]:
    if not inside:
        return
    for name in ("PySide6-Essentials", "av", "httpx", "msgspec", "numpy", "python-vlc", "starlette"):
        version = inside.get(name)
        advice = "" if version else "python3 packaging/setup.py run installs it."
        yield Item(name, "ok" if version else "missing", version or "not installed", advice)
    if inside.get("Qt") is None:
        yield Item("Qt", "note", inside.get("Qt fault", "cannot be loaded"), "See the libraries below.")


def _ffmpeg(inside: dict[str, Any]) -> Item:
    program = inside.get("ffmpeg") or shutil.which("ffmpeg")
    if program is None:
        advice = "python3 packaging/setup.py run installs one; or set its path in Redub's settings."
        return Item("ffmpeg", "missing" if inside else "note", "not found", advice)
    return Item("ffmpeg", "ok", f"{_first_line([program, '-version'])} ({program})")


def _first_line(argv: list[str]) -> str:
    try:
        said = subprocess.run(argv, capture_output=True, text=True, check=False).stdout
    except OSError as fault:
        return f"cannot be started: {fault.strerror}"
    return " ".join(said.splitlines()[0].split()[:3]) if said else "says nothing"


def _speech(inside: dict[str, Any]) -> Item:
    version = inside.get("speech")
    if version or not inside:
        return Item("espeak-ng", "ok" if version else "note", version or "comes with .venv")
    advice = "python3 packaging/setup.py run installs it again."
    return Item("espeak-ng", "missing", inside.get("speech fault", "cannot be loaded"), advice)


def _keyring(inside: dict[str, Any]) -> Item:
    backend = str(inside.get("keyring") or "")
    if backend and ".fail." not in backend and ".null." not in backend:
        return Item("keyring", "ok", backend)
    advice = "Secrets are kept in a file that only you can read."
    return Item(
        "keyring", "note", "this machine has none that answers" if inside else "not known yet", advice
    )


def _display() -> Item:
    if screen.has_display():
        return Item("display", "ok", "Wayland" if screen.is_wayland_only() else "there")
    return Item("display", "note", "none", "The job runs in the terminal; a window needs a desktop session.")


def _native_parts() -> Iterator[Item]:
    manager = packages.manager()
    for part in native.PARTS.values():
        if part.name == "qt-wayland" and not screen.is_wayland_only():
            continue
        absent = part.missing()
        typed = packages.command([part.name], manager, root=packages.is_root())
        advice = f"{part.without} {typed and f'To get it: {typed}'}".strip()
        found = f"missing {', '.join(absent)}" if absent else _detail(part.name)
        yield Item(part.title, "note" if absent else "ok", found, advice if absent else "")


def _detail(name: str) -> str:
    details: dict[str, Callable[[], object]] = {
        "vlc": native.libvlc,
        "fonts": lambda: f"{len(native.fonts('en'))} families",
        "chinese-fonts": lambda: ", ".join(native.fonts("zh-cn")[:3]),
        "xvfb": lambda: shutil.which("Xvfb"),
        "xdotool": lambda: shutil.which("xdotool"),
    }
    detail = details[name]() if name in details else None
    return str(detail) if detail else "there"


def _disk_space() -> Item:
    free = shutil.disk_usage(Path(places.CHECKOUT)).free / _GIGABYTE
    if free >= _WANTED_SPACE:
        return Item("disk space", "ok", f"{free:.0f} GB free")
    return Item(
        "disk space", "note", f"{free:.1f} GB free", f"{_WANTED_SPACE:.0f} GB are a comfortable minimum."
    )
