"""What the preview is measured against, in the same run: PyAV as anybody would write it, and mpv by its JSON IPC."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from bench.material import FPS
from support.waiting import wait_until

BOX = (960, 540)


class Bare:
    """Seek to the keyframe before, decode up to the picture, scale it."""

    name = "PyAV bare"

    def __init__(self, clip: Path) -> None:
        self._container = av.open(str(clip))
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"

    def want(self, index: int) -> None:
        base = self._stream.time_base
        assert base is not None
        target = (self._stream.start_time or 0) + round(Fraction(index, FPS) / base)
        self._container.seek(target, stream=self._stream, backward=True)
        for frame in self._container.decode(self._stream):
            if frame.pts is not None and frame.pts >= target:
                frame.reformat(*BOX, format="rgb24")
                return
        raise AssertionError(f"picture {index} was not found")

    def spent(self) -> float:
        """Return the milliseconds of processor time so far: those of this process."""
        return time.process_time() * 1000

    def close(self) -> None:
        self._container.close()


class Mpv:
    """mpv, paused, without sound and screen (it need not even scale): an exact seek until it says that it is there."""

    name = "mpv"

    def __init__(self, clip: Path) -> None:
        self._folder = tempfile.TemporaryDirectory()
        place = str(Path(self._folder.name) / "mpv")
        options = ("--no-config", "--pause", "--no-audio", "--vo=null", "--no-terminal", "--hr-seek=yes")
        self._process = subprocess.Popen(["mpv", *options, f"--input-ipc-server={place}", str(clip)])
        self._socket = socket.socket(socket.AF_UNIX)
        assert wait_until(lambda: self._socket.connect_ex(place) == 0)
        self._lines = self._socket.makefile("r")
        assert wait_until(lambda: self._ask("time-pos") is not None, seconds=60)
        self.want(1)

    def want(self, index: int) -> None:
        self._say("seek", (index + 0.01) / FPS, "absolute+exact")
        while self._hear().get("event") != "seek":
            """What was said before does not count."""
        while self._hear().get("event") != "playback-restart":
            """It is on its way."""

    def place(self) -> int:
        """Return the number of the picture that mpv says is on screen."""
        return round(float(self._ask("time-pos") or 0.0) * FPS)

    def spent(self) -> float:
        """Return the milliseconds of processor time that mpv has taken so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self._say("quit")
        self._process.wait(10)
        self._lines.close()
        self._socket.close()
        self._folder.cleanup()

    def _ask(self, name: str) -> float | None:
        """Return a property of mpv, None as long as it has none."""
        self._say("get_property", name)
        while "error" not in (heard := self._hear()):
            """Events come between question and answer."""
        return heard.get("data")

    def _say(self, *words: object) -> None:
        self._socket.sendall(json.dumps({"command": words}).encode() + b"\n")

    def _hear(self) -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(self._lines.readline())
        return heard


def player(clip: Path) -> Bare | Mpv:
    """Return mpv where it is installed (and tells what it takes), else the floor of the same run."""
    return Mpv(clip) if shutil.which("mpv") and sys.platform == "linux" else Bare(clip)
