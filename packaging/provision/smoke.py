"""The trial of a packaged program: it says what runs, makes a rehearsal, opens its window and draws it.

Nothing of this machine's Python is on its way: it is started with an empty environment and a home of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provision import console, places, screen

_SECONDS = 300
_LINES = ("redub ", "Python ", "Qt ", "PySide6 ", "PyAV ", "ffmpeg ", "libvlc ", "espeak-ng ", "Faces ")
_PNG = b"\x89PNG\r\n\x1a\n"
_SMALLEST_PICTURE = 20_000
"""Bytes: an empty window of that size is far smaller."""
PICTURE = places.CHECKOUT / "build" / "smoke.png"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    :ivar versions: the lines of `redub --version`
    :ivar result: the finished video, within the home of the trial, which is gone by now
    :ivar seconds: of what was done, by its name
    """

    versions: tuple[str, ...]
    result: str
    seconds: Mapping[str, float]


def trial(program: Path) -> Trial:
    """Try the packaged `program`.

    :raises Failed: something of it did not work; the message says what
    """
    with tempfile.TemporaryDirectory(prefix="redub-smoke-") as name, screen.virtual_display() as display:
        home = Path(name)
        environ = surroundings(home, display)
        argv = [str(program)]
        seconds: dict[str, float] = {}
        versions = read_versions(_timed("start, cold (--version)", seconds, [*argv, "--version"], environ))
        _timed("start, warm (--version)", seconds, [*argv, "--version"], environ)
        said = _timed("sample, conversion, rehearsal, check", seconds, [*argv, "main-job", "--json"], environ)
        result = read_result(said)
        if display is not None:
            seconds["start of the window, until it is seen"] = _window_opens(argv, environ)
        _timed(
            "window with the sample, drawn to a picture",
            seconds,
            [*argv, "--screenshot", str(PICTURE)],
            environ,
        )
        check_picture(PICTURE)
        _nobody_is_left(home)
    return Trial(tuple(versions), result, seconds)


def surroundings(home: Path, display: str | None) -> dict[str, str]:
    """Return the environment of the trial: a home of its own, a display, and nothing else."""
    shown = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"} if display else {"QT_QPA_PLATFORM": "offscreen"}
    needed = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return {
        **needed,
        **shown,
        "PATH": os.defpath,
        "HOME": str(home),
        "REDUB_HOME": str(home / "redub"),
        "REDUB_SILENT": "1",
        "LANG": "C.UTF-8",
    }


def read_versions(said: str) -> list[str]:
    """Return the lines of `redub --version`; raise Failed when a part is missing there."""
    lines = said.splitlines()
    for start in _LINES:
        line = next((line for line in lines if line.startswith(start)), "")
        if not line or line.endswith("not found"):
            raise console.Failed(f"The packaged program lacks {start.strip()}. It said:\n{said}")
    return lines


def read_result(said: str) -> str:
    """Return the finished video of `redub main-job --json`; raise Failed when there is none."""
    try:
        task: dict[str, Any] = json.loads(said[said.index("{") :])["tasks"][0]
    except (ValueError, LookupError) as fault:
        raise console.Failed(f"The rehearsal gave no answer that can be read: {said[-500:]}") from fault
    if task["state"] != "done" or not task["result"]:
        raise console.Failed(f"The rehearsal ended as “{task['state']}”: {task['message']}")
    return str(task["result"])


def check_picture(path: Path) -> None:
    """Raise Failed unless `path` is the picture of a window with something in it."""
    content = path.read_bytes() if path.is_file() else b""
    if not content.startswith(_PNG) or len(content) < _SMALLEST_PICTURE:
        raise console.Failed("The packaged program did not draw its window.")


def run(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Run `argv` to its end and return what it wrote to stdout; raise Failed when it does not end well."""
    try:
        done = subprocess.run(
            argv,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise console.Failed(f"{' '.join(argv)} did not end within {_SECONDS} seconds.") from late
    except OSError as fault:
        raise console.Failed(f"{argv[0]} could not be started: {fault.strerror}.") from fault
    if done.returncode != 0:
        raise console.Failed(f"{' '.join(argv)} ended with code {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def _timed(what: str, seconds: dict[str, float], argv: list[str], environ: Mapping[str, str]) -> str:
    begun = time.monotonic()
    said = run(argv, environ)
    seconds[what] = time.monotonic() - begun
    return said


def _window_opens(argv: list[str], environ: Mapping[str, str]) -> float:
    """Return the seconds from the start of the process until its window is seen; 0.0 where nobody can look."""
    xdotool = shutil.which("xdotool")
    if xdotool is None:
        return 0.0
    begun = time.monotonic()
    with subprocess.Popen(argv, env=dict(environ), stdin=subprocess.DEVNULL) as child:
        try:
            look = [xdotool, "search", "--sync", "--onlyvisible", "--class", "redub"]
            subprocess.run(look, env=dict(environ), capture_output=True, timeout=_SECONDS, check=True)
            return time.monotonic() - begun
        except subprocess.SubprocessError as fault:
            raise console.Failed("The packaged program did not open its window.") from fault
        finally:
            child.terminate()


def _nobody_is_left(home: Path) -> None:
    """Raise Failed when a process that was started over `home` still runs (Linux)."""
    wanted = str(home).encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes() and folder.name != str(os.getpid()):
                raise console.Failed(f"The packaged program left process {folder.name} behind.")
        except OSError:
            continue  # gone meanwhile, or somebody else's
