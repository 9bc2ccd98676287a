"""Clips that only ffmpeg itself can make: other containers, edit lists, offsets, interlaced and deep pictures."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from redub.media import ffmpeg

RunFfmpeg = Callable[..., Path]


@pytest.fixture
def run_ffmpeg(tmp_path: Path) -> RunFfmpeg:
    """Return a function that runs ffmpeg: ``run_ffmpeg("out.mkv", "-i", clip, "-c", "copy")``."""

    def run(name: str, *arguments: str | Path) -> Path:
        target = tmp_path / name
        command = [str(ffmpeg.find()), "-v", "error", "-nostdin", "-y", *map(str, arguments), str(target)]
        subprocess.run(command, check=True, capture_output=True)
        return target

    return run
