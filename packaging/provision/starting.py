"""`run`: prepares what is needed and starts the program, in a window or in the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from provision import console, environment, faces, native, places, screen

_TERMINAL_JOB = "main-job"


def run(arguments: list[str], *, headless: bool) -> int:
    """Start Redub with `arguments` and return its exit code; on POSIX this process becomes the program."""
    environment.ready(dev=False)
    faces.provide()
    window = not headless and _can_show_window()
    program = str(places.venv_program("python"))
    return _become([program, "-m", "redub", *([] if window else [_TERMINAL_JOB]), *arguments])


def _can_show_window() -> bool:
    if not screen.has_display():
        console.say("No display was found, so the whole job is done here, in the terminal.")
        return False
    parts = native.WAYLAND_WINDOW if screen.is_wayland_only() else native.WINDOW
    still_missing = {part.name for part in native.provide(parts)}
    return not still_missing & {"qt", "qt-x11", "qt-wayland"}


def _become(argv: list[str]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(argv[0], argv)
    # Ctrl+C reaches the program too; it ends, and this process only waits for that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(argv)
