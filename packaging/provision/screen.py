"""Whether a window can be shown here, and a virtual display for the tests that is gone when they are."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_SIZE = "1600x1000x24"
_PR_SET_PDEATHSIG = 1


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window would be seen: a desktop system, or a display that answers."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("WAYLAND_DISPLAY")) or _answers(environ.get("DISPLAY", ""))


def is_wayland_only(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether there is a Wayland display and no X11 one."""
    return bool(environ.get("WAYLAND_DISPLAY")) and not environ.get("DISPLAY")


def _answers(display: str) -> bool:
    """Try a local X11 display; a left-over DISPLAY of a closed session would only make Qt abort."""
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local is None:
        return bool(display)
    path = f"/tmp/.X11-unix/X{local.group(1)}"
    return any(_connects(address) for address in (f"\0{path}", path))


def _connects(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as server:
        try:
            server.connect(address)
        except OSError:
            return False
    return True


@contextmanager
def virtual_display() -> Iterator[str | None]:
    """Run Xvfb on a display number that it picks itself; give the display's name, None without Xvfb."""
    program = shutil.which("Xvfb") if sys.platform == "linux" else None
    if program is None:
        yield None
        return
    server, display = _start(program)
    try:
        yield display
    finally:
        _stop(server)


def _start(program: str) -> tuple[subprocess.Popen[bytes], str | None]:
    reading, writing = os.pipe()
    argv = [program, "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        argv,
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_survive_interrupt,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    return server, f":{number}" if number else None


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


# For Popen(preexec_fn=...): the child ends when this process does, even when it is killed. Linux only.
DIE_WITH_PARENT = _die_with_parent if sys.platform == "linux" else None


def _survive_interrupt() -> None:
    # Ctrl+C reaches the whole group: the tests stop first, and Xvfb stays until they have.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
